"""Keystrokes of Telex or VNI typing that never became letters: `Nguyeenx Vawn Ddwcs`, `Nguye6n4`."""

import re
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.syllables import ACUTE, DOT, GRAVE, HOOK, LEVEL, TILDE, parse, with_tone

_TELEX_TONES: Final = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT}
_VNI_TONES: Final = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT}
_VNI_SHAPES: Final = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_DOUBLES: Final = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VOWELS: Final = frozenset("aeiouyăâêôơư")
_TELEX_SIGN: Final = re.compile(r"aa|ee|oo|dd|w|[sfrxj]$")
_PLAIN_WORD: Final = re.compile(r"[A-Za-z]{2,9}|[A-Za-z]{2}[A-Za-z0-9]{1,8}|[Dd]9[A-Za-z0-9]{1,7}")
# Family names that no other people shares in this spelling: they make a lone doubtful word a Vietnamese name's word.
_FAMILY_HINTS: Final = frozenset(
    {"nguyen", "nguyễn", "tran", "trần", "pham", "phạm", "hoang", "hoàng", "huynh", "huỳnh", "dang", "đặng", "bui", "bùi"}
)


def has_typing_residue(name: str) -> bool:
    """Whether a name carries unconverted Telex or VNI keystrokes. Lee, Aaron, Moon or H'Hen Niê do not count as such."""
    words = clean(name).split()
    evidence = sum(_evidence(word) for word in words)
    if evidence == 1:
        evidence += any(word.lower() in _FAMILY_HINTS for word in words)
    return evidence >= 2


def typed_as(name: str) -> str:
    """The name those keystrokes would have produced; to be offered as a remedy, never applied silently."""
    return " ".join(_typed_word(word) for word in clean(name).split())


@lru_cache(maxsize=16384)
def _evidence(word: str) -> int:
    """0 nothing, 1 could be residue or a foreign name, 2 can only be residue."""
    if not _PLAIN_WORD.fullmatch(word) or _typed_word(word) == word:
        return 0
    if any(char.isdecimal() for char in word):
        return 2
    return _telex_evidence(word.lower())


def _telex_evidence(word: str) -> int:
    tone = word[-1] in _TELEX_TONES
    shaped = any(double in word for double in ("aa", "ee", "oo"))
    if word.startswith("dd") or (tone and shaped) or (tone and "w" in word):
        return 2
    return 1 if tone or "w" in word else 0


@lru_cache(maxsize=16384)
def _typed_word(word: str) -> str:
    """The syllable these keys type, in the case of the word; the word itself when they type none."""
    low = word.lower()
    if not _PLAIN_WORD.fullmatch(word):
        return word
    if any(char.isdecimal() for char in low):
        letters, tone = _vni_keys(low)
    elif _TELEX_SIGN.search(low):
        letters, tone = _telex_keys(low)
    else:
        return word
    typed = with_tone(letters, tone)
    return _in_case_of(word, typed) if parse(typed) else word


def _telex_keys(word: str) -> tuple[str, int]:
    tone = LEVEL
    if word[-1] in _TELEX_TONES and any(char in _VOWELS or char == "w" for char in word[:-1]):
        word, tone = word[:-1], _TELEX_TONES[word[-1]]
    for double, letter in _DOUBLES.items():
        word = word.replace(double, letter)
    word = re.sub("u+w?o+w|uow", "ươ", word).replace("aw", "ă").replace("ow", "ơ").replace("uw", "ư")
    return re.sub("(?<![aeiouyăâêôơư])w", "ư", word), tone


def _vni_keys(word: str) -> tuple[str, int]:
    tone, out = LEVEL, ""
    for char in word:
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        elif char in _VNI_SHAPES:
            out = _shape_last(out, _VNI_SHAPES[char])
        else:
            out += char
    return out.replace("uơ", "ươ") if re.search("uơ[a-z]", out) else out, tone


def _shape_last(out: str, shapes: dict[str, str]) -> str:
    """The last letter that can take the shape takes it; a key that shapes nothing stays visible and spoils the syllable."""
    for i in range(len(out) - 1, -1, -1):
        if out[i] in shapes:
            return out[:i] + shapes[out[i]] + out[i + 1 :]
    return out + "?"


def _in_case_of(word: str, typed: str) -> str:
    letters = [char for char in word if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return typed.upper()
    return typed.capitalize() if word[0].isupper() else typed
