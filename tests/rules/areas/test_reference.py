"""The shipped lists hold together."""

import csv
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from tienphuong.registry.areas.reference import area_lines, succession_lines
from tienphuong.registry.areas.terms import AreaLevel, CodeSystem

CENSUS = Path(__file__).resolve().parents[4] / "shared" / "data" / "vn_admin" / "thanh_tri_thanh_xuan_reference.csv"
LINES = {line.key: line for line in area_lines()}


def of(system, level):
    return [line for line in LINES.values() if line.row["code_system"] == system and line.values["level"] == level]


def test_the_country_had_63_provinces_and_has_34():
    assert len(of(CodeSystem.GSO_2019, AreaLevel.PROVINCE)) == 63
    assert len(of(CodeSystem.QD19_2025, AreaLevel.PROVINCE)) == 34
    assert len({line.values["name"] for line in of(CodeSystem.GSO_2019, AreaLevel.PROVINCE)}) == 63


def test_eleven_of_the_34_were_not_merged():
    merged = Counter(
        link.new
        for link in succession_lines()
        if link.new[0] == CodeSystem.QD19_2025 and LINES[link.old].values["level"] == AreaLevel.PROVINCE
    )
    assert Counter(merged.values()) == {1: 11, 2: 17, 3: 6}


def test_hanoi_had_30_districts():
    assert len(of(CodeSystem.GSO_2019, AreaLevel.DISTRICT)) == 30
    assert not of(CodeSystem.QD19_2025, AreaLevel.DISTRICT)


def test_the_two_districts_have_the_communes_and_people_of_the_census():
    for district, communes, later, people, households in (("020", 16, 16, 275_745, 80_112), ("009", 11, 9, 293_524, 82_981)):
        before, after = (
            [line for line in of(system, AreaLevel.COMMUNE) if line.parent == (CodeSystem.GSO_2019, district)]
            for system in (CodeSystem.GSO_2019, CodeSystem.GSO_2025_01)
        )
        assert (len(before), len(after)) == (communes, later)
        for lines in (before, after, [LINES[CodeSystem.GSO_2019, district]]):
            assert sum(line.values["population"] for line in lines) == people
            assert sum(line.values["households"] for line in lines) == households


def test_every_area_that_ended_became_something_that_began_the_next_day():
    links = defaultdict(list)
    for link in succession_lines():
        links[link.old].append(link)
    for key, line in LINES.items():
        assert bool(links[key]) == (line.valid_to is not None), key
        for link in links[key]:
            assert LINES[link.new].valid_from == link.effective_on == line.valid_to + timedelta(days=1), (key, link.new)


def test_shares_say_all_or_leave_open_and_never_more_than_everyone():
    shares = defaultdict(list)
    for link in succession_lines():
        shares[link.old].append(link)
    for old, links in shares.items():
        known = sum(link.share for link in links if link.share is not None)
        if any(link.share is None for link in links):
            assert known < 1 and len(links) > 1, old
        else:
            assert known == 1, old
        assert all(link.partial for link in links) or len(links) == 1, old
        assert all(link.basis for link in links)


def test_parents_come_before_children_and_outlive_them():
    seen = set()
    for key, line in LINES.items():
        if line.parent:
            parent = LINES[line.parent]
            assert line.parent in seen
            assert parent.valid_from <= line.valid_from
            assert parent.valid_to is None or (line.valid_to is not None and line.valid_to <= parent.valid_to), key
        seen.add(key)


@pytest.mark.skipif(not CENSUS.exists(), reason="the census figures of shared/data are not on this machine")
def test_the_shipped_figures_and_successors_are_those_of_the_census_file():
    became = defaultdict(set)
    for link in succession_lines():
        if link.new[0] == CodeSystem.QD19_2025:
            became[link.old[1]].add(f"{link.new[1]} {LINES[link.new].row['official_name']}")
    with CENSUS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 27
    for row in rows:
        line = LINES[CodeSystem.GSO_2019, row["ward_code"]]
        assert line.row["official_name"] == row["ward"]
        assert (line.values["population"], line.values["households"]) == (int(row["pop_2019"]), int(row["households_2019"]))
        if row["name_after_2025_01"] == "(removed)":
            assert (CodeSystem.GSO_2025_01, row["ward_code"]) not in LINES
        else:
            assert LINES[CodeSystem.GSO_2025_01, row["ward_code"]].row["official_name"] == row["name_after_2025_01"]
            assert became[row["ward_code"]] == set(row["wards_after_2025_07"].split(";"))
