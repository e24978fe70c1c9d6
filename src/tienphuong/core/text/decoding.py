"""Which encoding a file's bytes are in, and its text."""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tienphuong.core.text.legacy import convert
from tienphuong.core.text.legacy_tables import VISCII
from tienphuong.core.text.syllables import parse
from tienphuong.core.text.terms import Encoding

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORD: Final = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was in, and the share of its accented words that make sense in it."""

    text: str
    encoding: str
    share_readable: float


def decode_bytes(raw: bytes) -> Decoded:
    """The text of a file: by its mark, as UTF-8 or UTF-16, else in the 8-bit encoding that gives most Vietnamese words."""
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return _scored(raw.decode(codec, errors="replace"), codec)
    if unmarked := _utf16_without_mark(raw):
        return _scored(raw.decode(unmarked, errors="replace"), unmarked)
    try:
        return _scored(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return max((_scored(read(raw), name) for name, read in _EIGHT_BIT.items()), key=lambda decoded: decoded.share_readable)


def _utf16_without_mark(raw: bytes) -> str | None:
    head = raw[:400]
    if len(head) < 4 or head.count(0) * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _scored(text: str, encoding: str) -> Decoded:
    words = [word for word in _WORD.findall(text[:200_000]) if not word.isascii()]
    share = sum(1 for word in words if parse(word)) / len(words) if words else 1.0
    return Decoded(text=text, encoding=encoding, share_readable=share)


def _latin1(raw: bytes) -> str:
    return raw.decode("latin-1")


def _lines(raw: bytes, encoding: Encoding) -> str:
    """Converted line by line, because a cleaned text has no line ends left."""
    return "\n".join("\t".join(convert(cell, encoding) for cell in line.split("\t")) for line in _latin1(raw).splitlines())


def _cp1258(raw: bytes) -> str:
    return codecs.decode(raw, "cp1258", "replace")


_EIGHT_BIT: Final[dict[str, Callable[[bytes], str]]] = {
    "cp1252": lambda raw: raw.decode("cp1252", errors="replace"),
    "cp1258": lambda raw: "\n".join(_nfc(line) for line in _cp1258(raw).split("\n")),
    "tcvn3": lambda raw: _lines(raw, Encoding.TCVN3),
    "vni": lambda raw: _lines(raw, Encoding.VNI),
    "viscii": lambda raw: _latin1(raw).translate(VISCII),
}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
