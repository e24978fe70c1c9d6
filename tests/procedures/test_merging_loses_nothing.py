"""Merging and un-merging: counts, degrees and records as before, whatever was merged."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.procedures.test_degrees_follow_the_cases import cast, confirm, degrees, meet  # noqa: F401

from tienphuong.cases.models import Case, CaseState
from tienphuong.core.models.records import OPEN_END, as_known
from tienphuong.core.provenance import Provenance
from tienphuong.procedures.decide_match import declare_different, declare_same, take_back
from tienphuong.registry.models import MatchProposal, Person
from tienphuong.registry.services.identities import propose
from tienphuong.reports.counting.contacts import follow_up_today, latest_checks
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.services.degrees import recheck
from tienphuong.tracing.services.follow_up import write_follow_up

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"


def counted():
    return CaseState.objects.filter(known_to=OPEN_END, classification="confirmed").count()


@pytest.fixture
def doubt(cast, lan, at, policy):  # noqa: F811
    """Two records, each with a case; Chi met the one, Dũng the other."""
    an, binh, chi, dung = cast
    meet(an, chi, 19, lan=lan, at=at, policy=policy)
    meet(binh, dung, 19, lan=lan, at=at, policy=policy)
    confirm(an, lan=lan, at=at, policy=policy, alias="BN-1")
    confirm(binh, lan=lan, at=at, policy=policy, alias="BN-2", outcome="recovered", outcome_at=at - timedelta(hours=3))
    (proposal,) = propose([(binh, an, 0.8, ["cùng tên, cùng năm sinh"])], at=at)
    return proposal


def test_a_merged_person_is_counted_once_with_what_both_records_knew(doubt, lan, at, policy):
    later = at + timedelta(hours=1)
    assert counted() == 2
    declare_same(doubt, actor=lan, at=later, policy=policy)
    assert counted() == 1
    assert CaseState.objects.get(known_to=OPEN_END).outcome == "recovered"
    assert degrees() == {"Nguyễn Văn An": 0, "Lê Thị Chi": 1, "Phạm Dũng": 1}
    assert recheck(policy=policy.disease(DISEASE)) == []
    assert as_known(CaseState.objects.all(), at=at).filter(classification="confirmed").count() == 2, "yesterday's count stays"


def test_unmerging_brings_everything_back(doubt, lan, at, policy):
    before = (
        counted(),
        degrees(),
        sorted(Case.objects.values_list("pk", "person_id")),
        sorted(Person.objects.values_list("pk", "identity_id")),
    )
    merged = declare_same(doubt, actor=lan, at=at + timedelta(hours=1), policy=policy)
    assert take_back(merged, actor=lan, at=at + timedelta(hours=2), policy=policy, reason="hai người khác nhau")
    after = (
        counted(),
        degrees(),
        sorted(Case.objects.values_list("pk", "person_id")),
        sorted(Person.objects.values_list("pk", "identity_id")),
    )
    assert after == before
    assert recheck(policy=policy.disease(DISEASE)) == []
    assert MatchProposal.objects.get().state == "open"
    assert not take_back(merged, actor=lan, at=at + timedelta(hours=3), policy=policy, reason="lần nữa")


def test_a_decision_is_taken_once(doubt, lan, at, policy):
    assert declare_different(doubt, actor=lan, at=at, reason="khác số CCCD")
    assert declare_same(doubt, actor=lan, at=at, policy=policy) is None
    assert counted() == 2


def test_facts_told_after_a_merge_go_to_the_case_that_counts(doubt, cast, lan, at, policy):  # noqa: F811
    declare_same(doubt, actor=lan, at=at + timedelta(hours=1), policy=policy)
    died = datetime(2021, 8, 25, tzinfo=UTC)
    for person in Person.objects.filter(pk__in=[cast[0].pk, cast[1].pk]):
        confirm(person, lan=lan, at=died, policy=policy, outcome="died", outcome_at=died, reason="bổ sung")
    assert Case.objects.count() == 2 and counted() == 1
    assert CaseState.objects.get(known_to=OPEN_END).outcome == "died"


def test_who_was_checked_under_both_records_was_checked_once(doubt, cast, areas, lan, at, policy):  # noqa: F811
    told = [(person, FollowUpEntry(disease=DISEASE, reported_at=at, day=at.date(), state=state)) for person, state in zip(cast[:2], ("done", "unreachable"), strict=True)]  # fmt: skip
    for minute, one in enumerate(told):
        write_follow_up([one], stamp=Provenance(at + timedelta(minutes=minute), None, policy.version))

    def checked(hours):
        cutoff = cutoff_of(at + timedelta(hours=hours), policy=policy.disease(DISEASE))
        part = CountScope(lan, areas["020"].path, DISEASE, cutoff)
        assert latest_checks(part).exclude(state="due").count() == follow_up_today(part).total()
        return dict(follow_up_today(part))

    merged = declare_same(doubt, actor=lan, at=at + timedelta(hours=2), policy=policy)
    assert checked(3) == {"unreachable": 1}, "the later word"
    take_back(merged, actor=lan, at=at + timedelta(hours=4), policy=policy, reason="hai người khác nhau")
    both = {"done": 1, "unreachable": 1}
    assert (checked(1), checked(3), checked(5)) == (both, {"unreachable": 1}, both), "as it stood at each hour"
