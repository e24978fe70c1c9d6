"""Officers who act at one moment: what they come to is what they had come to one after the other."""

from datetime import date, timedelta
from itertools import combinations, zip_longest
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from tests.at_once import at_once, base_of_many, faults
from tests.procedures.test_degrees_follow_the_cases import DISEASE, cast, confirm  # noqa: F401

from tienphuong.cases.models import Case, CaseState, ClassificationRecord, LabResult, Sample
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.cases.services.states import wrong_cases
from tienphuong.core import audit
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.clock import local, machine_now
from tienphuong.core.models import ApiToken, Appointment, AuditEntry, Night, User
from tienphuong.core.nights import night_to_check
from tienphuong.jobs import schedule
from tienphuong.jobs.schedule import check_the_night
from tienphuong.procedures.appoint_officer import appoint, open_account
from tienphuong.procedures.decide_match import declare_same, take_back
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.issue_token import issue_token
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.procedures.refer_contact import refer_contact
from tienphuong.procedures.register_arrivals import register_arrivals
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.procedures.submit_figures import submit_figures
from tienphuong.procedures.write_draft import write_draft
from tienphuong.quarantine.entries import StayEntry
from tienphuong.quarantine.models import Stay, StayState
from tienphuong.registry.models import MatchProposal, Merge, Person
from tienphuong.registry.services.identities import propose, wrong_identities
from tienphuong.reports.models import ReportDraft, Snapshot, Submission
from tienphuong.reports.terms import Section
from tienphuong.tracing.entries import ArrivalEntry, ContactEntry, FollowUpEntry
from tienphuong.tracing.models import Arrival, Contact, FollowUp, Referral
from tienphuong.tracing.services.degrees import recheck

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def many(tmp_path, cast, lan):  # noqa: F811
    """The base, once the cast is in it."""
    with base_of_many(tmp_path):
        yield


def test_one_check_told_fifty_times_at_once_is_one(cast, lan, at, policy, many):  # noqa: F811
    entry = FollowUpEntry(disease=DISEASE, reported_at=at, day=at.date(), state="done")
    came = at_once(*[lambda: record_follow_up([(cast[0], entry)], actor=lan, at=at, policy=policy)] * 50)
    assert faults(came) == []
    assert FollowUp.objects.count() == 1


def test_merges_that_share_a_person_leave_one_record_that_speaks(cast, lan, at, policy, many):  # noqa: F811
    a, b, c, d = cast
    propose([(x, y, 0.9, ["cùng tên"]) for x, y in ((a, b), (b, c), (c, d), (a, d))], at=at)
    proposals = MatchProposal.objects.select_related("left", "right").order_by("pk")
    came = at_once(*[lambda one=one: declare_same(one, actor=lan, at=at, policy=policy) for one in proposals])
    assert faults(came) == []
    people = dict(Person.objects.values_list("pk", "identity_id"))
    assert {people[speaker] for speaker in people.values() if speaker} == {None}, "who speaks for others speaks for himself"
    assert sum(speaker is None for speaker in people.values()) == 1
    assert Merge.objects.count() == 3 and wrong_identities() == {}


def test_merges_and_news_of_the_same_people_at_once_leave_no_two_minds(cast, lan, at, policy, many):  # noqa: F811
    for person in cast:
        confirm(person, lan=lan, at=at, policy=policy)
    propose([(x, y, 0.9, []) for x, y in combinations(cast, 2)], at=at)
    told = {"lan": lan, "at": at + HOUR, "policy": policy}
    merging = [
        lambda one=one: declare_same(one, actor=lan, at=at + HOUR, policy=policy)
        for one in MatchProposal.objects.select_related("left", "right")
    ]
    telling = [lambda one=one: confirm(one, outcome="recovered", outcome_at=at + HOUR, **told) for one in cast]
    came = at_once(*(act for pair in zip_longest(merging, telling) for act in pair if act))
    assert faults(came) == []
    assert (wrong_identities(), wrong_cases(), recheck(policy=policy.disease(DISEASE))) == ({}, [], [])
    assert Case.objects.filter(duplicate_of=None).count() == 1
    merges = [one for one in came if isinstance(one, Merge)]
    parted = at_once(*[lambda one=one: take_back(one, actor=lan, at=at + 2 * HOUR, policy=policy, reason="tách") for one in merges * 2])
    assert faults(parted) == [] and sum(parted) == len(merges) == 3
    assert (wrong_identities(), wrong_cases(), recheck(policy=policy.disease(DISEASE))) == ({}, [], [])
    assert Case.objects.filter(duplicate_of=None).count() == Case.objects.count() == 4


def test_one_cutoff_frozen_six_times_at_once_is_one_report(areas, lan, at, policy, many):
    came = at_once(*[lambda: freeze_report(areas["020"], DISEASE, at, actor=lan, at=at + HOUR, policy=policy)] * 6)
    assert faults(came) == []
    assert Snapshot.objects.count() == 1 and len({one.pk for one in came}) == 1


def test_a_report_frozen_again_after_a_fall_is_the_same_and_one_of_other_words_replaces_it(areas, lan, at, policy, many):
    def freeze(hours, **told):
        return freeze_report(areas["020"], DISEASE, at, at=at + hours * HOUR, actor=lan, policy=policy, **told)

    act, words = uuid4(), {"assessment": "Ổn định."}
    first = freeze(1, act_id=act)
    assert freeze(2) == first, "nothing else is said an hour later"
    again = [lambda: freeze(3, act_id=act, narrative=words)] * 2
    came = at_once(*again, *[lambda: freeze(3, act_id=uuid4(), narrative=words)] * 3)
    assert faults(came) == []
    assert [one.pk for one in came[:2]] == [first.pk] * 2, "that act was done before"
    assert len({one.pk for one in came[2:]}) == 1 and came[2].previous == first
    assert Snapshot.objects.count() == AuditEntry.objects.filter(act="report.frozen").count() == 2


def test_an_act_told_twice_is_answered_as_the_first_time(cast, lan, at, policy, many):  # noqa: F811
    told = {"actor": lan, "at": at, "policy": policy}
    act, entry = uuid4(), FollowUpEntry(disease=DISEASE, reported_at=at, day=at.date(), state="done")
    came = at_once(*[lambda: record_follow_up([(cast[0], entry)], act_id=act, **told)] * 4)
    assert faults(came) == []
    assert [news for ((_, news),) in came] == [True] * 4
    assert [news for _, news in record_follow_up([(cast[0], entry)], act_id=uuid4(), **told)] == [False]
    propose([(cast[0], cast[1], 0.9, [])], at=at)
    proposal, act, other = MatchProposal.objects.select_related("left", "right").get(), uuid4(), uuid4()
    merged = at_once(*[lambda: declare_same(proposal, act_id=act, **told)] * 4)
    assert faults(merged) == [] and len({one.pk for one in merged}) == 1
    assert at_once(*[lambda: take_back(merged[0], reason="hai người", act_id=other, **told)] * 3) == [True] * 3
    assert AuditEntry.objects.filter(act="match.undone").count() == 1


def _told(name, *, cast, areas, lan, at, policy):  # noqa: F811
    """An act of an officer, and where it is written."""
    an, binh, *_ = cast
    told, entry = {"actor": lan, "at": at, "policy": policy}, {"disease": DISEASE, "reported_at": at}
    home, day, boss = areas["00682"], at.date(), {"actor": system_viewer(), "at": at}
    answer = LabEntry(**entry, code="M1", method="pcr", result="positive")
    stay = StayEntry(**entry, form="central", ground="F1", place="Trường A", state="ongoing", started_on=day)
    account = {"full_name": "Mới", "password": "mat-khau-thu-nghiem-dai", **boss}
    return {
        "case": (lambda: confirm(an, lan=lan, at=at, policy=policy, alias="BN-1"), Case, ClassificationRecord, CaseState),
        "result": (lambda: record_lab_results([(an, answer)], **told), Sample, LabResult, Case),
        "contact": (lambda: register_contacts([(binh, ContactEntry(**entry, source_person=an.pk))], **told), Contact),
        "arrival": (lambda: register_arrivals([(an, ArrivalEntry(**entry, from_place="Bắc Giang", arrived_on=day))], **told), Arrival),
        "stay": (lambda: register_stays([(an, stay)], **told), Stay, StayState),
        "referral": (lambda: refer_contact(an, to=areas["00640"], disease=DISEASE, degree=1, **told), Referral),
        "figures": (lambda: submit_figures(home, day, {"cases_total": 3}, disease=DISEASE, **{**told, **boss}), Submission),
        "words": (lambda: write_draft(home, DISEASE, day, {"assessment": "Ổn định."}, actor=lan, at=at), ReportDraft),
        "account": (lambda: open_account("moi", **account), User.objects.filter(username="moi")),
        "duty": (
            lambda: appoint("lan", role=Role.INSPECTOR, area=home, period=(date(2021, 8, 1), None), **boss),
            Appointment.objects.filter(role=Role.INSPECTOR),
        ),
        "token": (lambda: issue_token("lan", name="máy", expires_at=at + timedelta(days=3), **boss), ApiToken),
    }[name]


@pytest.mark.parametrize(
    "name", ("case", "result", "contact", "arrival", "stay", "referral", "figures", "words", "account", "duty", "token")
)
def test_the_same_told_six_times_at_once_is_written_once(name, cast, areas, lan, at, policy, many):  # noqa: F811
    act, *written = _told(name, cast=cast, areas=areas, lan=lan, at=at, policy=policy)
    before = AuditEntry.objects.count()
    assert faults(at_once(*[act] * 6)) == []
    assert [(kind if isinstance(kind, QuerySet) else kind._default_manager).count() for kind in written] == [1] * len(written)
    news = list(AuditEntry.objects.order_by("sequence")[before:].values_list("act", flat=True))
    assert name == "words" or len(news) == len(set(news)), "what is known already is not audited as news"
    assert list(audit.faults()) == []


def test_words_for_four_sections_kept_at_once_are_all_kept(areas, lan, at, many):
    sections = [str(section) for section in Section][:4]
    came = at_once(*[lambda one=one: write_draft(areas["020"], DISEASE, at.date(), {one: one}, actor=lan, at=at) for one in sections])
    assert faults(came) == []
    assert ReportDraft.objects.get().sections == {one: one for one in sections}


def test_two_clocks_run_the_nights_check_once(cast, lan, at, policy, many):  # noqa: F811
    night = at + 12 * HOUR
    assert faults(at_once(*[lambda: check_the_night(night)] * 2)) == []
    assert AuditEntry.objects.filter(act="night.checked").count() == 1


def test_a_nights_check_that_fell_is_taken_up_again(cast, at, many, monkeypatch):  # noqa: F811
    night = at + 12 * HOUR
    monkeypatch.setattr(schedule, "nightly_check", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        check_the_night(night)
    monkeypatch.undo()
    check_the_night(night)
    assert Night.objects.get().checked_at == night
    assert AuditEntry.objects.filter(act="night.checked").count() == 1


def test_a_nights_check_whose_process_was_killed_is_taken_up_at_the_next_turn(cast, at, many, settings, tmp_path):  # noqa: F811
    settings.VAR, night = tmp_path, at + 12 * HOUR
    Night.objects.create(day=local(night).date(), begun_at=machine_now())
    with night_to_check(local(night).date(), now=machine_now()) as mine:
        assert mine
        assert faults(at_once(lambda: check_the_night(night))) == []
        assert Night.objects.get().checked_at is None, "a process that lives is at it"
    check_the_night(night)
    check_the_night(night)
    assert Night.objects.get().checked_at == night
    assert AuditEntry.objects.filter(act="night.checked").count() == 1
