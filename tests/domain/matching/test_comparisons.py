"""How surely two people are one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.fold import fold, loose_key
from tienphuong.registry.matching.births import births, years_slipped
from tienphuong.registry.matching.decisions import DOUBT, KNOWN
from tienphuong.registry.matching.names import likeness, one_slip
from tienphuong.registry.matching.profile import Paper, Profile, hamlet_key
from tienphuong.registry.matching.rules import Surroundings, at_best, compare, rarity
from tienphuong.registry.matching.terms import Likeness

NAMES = (
    "", "Nguyễn Văn Hùng", "NGUYEN VAN HUNG", "Nguyễn Hùng", "Nguyễn Văn Hưng", "Ng. V. Hùng", "Hùng Nguyễn Văn", "Lê Thị Loan",
    "Lê Thị Noan", "Con bà Lê Thị Loan", "Con chị Trần Thị Mai", "H'Hen Niê", "Vàng A Sử", "Nguyễn Văn Hùngg", "Nguyễn Vănn Hùngg", "Y",
)  # fmt: skip
DAYS = (None, date(1985, 3, 4), date(1985, 4, 3), date(1985, 1, 1), date(1986, 3, 4), date(1958, 3, 4), date(1985, 3, 24))


def named(name, **more):
    return Profile(name=name, name_key=fold(name), loose_key=loose_key(name), **more)


profiles = st.builds(
    lambda name, day, year, **more: named(name, birth_date=day, birth_year=day.year if day else year, **more),
    name=st.sampled_from(NAMES),
    day=st.sampled_from(DAYS),
    year=st.sampled_from((None, 1985, 1986, 2021)),
    sex=st.sampled_from(("", "M", "F")),
    birth_precision=st.sampled_from(("", "year", "age_derived")),
    papers=st.frozensets(
        st.builds(
            Paper, st.sampled_from(("cccd", "cmnd", "bhyt", "other", "birth")), st.sampled_from("abc"), st.sampled_from(("", "1234"))
        ),
        max_size=3,
    ),
    phones=st.frozensets(st.sampled_from(("0912345678", "0912345679", "0987654321")), max_size=2),
    area_path=st.sampled_from(("", "000100010001", "0001000100010002", "0001000100010003", "0001000200010002")),
    hamlets=st.frozensets(st.sampled_from(("0001000100010002/2", "0001000100010003/5")), max_size=1),
    household=st.sampled_from(("", "0001000100010002/H1")),
    case_numbers=st.frozensets(st.sampled_from(("BN-12", "BN-15")), max_size=1),
)


@given(profiles, profiles)
def test_the_order_of_the_two_makes_no_difference(a, b):
    assert compare(a, b) == compare(b, a)


@given(profiles, profiles)
def test_a_silent_link_needs_one_name_or_one_number(a, b):
    comparison = compare(a, b)
    if comparison.score >= KNOWN and comparison.anchored:
        assert likeness(a, b).is_one_name or a.case_numbers & b.case_numbers or {p[:2] for p in a.papers} & {p[:2] for p in b.papers}


@given(profiles)
def test_what_is_untold_speaks_neither_for_nor_against(a):
    assert compare(a, Profile()).reasons == ()


@given(profiles, profiles, st.floats(-8, 0))
def test_a_common_name_never_makes_two_people_likelier_one(a, b, bits):
    assert compare(a, b, Surroundings(rarity=bits)).score <= compare(a, b).score


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nguyễn Thị Thuý", "NGUYEN THI THUY", Likeness.UNACCENTED),
        ("Nguyễn Thị Thuý", "Nguyễn Thị Thúy", Likeness.SAME),
        ("Trần Văn Hoà", "Trần Hòa", Likeness.MIDDLE_DROPPED),
        ("Trần Văn Hoà", "Trần Hoa", Likeness.OTHER_MARKS),
        ("Lê Thị Loan", "Lê Thị Noan", Likeness.SOUNDS_ALIKE),
        ("Lê Thị Loan", "Lê Thị Lan", Likeness.ONE_SLIP),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", Likeness.OTHER_MARKS),
        ("Nguyễn Văn Đức", "Ng. V. Đức", Likeness.ABBREVIATED),
        ("Nguyễn Văn Đức", "Đức Nguyễn Văn", Likeness.OTHER_ORDER),
        ("Trần Ngọc Lan Anh", "Trần Anh", Likeness.MIDDLE_MISSING),
        ("Trần Thị Mai", "Nguyễn Thị Mai", Likeness.GIVEN_ONLY),
        ("Con bà Lê Thị Loan", "Lê Thị Loan", Likeness.PARENT_AND_BABY),
        ("Con bà Lê Thị Loan", "CON CHỊ LE THI LOAN", Likeness.SAME_PARENT),
        ("Con bà Lê Thị Loan", "Trần Minh Khôi", Likeness.BABY_AND_CHILD),
        ("Trần Thị Mai", "Nguyễn Văn Hùng", Likeness.DIFFERENT),
        ("Trần Thị Mai", "Trần Bống", Likeness.HOME_NAME),
        ("Trần Minh Anh", "Trần Minh Em", Likeness.DIFFERENT),
    ],
)
def test_names_stand_to_each_other_as_a_reader_would_say(one, other, expected):
    assert likeness(named(one), named(other)) is expected


def test_every_likeness_has_its_words():
    assert all(each.label for each in Likeness if each is not Likeness.MISSING)


@pytest.mark.parametrize(
    ("a", "b", "one"), [("loan", "lan", True), ("hùng", "hừng", True), ("haon", "hoan", True), ("lan", "loanh", False), ("", "a", True)]
)
def test_one_slip_is_one_letter(a, b, one):
    assert one_slip(a, b) is one_slip(b, a) is one


def test_day_and_month_exchanged_speaks_for_one_person_less_than_the_same_day():
    def score(day):
        return compare(
            named("Nguyễn Văn Hùng", birth_date=date(1985, 3, 4), birth_year=1985),
            named("Nguyễn Văn Hùng", birth_date=day, birth_year=day.year),
        ).score

    assert score(date(1985, 3, 4)) > score(date(1985, 4, 3)) > score(date(1985, 3, 9)) > score(date(1985, 7, 20)) > score(date(1950, 7, 20))


def test_a_year_worked_out_from_an_age_may_be_off_by_one():
    told = named("Nguyễn Văn Hùng", birth_year=1985, birth_precision="year")
    aged = named("Nguyễn Văn Hùng", birth_year=1986, birth_precision="age_derived")
    exact = named("Nguyễn Văn Hùng", birth_year=1986, birth_precision="year")
    assert compare(told, aged).score > compare(told, exact).score


def test_a_birthday_ten_years_off_is_a_slip_of_the_pen_and_any_other_year_is_another_person():
    def score(year):
        return compare(*(named("Nguyễn Văn Hùng", birth_date=date(y, 3, 14), birth_year=y) for y in (1999, year))).score

    assert score(2009) == score(1989) > score(1983)


@given(profiles, profiles)
def test_nobody_without_a_number_in_common_scores_above_what_he_was_read_for(a, b):
    together = compare(a, b)
    numbered = a.papers or b.papers or a.phones & b.phones or a.case_numbers & b.case_numbers or a.household
    slip = any(one_slip(one, other) for one in a.phones for other in b.phones)
    if not numbered and not slip and (b.hamlets <= a.hamlets) and a.area_path:
        assert together.score <= at_best(a, likeness(a, b), births(a, b), 0.0) + 1e-9


@given(st.dates(date(1920, 1, 1), date(2021, 12, 31)))
def test_every_day_a_pen_may_slip_to_is_weighed_as_a_slip(day):
    for other in years_slipped(day):
        assert births(named("A", birth_date=day, birth_year=day.year), named("A", birth_date=other, birth_year=other.year)).bits > 0


def test_a_telephone_of_a_crowd_says_less():
    a, b = (named(name, phones=frozenset({"0912345678"})) for name in ("Nguyễn Văn Hùng", "Nguyễn Văn Hùng"))
    crowded = compare(a, b, Surroundings(crowded_phones=frozenset({"0912345678"})))
    assert crowded.score < compare(a, b).score
    assert "Cùng số điện thoại, nhưng nhiều người khai số này" in crowded.reasons


def test_another_paper_of_the_same_kind_speaks_against_and_of_another_kind_does_not():
    def with_paper(kind, digest):
        return named("Nguyễn Văn Hùng", birth_year=1985, papers=frozenset({Paper(kind, digest, digest)}))

    assert compare(with_paper("cccd", "a"), with_paper("cccd", "b")).score < compare(with_paper("cccd", "a"), with_paper("cmnd", "b")).score


def test_a_name_counted_often_proves_little_and_a_rare_one_no_more_than_usual():
    assert rarity(0, 0) == pytest.approx(0)
    assert rarity(0, 10**6) == 0
    assert rarity(1_000, 450_000) == -8
    assert rarity(60, 450_000) < rarity(6, 450_000) < 0


@pytest.mark.parametrize(("one", "other"), [("Thôn 2", "thôn 02"), ("Tổ dân phố số 5", "TDP 5"), ("Xóm Đình", "xom dinh")])
def test_one_hamlet_written_two_ways_is_one_key(one, other):
    assert hamlet_key(one) == hamlet_key(other) != ""


def test_the_thresholds_are_in_order():
    assert DOUBT < KNOWN
