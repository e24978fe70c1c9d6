"""Numbers as Vietnamese lists write them: dots for thousands, a comma for decimals, ranges, fractions."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.terms import NumberFlag

NumberCell = str | int | float | Decimal | date | None

_ONE: Final = r"[+-]?\d+(?:[.,]\d+)*"
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d{1,3}")
_SINGLE: Final = re.compile(rf"({_ONE})\s*([^\d\s].*)?")
_RANGE: Final = re.compile(rf"({_ONE})\s*(?:-|–|—|đến|tới)\s*({_ONE})\s*([^\d\s].*)?")
_FRACTION: Final = re.compile(rf"({_ONE})\s*/\s*({_ONE})\s*([^\d\s/].*)?")
_DOT_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMA_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_ONE_COMMA_GROUP: Final = re.compile(r"[1-9]\d{0,2},\d{3}")


class NumberKind(StrEnum):
    """What a cell with digits turned out to be."""

    NONE = "none"
    NUMBER = "number"
    RANGE = "range"
    FRACTION = "fraction"

    @property
    def label(self) -> str:
        return {"none": "không phải số", "number": "số", "range": "khoảng", "fraction": "phân số"}[self.value]


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One number (`low` = `high`), a range (`low` to `high`) or a fraction (`low` of `high`), with its unit as written."""

    kind: NumberKind
    original: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    flags: tuple[NumberFlag, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The number itself; None for ranges and fractions, which are not one number."""
        return self.low if self.kind is NumberKind.NUMBER else None


def read_number(raw: NumberCell) -> NumberReading:
    """The number, range or fraction in a cell. Nothing is guessed: what Excel destroyed is flagged and left empty."""
    if isinstance(raw, date):
        return NumberReading(NumberKind.NONE, raw.isoformat(), flags=(NumberFlag.FRACTION_BECAME_DATE,))
    if isinstance(raw, int | float | Decimal):
        return _of_number_cell(raw)
    text = clean(raw or "")
    if not text:
        return NumberReading(NumberKind.NONE, "", flags=(NumberFlag.EMPTY,))
    return _of_text(text)


def _of_number_cell(raw: int | float | Decimal) -> NumberReading:
    number = Decimal(str(raw))
    if not number.is_finite():
        return _unreadable(str(raw))
    number = number.to_integral_value() if number == number.to_integral_value() else number
    return NumberReading(NumberKind.NUMBER, str(raw), number, number)


def _of_text(text: str) -> NumberReading:
    if _SCIENTIFIC.fullmatch(text):
        return NumberReading(NumberKind.NONE, text, flags=(NumberFlag.DIGITS_LOST,))
    for kind, pattern in ((NumberKind.RANGE, _RANGE), (NumberKind.FRACTION, _FRACTION)):
        if match := pattern.fullmatch(text):
            return _of_two(kind, text, match)
    if match := _SINGLE.fullmatch(text):
        number, flags = _decimal(match.group(1))
        return _unreadable(text) if number is None else NumberReading(NumberKind.NUMBER, text, number, number, match.group(2) or "", flags)
    return _unreadable(text)


def _of_two(kind: NumberKind, text: str, match: re.Match[str]) -> NumberReading:
    low, flags_low = _decimal(match.group(1))
    high, flags_high = _decimal(match.group(2))
    if low is None or high is None:
        return _unreadable(text)
    flags = flags_low or flags_high
    if low > high:
        flags += (NumberFlag.RANGE_REVERSED if kind is NumberKind.RANGE else NumberFlag.OVER_WHOLE,)
    return NumberReading(kind, text, low, high, match.group(3) or "", flags)


def _decimal(text: str) -> tuple[Decimal | None, tuple[NumberFlag, ...]]:
    """One written number. `157.560` is a hundred and fifty-seven thousand; `157,560` could be either and is flagged."""
    sign, digits = ("-", text[1:]) if text[0] == "-" else ("", text.lstrip("+"))
    if _DOT_GROUPS.fullmatch(digits):
        plain, flags = digits.replace(".", "").replace(",", "."), ()
    elif _COMMA_GROUPS.fullmatch(digits):
        plain, flags = digits.replace(",", ""), ()
    elif _ONE_COMMA_GROUP.fullmatch(digits):
        return None, (NumberFlag.AMBIGUOUS_SEPARATOR,)
    else:
        plain, flags = digits.replace(",", "."), ()
    return (Decimal(sign + plain), flags) if plain.count(".") <= 1 else (None, ())


def _unreadable(text: str) -> NumberReading:
    flag = NumberFlag.AMBIGUOUS_SEPARATOR if _ONE_COMMA_GROUP.search(text) else NumberFlag.UNREADABLE
    return NumberReading(NumberKind.NONE, text, flags=(flag,))
