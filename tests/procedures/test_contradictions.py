"""A later list says otherwise than a record: nothing is overwritten, an officer decides, and the decision can be taken back."""

from datetime import date, timedelta

import pytest

from tienphuong.core import audit
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.procedures.settle_contradiction import keep_values, take_decisions_back, take_values
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching.contradictions import contradictions
from tienphuong.registry.models import Contradiction, Person
from tienphuong.registry.queries.contradictions import (
    ContradictionChoice,
    contradiction_lines,
    contradiction_records,
    contradictions_of,
    contradictions_open,
)
from tienphuong.registry.services.people import enrol, supplement
from tienphuong.registry.terms import Aspect

BORN = date(1985, 3, 14)


def described(name="Nguyễn Văn An", *, sex="M", born=BORN, year=None, precision="day", nationality=""):
    born = None if year else born
    return PersonEntry(
        full_name=name, sex=sex, birth_date=born, birth_year=year or (born.year if born else None), birth_precision=precision,
        nationality=nationality, source_row=7,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "aspects"),
    [
        (described(), set()),
        (described("NGUYEN VAN AN"), set()),
        (described("Nguyễn An"), set()),
        (described("", sex="", born=None, precision=""), set()),
        (described("Nguyễn Văn Ân"), {Aspect.NAME}),
        (described("Trần Thị Hoa", sex="F"), {Aspect.NAME, Aspect.SEX}),
        (described(born=date(1985, 4, 13)), {Aspect.BIRTH}),
        (described(year=1985, precision="year"), set()),
        (described(year=1986, precision="year"), {Aspect.BIRTH}),
        (described(year=1986, precision="age_derived"), set()),
        (described(year=1987, precision="age_derived"), {Aspect.BIRTH}),
    ],
)
def test_what_contradicts_and_what_only_says_less_or_writes_otherwise(other, aspects):
    assert contradictions(described(), other) == aspects


@pytest.fixture
def an(areas, at):
    """An of Liên Ninh, of whom a later list says another birth and sex."""
    home = areas["00682"]
    entry = described()
    (person,) = enrol([PersonEntry(**{**_fields(entry), "area_id": home.pk, "area_path": home.path})], at=at, by=None)
    supplement([(person, described(born=date(1958, 3, 14), sex="F", nationality="Việt Nam"))], at=at)
    person.refresh_from_db()
    return person


def _fields(entry):
    return {name: getattr(entry, name) for name in entry.__slots__}


def value(person, name):
    return Person.objects.values_list(name, flat=True).get(pk=person.pk)


def of(aspect):
    return Contradiction.objects.filter(aspect=aspect)


def test_the_record_keeps_its_values_and_the_other_ones_wait_with_their_row(an):
    assert (an.birth_date, an.sex, an.nationality) == (BORN, "M", "Việt Nam"), "only the gap is filled"
    kept = sorted(Contradiction.objects.values_list("aspect", "current", "reported", "source_row", "state"))
    assert kept == [("birth", "1985-03-14", "1958-03-14", 7, "open"), ("sex", "M", "F", 7, "open")]


def test_the_same_value_told_again_is_one_contradiction(an, at):
    supplement([(an, described(born=date(1958, 3, 14)))], at=at + timedelta(days=1))
    assert of("birth").count() == 1


def test_a_day_of_birth_that_contradicts_the_year_held_fills_no_gap(areas, at):
    (person,) = enrol([described(year=1985, precision="year")], at=at, by=None)
    supplement([(person, described(born=date(1958, 3, 14)))], at=at)
    assert Person.objects.values_list("birth_year", "birth_date").get(pk=person.pk) == (1985, None)


def test_a_year_worked_out_from_an_age_follows_the_day_that_is_told(areas, at):
    (person,) = enrol([described(year=1986, precision="age_derived")], at=at, by=None)
    supplement([(person, described())], at=at)
    assert Person.objects.values_list("birth_year", "birth_date", "birth_precision").get(pk=person.pk) == (1985, BORN, "day")


def test_keeping_changes_nothing_but_the_question(an, lan, at):
    (done,) = keep_values(list(of("birth")), actor=lan, at=at, reason="theo căn cước")
    assert value(an, "birth_date") == BORN and of("birth").get().state == "kept" and of("birth").get().decided_by == lan.user_id
    assert AuditEntry.objects.get(act="contradiction.kept").facts["reason"] == audit.marked("Theo căn cước")
    assert keep_values([done], actor=lan, at=at) == [], "decided once"


def test_taking_puts_the_other_value_in_force_and_taking_back_restores_the_first(an, lan, at):
    take_values(list(of("birth")), actor=lan, at=at)
    assert (value(an, "birth_date"), value(an, "birth_year")) == (date(1958, 3, 14), 1958)
    (line,) = contradictions_of(lan, numbers=[an.pk])[1:]
    assert (line.current, line.other) == ("1958-03-14", "1985-03-14"), "the value put out of force is not lost"
    assert take_decisions_back(list(of("birth")), actor=lan, at=at)
    assert (value(an, "birth_date"), value(an, "birth_year"), of("birth").get().state) == (BORN, 1985, "open")
    assert list(AuditEntry.objects.order_by("sequence").values_list("act", flat=True))[-2:] == [
        "contradiction.taken",
        "contradiction.reopened",
    ]


def test_a_taken_name_is_found_by_its_new_keys(areas, lan, at):
    home = areas["00682"]
    (person,) = enrol([PersonEntry(full_name="Nguyễn Văn An", area_id=home.pk, area_path=home.path)], at=at, by=None)
    supplement([(person, PersonEntry(full_name="Nguyễn Văn Ân"))], at=at)
    supplement([(person, PersonEntry(full_name="Trần Bình"))], at=at)
    take_values(list(of("name").filter(reported="Trần Bình")), actor=lan, at=at)
    assert value(person, "name_key") == "tran binh"


def test_a_decision_is_not_taken_back_over_a_value_that_came_later(an, lan, at):
    take_values(list(of("birth")), actor=lan, at=at)
    Person.objects.filter(pk=an.pk).update(birth_date=date(1990, 1, 2))
    assert take_decisions_back(list(of("birth")), actor=lan, at=at) == []
    assert value(an, "birth_date") == date(1990, 1, 2)


def test_an_officer_of_another_district_neither_sees_nor_decides(an, lan, minh, at):
    assert contradiction_lines(lan, choice=ContradictionChoice()).total == 2
    assert contradiction_lines(minh, choice=ContradictionChoice()).total == 0
    assert contradiction_records(minh, ids=Contradiction.objects.values_list("pk", flat=True)) == []
    with pytest.raises(NotPermitted):
        take_values(list(of("birth")), actor=minh, at=at)


def test_a_past_board_counts_what_waited_then(an, lan, at):
    keep_values(list(of("sex")), actor=lan, at=at + timedelta(hours=2))
    assert contradictions_open(lan, area_path=an.area_path, known_at=at + timedelta(hours=1)) == 2
    assert contradictions_open(lan, area_path=an.area_path, known_at=at + timedelta(hours=3)) == 1
    assert contradictions_open(lan, area_path=an.area_path, known_at=at - timedelta(hours=1)) == 0
