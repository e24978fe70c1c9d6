"""Whatever is told, in whatever order: what is believed is what the records say when everything is derived from them again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.answers import wrong_answers
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.cases.services.states import belief_of, derived, states_of, wrong_cases
from tienphuong.cases.terms import Classification, DetectionSetting, LabOutcome, Outcome
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import OPEN_END
from tienphuong.procedures.close_books import close_books, wrong_closings
from tienphuong.procedures.decide_match import declare_same, take_back
from tienphuong.procedures.nightly_check import nightly_check
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.withdraw_records import settle_rows, take_rows_back
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import MatchProposal, Merge
from tienphuong.registry.services.identities import propose, wrong_identities
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.services.degrees import recheck

pytestmark = pytest.mark.django_db
DISEASE, FIRST = "covid-19", datetime(2021, 8, 14, 1, 30, tzinfo=UTC)
PEOPLE = 4
people = st.integers(0, PEOPLE - 1)
rows = st.integers(1, 6)
ago = st.integers(0, 72 * 60)
days = st.none() | st.dates(date(2021, 8, 8), date(2021, 8, 16))


def _word(kind: Any) -> st.SearchStrategy[str]:
    return st.just("") | st.sampled_from([word.value for word in kind])


told = st.fixed_dictionaries(
    {
        "classification": _word(Classification),
        "outcome": _word(Outcome),
        "ended": st.none() | ago,
        "reported": ago,
        "onset_on": days,
        "detected_on": days,
        "detection_setting": _word(DetectionSetting),
        "home": st.sampled_from(["", "00682", "00640"]),
        "reason": st.sampled_from(["", "", "đính chính"]),
        "source_row": rows,
    }
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("case"), st.lists(st.tuples(people, told), min_size=1, max_size=3)),
        st.tuples(st.just("lab"), st.tuples(people, st.sampled_from([w.value for w in LabOutcome]), days, st.sampled_from("AB"), rows)),
        st.tuples(st.just("meet"), st.tuples(people, people, st.integers(8, 16), rows)),
        st.tuples(st.just("merge"), st.tuples(people, people)),
        st.tuples(st.just("part"), st.integers(0, 3)),
        st.tuples(st.just("withdraw"), st.frozensets(rows, min_size=1, max_size=2)),
        st.tuples(st.just("close"), st.none()),
    ),
    min_size=2,
    max_size=12,
)


@dataclass
class Post:
    """The officers of a post and what they are told to do."""

    areas: Any
    lan: Any
    policy: Any

    def __post_init__(self) -> None:
        home = self.areas["00682"]
        self.people = enrol([PersonEntry(area_id=home.pk, area_path=home.path)] * PEOPLE, at=FIRST, by=None)

    def does(self, act: str, told: Any, at: datetime) -> None:
        getattr(self, act)(told, at)

    @property
    def told(self) -> dict[str, Any]:
        return {"actor": self.lan, "policy": self.policy}

    def case(self, entries: Any, at: datetime) -> None:
        register_cases([(self.people[who], self.entry(dict(submitted), at)) for who, submitted in entries], at=at, **self.told)

    def entry(self, submitted: dict[str, Any], at: datetime) -> CaseEntry:
        home, ended, reported = self.areas.get(submitted.pop("home")), submitted.pop("ended"), submitted.pop("reported")
        return CaseEntry(
            disease=DISEASE,
            reported_at=at - timedelta(minutes=reported),
            outcome_at=None if ended is None else at - timedelta(minutes=ended),
            residence_area_id=home and home.pk,
            residence_area_path=home.path if home else "",
            **submitted,
        )

    def lab(self, submitted: Any, at: datetime) -> None:
        who, result, day, code, row = submitted
        entry = LabEntry(DISEASE, at, taken_on=day, code=code, method="pcr", result=result, result_on=day, source_row=row)
        record_lab_results([(self.people[who], entry)], at=at, **self.told)

    def meet(self, submitted: Any, at: datetime) -> None:
        one, other, day, row = submitted
        moment = datetime(2021, 8, day, 3, tzinfo=UTC)
        entry = ContactEntry(DISEASE, at, "direct", first=moment, last=moment, source_person=self.people[one].pk, source_row=row)
        if one != other:
            register_contacts([(self.people[other], entry)], at=at, **self.told)

    def merge(self, submitted: Any, at: datetime) -> None:
        one, other = (self.people[who] for who in submitted)
        if one != other:
            propose([(one, other, 0.9, [])], at=at)
            pair = sorted((one.pk, other.pk))
            found = MatchProposal.objects.exclude(state="withdrawn").get(left_id=pair[0], right_id=pair[1])
            declare_same(found, at=at, **self.told)

    def part(self, number: int, at: datetime) -> None:
        for merged in Merge.objects.filter(undone_at=None).order_by("pk")[number : number + 1]:
            take_back(merged, at=at, reason="hai người", **self.told)

    def withdraw(self, rows: frozenset[int], at: datetime) -> None:
        taken = take_rows_back(rows, actor=system_viewer(), at=at, reason="gửi nhầm")
        around = {*taken.people, *(person.pk for person in self.people)}
        settle_rows(taken, rows, around, disease=DISEASE, actor=system_viewer(), at=at, policy=self.policy, reason="gửi nhầm")

    def close(self, told: None, at: datetime) -> None:
        close_books(at=at)


@pytest.fixture
def replayed(areas, lan, policy) -> Callable[[Any, Any], None]:
    """Let a post live through acts, each so many hours after the one before (or before it), in a base of its own."""

    def run(acts: Any, moments: list[datetime], check: Callable[[], None]) -> None:
        with transaction.atomic():
            post = Post(areas, lan, policy)
            for (act, told), at in zip(acts, moments, strict=True):
                post.does(act, told, at)
                check()
            transaction.set_rollback(True)

    return run


few = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # made smaller, an example of acts would cost minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@few
@given(data=st.data())
def test_what_is_believed_is_what_the_records_say(replayed, policy, data):
    done = data.draw(acts)
    hours = data.draw(st.lists(st.integers(0, 30), min_size=len(done), max_size=len(done)))
    moments = [FIRST + timedelta(hours=sum(hours[: n + 1])) for n in range(len(hours))]

    def check() -> None:
        assert wrong_identities() == {}
        assert wrong_cases() == []
        assert wrong_answers() == []
        assert recheck(policy=policy.disease(DISEASE)) == []
        assert wrong_closings() == []
        assert not CaseState.objects.filter(known_to=OPEN_END, case__duplicate_of__isnull=False).exists()
        assert not Case.objects.filter(duplicate_of__duplicate_of__isnull=False).exists()

    replayed(done, moments, check)


@few
@given(data=st.data())
def test_the_same_though_the_clock_of_a_drill_is_set_back_between_acts(replayed, policy, data):
    done = data.draw(acts.map(lambda found: [one for one in found if one[0] != "close"]))
    hours = data.draw(st.lists(st.integers(0, 99), min_size=len(done), max_size=len(done)))

    def check() -> None:
        states = states_of(list(Case.objects.values_list("pk", flat=True)))
        submitted = derived(list(states))
        assert {case: belief_of(state) for case, state in states.items()} == submitted
        assert (wrong_cases(), wrong_answers(), wrong_identities()) == ([], [], {})
        assert recheck(policy=policy.disease(DISEASE)) == []

    replayed(done, [FIRST + timedelta(hours=number) for number in hours], check)


def test_the_first_night_after_such_days_finds_nothing(areas, lan, policy):
    post = Post(areas, lan, policy)
    submitted = {"ended": None, "reported": 60, "home": "00682", "reason": ""}
    post.case(
        [(0, submitted | {"classification": "confirmed", "outcome": "recovered"}), (1, submitted | {"outcome": "in_treatment"})], FIRST
    )
    post.case([(1, submitted | {"classification": "suspected", "outcome": "recovered"})], FIRST + timedelta(hours=5))
    post.merge((0, 1), FIRST + timedelta(hours=6))
    found = nightly_check(actor=system_viewer(), at=FIRST + timedelta(days=1), policy=policy)
    assert (found.identities, found.cases, found.samples, found.degrees, found.balances, found.audit_faults) == (0,) * 6
