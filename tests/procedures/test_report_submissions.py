"""A commune hands its own figures in: kept whatever they say, with the sums that break and the figures the records contradict."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.submit_figures import submit_figures
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.models import Submission
from tienphuong.reports.quality import quality
from tienphuong.reports.services import ReportRefused

pytestmark = pytest.mark.django_db
DISEASE, DAY = "covid-19", date(2021, 8, 24)
HELD = {"cases_total": 3, "cases_recovered": 0, "cases_in_treatment": 3, "deaths": 0}


@pytest.fixture
def hand_in(areas, hoa, policy, at):
    """Three confirmed cases of Liên Ninh are on record; Hoa hands her commune's figures in."""
    home = areas["00682"]
    people = enrol([PersonEntry(area_id=home.pk, area_path=home.path)] * 3, at=at, by=None)
    told = {"classification": "confirmed", "reported_at": at - timedelta(hours=1), "residence_area_id": home.pk}
    entry = CaseEntry(disease=DISEASE, residence_area_path=home.path, **told)
    register_cases([(person, entry) for person in people], actor=hoa, at=at, policy=policy, later=True)

    def handed(reported, actor=hoa, now=at):
        return submit_figures(home, DAY, reported, disease=DISEASE, actor=actor, at=now, policy=policy)

    return handed


def test_a_broken_sum_is_named_and_kept_never_blocked(hand_in):
    came = hand_in(HELD | {"cases_in_treatment": 2})
    assert [str(item) for item in came.broken] == ["0 + 2 + 0 + 0 = 2 ≠ 3"]
    assert Submission.objects.get().broken == ["0 + 2 + 0 + 0 = 2 ≠ 3"]
    assert [(d.key, d.reported, d.counted) for d in came.differences] == [("cases_in_treatment", 2, 3)]


def test_figures_that_agree_with_the_records_raise_no_doubt(hand_in):
    came = hand_in(HELD)
    assert (came.new, came.broken, came.differences) == (True, [], [])


def test_the_same_figures_again_are_no_news_and_others_are_another_submission(hand_in, at):
    hand_in(HELD)
    assert hand_in(HELD, now=at + timedelta(minutes=5)).new is False
    assert hand_in(HELD | {"cases_total": 4}, now=at + timedelta(minutes=9)).new is True
    assert Submission.objects.count() == AuditEntry.objects.filter(act="figures.submitted").count() == 2


def test_what_is_no_figure_is_refused_with_its_value(hand_in):
    with pytest.raises(ReportRefused, match=r"ca_mac.*7"):
        hand_in({"ca_mac": 7})
    with pytest.raises(ReportRefused, match="Tử vong: “-1”"):
        hand_in({"deaths": -1})
    assert not Submission.objects.exists()


def test_another_district_may_not_hand_in_for_this_commune(hand_in, minh):
    with pytest.raises(NotPermitted):
        hand_in(HELD, actor=minh)


def test_the_district_sees_each_figure_on_which_commune_and_records_disagree(hand_in, areas, lan, at, policy):
    hand_in(HELD | {"cases_total": 5, "f1_total": 2, "samples_total": 0})
    later = at + timedelta(hours=1)
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE), known_at=later)
    found = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy)
    doubts = [finding for finding in quality(lan, found=found, policy=policy) if finding.key == "submission"]
    assert [(d.text, d.count, d.params["figure"]) for d in doubts] == [
        ("Xã Liên Ninh báo ca mắc lũy kế 5, hồ sơ có 3", 2, "cases_total"),
        ("Xã Liên Ninh báo F1 lũy kế 2, hồ sơ có 0", 2, "f1_total"),
    ]
    early = cutoff_of(at - timedelta(hours=1), policy=policy.disease(DISEASE))
    found = figures(lan, area=areas["020"], disease=DISEASE, cutoff=early, policy=policy)
    assert not [finding for finding in quality(lan, found=found, policy=policy) if finding.key == "submission"]
