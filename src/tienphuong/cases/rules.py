"""What the case definition in force says of a person, and whether a case may be discharged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tienphuong.cases.terms import Classification, Evidence, LabMethod, LabOutcome, SampleKind, Symptom
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.policy.rows import CaseDefinition, DischargeRule
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFact:
    """One answer of a laboratory on one person (or on a pool the person is in)."""

    method: LabMethod
    result: LabOutcome
    sampled_at: datetime
    kind: SampleKind = SampleKind.SINGLE
    licensed: bool = True
    round: int = 1
    ct: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known of a person when the case definition is applied."""

    lab: tuple[LabFact, ...] = ()
    symptoms: frozenset[Symptom] = field(default_factory=frozenset)
    onset: date | None = None
    exposed_on: date | None = None
    refuted_because: str = ""
    recovered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A classification with its evidence, the reason in words and the document."""

    classification: Classification
    evidence: Evidence
    reason: str
    document: str


def verdict(facts: CaseFacts, *, policy: DiseasePolicy, on: date) -> Verdict | Refusal:
    """What is this person to the disease, by the definition in force on a day?

    A conclusion of experts comes first, then a confirming test, then weaker evidence. A negative test never undoes
    a confirming one: that is recovery, or a matter for the experts.
    """
    definition = policy.case_definition_at(on)
    if definition is None:
        return Refusal(
            sentence("Gói {pack} chưa có định nghĩa ca bệnh {disease}", pack=policy.version, disease=policy.name),
            remedy="Cán bộ dịch tễ phân loại và ghi rõ căn cứ.",
        )
    if facts.refuted_because:
        return _verdict(
            Classification.REFUTED, Evidence.REVIEW, sentence("Kết luận loại trừ: {why}", why=facts.refuted_because), definition
        )
    return (
        _confirmed(facts, definition)
        or _probable(facts, definition)
        or _suspected(facts, definition)
        or Refusal("Chưa đủ dữ kiện để xếp loại ca bệnh", str(definition.cite), "Bổ sung xét nghiệm, triệu chứng hoặc yếu tố dịch tễ.")
    )


def _confirmed(facts: CaseFacts, definition: CaseDefinition) -> Verdict | None:
    """Confirmed if a single sample of a confirming method says so; re-positive if the latest such sample follows recovery."""
    proofs = [lab for lab in _positives(facts.lab, kind=SampleKind.SINGLE) if _confirms(lab, facts=facts, definition=definition)]
    if not proofs:
        return None
    first, last = proofs[0], proofs[-1]
    if facts.recovered_on and last.sampled_at.date() > facts.recovered_on:
        reason = sentence(
            "{test} dương tính ngày {day:%d/%m/%Y}, sau khi khỏi ngày {recovered:%d/%m/%Y}",
            test=last.method.label,
            day=last.sampled_at,
            recovered=facts.recovered_on,
        )
        return _verdict(Classification.RE_POSITIVE, _evidence(last.method), reason, definition)
    return _verdict(
        Classification.CONFIRMED,
        _evidence(first.method),
        sentence("{test} dương tính, mẫu đơn ngày {day:%d/%m/%Y}", test=first.method.label, day=first.sampled_at),
        definition,
    )


def _confirms(lab: LabFact, *, facts: CaseFacts, definition: CaseDefinition) -> bool:
    """Does this positive confirm by itself, or together with symptoms?"""
    if definition.licensed_lab and not lab.licensed:
        return False
    if lab.method is LabMethod.NOT_STATED:
        return True  # a laboratory that answers "positive" without its method is believed; the list is remarked on
    with_symptoms = bool(_named_symptoms(facts, definition))
    return lab.method in definition.confirmed_by or (with_symptoms and lab.method in definition.confirmed_with_symptoms_by)


def _probable(facts: CaseFacts, definition: CaseDefinition) -> Verdict | None:
    """Probable: positive by a method that does not confirm, or in a laboratory that may not confirm."""
    for lab in _positives(facts.lab, kind=SampleKind.SINGLE):
        if _answered_negative(facts.lab, after=lab.sampled_at, definition=definition):
            return _verdict(
                Classification.REFUTED,
                Evidence.LAB_NEGATIVE,
                sentence("{test} dương tính nhưng xét nghiệm khẳng định âm tính", test=lab.method.label),
                definition,
            )
        if lab.method in definition.confirmed_by:
            return _verdict(
                Classification.PROBABLE,
                _evidence(lab.method),
                sentence("{test} dương tính tại phòng xét nghiệm chưa được phép khẳng định", test=lab.method.label),
                definition,
            )
        if lab.method in definition.probable_by:
            return _verdict(
                Classification.PROBABLE,
                _evidence(lab.method),
                sentence("{test} dương tính, chờ xét nghiệm khẳng định", test=lab.method.label),
                definition,
            )
    return None


def _suspected(facts: CaseFacts, definition: CaseDefinition) -> Verdict | None:
    """Suspected by an unresolved pool, or by symptoms with exposure; refuted once a confirming test is negative."""
    pools = [lab.sampled_at for lab in _positives(facts.lab, kind=SampleKind.POOLED)]
    clinical = _clinical_suspicion(facts, definition)
    if not pools and not clinical:
        return None
    if any(_is_negative(lab, definition) and _answers(lab, facts=facts, pools=pools) for lab in facts.lab):
        return _verdict(Classification.REFUTED, Evidence.LAB_NEGATIVE, "Xét nghiệm khẳng định mẫu đơn âm tính", definition)
    if pools:
        return _verdict(
            Classification.SUSPECTED,
            Evidence.POOL,
            sentence("Mẫu gộp ngày {day:%d/%m/%Y} dương tính, phải xét nghiệm lại từng mẫu đơn", day=max(pools)),
            definition,
        )
    return _verdict(Classification.SUSPECTED, Evidence.CLINICAL, clinical, definition)


def _answers(lab: LabFact, *, facts: CaseFacts, pools: list[datetime]) -> bool:
    """Was the sample taken late enough to answer the suspicion: with the pool or later, not before onset?"""
    before_onset = facts.onset is not None and lab.sampled_at.date() < facts.onset
    return not before_onset and (not pools or lab.sampled_at >= max(pools))


def _clinical_suspicion(facts: CaseFacts, definition: CaseDefinition) -> str:
    """The reason for suspicion by symptoms and exposure in time before onset; empty if there is none."""
    shown = _named_symptoms(facts, definition)
    if not shown or facts.exposed_on is None or definition.exposure_days is None:
        return ""
    onset = facts.onset or facts.exposed_on
    if not 0 <= (onset - facts.exposed_on).days <= definition.exposure_days:
        return ""
    return sentence("Có {signs} và yếu tố dịch tễ trong {days} ngày trước khởi phát", signs=", ".join(shown), days=definition.exposure_days)


def _named_symptoms(facts: CaseFacts, definition: CaseDefinition) -> list[str]:
    """The symptoms of the person that the definition names."""
    return [symptom.label for symptom in definition.symptoms if symptom in facts.symptoms]


def _positives(lab: Iterable[LabFact], *, kind: SampleKind) -> list[LabFact]:
    """Positive answers of one kind of sample, oldest first."""
    return sorted((one for one in lab if one.result is LabOutcome.POSITIVE and one.kind is kind), key=lambda one: one.sampled_at)


def _answered_negative(lab: Iterable[LabFact], *, after: datetime, definition: CaseDefinition) -> bool:
    """Was a confirming test negative on a sample taken then or later?"""
    return any(_is_negative(one, definition) and one.sampled_at >= after for one in lab)


def _is_negative(lab: LabFact, definition: CaseDefinition) -> bool:
    """A negative answer to a single sample by a method that could have confirmed."""
    return lab.result is LabOutcome.NEGATIVE and lab.kind is SampleKind.SINGLE and lab.method in definition.confirmed_by


def _evidence(method: LabMethod) -> Evidence:
    """The evidence a method gives."""
    return {LabMethod.PCR: Evidence.LAB_PCR, LabMethod.ANTIGEN: Evidence.LAB_ANTIGEN}.get(method, Evidence.LAB_OTHER)


def _verdict(classification: Classification, evidence: Evidence, reason: str, definition: CaseDefinition) -> Verdict:
    """A verdict that cites the definition."""
    return Verdict(classification=classification, evidence=evidence, reason=reason, document=str(definition.cite))


@dataclass(frozen=True, slots=True, kw_only=True)
class DischargeFacts:
    """What is known of a case in treatment; day 0 is the day treatment began."""

    treated_from: date
    symptomatic: bool
    symptoms_ended_on: date | None = None
    lab: tuple[LabFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """Ready or not; what is missing in words; the earliest day the criteria allow; days of follow-up after."""

    ready: bool
    missing: tuple[str, ...]
    earliest: date | None
    follow_up_days: int
    document: str


def discharge(facts: DischargeFacts, *, policy: DiseasePolicy, at: datetime) -> Discharge | Refusal:
    """May this case leave treatment at this moment, by the criteria in force?"""
    rule = policy.discharge_rule_at(at.date())
    if rule is None:
        return Refusal(
            sentence("Gói {pack} không quy định tiêu chuẩn ra viện của {disease}", pack=policy.version, disease=policy.name),
            remedy="Bác sĩ điều trị kết luận và ghi căn cứ.",
        )
    earliest = _earliest_discharge(facts, rule)
    missing = tuple(
        filter(
            None, (_symptoms_missing(facts, rule, on=at.date()), _days_missing(earliest, on=at.date()), _tests_missing(facts, rule, at=at))
        )
    )
    return Discharge(ready=not missing, missing=missing, earliest=earliest, follow_up_days=rule.follow_up_days, document=str(rule.cite))


def _earliest_discharge(facts: DischargeFacts, rule: DischargeRule) -> date | None:
    """The first day the criteria of time allow; None while symptoms last."""
    least = rule.min_days_symptomatic if facts.symptomatic else rule.min_days_asymptomatic
    by_stay = facts.treated_from + timedelta(days=least or 0)
    if not facts.symptomatic:
        return by_stay
    if facts.symptoms_ended_on is None:
        return None
    return max(by_stay, facts.symptoms_ended_on + timedelta(days=rule.symptom_free_days))


def _symptoms_missing(facts: DischargeFacts, rule: DischargeRule, *, on: date) -> str:
    """What is missing while symptoms last."""
    lasting = facts.symptomatic and (facts.symptoms_ended_on is None or facts.symptoms_ended_on > on)
    return (
        sentence("còn triệu chứng hoặc chưa ghi ngày hết triệu chứng, phải hết ít nhất {days} ngày", days=rule.symptom_free_days)
        if lasting
        else ""
    )


def _days_missing(earliest: date | None, *, on: date) -> str:
    """What is missing while the days are not full."""
    return sentence("chưa đủ ngày, sớm nhất {day:%d/%m/%Y}", day=earliest) if earliest and on < earliest else ""


def _tests_missing(facts: DischargeFacts, rule: DischargeRule, *, at: datetime) -> str:
    """What is missing in the samples: number, spacing, freshness; a long stay stands in for them where the rule says so."""
    if rule.persistent_release_day is not None and at.date() >= facts.treated_from + timedelta(days=rule.persistent_release_day):
        return ""
    run = _clear_run(facts, rule, before=at)
    spaced = _spaced(run, hours=rule.hours_between)
    if len(spaced) < rule.negatives:
        return sentence(
            "cần {needed} mẫu liên tiếp âm tính hoặc Ct đạt ngưỡng, cách nhau ít nhất {hours} giờ; mới có {had}",
            needed=rule.negatives,
            hours=rule.hours_between,
            had=len(spaced),
        )
    if rule.last_sample_hours is not None and at - run[-1].sampled_at > timedelta(hours=rule.last_sample_hours):
        return sentence("mẫu cuối quá {hours} giờ trước khi ra viện", hours=rule.last_sample_hours)
    return ""


def _clear_run(facts: DischargeFacts, rule: DischargeRule, *, before: datetime) -> list[LabFact]:
    """The unbroken run of clear single samples at the end of the list."""
    done = sorted((lab for lab in facts.lab if lab.kind is SampleKind.SINGLE and lab.sampled_at <= before), key=lambda lab: lab.sampled_at)
    run: list[LabFact] = []
    for lab in (one for one in done if one.result in (LabOutcome.NEGATIVE, LabOutcome.POSITIVE)):
        run = [*run, lab] if _is_clear(lab, rule, facts=facts) else []
    return run


def _is_clear(lab: LabFact, rule: DischargeRule, *, facts: DischargeFacts) -> bool:
    """Does a sample count towards discharge? Taken on the day the rule names or later."""
    by_ct = rule.ct_counts_from is not None and lab.ct is not None and lab.ct >= rule.ct_counts_from
    too_early = rule.test_day_asymptomatic is not None and lab.sampled_at.date() < facts.treated_from + timedelta(
        days=rule.test_day_asymptomatic
    )
    return not too_early and (lab.result is LabOutcome.NEGATIVE or by_ct)


def _spaced(run: list[LabFact], *, hours: int) -> list[LabFact]:
    """The most samples of a run that lie far enough apart."""
    kept: list[LabFact] = []
    for lab in run:
        if not kept or lab.sampled_at - kept[-1].sampled_at >= timedelta(hours=hours):
            kept.append(lab)
    return kept
