"""Telephone numbers: prefixes of 2018, lost zeros, several in a cell. A phone is not a person."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.registry.rules.placeholders import no_number
from tienphuong.registry.rules.terms import PhoneFlag, PhoneKind

# The conversion of 11-digit mobile numbers of 2018.
CONVERSION_2018: Final = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084", "0125": "085", "0127": "081",
    "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
_LANDLINE: Final = re.compile(r"02\d{9}")
_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_BETWEEN: Final = re.compile(r"\s*(?:[/;,|&\n]|\bhoặc\b|\bvà\b|\s-\s)\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<!\d)\+?\(?\d(?:[ .\-()]{0,2}\d){5,14}(?!\d)")
_COMPLETE: Final = re.compile(r"(?<!\d)(?:\+?84[ .\-]?|0)[35789](?:[ .\-]?\d){8}(?!\d)")
_NOT_DIGITS: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """One number in its present form, with the words beside it (`con trai`, `chủ trọ`); `value` is empty when unreadable."""

    value: str
    kind: PhoneKind
    original: str
    note: str = ""
    flags: tuple[PhoneFlag, ...] = ()


def read_phones(raw: str | int | float | None) -> list[PhoneReading]:
    """Every telephone number in a cell, in order."""
    text = str(int(raw)) if isinstance(raw, int | float) and raw == raw and abs(raw) < 1e15 else str(raw or "")
    return list(_of_cell(text))


@lru_cache(maxsize=32768)
def _of_cell(text: str) -> tuple[PhoneReading, ...]:
    if _MOBILE.fullmatch(text) and not no_number(text):
        return (PhoneReading(text, PhoneKind.MOBILE, text),)  # the usual cell, which needs no taking apart
    if text.endswith(".0"):
        text = text[:-2]
    if _SCIENTIFIC.fullmatch(clean(text)):
        return (PhoneReading("", PhoneKind.UNKNOWN, clean(text), flags=(PhoneFlag.DIGITS_LOST,)),)
    readings = [reading for part in _BETWEEN.split(text) for reading in _of_part(clean(part))]
    return tuple(_one_of_several(reading) for reading in readings) if len(readings) > 1 else tuple(readings)


def _of_part(part: str) -> list[PhoneReading]:
    """One part of a cell: usually one number, sometimes two with only a space between them."""
    found = [match.group() for match in _COMPLETE.finditer(part)]
    if len(found) < 2:
        found = [match.group() for match in _NUMBER.finditer(part)]
    if not found:
        return [PhoneReading("", PhoneKind.UNKNOWN, part, flags=(_unusable(part),))] if re.search(r"\d", part) else []
    note = part
    for number in found:
        note = note.replace(number, " ")
    return [_of_number(number, clean(note).strip(" ()-:.,")) for number in found]


def _unusable(part: str) -> PhoneFlag:
    return PhoneFlag.NO_NUMBER if no_number(_NOT_DIGITS.sub("", part)) else PhoneFlag.UNKNOWN_SHAPE


def _of_number(original: str, note: str) -> PhoneReading:
    digits = _NOT_DIGITS.sub("", original)
    if no_number(digits):
        return PhoneReading("", PhoneKind.UNKNOWN, original, note, (PhoneFlag.NO_NUMBER,))
    foreign = original.startswith("+") and not digits.startswith("84")
    if foreign or (digits.startswith("00") and not digits.startswith("0084")):
        return PhoneReading("+" + digits.removeprefix("00"), PhoneKind.FOREIGN, original, note)
    value, flags = _national(digits)
    kind = PhoneKind.MOBILE if _MOBILE.fullmatch(value) else PhoneKind.LANDLINE if _LANDLINE.fullmatch(value) else PhoneKind.UNKNOWN
    if kind is PhoneKind.UNKNOWN:
        return PhoneReading("", kind, original, note, (PhoneFlag.UNKNOWN_SHAPE,))
    return PhoneReading(value, kind, original, note, flags)


def _national(digits: str) -> tuple[str, tuple[PhoneFlag, ...]]:
    """The number with its leading zero and its prefix of today."""
    digits = digits.removeprefix("00")
    flags: tuple[PhoneFlag, ...] = ()
    if digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:].removeprefix("0")
    restored = _zero_restored(digits)
    if restored != digits:
        flags = (PhoneFlag.ZERO_RESTORED,)
    if len(restored) == 11 and restored[:4] in CONVERSION_2018:
        return CONVERSION_2018[restored[:4]] + restored[4:], (*flags, PhoneFlag.CONVERTED_2018)
    return restored, flags


def _zero_restored(digits: str) -> str:
    """Nine digits of a mobile, ten of an old mobile or of a landline, without the zero Excel dropped."""
    lost = (len(digits) == 9 and digits[0] in "35789") or (len(digits) == 10 and (digits[0] == "2" or "0" + digits[:3] in CONVERSION_2018))
    return "0" + digits if lost else digits


def _one_of_several(reading: PhoneReading) -> PhoneReading:
    return PhoneReading(reading.value, reading.kind, reading.original, reading.note, (*reading.flags, PhoneFlag.SEVERAL_IN_CELL))
