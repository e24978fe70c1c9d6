"""The nightly search for people the post holds twice."""

from datetime import date, timedelta

import pytest

from tienphuong.registry.matching import find_doubts
from tienphuong.registry.models import MatchProposal, Person
from tienphuong.registry.services.identities import decide, merge, propose

pytestmark = pytest.mark.django_db
BORN = date(1985, 3, 14)


@pytest.fixture
def twice(row, known):
    """One person held twice in Liên Ninh, and somebody else."""
    return known(row("Nguyễn Văn Hùng", BORN, sex="M"), row("NGUYEN VAN HUNG", BORN), row("Trần Thị Mai", 1990))[:2]


def pairs(areas, **more):
    return [(left, right) for left, right, _, _ in find_doubts(areas["020"].path, **more)]


def test_a_person_held_twice_is_found_once_with_score_and_reasons(areas, twice):
    ((left, right, score, reasons),) = find_doubts(areas["020"].path)
    assert [left, right] == twice
    assert score > 0
    assert "Cùng ngày tháng năm sinh" in reasons


def test_what_the_sweep_finds_is_what_an_officer_is_asked_and_is_asked_once(areas, twice, at):
    (proposal,) = propose(list(find_doubts(areas["020"].path)), at=at)
    assert MatchProposal.objects.get().left == twice[0]
    decide(proposal, state="different", at=at, by=None, reason="hai người")
    assert pairs(areas) == []


def test_records_merged_before_are_no_doubt(areas, twice, at):
    merge(*twice, at=at, by=None, reason="một người")
    assert pairs(areas) == []


def test_a_record_outside_the_area_is_found_from_inside(areas, row, known):
    known(
        row("Nguyễn Văn Hùng", BORN, paper="001085012345", commune="00139" if "00139" in areas else "00658"),
        row("Nguyễn Văn Hùng", BORN, paper="001085012345"),
    )
    assert len(pairs({"020": areas["00682"]})) == 1


def test_another_district_has_nothing_to_do_with_it(areas, twice):
    assert pairs({"020": areas["009"]}) == []


def test_the_sweep_looks_at_what_came_in_since_and_stops_at_its_limit(areas, twice, at, row, known):
    assert pairs(areas, since=at + timedelta(days=1)) == []
    assert len(pairs(areas, since=at)) == 1
    known(row("Nguyễn Văn Hùng", BORN))
    assert len(pairs(areas)) == 3
    assert len(pairs(areas, limit=2)) == 2


def test_nothing_is_merged_by_looking(areas, twice):
    pairs(areas)
    assert not Person.objects.exclude(identity=None).exists()
