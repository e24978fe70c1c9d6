"""Identity papers: which paper a number is, what Excel did to it, and whether it agrees with the person."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.registry.rules.placeholders import no_name, no_number
from tienphuong.registry.rules.terms import IdentityFlag, IdentityKind, Sex

# Provinces of birth registration (63 codes; they stay valid for ever on cards already issued). From 100 on: countries.
_PROVINCES: Final = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 "
    "049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
PROVINCE_CODES: Final = frozenset(_PROVINCES.split())
_FIRST_COUNTRY: Final = "100"

_LABEL: Final = re.compile(
    r"^(?:so\s*)?(?:cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|dinh danh|ddcn|ho chieu|passport|bhyt|ma the)\s*(?:so)?\s*[:.]?\s*"
)
_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_PLAIN: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_SEPARATORS: Final = re.compile(r"[\s.\-']+")
_WHOLE_FLOAT: Final = re.compile(r"\d{7,12}\.0+")
_BHYT: Final = re.compile(r"[A-Z]{2}\d{13}")
_PASSPORT: Final = re.compile(r"(?=(?:.*\d){5})[A-Z0-9]*[A-Z][A-Z0-9]*")
_NONE_WORDS: Final = frozenset(
    {"khong", "khong co", "chua co", "ko", "ko co", "k co", "chua cap", "mat", "none", "no", "0", "-", "x", "na", "n/a"}
)
_OLD_OR_NEW_PHONE: Final = re.compile(r"0[35789]\d{8}|01[2689]\d{8}|02\d{9}|84[35789]\d{8}")


@dataclass(frozen=True, slots=True)
class IdentityReading:
    """The paper a cell names; `value` is empty when the number must not be used."""

    kind: IdentityKind
    value: str
    original: str
    flags: tuple[IdentityFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class CccdFacts:
    """What the twelve digits say of their holder."""

    province: str
    sex: Sex
    birth_year: int


def read_identity(raw: str | int | float | None) -> IdentityReading:
    """Which paper this is, with lost zeros put back where only one number is possible, else flagged."""
    if isinstance(raw, int | float):
        return _of_text(str(int(raw)) if raw == raw and abs(raw) < 1e15 and raw == int(raw) else str(raw))
    return _of_text(clean(raw or ""))


@lru_cache(maxsize=32768)
def _of_text(text: str) -> IdentityReading:
    if _PLAIN.fullmatch(text) and not no_number(text):
        return _of_digits(text, text)  # the usual cell, which needs no taking apart
    if not text:
        return _other("", text, IdentityFlag.EMPTY)
    if fold(text) in _NONE_WORDS or no_name(text):
        return _other("", text, IdentityFlag.NONE_DECLARED)
    number = _without_label(text)
    if _SCIENTIFIC.fullmatch(number):
        return _other("", text, IdentityFlag.DIGITS_LOST)
    number = number.split(".")[0] if _WHOLE_FLOAT.fullmatch(number) else number
    plain = _SEPARATORS.sub("", number).upper()
    if plain.isascii() and plain.isdigit() and no_number(plain):
        return _other("", text, IdentityFlag.NO_NUMBER)
    return _of_digits(plain, text) if plain.isascii() and plain.isdigit() else _of_letters(plain, text)


def _without_label(text: str) -> str:
    """The number behind `CCCD: ` and its like. The label is found on the folded text, which keeps its length here."""
    folded = fold(text)
    match = _LABEL.match(folded)
    return text[match.end() :] if match and len(folded) == len(text) else text


def _of_letters(plain: str, text: str) -> IdentityReading:
    if _BHYT.fullmatch(plain):
        return IdentityReading(IdentityKind.BHYT, plain, text)
    if 6 <= len(plain) <= 9 and _PASSPORT.fullmatch(plain):
        return IdentityReading(IdentityKind.PASSPORT, plain, text)
    return _other(plain, text, IdentityFlag.UNKNOWN_SHAPE)


def _of_digits(digits: str, text: str) -> IdentityReading:
    length = len(digits)
    if length == 12:
        return _twelve(digits, text)
    if length in (10, 11):
        return _ten_or_eleven(digits, text)
    if length == 9:
        return IdentityReading(IdentityKind.CMND, digits, text)
    if length == 8:
        return IdentityReading(IdentityKind.CMND, digits.zfill(9), text, (IdentityFlag.ZERO_RESTORED,))
    return _other(digits, text, IdentityFlag.UNKNOWN_SHAPE)


def _twelve(digits: str, text: str, *flags: IdentityFlag) -> IdentityReading:
    if not is_known_origin(digits):
        flags += (IdentityFlag.UNKNOWN_PROVINCE,)
    return IdentityReading(IdentityKind.CCCD, digits, text, flags)


def _ten_or_eleven(digits: str, text: str) -> IdentityReading:
    """Zeros Excel took, unless the digits are a telephone number. Excel never leaves a zero in front."""
    if _OLD_OR_NEW_PHONE.fullmatch(digits):
        return _other(digits, text, IdentityFlag.LOOKS_LIKE_PHONE)
    padded = digits.zfill(12)
    if digits[0] == "0" or not is_known_origin(padded) or padded[3] not in "0123":
        return _other(digits, text, IdentityFlag.UNKNOWN_SHAPE)
    flags = (IdentityFlag.ZERO_RESTORED,) + ((IdentityFlag.IDENTITY_OR_PHONE,) if len(digits) == 10 else ())
    return IdentityReading(IdentityKind.CCCD, padded, text, flags)


def _other(value: str, text: str, flag: IdentityFlag) -> IdentityReading:
    return IdentityReading(IdentityKind.OTHER, value, text, (flag,))


def is_known_origin(value: str) -> bool:
    """Whether the first three digits are a province of birth registration or a country."""
    return value[:3] in PROVINCE_CODES or value[:3] >= _FIRST_COUNTRY


def cccd_facts(value: str) -> CccdFacts:
    """Province, sex and birth year written into a twelve-digit number (there is no check digit)."""
    century, odd = divmod(int(value[3]), 2)
    return CccdFacts(province=value[:3], sex=Sex.FEMALE if odd else Sex.MALE, birth_year=1900 + 100 * century + int(value[4:6]))


def check_cccd(value: str, *, at: date, sex: Sex | None = None, birth_year: int | None = None) -> tuple[IdentityFlag, ...]:
    """Where the number and the person disagree: warnings, except a birth in the future, which is an error in the data."""
    facts = cccd_facts(value)
    wrong = (
        (not is_known_origin(value), IdentityFlag.UNKNOWN_PROVINCE),
        (facts.birth_year > at.year, IdentityFlag.BORN_IN_FUTURE),
        (sex is not None and sex is not facts.sex, IdentityFlag.SEX_DISAGREES),
        (birth_year is not None and birth_year != facts.birth_year, IdentityFlag.YEAR_DISAGREES),
    )
    return tuple(flag for is_wrong, flag in wrong if is_wrong)
