"""Which code stands for which Vietnamese letter in TCVN3, VNI and VISCII (facts of those standards, written out here)."""

import unicodedata
from typing import Final

from tienphuong.core.text.syllables import TONE_MARKS

# TCVN3 (ABC): seven capitals, then the small letters; toned capitals exist only in the "H" fonts, as small codes.
_TCVN3_CAPITALS: Final = "ĂÂÊÔƠƯĐ"
_TCVN3_SMALL: Final = {
    0xA8: "ăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
TCVN3: Final = {0xA1 + i: letter for i, letter in enumerate(_TCVN3_CAPITALS)} | {
    start + i: letter for start, letters in _TCVN3_SMALL.items() for i, letter in enumerate(letters)
}

# VNI: a plain letter followed by a mark, and nine letters of their own.
_VNI_TONES: Final = "øûõùï"  # huyền, hỏi, ngã, sắc, nặng
_VNI_HATS: Final = "âàåãáä"  # the same after ngang, with the circumflex
_VNI_BREVES: Final = "êèúüéë"
_VNI_ALONE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}


def _compose(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + TONE_MARKS[tone])


def _vni_pairs() -> dict[str, str]:
    small = {base + mark: _compose(_VNI_ALONE.get(base, base), tone) for base in "aeouyôö" for tone, mark in enumerate(_VNI_TONES, 1)}
    small |= {base + mark: _compose(hat, tone) for base, hat in ("aâ", "eê", "oô") for tone, mark in enumerate(_VNI_HATS)}
    small |= {"a" + mark: _compose("ă", tone) for tone, mark in enumerate(_VNI_BREVES)}
    return small


def _every_case(small: dict[str, str]) -> dict[str, str]:
    """A capital letter decides, whatever the case of its mark."""
    table = dict(small)
    for code, letter in small.items():
        table[code.upper()] = letter.upper()
        if len(code) == 2:
            table[code[0].upper() + code[1]] = letter.upper()
            table[code[0] + code[1].upper()] = letter
    return table


VNI_PAIRS: Final = _every_case(_vni_pairs())
VNI_ALONE: Final = _every_case(_VNI_ALONE)

# VISCII (RFC 1456): every letter has one byte; six capitals sit among the control codes.
_VISCII_RUNS: Final = {
    0x02: "Ẳ", 0x05: "ẴẪ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
}  # fmt: skip
VISCII: Final = {start + i: letter for start, letters in _VISCII_RUNS.items() for i, letter in enumerate(letters)}
