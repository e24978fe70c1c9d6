from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.date_columns import ColumnSign, column_date_order, swapped
from tienphuong.core.text.dates import VIETNAM, read_date
from tienphuong.core.text.terms import DateFlag, DateOrder, Precision
from tienphuong.core.text.times import read_time

REPORT_DAY = date(2021, 8, 24)


@pytest.mark.parametrize(
    ("raw", "value", "flags"),
    [
        ("24/08/2021", date(2021, 8, 24), ()),
        ("24-8-21", date(2021, 8, 24), (DateFlag.TWO_DIGIT_YEAR,)),
        ("24.8.2021", date(2021, 8, 24), ()),
        ("24.8", date(2021, 8, 24), (DateFlag.YEAR_FROM_CONTEXT,)),
        ("24/8", date(2021, 8, 24), (DateFlag.YEAR_FROM_CONTEXT,)),
        ("ngày 27/4", date(2021, 4, 27), (DateFlag.YEAR_FROM_CONTEXT,)),
        ("28/12", date(2020, 12, 28), (DateFlag.YEAR_FROM_CONTEXT,)),
        ("ngày 27 tháng 4 năm 2021", date(2021, 4, 27), ()),
        ("Thứ ba, 24/8/2021", date(2021, 8, 24), ()),
        ("2021-08-24", date(2021, 8, 24), ()),
        ("2021-08-24 00:00:00", date(2021, 8, 24), ()),
        ("20210824", date(2021, 8, 24), ()),
        ("24082021", date(2021, 8, 24), ()),
        ("12/25/2021", date(2021, 12, 25), (DateFlag.DAY_MONTH_EXCHANGED,)),
        (44432, date(2021, 8, 24), (DateFlag.EXCEL_SERIAL,)),
        (44432.5, date(2021, 8, 24), (DateFlag.EXCEL_SERIAL,)),
        (datetime(2021, 8, 24, tzinfo=VIETNAM), date(2021, 8, 24), ()),
        ("31/02/2021", None, (DateFlag.IMPOSSIBLE,)),
        ("00/00/1950", None, (DateFlag.IMPOSSIBLE,)),
        ("không nhớ", None, (DateFlag.NOT_TOLD,)),
        ("hôm nọ", None, (DateFlag.UNREADABLE,)),
        (24.8, None, (DateFlag.NUMBER_NOT_DATE,)),
        (60, None, (DateFlag.UNREADABLE,)),
        (float("nan"), None, (DateFlag.UNREADABLE,)),
        ("", None, (DateFlag.EMPTY,)),
        (None, None, (DateFlag.EMPTY,)),
    ],
)
def test_a_written_date_is_read(raw: str | float | None, value: date | None, flags: tuple[DateFlag, ...]) -> None:
    reading = read_date(raw, context=REPORT_DAY)
    assert (reading.value, reading.flags) == (value, flags)


def test_the_two_excel_systems_differ_by_four_years_and_a_day() -> None:
    assert read_date(44432, epoch=1900).value == read_date(42970, epoch=1904).value == date(2021, 8, 24)
    assert (read_date(59).value, read_date(61).value) == (date(1900, 2, 28), date(1900, 3, 1))


@pytest.mark.parametrize("raw", ["08/24/2021", "08-24-2021", "08.24.2021", "8/24/2021"])
def test_a_month_first_dialect_is_read_by_its_declared_order(raw: str) -> None:
    reading = read_date(raw, order=DateOrder.MDY)
    assert (reading.value, reading.flags) == (date(2021, 8, 24), ())


def test_an_undeclared_order_is_never_guessed() -> None:
    reading = read_date("05/08/2021", order=None)
    assert reading.value is None
    assert reading.flags == (DateFlag.AMBIGUOUS_DAY_MONTH,)
    assert reading.alternatives == (date(2021, 8, 5), date(2021, 5, 8))
    assert read_date("24/08/2021", order=None).value == date(2021, 8, 24)
    assert read_date("08/08/2021", order=None).value == date(2021, 8, 8)


def test_a_day_without_context_keeps_what_was_written() -> None:
    reading = read_date("24/8")
    assert (reading.value, reading.day, reading.month, reading.flags) == (None, 24, 8, (DateFlag.YEAR_MISSING,))


@pytest.mark.parametrize(
    ("raw", "precision"),
    [("8/2021", Precision.MONTH), ("tháng 8 năm 2021", Precision.MONTH), ("2021", Precision.YEAR), (2021, Precision.YEAR)],
)
def test_less_than_a_day_is_kept_as_less(raw: str | int, precision: Precision) -> None:
    reading = read_date(raw)
    assert (reading.precision, reading.value, reading.year) == (precision, None, 2021)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_date_is_read_back(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}").value == day
    assert read_date(f"{day:%m/%d/%Y}", order=DateOrder.MDY).value == day
    assert read_date(day.isoformat(), order=None).value == day


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("15h30", time(15, 30)), ("15g30", time(15, 30)), ("15 giờ", time(15)), ("15 giờ 30 phút", time(15, 30)), ("15:30", time(15, 30)),
        ("0h", time(0)), ("3h chiều", time(15)), ("8h sáng", time(8)), ("10h đêm", time(22)), ("12h trưa", time(12)), (0.5, time(12)),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read(raw: str | float, value: time) -> None:
    assert read_time(raw).value == value


def test_doubtful_times_say_so() -> None:
    assert read_time("24h").next_day
    assert read_time("12h đêm").flags == (DateFlag.MIDNIGHT_OR_NOON,)
    assert read_time("25h").flags == (DateFlag.TIME_IMPOSSIBLE,)


@pytest.mark.parametrize(
    ("raw", "day", "clock"),
    [
        ("0h ngày 24/7", date(2021, 7, 24), time(0)),
        ("24h ngày 24/7/2021", date(2021, 7, 25), time(0)),
        ("15h30 ngày 24/8/2021", REPORT_DAY, time(15, 30)),
        ("24/8/2021, 15h30", REPORT_DAY, time(15, 30)),
        ("24/08/2021 2:30 PM", REPORT_DAY, time(14, 30)),
        ("23/8/2021 lúc 8h", date(2021, 8, 23), time(8)),
        ("2021-08-24T16:00", REPORT_DAY, time(16)),
        ("2021-08-23T17:30:00Z", REPORT_DAY, time(0, 30)),
        ("2021-08-24T08:15:30.000+07:00", REPORT_DAY, time(8, 15, 30)),
        ("2021-08-24 00:00:00.0", REPORT_DAY, None),
        ("2021-08-24T00:00:00.000Z", REPORT_DAY, None),
        ("24-Aug-2021", REPORT_DAY, None),
        ("Aug-24-2021", REPORT_DAY, None),
        ("Mon, 23 Aug 2021 18:00:00 GMT", REPORT_DAY, time(1)),
        ("Tue Aug 24 2021 10:00:00 GMT+0700", REPORT_DAY, time(10)),
        ("24/8/2021", REPORT_DAY, None),
        (44432.6875, REPORT_DAY, time(16, 30)),
        ("44432.6875", REPORT_DAY, time(16, 30)),
        (20210824, REPORT_DAY, None),
        (datetime(2021, 8, 23, 18, tzinfo=UTC), REPORT_DAY, time(1)),
    ],
)
def test_the_day_and_hour_are_of_vietnam(raw: str | float, day: date, clock: time | None) -> None:
    reading = read_date(raw, context=REPORT_DAY)
    assert (reading.value, reading.clock) == (day, clock)


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("22/8 và 23/8", DateFlag.SEVERAL),
        ("23/8/2021 xyz", DateFlag.OTHER_WORDS),
        ("thứ sáu, 23/8/2021", DateFlag.WEEKDAY_DISAGREES),
        ("25h ngày 23/8/2021", DateFlag.TIME_IMPOSSIBLE),
        ("12h đêm 23/8/2021", DateFlag.TIME_IMPOSSIBLE),
    ],
)
def test_what_is_not_one_day_is_left_to_a_person(raw: str, flag: DateFlag) -> None:
    reading = read_date(raw, context=REPORT_DAY)
    assert (reading.value, reading.flags) == (None, (flag,))


def test_a_column_that_mixes_text_and_dates_was_swapped_by_excel() -> None:
    proposal = column_date_order(["24/08/2021", "13/08/2021", date(2021, 5, 8), datetime(2021, 12, 8, tzinfo=VIETNAM), None, ""])
    assert (proposal.sign, proposal.order, proposal.swap_date_cells) == (ColumnSign.SWAPPED_BY_EXCEL, DateOrder.DMY, True)
    assert swapped(date(2021, 5, 8)) == date(2021, 8, 5)
    assert swapped(datetime(2021, 12, 8, 9, tzinfo=VIETNAM)) == datetime(2021, 8, 12, 9, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("column", "sign", "order"),
    [
        (["24/08/2021", "05/08/2021", date(2021, 8, 6)], ColumnSign.PLAIN, DateOrder.DMY),
        (["24/08/2021", date(2021, 8, 24)], ColumnSign.PLAIN, DateOrder.DMY),
        (["08/24/2021", "08/05/2021"], ColumnSign.PLAIN, DateOrder.MDY),
        (["08/24/2021", "24/08/2021"], ColumnSign.MIXED_ORDERS, None),
        (["05/08/2021", "06/08/2021"], ColumnSign.UNDECIDED, None),
        (["2021-08-24"], ColumnSign.PLAIN, DateOrder.YMD),
        ([], ColumnSign.UNDECIDED, None),
    ],
)
def test_other_columns_are_not_swapped(column: list[str | date], sign: ColumnSign, order: DateOrder | None) -> None:
    proposal = column_date_order(column)
    assert (proposal.sign, proposal.order, proposal.swap_date_cells) == (sign, order, False)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers()))
def test_any_cell_can_be_read_as_a_date(cell: str | float) -> None:
    reading = read_date(cell)
    assert reading.value is not None or reading.flags or reading.precision is not Precision.NONE
