"""Nothing is reported before it happened, whatever days a row writes."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from tests.rules.intake.rows import AT, facts

from tienphuong.core.clock import VIETNAM

DAYS = {
    "case_list": ("onset_on", "detected_on", "sampled_on", "result_on", "reported_on", "died_on", "recovered_on"),
    "lab_results": ("sampled_on", "result_on", "reported_on"),
    "contact_list": ("last_contact_on", "quarantine_from", "sampled_on", "reported_on"),
    "returnees": ("arrived_on", "found_on", "reported_on"),
    "quarantine_register": ("quarantine_from", "left_on", "reported_on"),
}
BESIDE = {"lab_results": {"result": "Dương tính"}, "contact_list": {"linked_case": "BN12"}, "returnees": {"from_place": "Đà Nẵng"},
          "quarantine_register": {"quarantine_form": "tập trung"}}  # fmt: skip


def _begins(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(), VIETNAM)


def _told(row):
    """The moment each report is of, with the days it tells."""
    yield from ((one.reported_at, [one.classified_on]) for one in row.cases if one.classification)
    doubted = {issue.target for issue in row.issues}
    yield from ((one.reported_at, [one.taken_on, one.result_on]) for one in row.labs if not doubted & {"sampled_on", "result_on"})
    yield from ((one.entry.reported_at, [_begins(one.entry.last.astimezone(VIETNAM).date())]) for one in row.contacts if one.entry.last)
    yield from ((one.reported_at, [one.arrived_on, one.found_on]) for one in row.arrivals)
    yield from ((one.reported_at, [one.started_on]) for one in row.stays if not doubted & {"quarantine_from", "left_on"})


@pytest.mark.parametrize("kind", DAYS)
def test_no_report_lies_before_what_it_tells(kind):
    rng, seen = random.Random(14), 0
    for _ in range(150):
        days = {name: AT.date() - timedelta(days=rng.randrange(12)) for name in DAYS[kind] if rng.random() < 0.7}
        row = facts(kind, **BESIDE.get(kind, {}), **{name: f"{day:%d/%m/%Y}" for name, day in days.items()})
        for reported, told in _told(row):
            seen += 1
            assert all(_begins(day) <= reported for day in told if day), (days, reported, told)
            assert reported <= AT
    assert seen > 20
