"""The report of a breach from the audit, and the answer to a person who asks for their own data."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tienphuong.core import access_report
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import viewer_of
from tienphuong.core.access_report import accesses_between
from tienphuong.core.clock import local
from tienphuong.core.models import AuditEntry
from tienphuong.core.text.fold import fold
from tienphuong.intake.subjects import ask_correction
from tienphuong.registry.models import CorrectionRequest

from . import known
from .reading import text_of
from .test_who_reads_what import _at

pytestmark = pytest.mark.django_db


def _viewer(world, role, where):
    return viewer_of(world.officers[role, where], on=local(known.AT).date())


def _look(world):
    """Two officers of a commune look at one person, one of them takes lists out; an officer of another district looks too."""
    uid = known.of(world.people, "here")[3].record.uid
    page = reverse("person", args=[uid])
    station, team = _at(world, Role.HEALTH_STATION, "commune"), _at(world, Role.COVID_TEAM, "commune")
    for client in (station, station, team):
        assert client.get(page).status_code == 200
    lines = (
        text_of(station.get(reverse("contacts"), {"format": "csv"})).count("tp1-contacts-") // 2
    )  # text_of gives each line twice: with its marks and without
    station.get(reverse("intake_errors", args=[world.ids["file_id"]["here"][0]]))
    _at(world, Role.HEALTH_STATION, "elsewhere").get(reverse("contacts"))
    return uid, lines


def test_the_report_says_who_looked_at_whom_and_who_took_out_how_much(world):
    uid, lines = _look(world)
    day = timedelta(days=1)
    found = accesses_between(_viewer(world, Role.INSPECTOR, "commune"), since=known.AT, until=known.AT + day)
    sums = {one.name: (one.looks, one.people, one.taken) for one in found.officers}
    assert sums == {"Cán bộ health_station commune": (4, 1, lines + 6), "Cán bộ covid_team commune": (1, 1, 0)}
    assert found.people == ((str(uid), 3, 2),) and found.total == 5 and {one.name for one in found.areas} == {"Xã Liên Ninh"}
    assert accesses_between(_viewer(world, Role.INSPECTOR, "district"), since=known.AT + day, until=known.AT + 2 * day).total == 0
    of_one = accesses_between(_viewer(world, Role.INSPECTOR, "district"), since=known.AT, until=known.AT, subject=str(uid))
    assert [one.act for one in of_one.lines] == ["person.viewed"] * 3


def test_a_long_report_lists_the_first_and_still_sums_all(world, monkeypatch):
    monkeypatch.setattr(access_report, "MOST", 2)
    _look(world)
    inspector = _at(world, Role.INSPECTOR, "district")
    page = inspector.get(reverse("breaches"), {"since": "2021-08-24", "until": "2021-08-24"})
    found = page.context["found"]
    assert (len(found.lines), found.total, sum(one.looks for one in found.officers)) == (2, 5, 5)
    assert "liet ke 2 lan dau" in text_of(page)


def test_the_report_is_a_page_without_names_for_whoever_may_see_no_people_and_is_itself_in_the_audit(world):
    _look(world)
    page = text_of(_at(world, Role.INSPECTOR, "district").get(reverse("breaches"), {"since": "2021-08-24", "until": "2021-08-24"}))
    assert page.count('value="2021-08-24"') == 2, "the period asked for stands in the form as it was asked"
    assert "can bo health_station commune" in page and not [one.name for one in world.people if fold(one.name) in page]
    entry = AuditEntry.objects.order_by("sequence").last()
    assert (entry.act, entry.facts["total"]) == ("breach.reported", 5)
    assert _at(world, Role.HEALTH_STATION, "district").get(reverse("breaches")).status_code == 403


def test_a_person_is_given_everything_of_their_own_and_nothing_of_others(world):
    one = known.of(world.people, "here")[3]
    station = _at(world, Role.HEALTH_STATION, "commune")
    station.get("/tim/", {"q": one.name})
    address = reverse("subject_data", args=[one.record.uid])
    data = json.loads(station.get(address, {"format": "json"}).content)
    text = fold(json.dumps(data, ensure_ascii=False))
    assert all(fold(words) in text for words in (one.name, one.paper, one.phone, one.address))
    others = [other for other in world.people if other is not one]
    assert not [other.name for other in others if fold(other.name) in text or other.paper in text or other.phone in text]
    assert data["stays"] and data["checks"] and data["samples"] and data["degrees"] and data["lists"] and data["contacts"]
    assert {entry["act"] for entry in data["looked_at"]} >= {"list.viewed", "person.viewed"}, (
        "searches for the name are found by their mark"
    )
    assert AuditEntry.objects.filter(act="subject.answered", subject_id=str(one.record.uid)).count() == 1
    page = text_of(station.get(address))
    assert not re.search(r"\b(?:in_treatment|confirmed|household|central|staying|pcr|actual)\b", page), "official words by their labels"
    assert fold(one.address) in page and not [other.name for other in others if fold(other.name) in page]


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.AREA_POLICE, Role.COVID_TEAM])
def test_half_a_paper_is_given_to_nobody(world, role):
    one = known.of(world.people, "here")[3]
    assert _at(world, role, "commune").get(reverse("subject_data", args=[one.record.uid])).status_code == 403


def test_a_request_for_correction_is_written_down_once_and_answered_once(world):
    one, station = known.of(world.people, "here")[3], _at(world, Role.HEALTH_STATION, "commune")
    act = "0198d2c4-5b7e-7a10-8f00-0000000000aa"
    for _ in range(2):
        station.post(reverse("correction_ask", args=[one.record.uid]), {"request": "sinh năm 1954", "act_id": act})
    found = CorrectionRequest.objects.get(person=one.record)
    assert (found.state, found.request, found.asked_by_name) == ("open", "sinh năm 1954", "Cán bộ health_station commune")
    answer = reverse("correction_answer", args=[found.pk])
    answered = station.post(answer, {"act": "done", "answer": "đã sửa"})
    assert (answered.status_code, answered.headers["Location"]) == (302, reverse("subject_data", args=[one.record.uid]))
    assert station.post(answer, {"act": "refused", "answer": "không"}).status_code == 404
    found.refresh_from_db()
    assert (found.state, found.answer) == ("done", "đã sửa")
    assert ask_correction(one.record.uid, "x", actor=_viewer(world, Role.HEALTH_STATION, "elsewhere"), at=known.AT) is None
