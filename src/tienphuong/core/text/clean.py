"""The one form in which text is stored: NFC, visible, single-spaced."""

import re
import unicodedata
from functools import lru_cache

# Zero-width and direction marks, BOM, and C0 controls that are not white space.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\x00-\x08\x0e-\x1b\x7f]")
# Anything that makes a cell need more than the NFC check. One search over a clean cell is the usual cost.
_UNTIDY = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\x00-\x1f\x7f\xadðÐƉɖ]|[^\\S ]|  |^[ ='\u2019]| $")
# How spreadsheets keep a text a text: `="001"`, or an apostrophe before it. An apostrophe that another one closes is a quotation.
_AS_TEXT = re.compile(r"=\s*\"((?:[^\"]|\"\")*)\"|['\u2019]+(?=[^\s'\u2019])([^'\u2019]+)")
_SPACES = re.compile(r"\s+")
# đ only ever opens a syllable. Inside a word the byte of Ð is a TCVN3 é ("xÐt nghiÖm"), so it is left for conversion.
_CAPITAL_ETH = re.compile(r"(?<!\w)[ÐƉ]")
_SMALL_ETH = re.compile(r"(?<!\w)[ðɖ]")
_PROPER = re.compile("[\u1ea0-\u1ef9ăĂđĐĩĨũŨơƠưƯ]")


def has_unicode_vietnamese(text: str) -> bool:
    """Whether the text holds letters that only exist in Unicode Vietnamese (so it is not legacy text)."""
    return _PROPER.search(text) is not None


@lru_cache(maxsize=32768)
def clean(text: str) -> str:
    """The text as it is stored: NFC, no zero-width characters, single plain spaces, Đ for its look-alike Ð, no `="…"` around it."""
    if text.isascii():
        return text if _UNTIDY.search(text) is None else _tidy(text)
    if _UNTIDY.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    return _tidy(text)


@lru_cache(maxsize=8192)
def _tidy(text: str) -> str:
    """The slow path of `clean`, in an order that makes a second cleaning change nothing."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SMALL_ETH.sub("đ", _CAPITAL_ETH.sub("Đ", text))
    # The soft hyphen is the letter ư of TCVN3; it is only litter where the text is Unicode already.
    if "\xad" in text and has_unicode_vietnamese(text):
        text = unicodedata.normalize("NFC", text.replace("\xad", ""))
    text = _SPACES.sub(" ", text).strip()
    bare = _unwrapped(text)
    return text if bare == text else _tidy(bare)


def _unwrapped(text: str) -> str:
    match = _AS_TEXT.fullmatch(text)
    return (match.group(2) or (match.group(1) or "").replace('""', '"')) if match else text
