"""The night: nothing to find after an honest day; what somebody changed behind the post's back is found and mended."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.procedures.test_degrees_follow_the_cases import cast, confirm, degrees, meet  # noqa: F401

from tienphuong.cases.models import CaseState, SampleState
from tienphuong.cases.services.laboratory import LabEntry, record_samples
from tienphuong.core import audit
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import Balance
from tienphuong.core.provenance import Provenance
from tienphuong.jobs.schedule import check_the_night, night_check_due
from tienphuong.procedures.close_books import wrong_closings
from tienphuong.procedures.nightly_check import nightly_check
from tienphuong.tracing.models import DegreeRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(cast, lan, at, policy):  # noqa: F811
    an, binh, *_ = cast
    meet(an, binh, 19, lan=lan, at=at, policy=policy)
    confirm(an, lan=lan, at=at, policy=policy, outcome="in_treatment")


def test_after_an_honest_day_the_night_finds_nothing(day, at, policy):
    found = nightly_check(actor=system_viewer(), at=at + timedelta(hours=10), policy=policy)
    assert (found.cases, found.samples, found.degrees, found.balances, found.audit_faults) == (0, 0, 0, 0, 0)


def test_what_was_changed_behind_the_posts_back_is_found_and_mended(day, at, policy):
    CaseState.objects.update(outcome="recovered")
    DegreeRecord.objects.filter(degree=1).update(degree=2)
    found = nightly_check(actor=system_viewer(), at=at + timedelta(hours=10), policy=policy)
    assert (found.cases, found.degrees) == (1, 1)
    assert CaseState.objects.get(known_to__year=9999).outcome == "in_treatment"
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 1}


def test_an_answer_and_a_balance_changed_behind_the_posts_back_are_found_and_mended(day, cast, at, policy):  # noqa: F811
    entry = LabEntry(disease="covid-19", reported_at=at, code="M1", result="negative")
    record_samples([(cast[0], entry)], stamp=Provenance(at, None, policy.version))
    night = at + timedelta(hours=10)
    nightly_check(actor=system_viewer(), at=night, policy=policy)
    assert Balance.objects.filter(table="cases_samplestate", number=1).count() == 1
    SampleState.objects.update(answer="positive")
    Balance.objects.filter(table="cases_casestate").update(number=7)
    found = nightly_check(actor=system_viewer(), at=night + timedelta(days=1), policy=policy)
    assert (found.samples, found.balances) == (1, 2)
    assert SampleState.objects.get(known_to__year=9999).answer == "negative"
    assert wrong_closings() == []


def test_the_check_runs_once_a_night(day):
    evening, night = datetime(2021, 8, 24, 15, tzinfo=UTC), datetime(2021, 8, 24, 20, tzinfo=UTC)
    assert night_check_due(evening)
    check_the_night(night)
    assert audit.last("night.checked") == night
    assert not night_check_due(night + timedelta(hours=1))
    assert night_check_due(night + timedelta(days=1))
