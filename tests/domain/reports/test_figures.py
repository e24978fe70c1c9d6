"""Figures at a cut-off against a slow count over every record, and the condition behind each figure's list against the figure."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tienphuong.cases.entries import CaseEntry
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.reports.counting.cases import beliefs, by_day, case_q
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import epidemic_curve, figures

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"
CASE_FIGURES = [
    "cases_total", "cases_new", "cases_new_community", "cases_new_quarantine", "cases_new_cordon", "cases_new_setting_unknown",
    "cases_recovered", "cases_recovered_new", "cases_in_treatment", "deaths", "deaths_new", "cases_transferred", "cases_re_positive",
    "cases_probable", "cases_suspected",
]  # fmt: skip


@pytest.fixture
def world(areas, lan, policy):
    """Three days of random news about sixty people of four communes, told day by day."""
    rng = random.Random(5)
    homes = [areas[code] for code in ("00682", "00640", "00643", "00652")]
    first = datetime(2021, 8, 22, 9, tzinfo=UTC)
    people = enrol([PersonEntry(area_id=h.pk, area_path=h.path) for h in (homes * 15)], at=first, by=None)
    told = []
    for day in range(3):
        at = first + timedelta(days=day)
        entries = [(person, _news(rng, person, at)) for person in rng.sample(people, 40)]
        register_cases(entries, actor=lan, at=at, policy=policy, later=True)
        told.append((at, entries))
    return told


def _news(rng, person, at):
    return CaseEntry(
        disease=DISEASE,
        reported_at=at - timedelta(hours=rng.randrange(60)),
        classification=rng.choice(["confirmed"] * 5 + ["suspected", "probable", "refuted", "re_positive"]),
        detected_on=date(2021, 8, rng.randrange(1, 22)),
        detection_setting=rng.choice(["community", "cordon", "quarantine_facility", ""]),
        outcome=rng.choice(["", "in_treatment", "recovered", "died", "transferred"]),
        outcome_at=at - timedelta(hours=rng.randrange(60)),
        residence_area_id=person.area_id,
        residence_area_path=person.area_path,
    )


@pytest.mark.parametrize("days_ago", [0, 1, 2])
@pytest.mark.parametrize("knowledge", ["then", "now"])
def test_every_figure_equals_the_number_of_records_behind_its_link(world, areas, lan, policy, days_ago, knowledge):
    at = world[-1][0] - timedelta(days=days_ago)
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE), known_at=world[-1][0] if knowledge == "now" else None)
    found = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy).values
    rows = beliefs(CountScope(lan, areas["020"].path, DISEASE, cutoff))
    assert {key: found[key] for key in CASE_FIGURES} == {key: rows.filter(case_q(key, cutoff)).count() for key in CASE_FIGURES}
    assert found["cases_total"] > 0


def test_yesterdays_figures_stay_what_they_were(areas, lan, policy, world):
    at = world[1][0]
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE))
    before = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy).values
    more = world[-1][0] + timedelta(hours=1)
    register_cases(
        [(p, _news(random.Random(i), p, more)) for i, (p, _) in enumerate(world[0][1])], actor=lan, at=more, policy=policy, later=True
    )
    assert figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy).values == before


def test_the_commune_table_adds_up_to_the_district(world, areas, lan, policy):
    cutoff = cutoff_of(world[-1][0], policy=policy.disease(DISEASE))
    found = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy)
    assert sum(line.total for line in found.communes) + found.elsewhere == found.values["cases_total"]
    assert len(found.communes) == found.values["communes_total"] == 16
    assert (
        sum(epidemic_curve(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, date_kind="detected_on").values())
        == found.values["cases_total"]
    )


@pytest.mark.parametrize("kind", ["detected_on", "onset_on"])
def test_the_curve_counts_each_day_as_every_belief_says_it(world, areas, lan, policy, kind):
    cutoff = cutoff_of(world[-1][0], policy=policy.disease(DISEASE))
    part = CountScope(lan, areas["020"].path, DISEASE, cutoff)
    counted = beliefs(part).filter(case_q("cases_total", cutoff))
    assert by_day(part, date_kind=kind) == Counter(getattr(belief, kind) for belief in counted) != {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has counted its rows, and chooses by itself")
def test_the_curve_of_detection_is_counted_from_an_index_alone(world, areas, lan, policy):
    cutoff = cutoff_of(world[-1][0], policy=policy.disease(DISEASE))
    with CaptureQueriesContext(connection) as asked:
        by_day(CountScope(lan, areas["020"].path, DISEASE, cutoff), date_kind="detected_on")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "COVERING INDEX cases_by_detection" in plan and "TEMP B-TREE" not in plan


def test_an_officer_of_another_district_counts_nothing_here(world, areas, minh, policy):
    cutoff = cutoff_of(world[-1][0], policy=policy.disease(DISEASE))
    found = figures(minh, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy)
    assert found.values["cases_total"] == 0
