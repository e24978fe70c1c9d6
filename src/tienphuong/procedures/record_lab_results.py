"""Ghi nhận kết quả xét nghiệm: samples and answers are written down, and whoever they concern is classified anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.models import Case, CaseState, LabResult
from tienphuong.cases.rules import CaseFacts, LabFact, Verdict, verdict
from tienphuong.cases.services.laboratory import LabEntry, RecordedSample, record_samples
from tienphuong.cases.terms import Classification, Evidence, LabMethod, LabOutcome, SampleKind
from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import is_of_receipt, local
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import Pack
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.procedures.register_cases import RegisteredCases, register_cases
from tienphuong.registry.models import Person
from tienphuong.tracing.services.inputs import day_start

_WAITING = (Classification.SUSPECTED, Classification.PROBABLE)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class RecordedLabResults:
    """What the act came to: each sample as heard, and the cases that follow from the answers."""

    recorded: list[RecordedSample]
    cases: RegisteredCases


def record_lab_results(
    person_entries: Sequence[tuple[Person | None, LabEntry]],
    *,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    later: bool = False,
    learned_at: datetime | None = None,
) -> RecordedLabResults:
    """Write samples and results of one disease down. An entry without a person is a pool's tube.

    1 cases: samples and answers, each once
    2 cases: what the case definition in force makes of everybody with a new answer; a pool confirms nobody
    3 cases, tracing: the classifications that follow, as `register_cases` writes them
    4 audit
    """
    if not person_entries:
        return RecordedLabResults([], RegisteredCases([], frozenset(), []))
    disease = person_entries[0][1].disease
    with in_turn():
        recorded = record_samples(person_entries, stamp=Provenance(at, actor.user_id, policy.version))
        follow = list(_classified(recorded, person_entries, at=learned_at or at, policy=policy)) if disease in policy.diseases else []
        cases = register_cases(follow, actor=actor, at=at, policy=policy, later=later, learned_at=learned_at)
        news = sum(1 for item in recorded if item.new_sample or item.new_result)
        if news:
            audit.record("lab.recorded", actor=actor, at=at, facts={"reported": len(recorded), "news": news}, policy=policy.version)
    return RecordedLabResults(recorded, cases)


def _classified(
    recorded: Sequence[RecordedSample], person_entries: Sequence[tuple[Person | None, LabEntry]], *, at: datetime, policy: Pack
) -> Iterable[tuple[Person, CaseEntry]]:
    """A case entry for everybody whose new answers change what they are to the disease."""
    rules = policy.disease(person_entries[0][1].disease)
    pairs = zip(recorded, person_entries, strict=False)  # the tubes of pools come after those told of
    latest = {item.person.pk: (item.person, entry) for item, (_, entry) in pairs if item.new_result and item.person}
    answers = _answers(latest, disease=rules.code)
    classes = _classes(latest, disease=rules.code)
    for number, (person, entry) in latest.items():
        found = _conclusion(answers.get(number, ()), classes.get(number, ""), rules=rules, at=at)
        if found is not None:
            yield person, _case(person, entry, found, answers[number])


def _answers(people: Iterable[int], *, disease: str) -> dict[int, list[LabFact]]:
    """Everything laboratories ever said of these people, as facts."""
    found: dict[int, list[LabFact]] = {}
    numbers = list(people)
    columns = ("sample__person_id", "sample__kind", "sample__taken_on", "method", "result", "result_on", "reported_at", "ct")
    for start in range(0, len(numbers), _CHUNK):
        rows = LabResult.objects.filter(sample__person_id__in=numbers[start : start + _CHUNK], sample__disease=disease)
        for person, kind, taken, method, result, answered, reported, ct in rows.values_list(*columns):
            day = taken or answered
            moment = day_start(day) if day else reported
            fact = LabFact(
                method=LabMethod(method or LabMethod.NOT_STATED), result=LabOutcome(result), sampled_at=moment, kind=SampleKind(kind), ct=ct
            )
            found.setdefault(person, []).append(fact)
    return found


def _classes(people: Iterable[int], *, disease: str) -> dict[int, str]:
    """What each is held for now."""
    numbers = list(people)
    classes: dict[int, str] = {}
    for start in range(0, len(numbers), _CHUNK):
        cases = Case.objects.filter(person_id__in=numbers[start : start + _CHUNK]).values_list(
            "id", "person_id", "disease", "duplicate_of_id"
        )
        counted = {case: person for case, person, of, duplicate in cases if of == disease and duplicate is None}
        states = CaseState.objects.filter(case_id__in=list(counted), known_to=OPEN_END)
        classes |= {counted[case]: conclusion for case, conclusion in states.values_list("case_id", "classification")}
    return classes


def _conclusion(facts: Sequence[LabFact], classes: str, *, rules: DiseasePolicy, at: datetime) -> tuple[str, str] | None:
    """Class and evidence that the answers give; a list's suspicion that a confirming test denies is refuted."""
    conclusion = verdict(CaseFacts(lab=tuple(facts)), policy=rules, on=local(at).date())
    if isinstance(conclusion, Verdict):
        return conclusion.classification, conclusion.evidence
    definition = rules.case_definition_at(local(at).date())
    if classes in _WAITING and definition and any(_denies(fact, definition.confirmed_by) for fact in facts):
        return Classification.REFUTED, Evidence.LAB_NEGATIVE
    return None


def _denies(fact: LabFact, confirming: Sequence[LabMethod]) -> bool:
    return fact.result is LabOutcome.NEGATIVE and fact.kind is SampleKind.SINGLE and fact.method in confirming


def _case(person: Person, entry: LabEntry, found: tuple[str, str], facts: Sequence[LabFact]) -> CaseEntry:
    classification, evidence = found
    # the hour at which a list without days was received is no day of detection
    positive = [fact.sampled_at for fact in facts if fact.result is LabOutcome.POSITIVE and not is_of_receipt(fact.sampled_at)]
    return CaseEntry(
        disease=entry.disease,
        reported_at=entry.reported_at,
        classification=classification,
        evidence=evidence,
        detected_on=local(min(positive)).date() if positive else None,
        residence_area_id=person.area_id,
        residence_area_path=person.area_path,
        source_row=entry.source_row,
    )
