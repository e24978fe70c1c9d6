"""How do official Vietnamese papers write numbers, days, hours and lists? Pure functions, no locale database, no clock."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK_SPACE = "\u00a0"
BLANK = NO_BREAK_SPACE * 8
"""The gap in which the registry clerk (văn thư) writes the number or the day by hand."""

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number(value: int | float | Decimal, *, digits: int = 1) -> str:
    """1416 -> '1.416', 51.6 -> '51,6': thousands by point, decimals by comma, no trailing zeros."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:,.{digits}f}".partition(".")
    kept = decimals.rstrip("0")
    text = whole.replace(",", ".") + ("," + kept if kept else "")
    return "0" if text == "-0" else text


def percent(share: float | Decimal, *, digits: int = 1) -> str:
    """0.516 -> '51,6%'. The share is of one, so that no caller multiplies by a hundred twice."""
    return number(Decimal(str(share)) * 100, digits=digits) + "%"


def short_day(day: date) -> str:
    """24 August 2021 -> '24/8/2021'."""
    return f"{day.day}/{day.month}/{day.year}"


def long_day(day: date) -> str:
    """5 February 2021 -> 'ngày 05 tháng 02 năm 2021'."""
    return f"ngày {leading_zero(day.day, below=10)} tháng {leading_zero(day.month, below=3)} năm {day.year}"


def undated(*, year: int, month: int) -> str:
    """The same line with the day left to the registry clerk: 'ngày        tháng 8 năm 2021'."""
    return f"ngày{BLANK}tháng {leading_zero(month, below=3)} năm {year}"


def leading_zero(value: int, *, below: int) -> str:
    """Zeros that stop a figure being altered by hand: days and document numbers under 10, months 1 and 2 (NĐ 30/2020, Phụ lục I)."""
    return f"0{value}" if value < below else str(value)


def clock(moment: time | datetime) -> str:
    """16:00 -> '16h00'."""
    return f"{moment.hour}h{moment.minute:02d}"


def hour_and_day(moment: datetime) -> str:
    """'16h00 ngày 24/8/2021'."""
    return f"{clock(moment)} ngày {short_day(moment)}"


def period(start: datetime, *, end: datetime) -> str:
    """'từ 16h00 ngày 23/8/2021 đến 16h00 ngày 24/8/2021'."""
    return f"từ {hour_and_day(start)} đến {hour_and_day(end)}"


def document_number(symbol: str, *, value: int | None = None) -> str:
    """'Số: 05/BC-UBND', or with a gap before the stroke while the number is not yet given."""
    return f"Số: {bare_number(symbol, value=value)}"


def bare_number(symbol: str, *, value: int | None = None) -> str:
    """'05/BC-UBND', as another paper refers to it."""
    return f"{BLANK if value is None else leading_zero(value, below=10)}/{symbol}"


def listing(names: Sequence[str]) -> str:
    """('Liên Ninh', 'Ngọc Hồi', 'Tam Hiệp') -> 'Liên Ninh, Ngọc Hồi và Tam Hiệp'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def roman(value: int) -> str:
    """4 -> 'IV': parts and appendices carry Roman numerals."""
    if not 1 <= value <= 39:
        raise ValueError(f"roman: {value} is not a part or appendix number; give 1 to 39")
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text


def dateline(place: str, *, year: int, month: int, day: int | None = None) -> str:
    """'Thanh Trì, ngày 05 tháng 02 năm 2021'; without a day the clerk's gap stands in its place."""
    when = undated(year=year, month=month) if day is None else long_day(date(year, month, day))
    return f"{place}, {when}"


def appendix_name(numeral: str = "") -> str:
    """'Phụ lục I'; a single appendix carries no numeral."""
    return f"Phụ lục {numeral}".rstrip()
