"""Do numbers, days and lists come out as Vietnamese offices write them?"""

from datetime import date, datetime, time

import pytest

from tienphuong.reports.papers import wording


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (272, "272"),
        (1416, "1.416"),
        (157560, "157.560"),
        (1234567, "1.234.567"),
        (51.6, "51,6"),
        (1416.25, "1.416,3"),
        (2.0, "2"),
        (-1500, "-1.500"),
        (-0.04, "0"),
    ],
)
def test_thousands_take_a_point_and_decimals_a_comma(value: float, written: str) -> None:
    assert wording.number(value) == written


def test_halves_are_rounded_away_from_zero_as_on_paper() -> None:
    assert [wording.number(value, digits=0) for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]


@pytest.mark.parametrize(("share", "written"), [(0.516, "51,6%"), (0.5, "50%"), (1, "100%"), (0, "0%"), (0.0005, "0,1%")])
def test_a_share_of_one_is_written_as_percent(share: float, written: str) -> None:
    assert wording.percent(share) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 2, 5), "ngày 05 tháng 02 năm 2021"),
        (date(2021, 1, 10), "ngày 10 tháng 01 năm 2021"),
        (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021"),
        (date(2021, 8, 24), "ngày 24 tháng 8 năm 2021"),
        (date(2021, 12, 31), "ngày 31 tháng 12 năm 2021"),
    ],
)
def test_only_days_under_ten_and_months_one_and_two_take_a_zero(day: date, written: str) -> None:
    assert wording.long_day(day) == written


def test_a_day_inside_a_sentence_takes_no_zero() -> None:
    assert wording.short_day(date(2021, 8, 4)) == "4/8/2021"


def test_hours_are_written_with_h() -> None:
    assert [wording.clock(time(16)), wording.clock(time(9, 5))] == ["16h00", "9h05"]


def test_a_period_runs_from_cut_off_to_cut_off() -> None:
    start, end = datetime(2021, 8, 23, 16), datetime(2021, 8, 24, 16)  # noqa: DTZ001  wall-clock words on paper
    assert wording.period(start, end=end) == "từ 16h00 ngày 23/8/2021 đến 16h00 ngày 24/8/2021"


@pytest.mark.parametrize(("value", "written"), [(5, "Số: 05/BC-UBND"), (12, "Số: 12/BC-UBND"), (105, "Số: 105/BC-UBND")])
def test_document_numbers_under_ten_take_a_zero(value: int, written: str) -> None:
    assert wording.document_number("BC-UBND", value=value) == written


def test_a_number_not_yet_given_leaves_a_gap_that_does_not_break() -> None:
    assert wording.document_number("BC-UBND") == "Số: " + wording.BLANK + "/BC-UBND"
    assert set(wording.BLANK) == {wording.NO_BREAK_SPACE}


def test_a_day_not_yet_given_leaves_a_gap_and_keeps_the_month() -> None:
    assert wording.dateline("Thanh Trì", year=2021, month=8) == f"Thanh Trì, ngày{wording.BLANK}tháng 8 năm 2021"
    assert wording.dateline("Thanh Trì", year=2021, month=2, day=5) == "Thanh Trì, ngày 05 tháng 02 năm 2021"


def test_a_list_ends_in_and() -> None:
    assert [wording.listing(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a và b", "a, b và c"]


def test_parts_and_appendices_carry_roman_numerals() -> None:
    assert [wording.roman(value) for value in (1, 4, 6, 9, 14, 39)] == ["I", "IV", "VI", "IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="0 is not a part or appendix number"):
        wording.roman(0)
