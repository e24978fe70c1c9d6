"""The records of a morning, for a forecast: what was known then, days and communes only, to whom it may be shown, and written down."""

from datetime import date, timedelta

import pytest
from tests.domain.queries.world import build

from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.forecast.entries import KnownContact
from tienphuong.procedures.register_stays import register_stays
from tienphuong.procedures.take_line_list import take_line_list
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.areas.queries import children_of

pytestmark = pytest.mark.django_db
DAY0 = date(2021, 8, 25)


@pytest.fixture
def world(areas, lan, at, policy):
    made = build(areas, lan=lan, at=at, policy=policy)
    stay = StayEntry(
        disease="covid-19",
        reported_at=at,
        form="home",
        ground="contact",
        state="staying",
        started_on=date(2021, 8, 20),
        planned_end=date(2021, 9, 3),
    )
    register_stays([(made.contacts[0], stay)], actor=lan, at=at - timedelta(hours=1), policy=policy)
    return made


def taken(areas, actor, *, known_at, code="020", at):
    area = areas[code]
    communes = children_of(actor, area=area, on=DAY0) or [area]
    return take_line_list(area, communes=communes, disease="covid-19", day0=DAY0, known_at=known_at, study="Giãn cách", actor=actor, at=at)


def test_confirmed_cases_come_with_their_commune_and_days(world, areas, lan, at):
    known = taken(areas, lan, known_at=at, at=at)
    confirmed = known.cases
    assert {case.commune for case in confirmed} <= {"00682", "00640", "00643", "00652"}
    assert all(date(2021, 8, 16) <= case.detected_on <= date(2021, 8, 20) for case in confirmed)
    assert all(case.isolated_until is None or case.isolated_until > DAY0 for case in confirmed)
    assert any(case.isolated_until for case in confirmed)


def test_contacts_in_quarantine_come_with_the_day_they_are_free(world, areas, lan, at):
    known = taken(areas, lan, known_at=at, at=at)
    assert KnownContact(commune=_commune_of(world.contacts[0], areas), until=date(2021, 9, 4), in_centre=False) in known.contacts


def test_an_earlier_morning_knows_less(world, areas, lan, at):
    early = taken(areas, lan, known_at=at - timedelta(hours=40), at=at)
    assert early.cases == ()
    assert early.contacts == ()


def test_reading_is_written_down_with_the_study_it_was_for(world, areas, lan, at):
    taken(areas, lan, known_at=at, at=at)
    entry = AuditEntry.objects.order_by("-sequence").first()
    assert (entry.act, entry.actor_name, entry.facts["study"]) == ("line_list.taken", "Lan", "Giãn cách")


def test_minh_of_another_district_is_refused(world, areas, minh, at):
    with pytest.raises(NotPermitted):
        taken(areas, minh, known_at=at, at=at)
    assert not AuditEntry.objects.filter(act="line_list.taken").exists()


def _commune_of(person, areas):
    return next(code for code, area in areas.items() if area.pk == person.area_id)
