"""Whom a row is compared with: found where the base is crowded, and no more of it read than the row needs."""

from datetime import date, timedelta

import pytest

from tienphuong.registry.matching import MatchKind, match_people
from tienphuong.registry.matching.blocks import Blocks
from tienphuong.registry.matching.lookups import among, counted
from tienphuong.registry.matching.reading import profile_of
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
BORN = date(1985, 3, 14)


@pytest.fixture
def crowd(row, known):
    """Forty people of one name and year in another commune, no two born on one day."""
    return known(*(row("Nguyễn Văn Hùng", date(1985, 5, 13) + timedelta(days=i), sex="M", commune="00658") for i in range(40)))


def found(*rows):
    return Blocks([profile_of(each) for each in rows]).found


def candidates(entry):
    (decision,) = match_people([entry])
    return decision.kind, [candidate.person for candidate in decision.candidates]


def test_a_crowd_of_namesakes_elsewhere_is_counted_and_not_read(row, crowd):
    assert found(row("Nguyễn Văn Hùng", BORN)) == [set()]
    assert found(row("Nguyễn Văn Hùng", 1985)) == [set()]
    assert Blocks([profile_of(row("Nguyễn Văn Hùng", BORN))]).around(0).rarity < -6


@pytest.mark.parametrize(
    "told",
    [BORN, date(1986, 3, 14), date(1975, 3, 14), date(1995, 3, 14), date(1958, 3, 14), 1985],
    ids=["the day", "a year beside", "a decade before", "a decade after", "digits exchanged", "the year alone"],
)
def test_one_of_the_same_commune_is_found_in_the_crowd_however_the_year_slipped(row, known, crowd, told):
    (person,) = known(row("Nguyễn Văn Hùng", BORN, sex="M", hamlet="Thôn 2"))
    assert found(row("Nguyễn Văn Hùng", told, sex="M", hamlet="Thôn 2")) == [{person.pk}]


@pytest.mark.parametrize("number", [{"phone": "0912345678"}, {"paper": "001085012345"}])
def test_a_number_finds_its_holder_in_the_crowd(row, known, crowd, number):
    (person,) = known(row("Nguyễn Văn Hùng", 1985, **number))
    assert found(row("Nguyễn Văn Hùng", None, commune="", **number)) == [{person.pk}]


@pytest.mark.parametrize("told", ["Hùng Nguyễn Văn", "Văn Hùng Nguyễn"])
def test_a_name_in_another_order_is_asked_about(row, known, told):
    (person,) = known(row("Nguyễn Văn Hùng", 1985, sex="M", hamlet="Thôn 2"))
    assert candidates(row(told, 1985, sex="M", hamlet="Thôn 2")) == (MatchKind.DOUBT, [person])


def test_a_name_used_at_home_with_the_same_day_and_hamlet_is_asked_about(row, known):
    (person,) = known(row("Nguyễn Thị Hoa", BORN, sex="F", hamlet="Thôn 2"))
    assert candidates(row("Nguyễn Bống", BORN, sex="F", hamlet="Thôn 2")) == (MatchKind.DOUBT, [person])


def test_another_name_born_the_same_day_in_the_commune_is_not_read(row, known):
    known(row("Trần Thị Mai", BORN, sex="F"))
    assert found(row("Nguyễn Văn Hùng", BORN, sex="M")) == [set()]


def test_of_a_number_that_too_many_gave_those_of_the_name_are_read(row, known):
    known(*(row(f"Lê Thị {given}", 1950, phone="0912345678") for given in ("Mai", "Lan", "Hoa", "Cúc") for _ in range(8)))
    (person,) = known(row("Nguyễn Văn Hùng", 1985, phone="0912345678"))
    assert found(row("Nguyễn Văn Hùng", None, phone="0912345678", commune="")) == [{person.pk}]


def test_a_slip_in_the_decade_is_seen_between_two_rows_of_one_list(row):
    rows = [row("Nguyễn Văn Hùng", date(year, 3, 14), sex="M", hamlet="Thôn 2") for year in (1985, 1975)]
    assert [decision.kind for decision in match_people(rows)] == [MatchKind.NEW, MatchKind.DOUBT]


def test_the_base_answers_for_each_key_and_for_nothing_beside(row, known):
    person, _ = known(row("Nguyễn Văn Hùng", BORN), row("Nguyễn Văn Hùng", None, commune="00658"))
    name, path = person.loose_key, person.area_path
    asked = [(name, 1985, BORN), (name, 1985, date(1985, 3, 15)), ("tran mai", 1985, BORN)]
    assert list(among(Person, ("loose_key", "birth_year", "birth_date"), asked, read=("id",))) == [(asked[0], (person.pk,))]
    assert counted(Person, ("loose_key",), [(name,), ("tran mai",)]) == {(name,): 2}
    assert counted(Person, ("loose_key", "area_path"), [(name, path)], empty="birth_year") == {}
    assert counted(Person, ("loose_key",), [(name,)], empty="birth_year") == {(name,): 1}
    assert counted(Person, ("loose_key",), []) == {}
