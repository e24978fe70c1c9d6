"""In which encoding a text file was written; TCVN3 and VNI stay as the Latin text they pose as, to be converted cell by cell."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from tienphuong.core.text.decoding import decode_bytes

from .limits import MIB
from .sniff import looks_utf16

_SAMPLE = 256 * 1024
_LEGACY = ("tcvn3", "vni")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Encoding:
    """The codec to decode with, how to treat what does not fit, how many bytes did not, and which old encoding the text poses in."""

    codec: str
    errors: str = "strict"
    lost: int = 0
    legacy: str = ""


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    """The few bytes cp1252 leaves undefined, kept as their Latin-1 code so that no byte is lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("tienphuong.latin", _as_latin)


def detect(file: IO[bytes]) -> Encoding:
    """The encoding of the whole file: a mark, valid UTF-8 to the last byte, two-byte text, else an eight-bit code page."""
    file.seek(0)
    head = file.read(_SAMPLE)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(codec, errors="replace")
    if order := looks_utf16(head):
        return Encoding(order, errors="replace")
    bad, wide = _utf8_faults(file)
    if bad == 0:
        return Encoding("utf-8")
    if wide > 20 * bad:
        return Encoding("utf-8", errors="replace", lost=bad)
    meant = decode_bytes(head).encoding
    return Encoding("cp1258" if meant == "cp1258" else "cp1252", errors="tienphuong.latin", legacy=meant if meant in _LEGACY else "")


def _utf8_faults(file: IO[bytes]) -> tuple[int, int]:
    """How many places are not UTF-8, and how many characters of two bytes or more are."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    bad = wide = 0
    while piece := file.read(MIB):
        text = decoder.decode(piece)
        if not text.isascii():
            bad += text.count("\ufffd")
            wide += sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return bad + decoder.decode(b"", True).count("\ufffd"), wide


def decode_all(data: bytes) -> tuple[str, str]:
    """A small document as text, and its codec."""
    import io

    found = detect(io.BytesIO(data))
    return unicodedata.normalize("NFC", data.decode(found.codec, found.errors)), found.codec
