"""The shape of a Vietnamese syllable: its letters, its tone, and whether it can exist."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Tones in the order of the dictionary: ngang, huyền, hỏi, ngã, sắc, nặng.
LEVEL, GRAVE, HOOK, TILDE, ACUTE, DOT = range(6)
TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_TONE_OF: Final = {mark: tone for tone, mark in enumerate(TONE_MARKS) if mark}
VOWELS: Final = "aăâeêioôơuưy"
TONED: Final = {unicodedata.normalize("NFC", v + m): (v, t) for v in VOWELS for t, m in enumerate(TONE_MARKS)}
_TONED_BACK: Final = {pair: letter for letter, pair in TONED.items()}

_ONSET_LIST: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYME_LIST: Final = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ
    uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yên yêm yêng yêt yêu
"""
_ONSETS: Final = ["", *_ONSET_LIST.split()]
_RHYMES: Final = frozenset(_RHYME_LIST.split())
_STOPS: Final = ("c", "ch", "p", "t")
_FRONT: Final = "eêiy"
_VOWEL_RUN: Final = re.compile(f"[{VOWELS}]+")


@lru_cache(maxsize=32768)
def parse(word: str) -> tuple[str, int] | None:
    """The toneless lower-case letters and the tone of a possible Vietnamese syllable, or None."""
    letters, tone = split_tone(word)
    if tone is None or not any(_possible(letters, onset, tone) for onset in _ONSETS):
        return None
    return letters, tone


def split_tone(word: str) -> tuple[str, int | None]:
    """The lower-case letters without tone marks, and the tone (None when there are two)."""
    letters, tones = [], []
    for char in word.lower():
        base, tone = TONED.get(char, (char, LEVEL))
        letters.append(base)
        if tone:
            tones.append(tone)
    return "".join(letters), (tones[0] if len(tones) == 1 else None if tones else LEVEL)


def _possible(letters: str, onset: str, tone: int) -> bool:
    rhyme = letters[len(onset) :]
    if not letters.startswith(onset) or rhyme not in _RHYMES:
        return False
    return _spelt_right(onset, rhyme) and (tone in (ACUTE, DOT) or not rhyme.endswith(_STOPS))


def _spelt_right(onset: str, rhyme: str) -> bool:
    """Whether the letter pairs k/c, gh/g, ngh/ng, q agree with the vowel that follows."""
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return rhyme[0] not in "eêy"
    if onset == "qu":
        return rhyme[0] not in "uo"
    return rhyme[:2] in ("uy", "uê", "uâ", "uơ") if onset == "q" else True


@lru_cache(maxsize=8192)
def with_tone(letters: str, tone: int) -> str:
    """The lower-case syllable with its tone written where most people write it (hòa, thúy, quý, giữ, thuyền)."""
    start = 2 if re.match(f"(?:qu|gi)[{VOWELS}]", letters) else 0
    run = _VOWEL_RUN.search(letters, start)
    if tone == LEVEL or run is None:
        return letters
    at = run.start() + _tone_seat(run.group(), closed=run.end() < len(letters))
    return letters[:at] + _TONED_BACK[letters[at], tone] + letters[at + 1 :]


def _tone_seat(vowels: str, *, closed: bool) -> int:
    marked = [i for i, v in enumerate(vowels) if v in "ăâêôơư"]
    if marked:
        return marked[-1]
    return 1 if len(vowels) == 3 or (closed and len(vowels) == 2) else 0


def spellings() -> frozenset[str]:
    """Every toneless spelling of a possible syllable (`nguyên`, `đưc`)."""
    return frozenset(onset + rhyme for onset in _ONSETS for rhyme in _RHYMES if _spelt_right(onset, rhyme))
