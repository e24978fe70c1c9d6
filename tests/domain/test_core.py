"""Core: the audit chain, rights by role, area and period, numbers given once, deadlines that lapse, ids that sort."""

from datetime import date, timedelta

import pytest

from tienphuong.core import audit, deadlines, identity_cipher
from tienphuong.core.access.rules import next_path
from tienphuong.core.access.terms import Permission, Role
from tienphuong.core.access.viewer import NotPermitted, Viewer, viewer_of
from tienphuong.core.deadlines import Subject
from tienphuong.core.ids import uuid7
from tienphuong.core.models import Appointment, AuditEntry, Deadline, User
from tienphuong.core.numbering import next_number
from tienphuong.core.policy import pack
from tienphuong.core.rules.deadlines import deadline_for
from tienphuong.registry.models import Area

pytestmark = pytest.mark.django_db


def test_an_untouched_chain_has_no_faults(lan, at):
    for number in range(5):
        audit.record("test.act", actor=lan, at=at, facts={"số": number})
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    ("harm", "where"),
    [
        (lambda: AuditEntry.objects.filter(sequence=3).update(facts={"số": 99}), 3),
        (lambda: AuditEntry.objects.filter(sequence=3).update(actor_name="Ai đó"), 3),
        (lambda: AuditEntry.objects.filter(sequence=3).delete(), 3),
    ],
    ids=["changed facts", "changed name", "removed entry"],
)
def test_a_chain_that_was_tampered_with_says_where(lan, at, harm, where):
    for number in range(5):
        audit.record("test.act", actor=lan, at=at, facts={"số": number})
    harm()
    assert next(iter(audit.faults())).sequence == where


def test_a_commune_officer_reaches_the_commune_and_no_further(hoa, areas):
    assert hoa.may(Permission.RECORD_CASE, areas["00682"].path)
    assert not hoa.may(Permission.RECORD_CASE, areas["00685"].path)
    with pytest.raises(NotPermitted):
        hoa.require(Permission.FREEZE_REPORT, areas["00682"].path)


def test_rights_end_with_the_appointment(areas):
    user = User.objects.create_user("tam", None, full_name="Tâm")
    period = {"valid_from": date(2021, 8, 1), "valid_to": date(2021, 8, 31)}
    Appointment.objects.create(user=user, role=Role.HEALTH_STATION, area_path=areas["00682"].path, area_name="", **period)
    assert viewer_of(user, on=date(2021, 8, 31)).may(Permission.RECORD_CASE)
    assert not viewer_of(user, on=date(2021, 9, 1)).may(Permission.RECORD_CASE)


def test_an_area_within_another_of_the_same_officer_adds_no_second_range(areas, officer):
    viewer = officer("Lan", Role.EPIDEMIOLOGIST, "020")
    Appointment.objects.create(
        user_id=viewer.user_id, role=Role.EPIDEMIOLOGIST, area_path=areas["00682"].path, area_name="", valid_from=date(2021, 1, 1)
    )
    again = viewer_of(User.objects.get(pk=viewer.user_id), on=date(2021, 8, 24))
    assert again.reach[Permission.SEE_PERSON] == (areas["020"].path,)


@pytest.mark.parametrize(("path", "following"), [("0001", "0002"), ("00010009", "00010010"), ("000199990001", "000199990002")])
def test_the_range_of_a_subtree_ends_before_the_next_path(path, following):
    assert next_path(path) == following


def test_numbers_of_a_series_are_given_once_and_without_gaps():
    given = [next_number(issuer="UBND", series="BC", year=2021) for _ in range(3)]
    assert given == [1, 2, 3]
    assert next_number(issuer="BCĐ", series="BC", year=2021) == 1


def test_a_hold_without_decision_in_time_lapses_by_itself_and_other_deadlines_escalate(at):
    rules = pack("vn-2026-07")
    hold, notice = (Subject(kind="order", id=uuid7(), area_path="0001", escalates_to=above) for above in ("", "UBND thành phố"))
    wanted = [
        (hold, deadline_for("home.hold", started_at=at, policy=rules)),
        (notice, deadline_for("home.notice", started_at=at, policy=rules)),
    ]
    assert (deadlines.open_deadlines(wanted), deadlines.open_deadlines(wanted)) == (2, 0)
    assert deadlines.process_due(at=at + timedelta(hours=2)) == (0, 0)
    assert deadlines.process_due(at=at + timedelta(hours=4)) == (1, 1)
    assert Deadline.objects.get(subject_id=hold.id).lapsed_at == at + timedelta(hours=3), "it lapsed when it was due, not when it was seen"
    late = at + timedelta(hours=5)
    assert deadlines.meet_deadlines("home.hold", subject_kind="order", subjects=[hold.id], at=late) == 0
    assert deadlines.meet_deadlines("home.notice", subject_kind="order", subjects=[notice.id], at=late) == 1
    assert Deadline.objects.open().count() == 0


def test_identity_numbers_are_unreadable_at_rest_and_findable_by_equality():
    sealed, again = identity_cipher.seal("001085012345"), identity_cipher.seal("001085012345")
    assert sealed != again and b"001085012345" not in sealed
    assert identity_cipher.unseal(sealed) == "001085012345"
    assert identity_cipher.finding_hash("cccd", "001085012345") == identity_cipher.finding_hash("cccd", "001085012345")
    assert identity_cipher.finding_hash("cccd", "001085012345") != identity_cipher.finding_hash("cmnd", "001085012345")


def test_ids_sort_by_the_moment_they_were_made():
    made = [uuid7() for _ in range(2000)]
    assert made == sorted(made) and len(set(made)) == 2000
    assert {item.version for item in made} == {7} and {item.variant for item in made} == {"specified in RFC 4122"}


@pytest.mark.parametrize(
    ("reach", "asked"), [("0001", "00010002"), ("00010002", "00010002"), ("00010002", "0001"), ("0003", "0001"), ("", "")]
)
def test_of_an_area_an_officer_sees_what_lies_in_the_area_and_in_the_reach(reach, asked, areas):
    officer = Viewer(None, "Lan", {Permission.SEE_BOARD: (reach,)})
    paths = Area.objects.values_list("path", flat=True)
    both = [path for path in paths if path.startswith(reach) and path.startswith(asked)]
    assert sorted(paths.filter(officer.within(Permission.SEE_BOARD, asked, "path"))) == sorted(both)
