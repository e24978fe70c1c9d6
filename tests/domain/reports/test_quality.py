"""What is wrong with the figures: each doubt with its number, its list and both sides of a sum that breaks."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case, CaseState
from tienphuong.core.deadlines import open_deadlines
from tienphuong.procedures.open_deadlines import report_deadline
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.registry.entries import AddressEntry, PersonEntry
from tienphuong.registry.models import MatchProposal
from tienphuong.registry.services.people import enrol
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.completeness import Share, commune_quality
from tienphuong.reports.counting.behind import rows_for
from tienphuong.reports.counting.cases import beliefs, case_q
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.quality import doubtful_q, quality, sides
from tienphuong.reports.queries import board
from tienphuong.reports.sum_checks import IDENTITIES, broken
from tienphuong.tracing.entries import ContactEntry

pytestmark = pytest.mark.django_db
DISEASE = "covid-19"


@pytest.fixture
def case(areas, lan, policy, at):
    """Tell the post of one confirmed case: case("00682", onset_on=...) -> person."""

    def told(code="00682", *, address=True, born=None, **more):
        home = areas[code]
        addresses = (AddressEntry("Thôn 1", area_id=home.pk, area_path=home.path),) if address else ()
        (person,) = enrol([PersonEntry(area_id=home.pk, area_path=home.path, addresses=addresses, birth_date=born)], at=at, by=None)
        said = {"classification": "confirmed", "reported_at": at - timedelta(hours=1), "detected_on": date(2021, 8, 23)} | more
        entry = CaseEntry(disease=DISEASE, residence_area_id=home.pk, residence_area_path=home.path, **said)
        register_cases([(person, entry)], actor=lan, at=at, policy=policy)
        return person

    return told


@pytest.fixture
def count(areas, lan, at, policy):
    def counted(now=at):
        return figures(
            lan, area=areas["020"], disease=DISEASE, cutoff=cutoff_of(at, policy=policy.disease(DISEASE), known_at=now), policy=policy
        )

    return counted


@pytest.fixture
def doubts(count, lan, policy):
    def found(**more):
        return {finding.key: finding for finding in quality(lan, found=count(), policy=policy, **more)}

    return found


def test_clean_figures_have_no_doubts(case, doubts):
    case()
    assert doubts() == {}


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        ("onset_after_detection", {"onset_on": date(2021, 8, 24)}),
        ("future_date", {"detected_on": date(2021, 8, 30)}),
        ("onset_long_before", {"onset_on": date(2021, 6, 23)}),
        ("before_birth", {"born": date(2021, 8, 24)}),
        ("no_date", {"detected_on": None}),
        ("no_address", {"address": False}),
    ],
)
def test_a_doubtful_case_is_counted_and_listed(case, doubts, doubt, said, areas, lan, count):
    case()
    person = case(**said)
    found = doubts()
    assert set(found) == {doubt} and found[doubt].count == 1 and found[doubt].params == {"doubt": doubt}
    part = CountScope(lan, areas["020"].path, DISEASE, count().cutoff)
    listed = beliefs(part).filter(case_q("cases_total", part.cutoff), doubtful_q(doubt, part=part))
    assert [state.case_id for state in listed] == [Case.objects.get(person=person).pk]


def test_an_outcome_before_detection_is_implausible_and_being_in_treatment_is_not(case, doubts, at):
    case(outcome="in_treatment", outcome_at=at - timedelta(days=9))
    assert doubts() == {}
    case(outcome="recovered", outcome_at=at - timedelta(days=9))
    assert doubts()["outcome_before_detection"].count == 1


def test_an_outcome_before_onset_is_implausible(case, doubts, at):
    case(outcome="died", outcome_at=at - timedelta(days=1), onset_on=at.date(), detected_on=date(2021, 8, 20))
    assert doubts()["outcome_before_onset"].count == 1


def test_a_death_of_somebody_whom_a_list_calls_recovered_is_a_doubt(case, doubts, at, areas, lan, policy):
    person = case(outcome="recovered", outcome_at=at - timedelta(hours=3))
    assert doubts() == {}
    home = areas["00682"]
    entry = CaseEntry(
        disease=DISEASE,
        residence_area_id=home.pk,
        residence_area_path=home.path,
        reported_at=at,
        outcome="died",
        outcome_at=at - timedelta(hours=1),
    )
    register_cases([(person, entry)], actor=lan, at=at, policy=policy)
    assert doubts()["two_outcomes"].count == 1


def test_onset_sixty_days_before_detection_is_no_doubt(case, doubts):
    case(onset_on=date(2021, 6, 24))
    assert doubts() == {}


def test_open_pairs_say_by_how_much_the_cases_could_fall(case, doubts, areas, at):
    one, two, three = case(), case(), case()
    (stranger,) = enrol([PersonEntry(area_id=areas["00682"].pk, area_path=areas["00682"].path)], at=at, by=None)
    for left, right in ((one, two), (two, three), (three, stranger)):
        MatchProposal.objects.create(left=left, right=right, score=0.9, area_path=areas["00682"].path, proposed_at=at)
    found = doubts()["duplicates"]
    assert found.count == 3 and "số ca mắc giảm 2" in found.text and "fall by 2" in found.text_en


def test_contacts_of_unknown_cases_and_cases_of_no_commune_are_told(case, doubts, areas, lan, at, policy):
    case("020")
    (person,) = enrol([PersonEntry(area_id=areas["00682"].pk, area_path=areas["00682"].path)], at=at, by=None)
    entry = ContactEntry(disease=DISEASE, reported_at=at, alias_key="BN1234", original="F1 của BN 1234")
    register_contacts([(person, entry)], actor=lan, at=at, policy=policy)
    found = doubts(silent_communes=[areas["00640"], areas["00679"]])
    assert (found["links"].count, found["elsewhere"].count, found["silent"].count) == (1, 1, 2)
    assert "Thị trấn Văn Điển và Xã Đại Áng" in found["silent"].text


def test_a_broken_sum_gives_the_records_of_both_sides(case, count, lan, areas, policy):
    fine, odd = case(), case()
    CaseState.objects.filter(case__person=odd).update(detection_setting="market")
    found = count()
    (item,) = broken(found.values)
    part = CountScope(lan, areas["020"].path, DISEASE, found.cutoff)
    whole, parts = sides(item, behind=lambda key: rows_for(key, part=part, policy=policy.disease(DISEASE)))
    assert (whole.key, whole.figure, whole.only_here) == ("cases_new", 2, (str(Case.objects.get(person=odd).pk),))
    assert [side.only_here for side in parts] == [(), (), (), ()] and fine != odd


def test_every_part_of_a_sum_lists_as_many_records_as_it_counts(thanh_tri, count, lan, areas, policy):
    found = count()
    part = CountScope(lan, areas["020"].path, DISEASE, found.cutoff)
    for identity in IDENTITIES:
        for key in (identity.whole, *identity.parts):
            behind = rows_for(key, part=part, policy=policy.disease(DISEASE))
            assert (key, len(behind.ids())) == (key, found.values[key])
    assert [key for key in BY_KEY if key not in found.values] == []


def test_communes_are_compared_on_how_they_report_not_on_how_few_cases_they_have(case, count, lan, policy, at):
    case("00682", onset_on=date(2021, 8, 22), detection_setting="community", source_status="known")
    case("00682", detected_on=date(2021, 8, 1))
    lines = {quality.line.code: quality for quality in commune_quality(lan, found=count(), policy=policy)}
    lien_ninh, dai_ang = lines["00682"], lines["00679"]
    assert (lien_ninh.dated, lien_ninh.placed, lien_ninh.sourced, lien_ninh.timely) == (Share(2, 2), Share(1, 2), Share(1, 2), Share(1, 2))
    assert lien_ninh.traced == Share(0, 2) and dai_ang.dated.value is None


def test_the_board_says_what_changed_what_is_late_where_what_is_wrong_and_what_to_decide(thanh_tri, areas, lan, at, policy):
    open_deadlines([report_deadline(areas["020"], DISEASE, at, policy=policy)])
    late = at + timedelta(hours=3)
    shown = board(lan, area=areas["020"], disease=DISEASE, at=at, known_at=late, policy=policy, silent_communes=[areas["00679"]])
    changed = {headline.indicator.key: (headline.value, headline.change) for headline in shown.changed}
    # The records all came at 16h00: as known the day before, there was nothing.
    assert changed["cases_total"] == (272, 272) and changed["f1_watched"] == (40, 40)
    assert [(line.kind, line.area, line.state) for line in shown.late] == [("report.daily", "Thanh Trì", "overdue")]
    places = {place.line.name: place for place in shown.places}
    assert round(places["Liên Ninh"].rate) == round(136 / places["Liên Ninh"].line.population * 100_000)
    assert (places["Liên Ninh"].small, places["Vạn Phúc"].small, places["Đại Áng"].small) == (False, True, False)
    assert [finding.key for finding in shown.wrong] == ["silent"]
    assert shown.decide.total == 0
    on_the_day = board(lan, area=areas["020"], disease=DISEASE, at=at + timedelta(days=1), policy=policy)
    assert {h.indicator.key: h.change for h in on_the_day.changed}["cases_total"] == 0
