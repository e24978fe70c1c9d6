"""Text in TCVN3, VNI or a misread encoding: is it, and what does it say?

Detection asks one question of every word with an unusual letter: can it be a Vietnamese syllable as it stands, and can it be one
after conversion? French, German or Korean names are neither, so they are left alone.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean, has_unicode_vietnamese
from tienphuong.core.text.fold import tone_key
from tienphuong.core.text.legacy_tables import TCVN3, VISCII, VNI_ALONE, VNI_PAIRS
from tienphuong.core.text.syllables import TONED, parse, with_tone
from tienphuong.core.text.terms import Encoding, LegacyFlag

_VNI_CODE: Final = re.compile(f"[aeouyôö][{''.join({pair[1] for pair in VNI_PAIRS})}]|[{''.join(VNI_ALONE)}]", re.IGNORECASE)
_VNI_TABLE: Final = VNI_PAIRS | VNI_ALONE
_WORD: Final = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_ASCII_CAPITALS: Final = re.compile("[A-Z]{2}")
_SPLIT_CAPITAL: Final = re.compile("([AĂÂEÊIOÔƠUƯY])([" + "".join(c for c, (_, t) in TONED.items() if t) + "])")
# Marks that French, German and Nordic names use too: a short word with only these proves little by itself.
_FOREIGN_MARKS: Final = frozenset("äåæëïöøüñéèêáàâ")
_LONE_C4: Final = re.compile(rb"\xc4(?![\x80-\xbf])")
_UNITS: Final = frozenset({"µm"})


@dataclass(frozen=True, slots=True)
class LegacyReading:
    """What a cell says once converted; `encoding` is None when nothing had to be done."""

    text: str
    original: str
    encoding: Encoding | None = None
    flags: tuple[LegacyFlag, ...] = ()


def read_legacy(text: str, *, font_name: str | None = None) -> LegacyReading:
    """The cell in Unicode, with the original and what conversion lost or restored."""
    encoding = detect_legacy(text, font_name)
    if encoding is None:
        return LegacyReading(text=text, original=text)
    converted = convert(text, encoding)
    flags = [LegacyFlag.CONVERTED]
    if encoding is Encoding.TCVN3:
        converted, more = _mend_capitals(converted, all_capitals=_is_capital_font(font_name))
        flags += more
    return LegacyReading(text=converted, original=text, encoding=encoding, flags=tuple(flags))


def detect_legacy(text: str, font_name: str | None = None) -> Encoding | None:
    """The legacy encoding this text is written in, or None. A legacy font settles what the letters alone leave open."""
    if text.isascii():
        return None
    if by_font := _encoding_of_font(font_name):
        return by_font if _readable(text, by_font) else None
    return _detect(text)


def detect_legacy_column(texts: list[str]) -> Encoding | None:
    """The legacy encoding most cells of a column agree on: it also settles cells such as `Tróc` that could be either."""
    found = [encoding for text in texts if (encoding := detect_legacy(text))]
    if not found or any(has_unicode_vietnamese(text) for text in texts if not text.isascii()):
        return None
    top = max(set(found), key=found.count)
    return top if found.count(top) * 10 >= len(found) * 9 else None


def convert(text: str, encoding: Encoding) -> str:
    """The text in Unicode (NFC, cleaned) when read in the given encoding; letters outside its table stay."""
    return clean(_CONVERTERS[encoding](text))


def _from_tcvn3(text: str) -> str:
    return _SPLIT_CAPITAL.sub(_join_capital, text.translate(TCVN3))


def _join_capital(match: re.Match[str]) -> str:
    """`A¸` is how some converters wrote Á: the capital, then the small toned letter that replaces it."""
    capital, toned = match.group(1), match.group(2)
    return toned.upper() if TONED[toned][0] == capital.lower() else match.group()


def _from_vni(text: str) -> str:
    return _VNI_CODE.sub(lambda m: _VNI_TABLE.get(m.group()) or _vni_first(m.group()), text)


def _vni_first(pair: str) -> str:
    """Two letters that are not one code: each is read for itself."""
    return "".join(VNI_ALONE.get(char, char) for char in pair)


def _from_cp1258(text: str) -> str:
    try:
        return _single_bytes(text).decode("cp1258")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _from_viscii(text: str) -> str:
    try:
        return _single_bytes(text).decode("latin-1").translate(VISCII)
    except UnicodeEncodeError:
        return text


def _single_bytes(text: str) -> bytes:
    """The bytes behind text that was opened as Windows-1252; its five empty places pass as Latin-1."""
    return b"".join(char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252") for char in text)


def _from_utf8_misread(text: str) -> str:
    # On the way the second byte of à (NBSP) became a space and that of Đ (no character at all) vanished.
    try:
        raw = _single_bytes(text.replace("Ã ", "Ã\xa0"))
        return _LONE_C4.sub(b"\xc4\x90", raw).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


_CONVERTERS: Final = {
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.CP1258: _from_cp1258,
    Encoding.VISCII: _from_viscii,
    Encoding.UTF8_MISREAD: _from_utf8_misread,
}


def _encoding_of_font(font_name: str | None) -> Encoding | None:
    name = (font_name or "").strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni") else None


def _is_capital_font(font_name: str | None) -> bool:
    name = (font_name or "").strip()
    return name.lower().startswith(".vn") and name.endswith("H")


def _readable(text: str, encoding: Encoding) -> bool:
    """Whether a font's word may be believed: the text is not Unicode Vietnamese already and conversion changes it."""
    return not has_unicode_vietnamese(text) and convert(text, encoding) != clean(text)


@lru_cache(maxsize=16384)
def _detect(text: str) -> Encoding | None:
    if _is_utf8_misread(text):
        return Encoding.UTF8_MISREAD
    if has_unicode_vietnamese(text):
        return None
    tcvn3, vni = _weight(text, Encoding.TCVN3), _weight(text, Encoding.VNI)
    if tcvn3 == vni:
        return None
    return Encoding.TCVN3 if tcvn3 > vni else Encoding.VNI


def _is_utf8_misread(text: str) -> bool:
    """Whether reading the bytes as UTF-8 leaves nothing but Vietnamese letters."""
    fixed = _from_utf8_misread(text)
    return fixed != text and all(char.isascii() or char in TONED or char == "đ" for char in fixed.lower())


def _weight(text: str, encoding: Encoding) -> int:
    """How strongly the words speak for an encoding; 0 when they do not, or when too many speak against it."""
    words = _WORD.findall(clean(text))
    verdicts = [_verdict(word, encoding) for word in words]
    against, strong, weak = verdicts.count("against"), verdicts.count("strong"), verdicts.count("weak")
    if against * 3 > strong + weak:
        return 0
    company = len(words) > 1 and all(parse(word) or verdict == "weak" for word, verdict in zip(words, verdicts, strict=True))
    return 2 * strong + weak if strong or weak > 1 or company else 0


@lru_cache(maxsize=32768)
def _verdict(word: str, encoding: Encoding) -> str:
    """What one word says about an encoding: strong or weak evidence for it, against it, or silent."""
    if word.isascii() or word in _UNITS or any(char.isdecimal() for char in word) or len(word) == 1:
        return "silent"
    converted = _CONVERTERS[encoding](word)
    if not _is_well_spelt(converted):
        return "against"
    if _is_well_spelt(word) and _is_well_cased(word):
        return "silent"
    if converted == word:
        return "against"
    foreign = all(char.isascii() or char.lower() in _FOREIGN_MARKS for char in word)
    return "weak" if foreign and len(word) <= 4 else "strong"


def _is_well_spelt(word: str) -> bool:
    """Whether a word is a possible syllable with its tone on the right letter."""
    syllable = parse(word)
    return syllable is not None and tone_key(with_tone(*syllable)) == tone_key(word)


def _is_well_cased(word: str) -> bool:
    return word.islower() or word.isupper() or word[1:].islower()


def _mend_capitals(text: str, *, all_capitals: bool) -> tuple[str, list[LegacyFlag]]:
    """Capitals that TCVN3 could not write: restored in a text of capitals, else reported."""
    letters = [char for char in text if char.isascii() and char.isalpha()]
    capital = all_capitals or (all(c.isupper() for c in letters) and _ASCII_CAPITALS.search(text) is not None)
    if capital and not text.isupper():
        return text.upper(), [LegacyFlag.CAPITALS_RESTORED]
    words = text.split()
    lost = any(not w[0].isascii() and w[0].islower() for w in words) and any(w[0].isupper() for w in words)
    return text, [LegacyFlag.CAPITALS_LOST] if lost else []
