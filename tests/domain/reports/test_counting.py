"""Counting from the balance of a closing on agrees with asking every record, at any cut-off, whatever was corrected, merged or late."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.domain.reports.naive_figures import naive_figures

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.answers import wrong_answers
from tienphuong.cases.services.laboratory import LabEntry, record_samples
from tienphuong.core import balances
from tienphuong.core.models import Balance
from tienphuong.core.provenance import Provenance
from tienphuong.procedures.close_books import COUNTED, close_books, rebuild_books, wrong_closings
from tienphuong.procedures.decide_match import declare_same, take_back
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import Merge
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import enrol
from tienphuong.reports.counting.behind import rows_for
from tienphuong.reports.counting.late import CLOSINGS
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.entries import ContactEntry

pytestmark = pytest.mark.django_db
DISEASE, FIRST, DAYS = "covid-19", datetime(2021, 8, 14, 1, 30, tzinfo=UTC), 8


class Acts:
    """Random acts of officers on forty people of four communes."""

    def __init__(self, seed, areas, lan, policy):
        self.rng, self.lan, self.policy = random.Random(seed), lan, policy
        homes = [areas[code] for code in ("00682", "00640", "00643", "00652")]
        self.people = enrol([PersonEntry(area_id=h.pk, area_path=h.path) for h in homes * 10], at=FIRST, by=None)

    def some(self, number):
        return self.rng.sample(self.people, number)

    def ago(self, at, hours=60):
        return at - timedelta(minutes=self.rng.randrange(hours * 60))

    def cases(self, at):
        told = [(person, self.case(person, at)) for person in self.some(8)]
        register_cases(told, actor=self.lan, at=at, policy=self.policy)

    def case(self, person, at):
        pick = self.rng.choice
        return CaseEntry(
            disease=DISEASE,
            reported_at=self.ago(at),
            classification=pick(["confirmed"] * 5 + ["suspected", "probable", "refuted", "re_positive"]),
            onset_on=pick([date(2021, 8, self.rng.randrange(1, 14)), None]),
            detection_setting=pick(["community", "cordon", "quarantine_facility", "home_quarantine", ""]),
            source_status=pick(["known", "unknown", ""]),
            outcome=pick(["", "in_treatment", "recovered", "died", "transferred"]),
            outcome_at=self.ago(at),
            residence_area_id=person.area_id,
            residence_area_path=person.area_path,
            reason=pick(["", "", "đính chính"]),
        )

    def samples(self, at):
        # Taken before the epoch, in its days, or nobody knows when; answered at once, later or never, and answered again.
        told = [
            (person, LabEntry(disease=DISEASE, reported_at=self.ago(at), code=f"{person.pk}-{self.rng.randrange(2)}", kind=self.rng.choice(["single", "single", "pooled"]), pool_code=f"G{self.rng.randrange(3)}", taken_on=self.rng.choice([date(2021, 4, 20), date(2021, 8, 13), None]), target_group=self.rng.choice(["F1", "cordon", ""]), result=self.rng.choice(["", "negative", "positive", "inconclusive"]), result_on=at.date(), area_path=person.area_path))
            for person in self.some(10)
        ]  # fmt: skip
        record_samples(told, stamp=Provenance(at, None, self.policy.version))

    def stays(self, at):
        told = [
            (person, StayEntry(disease=DISEASE, reported_at=at, form=self.rng.choice(["central", "home"]), ground=self.rng.choice(["F1", "F2"]), place=f"Khu {self.rng.randrange(2)}", state=self.rng.choice(["staying", "completed", "left"]), started_on=(at + timedelta(days=self.rng.randrange(-1, 2))).date()))
            for person in self.some(8)
        ]  # fmt: skip
        register_stays(told, actor=self.lan, at=at, policy=self.policy)

    def contacts(self, at):
        met = self.ago(at, hours=30 * 24)
        pairs = [self.some(2) for _ in range(6)]
        told = [(a, ContactEntry(disease=DISEASE, reported_at=self.ago(at), source_person=b.pk, first=met, last=met, kind="household")) for a, b in pairs]  # fmt: skip
        register_contacts(told, actor=self.lan, at=at, policy=self.policy)

    def merge(self, at):
        a, b = self.some(2)
        for proposal in propose([(a, b, 0.8, [])], at=at):
            declare_same(proposal, actor=self.lan, at=at, policy=self.policy)

    def unmerge(self, at):
        for merged in Merge.objects.filter(undone_at=None).order_by("-at", "-pk")[:1]:
            take_back(merged, actor=self.lan, at=at, policy=self.policy, reason="hai người")

    def any(self, at):
        chosen = (self.cases, self.cases, self.samples, self.samples, self.stays, self.contacts, self.merge, self.unmerge)
        self.rng.choice(chosen)(at)


@pytest.fixture(params=range(2))
def acts(request, areas, lan, policy):
    """Eight days of acts, the books closed after each; once comes an act that is dated before the closing just made."""
    told = Acts(request.param, areas, lan, policy)
    for day in range(DAYS):
        for minute in sorted(told.rng.sample(range(720), 4)):
            told.any(FIRST + timedelta(days=day, minutes=minute))
        close_books(at=FIRST + timedelta(days=day + 1))
        if day == DAYS // 2:
            told.cases(FIRST + timedelta(days=day - 1))
    return told


def moments(acts, number):
    spread = [FIRST + timedelta(minutes=acts.rng.randrange(DAYS * 24 * 60)) for _ in range(number)]
    return [*spread, FIRST + timedelta(days=2), FIRST + timedelta(days=DAYS + 1)]


def test_every_count_agrees_with_the_count_of_all_beliefs(acts, areas):
    for model in COUNTED:
        assert balances.closings(model, disease=DISEASE)
        for at in moments(acts, 25):
            assert balances.believed(model, disease=DISEASE, at=at) == balances.recounted(model, disease=DISEASE, at=at), (model, at)


def test_every_figure_agrees_with_asking_every_record(acts, areas, lan, hoa, policy):
    rules, seen = policy.disease(DISEASE), set()
    for at in moments(acts, 6):
        for viewer, code in ((lan, "020"), (lan, "00640"), (hoa, "00682"), (hoa, "020")):
            for known_at in (None, at + timedelta(days=acts.rng.randrange(1, 4), minutes=7)):
                cutoff = cutoff_of(at, policy=rules, known_at=known_at)
                found = figures(viewer, area=areas[code], disease=DISEASE, cutoff=cutoff, policy=policy).values
                path = areas["00682" if viewer is hoa else code].path
                expected = naive_figures(cutoff, area_path=path, disease=DISEASE, policy=rules)
                assert {key: found[key] for key in expected} == expected, (at, known_at, code)
                seen |= {key for key, number in expected.items() if number}
    assert len(seen) > 30, "nearly every figure was above nought somewhere"


def test_the_days_close(acts, areas, lan, policy):
    """Total today = total yesterday + new + late - withdrawn, for cases, recoveries and deaths, by area, at any two consecutive cut-offs."""
    rules, seen = policy.disease(DISEASE), Counter()
    for at in moments(acts, 12):
        for code, known_at in (("020", None), ("00640", None), ("00682", None), ("020", at + timedelta(days=2, minutes=7))):
            cutoff = cutoff_of(at, policy=rules, known_at=known_at)
            today, before = (
                figures(lan, area=areas[code], disease=DISEASE, cutoff=c, policy=policy).values for c in (cutoff, cutoff.before)
            )
            for day in CLOSINGS:
                moved = today[day.new] + today[day.late] - today[day.withdrawn]
                assert today[day.total] == before[day.total] + moved, (at, known_at, code, day)
                seen.update({key: today[key] for key in (day.new, day.late, day.withdrawn)})
    assert all(seen[key] for day in CLOSINGS for key in (day.new, day.late, day.withdrawn)), "each was above nought somewhere"


def test_the_days_of_every_commune_of_a_table_close(acts, areas, lan, policy):
    rules, some = policy.disease(DISEASE), 0
    for at in moments(acts, 8):
        cutoff = cutoff_of(at, policy=rules)
        today, before = (
            figures(lan, area=areas["020"], disease=DISEASE, cutoff=c, policy=policy).communes for c in (cutoff, cutoff.before)
        )
        for line, then in zip(today, before, strict=True):
            assert line.total == then.total + line.new + line.late - line.withdrawn, (at, line)
            some += bool(line.late)
    assert some


def test_the_lists_behind_what_came_late_and_what_was_withdrawn_hold_exactly_it(acts, areas, lan, policy):
    rules = policy.disease(DISEASE)
    for at in moments(acts, 8):
        for code, known_at in (("020", None), ("00640", None), ("020", at + timedelta(days=1))):
            cutoff = cutoff_of(at, policy=rules, known_at=known_at)
            found = figures(lan, area=areas[code], disease=DISEASE, cutoff=cutoff, policy=policy).values
            part = CountScope(lan, areas[code].path, DISEASE, cutoff)
            for key in [key for day in CLOSINGS for key in (day.total, day.new, day.late, day.withdrawn)]:
                assert len(rows_for(key, part=part, policy=rules).ids()) == found[key], (at, known_at, code, key)


def test_a_case_that_moves_is_late_where_it_comes_and_withdrawn_where_it_leaves(areas, lan, policy, at):
    rules, place = policy.disease(DISEASE), areas["00640"]
    (person,) = enrol([PersonEntry(area_id=place.pk, area_path=place.path)], at=at - timedelta(days=3), by=None)

    def told(code, when, **more):
        home = {"residence_area_id": areas[code].pk, "residence_area_path": areas[code].path}
        entry = CaseEntry(disease=DISEASE, classification=more.pop("word", "confirmed"), reported_at=when, **home, **more)
        register_cases([(person, entry)], actor=lan, at=when, policy=policy)

    def count(code):
        values = figures(lan, area=areas[code], disease=DISEASE, cutoff=cutoff_of(at, policy=rules), policy=policy).values
        return tuple(values[key] for key in ("cases_total", "cases_new", "cases_late", "cases_withdrawn"))

    told("00640", at - timedelta(days=2))
    told("00682", at - timedelta(hours=2), word="re_positive")
    assert (count("020"), count("00640"), count("00682")) == ((1, 0, 0, 0), (0, 0, 0, 1), (1, 0, 1, 0))


def test_what_was_closed_in_time_is_what_a_rebuilding_closes(acts, lan, policy):
    end = FIRST + timedelta(days=DAYS + 1)
    assert wrong_closings() == []
    assert rebuild_books(actor=lan, at=end) > len(COUNTED)
    assert wrong_closings() == []
    assert wrong_answers() == []


def test_a_balance_changed_behind_the_posts_back_is_found(acts, lan):
    one = Balance.objects.order_by("closed_at").first()
    Balance.objects.filter(pk=one.pk).update(number=one.number + 1)
    (wrong,) = wrong_closings()
    assert (wrong.table, wrong.closed_at) == (one.table, one.closed_at)
    rebuild_books(actor=lan, at=FIRST + timedelta(days=DAYS))
    assert wrong_closings() == []


def test_an_act_dated_before_a_closing_opens_the_books_again(acts):
    last = balances.last_closing(COUNTED[0], disease=DISEASE, at=FIRST + timedelta(days=DAYS))
    acts.cases(last - timedelta(hours=5))
    assert balances.last_closing(COUNTED[0], disease=DISEASE, at=FIRST + timedelta(days=DAYS)) != last
    assert wrong_closings() == []


def test_a_figure_is_the_same_before_and_after_closing(acts, areas, lan, policy):
    Balance.objects.all().delete()
    at = FIRST + timedelta(days=DAYS, hours=3)
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE))

    def count():
        return replace(figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy), area=None)

    before = count()
    assert close_books(at=at) == len(COUNTED)
    assert count() == before
