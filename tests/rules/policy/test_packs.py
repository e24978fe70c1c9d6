"""The packs on the shelf: which is in force when, what they say, and that every value has its document."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest

from tienphuong.core.policy import Pack, PolicyError, all_packs, pack, pack_at
from tienphuong.core.policy.cited import Citation
from tienphuong.core.policy.terms import Confidence, GovernmentLevel


def citations(thing: Any) -> Iterator[Citation]:
    """Every citation inside a pack."""
    if isinstance(thing, Citation):
        yield thing
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from citations(getattr(thing, one.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from citations(one)
    elif isinstance(thing, (dict, MappingProxyType)):
        for one in thing.values():
            yield from citations(one)


def test_the_four_packs_are_on_the_shelf_oldest_first() -> None:
    assert [one.version for one in all_packs()] == ["vn-2020-03", "vn-2021-07-30", "vn-2021-10", "vn-2026-07"]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 3, 19), "vn-2020-03"),
        (date(2021, 7, 29), "vn-2020-03"),
        (date(2021, 7, 30), "vn-2021-07-30"),
        (date(2021, 8, 24), "vn-2021-07-30"),
        (date(2021, 10, 10), "vn-2021-07-30"),
        (date(2021, 10, 11), "vn-2021-10"),
        (date(2025, 1, 1), "vn-2021-10"),
        (date(2026, 6, 30), "vn-2021-10"),
        (date(2026, 7, 1), "vn-2026-07"),
        (date(2030, 1, 1), "vn-2026-07"),
    ],
)
def test_a_day_has_the_pack_in_force_and_a_gap_the_latest_earlier_one(day: date, version: str) -> None:
    assert pack_at(day).version == version


def test_a_day_before_every_pack_is_refused_with_what_to_do() -> None:
    with pytest.raises(PolicyError, match="29/02/2020") as refused:
        pack_at(date(2020, 2, 29))
    assert "vn-2020-03" in refused.value.remedy


def test_an_unknown_pack_or_disease_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="vn-2021-10"):
        pack("vn-2019")
    with pytest.raises(PolicyError, match="covid-19, dengue, measles, mpox"):
        pack("vn-2026-07").disease("mers")


def test_periods_of_packs_do_not_overlap() -> None:
    packs = all_packs()
    for earlier, later in pairwise(packs):
        assert earlier.valid_until is not None
        assert earlier.valid_until < later.valid_from


@pytest.mark.parametrize("one", all_packs(), ids=lambda one: one.version)
def test_every_declared_document_is_cited_or_named_as_history(one: Pack) -> None:
    cited = {cite.document.number for cite in citations(one)}
    unused = set(one.documents) - cited
    assert unused <= {"Luật Phòng bệnh 114/2025/QH15", "3985/QĐ-BYT", "Luật Phòng thủ dân sự", "3638/QĐ-BYT"}


def test_what_no_source_states_is_marked_as_inferred() -> None:
    today = pack("vn-2026-07")
    covid = today.disease("covid-19")
    assert today.cutoff_at(date(2026, 11, 22)).confidence is Confidence.INFERRED
    assert covid.infectious_periods[0].cite.confidence is Confidence.INFERRED
    assert covid.case_definitions[0].cite.confidence is Confidence.INFERRED
    assert today.disease("dengue").max_degree.confidence is Confidence.INFERRED


def test_the_district_is_the_post_until_2025_and_the_commune_after() -> None:
    assert pack("vn-2021-07-30").government.post_level is GovernmentLevel.DISTRICT
    assert GovernmentLevel.DISTRICT not in pack("vn-2026-07").government.levels
    assert pack("vn-2026-07").government.post_level is GovernmentLevel.COMMUNE


@pytest.mark.parametrize(
    ("version", "disease", "traced", "degree", "hours"),
    [
        ("vn-2020-03", "covid-19", True, 5, 24),
        ("vn-2021-07-30", "covid-19", True, 2, 24),
        ("vn-2021-10", "covid-19", True, 2, 24),
        ("vn-2026-07", "covid-19", True, 1, 48),
        ("vn-2026-07", "dengue", False, 0, 48),
        ("vn-2026-07", "measles", True, 1, 24),
        ("vn-2026-07", "mpox", True, 1, 48),
    ],
)
def test_each_disease_has_its_own_degrees_and_deadline(version: str, disease: str, traced: bool, degree: int, hours: int) -> None:
    policy = pack(version).disease(disease)
    assert (policy.contacts_traced.value, policy.max_degree.value, policy.reporting_hours) == (traced, degree, hours)


def test_covid_leaves_group_a() -> None:
    groups = [one.disease("covid-19").group for one in all_packs()]
    assert [group.value for group in groups if group] == ["A", "A", "A", "B"]


def test_the_cumulative_of_2021_starts_on_27_april() -> None:
    epoch = pack("vn-2021-07-30").disease("covid-19").epoch
    assert epoch is not None
    assert epoch.value == date(2021, 4, 27)


def test_the_day_closes_at_16h00_and_says_how_sure_that_is() -> None:
    cutoff = pack("vn-2021-07-30").disease("covid-19").cutoff_at(date(2021, 8, 24))
    assert (cutoff.value, cutoff.confidence) == (time(16), Confidence.MEDIUM)


def test_reports_use_the_words_of_their_time() -> None:
    assert pack("vn-2021-07-30").word("contact") == "F1"
    assert pack("vn-2026-07").word("contact") == "người tiếp xúc"
    with pytest.raises(PolicyError, match="contact_of_contact"):
        pack("vn-2026-07").word("contact_of_contact")
