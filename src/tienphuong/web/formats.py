"""How a value is written for a reader: Vietnamese forms (1.416 · 51,6% · 16h00 ngày 24/8/2021) or plain English ones."""

from datetime import date, datetime

from tienphuong.core import clock

NOTHING = "–"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SWAP = str.maketrans(",.", ".,")


def number(value: float | int | None, *, language: str, decimals: int = 0) -> str:
    """1.416 or 1,416; a value that is not known is a dash, never a zero."""
    if value is None:
        return NOTHING
    written = f"{value:,.{decimals}f}"
    return written if language == "en" else written.translate(_SWAP)


def percent(ratio: float | None, *, language: str, decimals: int = 1) -> str:
    """51,6% or 51.6% of a ratio between 0 and 1."""
    return NOTHING if ratio is None else f"{number(ratio * 100, language=language, decimals=decimals)}%"


def day(value: date | datetime | None, *, language: str) -> str:
    """24/8/2021 or 24 Aug 2021, on the Vietnamese calendar."""
    if value is None:
        return NOTHING
    value = clock.local(value) if isinstance(value, datetime) else value
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}/{value.month}/{value.year}"


def hour(value: datetime | None, *, language: str) -> str:
    """16h00 or 16:00, on a Vietnamese wall clock."""
    return NOTHING if value is None else clock.local(value).strftime("%H:%M" if language == "en" else "%Hh%M")


def moment(value: datetime | None, *, language: str) -> str:
    """16h00 ngày 24/8/2021 or 16:00, 24 Aug 2021."""
    if value is None:
        return NOTHING
    joint = ", " if language == "en" else " ngày "
    return f"{hour(value, language=language)}{joint}{day(value, language=language)}"
