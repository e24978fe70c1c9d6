"""What two birth dates of different precision say of one person. Pure, symmetric."""

from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from tienphuong.core.sentences import sentence
from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.rules.terms import BirthPrecision


class BirthEvidence(NamedTuple):
    """Bits for or against, why, and whether it is the very day (01/01 is a filled form, not a day)."""

    bits: float
    reason: str
    same_day: bool = False
    same_year: bool = False


MISSING = BirthEvidence(0, "")


def date_variants(day: date | None, *, beside: bool = False) -> tuple[date, ...]:
    """The day of birth, what it is when day and month are exchanged, and (beside) the same day of the years next to it.

    01/01 is a filled form: it would find half a commune and finds nobody.
    """
    if day is None or _is_filled(day):
        return ()
    exchanged = (date(day.year, day.day, day.month),) if day.day <= 12 and day.day != day.month else ()
    return (day, *exchanged, *(_in_years(day, (day.year - 1, day.year + 1)) if beside else ()))


def years_slipped(day: date | None) -> tuple[date, ...]:
    """The day in the years a slip of the pen makes of its own: the decade before or after, the last two digits exchanged."""
    if day is None or _is_filled(day):
        return ()
    century, tens, ones = day.year // 100 * 100, day.year // 10 % 10, day.year % 10
    exchanged = century + ones * 10 + tens
    return _in_years(day, (day.year - 10, day.year + 10, *((exchanged,) if abs(ones - tens) > 1 else ())))


def _in_years(day: date, years: tuple[int, ...]) -> tuple[date, ...]:
    """The same day of other years, of those there are; 29 February has few."""
    return () if (day.day, day.month) == (29, 2) else tuple(day.replace(year=year) for year in years if MINYEAR <= year <= MAXYEAR)


def births(a: Profile, b: Profile) -> BirthEvidence:
    """The evidence of the two births; days are compared when both sides know one."""
    if a.birth_year is None or b.birth_year is None:
        return MISSING
    if a.birth_date and b.birth_date and not (_is_filled(a.birth_date) or _is_filled(b.birth_date)):
        return _days(a.birth_date, b.birth_date)
    return _years(a.birth_year, b.birth_year, worked_out=_worked_out(a) or _worked_out(b))


def _is_filled(day: date) -> bool:
    return (day.day, day.month) == (1, 1)


def _worked_out(profile: Profile) -> bool:
    return profile.birth_precision == BirthPrecision.AGE_DERIVED


def _years(a: int, b: int, *, worked_out: bool) -> BirthEvidence:
    """One in seventy people shares a year; a year off is a usual slip, the more so when it was worked out from an age."""
    apart = abs(a - b)
    if apart == 0:
        return BirthEvidence(6, "Cùng năm sinh", same_year=True)
    if apart == 1:
        return BirthEvidence(3.5, "Năm sinh lệch một năm, tính từ tuổi") if worked_out else BirthEvidence(0.5, "Năm sinh lệch một năm")
    if apart == 2 and worked_out:
        return BirthEvidence(-1.5, "Năm sinh lệch hai năm, tính từ tuổi")
    if _is_slip(a, b):
        return BirthEvidence(-4.5, "Năm sinh khác một chữ số, đảo số hoặc lệch mười năm")
    return BirthEvidence(-9 if apart > 2 else -6, sentence("Năm sinh khác nhau {years} năm", years=apart))


def _is_slip(a: int, b: int) -> bool:
    """Whether one year is the other with a digit mistaken, two exchanged, or the decade."""
    return abs(a - b) == 10 or sum(x != y for x, y in zip(f"{a:04}", f"{b:04}", strict=True)) == 1 or sorted(f"{a:04}") == sorted(f"{b:04}")


def _days(a: date, b: date) -> BirthEvidence:
    if a == b:
        return BirthEvidence(14.5, "Cùng ngày tháng năm sinh", same_day=True, same_year=True)
    if (a.day, a.month) == (b.day, b.month):
        return _same_birthday(a.year, b.year)
    if a.year != b.year:
        return BirthEvidence(-9, "Ngày sinh khác nhau")
    if (a.day, a.month) == (b.month, b.day):
        return BirthEvidence(10, "Ngày và tháng sinh viết ngược nhau", same_year=True)
    if a.month == b.month or a.day == b.day:
        return BirthEvidence(3.5, "Cùng năm sinh, lệch ngày hoặc tháng", same_year=True)
    return BirthEvidence(-1.5, "Cùng năm sinh, khác ngày và tháng", same_year=True)


def _same_birthday(a: int, b: int) -> BirthEvidence:
    """Same day and month in another year: a neighbouring year or digits slipped, else two people."""
    if abs(a - b) == 1:
        return BirthEvidence(7.5, "Cùng ngày tháng sinh, lệch một năm")
    if _is_slip(a, b):
        return BirthEvidence(4, "Cùng ngày tháng sinh, năm khác một chữ số, đảo số hoặc lệch mười năm")
    return BirthEvidence(-4, "Cùng ngày tháng, khác năm sinh")
