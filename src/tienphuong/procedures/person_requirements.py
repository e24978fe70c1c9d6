"""Việc phải làm theo quy định: what the rules in force on a day ask of one person, each with the document that asks it.

Facts come from the person's record as an officer may see it; a rule that lacks a fact, or says nothing of the disease, answers with why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from tienphuong.cases.queries.histories import CaseHistory
from tienphuong.cases.queries.samples import SampleLine
from tienphuong.cases.rules import Discharge, DischargeFacts, LabFact, discharge
from tienphuong.cases.terms import Classification, LabMethod, LabOutcome, Outcome, SampleKind
from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import DiseasePolicy, Pack
from tienphuong.core.policy.disease import Window
from tienphuong.core.policy.rows import QuarantineRow
from tienphuong.core.policy.terms import CaseRole, Subject
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.deadlines import DueDate, case_report_due, runs_from
from tienphuong.core.sentences import sentence
from tienphuong.procedures.open_person import Dossier
from tienphuong.procedures.terms import Matter
from tienphuong.quarantine.rules import PersonFacts, RequiredForm, StayFacts, StayTest, may_be_released, required_form, sample_days
from tienphuong.quarantine.terms import Day0Basis, StayState
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.registry.areas.rules import ancestor_paths
from tienphuong.registry.areas.terms import AreaLevel
from tienphuong.tracing.queries.histories import MeetingLine
from tienphuong.tracing.rules import CaseDates, Closeness, ExposureFacts, close_contact, who_is_notified, window_of_case
from tienphuong.tracing.terms import ContactKind


@dataclass(frozen=True, slots=True)
class Requirement:
    """One answer of the rules. `open` is False where they refuse one: then `answer` says why and `remedy` what to do."""

    matter: Matter
    answer: str
    document: str
    remedy: str = ""
    open: bool = True


def person_requirements(dossier: Dossier, *, viewer: Viewer, pack: Pack, at: datetime) -> tuple[Requirement, ...]:
    """What the pack asks of this person at a moment; nothing where it does not know the disease, or of somebody who is neither case, contact nor arrival."""
    disease = pack.diseases.get(dossier.disease or "")
    if disease is None:
        return ()
    case = counted_case(dossier)
    if case is not None:
        return tuple(_of_case(dossier, case, pack=pack, disease=disease, at=at))
    region = _province(viewer, dossier.identity.person.area_path)
    return tuple(_of_quarantined(dossier, region=region, pack=pack, disease=disease, on=clock.local(at).date()))


def counted_case(dossier: Dossier) -> CaseHistory | None:
    """The case that the person counts as: of the dossier's disease, not excluded, not a duplicate; the latest of several."""
    of_disease = [case for case in dossier.cases if case.disease == dossier.disease and case.duplicate_of is None]
    return next((case for case in reversed(of_disease) if case.classification not in ("", Classification.REFUTED)), None)


def diagnosed_at(case: CaseHistory) -> datetime | None:
    """When the case became what it is, on a Vietnamese clock: by the record that says so, else when it was reported.

    A day without an hour lasts until it is over, so that no clock runs out before it can have begun.
    """
    text = [line.event_at for line in case.records if line.kind == "classification" and case.classification in line.words and line.event_at]
    moment = min(text, default=case.classified_at)
    if moment is None:
        return None
    return runs_from(clock.local(moment))


def meetings_by_definition(dossier: Dossier, *, pack: Pack) -> dict[object, Closeness]:
    """For each meeting of a case whose day and disease are known: is it a close contact by the definition of its day? By the meeting's id."""
    case, disease = counted_case(dossier), pack.diseases.get(dossier.disease or "")
    if case is None or disease is None:
        return {}
    window = window_of_case(_dates(dossier, case), policy=disease)
    if isinstance(window, Refusal):
        return {}
    judged = ((line.id, _closeness(line, window=window, disease=disease)) for line in dossier.meetings)
    return {key: found for key, found in judged if isinstance(found, Closeness)}


def _closeness(line: MeetingLine, *, window: Window, disease: DiseasePolicy) -> Closeness | Refusal | None:
    if line.last is None or line.disease != disease.code or line.kind not in ContactKind._value2member_map_:
        return None
    return close_contact(ExposureFacts(kind=ContactKind(line.kind), met_on=clock.local(line.last).date()), window=window, policy=disease)


def _of_case(dossier: Dossier, case: CaseHistory, *, pack: Pack, disease: DiseasePolicy, at: datetime) -> Iterator[Requirement]:
    day = clock.local(at).date()
    yield _period(window_of_case(_dates(dossier, case), policy=disease), disease=disease, on=day)
    if diagnosed := diagnosed_at(case):
        yield _report(case_report_due(disease, diagnosed_at=diagnosed))
    role = CaseRole.SUSPECTED if case.classification == Classification.SUSPECTED else CaseRole.ILL
    yield _isolation(required_form(PersonFacts(role=role), pack=pack, disease=disease, on=day))
    if case.outcome in ("", Outcome.IN_TREATMENT, Outcome.TRANSFERRED):
        yield _discharge(dossier, case, disease=disease, at=at)


def _province(viewer: Viewer, path: str) -> str:
    """The province of a place by its full name, as rows of a pack name where they apply."""
    above = areas_by_path(viewer, paths=[*ancestor_paths(path), path])
    return next((area.full_name for area in above.values() if area.level == AreaLevel.PROVINCE), "")


def _of_quarantined(dossier: Dossier, *, region: str, pack: Pack, disease: DiseasePolicy, on: date) -> Iterator[Requirement]:
    """What is asked of a contact, or of somebody who came from elsewhere."""
    person = _exposed(dossier, region=region)
    if person is None:
        return
    form = required_form(person, pack=pack, disease=disease, on=on)
    yield _isolation(form)
    if isinstance(form, RequiredForm) and form.row is not None:
        yield from _of_stay(dossier, row=form.row, on=on)
    if person.degree:
        yield from _notices(person.degree, disease=disease, on=on)


def _exposed(dossier: Dossier, *, region: str) -> PersonFacts | None:
    degree = dossier.degree.degree if dossier.degree else None
    if degree:
        return PersonFacts(role=CaseRole.CONTACT, degree=degree, region=region)
    if dossier.arrivals:
        arrival = Subject.ARRIVAL if dossier.arrivals[0].from_abroad else Subject.AFFECTED_AREA
        return PersonFacts(role=CaseRole.CONTACT, arrival=arrival, region=region)
    return None


def _of_stay(dossier: Dossier, *, row: QuarantineRow, on: date) -> Iterator[Requirement]:
    """The days of samples, and whether the quarantine may end; the latter only for who may see what the laboratory said."""
    found = _day0(dossier)
    if found is None:
        why = "Chưa có ngày tiếp xúc cuối hoặc ngày bắt đầu cách ly nên chưa tính được ngày kết thúc"
        yield Requirement(Matter.RELEASE, why, str(row.cite), "Bổ sung một trong hai ngày.", open=False)
        return
    day0, basis = found
    if days := sample_days(day0, row=row):
        words = ", ".join(f"{day:%d/%m/%Y}" for day in days)
        yield Requirement(Matter.SAMPLES, words, str(row.cite))
    if dossier.clinical:
        yield _release(StayFacts(day0=day0, basis=basis, tests=tuple(_tests(dossier))), row=row, on=on)


def _day0(dossier: Dossier) -> tuple[date, Day0Basis] | None:
    """The day from which the quarantine counts: the last exposure, the arrival, else the first day of the stay."""
    degree = dossier.degree
    if degree and degree.degree and degree.last_exposure:
        return clock.local(degree.last_exposure).date(), Day0Basis.LAST_EXPOSURE
    if arrived := next((line.arrived_on for line in dossier.arrivals if line.arrived_on), None):
        return arrived, Day0Basis.ENTRY
    running = (stay.started_on for stay in dossier.stays if stay.state == StayState.STAYING and stay.started_on)
    return next(((started, Day0Basis.ISOLATED) for started in running), None)


def _tests(dossier: Dossier) -> Iterator[StayTest]:
    for sample in dossier.samples:
        for answer in sample.results:
            if sample.taken_on and answer.result in LabOutcome._value2member_map_:
                yield StayTest(sampled_on=sample.taken_on, result=LabOutcome(answer.result), answered_on=answer.result_on)


def _release(facts: StayFacts, *, row: QuarantineRow, on: date) -> Requirement:
    end = may_be_released(facts, row=row, on=on)
    if isinstance(end, Refusal):
        return _refused(Matter.RELEASE, end)
    text = sentence("Đủ điều kiện kết thúc cách ly từ ngày {day:%d/%m/%Y}: {reason}", day=end.ends_on, reason=end.reason)
    return Requirement(Matter.RELEASE, text, end.document)


def _period(window: Window | Refusal, *, disease: DiseasePolicy, on: date) -> Requirement:
    if isinstance(window, Refusal):
        return _refused(Matter.INFECTIOUS_PERIOD, window)
    rule = disease.infectious_period_at(window.since) or disease.infectious_period_at(on)
    text = sentence("Từ ngày {since:%d/%m/%Y}, chưa kết thúc", since=window.since)
    if window.until:
        text = sentence("Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}", since=window.since, until=window.until)
    return Requirement(Matter.INFECTIOUS_PERIOD, text, str(rule.cite) if rule else "")


def _report(due: DueDate | Refusal) -> Requirement:
    if isinstance(due, Refusal):
        return _refused(Matter.CASE_REPORT, due)
    text = sentence("{name}: chậm nhất {hour} ngày {day:%d/%m/%Y}", name=due.name, hour=f"{due.due_at:%Hh%M}", day=due.due_at)
    return Requirement(Matter.CASE_REPORT, text, due.document)


def _isolation(form: RequiredForm | Refusal) -> Requirement:
    if isinstance(form, Refusal):
        return _refused(Matter.ISOLATION, form)
    text = form.form.label
    if form.days and form.watch_days:
        text = sentence(
            "{form} trong {days} ngày, sau đó tự theo dõi sức khỏe {watch} ngày", form=text, days=form.days, watch=form.watch_days
        )
    elif form.days:
        text = sentence("{form} trong {days} ngày", form=text, days=form.days)
    return Requirement(Matter.ISOLATION, text, form.document)


def _notices(degree: int, *, disease: DiseasePolicy, on: date) -> Iterator[Requirement]:
    for whom, document in who_is_notified(degree, policy=disease, on=on):
        yield Requirement(Matter.NOTICE, whom.label, document)


def _discharge(dossier: Dossier, case: CaseHistory, *, disease: DiseasePolicy, at: datetime) -> Requirement:
    treated_from = _isolated_on(dossier, case) or case.detected_on
    if treated_from is None:
        why = "Chưa có ngày cách ly hoặc ngày phát hiện nên chưa xét được tiêu chuẩn ra viện"
        return Requirement(Matter.DISCHARGE, why, "", "Bổ sung một trong hai ngày.", open=False)
    facts = DischargeFacts(treated_from=treated_from, symptomatic=case.onset_on is not None, lab=tuple(_lab(dossier.samples)))
    found = discharge(facts, policy=disease, at=clock.local(at))
    return _refused(Matter.DISCHARGE, found) if isinstance(found, Refusal) else _discharged(found)


def _discharged(found: Discharge) -> Requirement:
    if not found.ready:
        return Requirement(Matter.DISCHARGE, sentence("Chưa đủ: {missing}", missing="; ".join(found.missing)), found.document, open=False)
    text = "Đủ tiêu chuẩn ra viện"
    if found.follow_up_days:
        text = sentence("Đủ tiêu chuẩn ra viện, sau đó theo dõi {days} ngày", days=found.follow_up_days)
    return Requirement(Matter.DISCHARGE, text, found.document)


def _dates(dossier: Dossier, case: CaseHistory) -> CaseDates:
    recovered = case.outcome_at if case.outcome == Outcome.RECOVERED else None
    return CaseDates(
        onset=case.onset_on,
        first_positive_sample=_first_positive(dossier),
        isolated_on=_isolated_on(dossier, case),
        recovered_on=clock.local(recovered).date() if recovered else None,
    )


def _first_positive(dossier: Dossier) -> date | None:
    taken = (
        sample.taken_on
        for sample in dossier.samples
        if sample.taken_on and any(answer.result == LabOutcome.POSITIVE for answer in sample.results)
    )
    return min(taken, default=None)


def _isolated_on(dossier: Dossier, case: CaseHistory) -> date | None:
    """The first day the case was kept apart: by its investigation, else by a stay."""
    isolated = [day for record in case.records for name, day in record.days if name == "isolated_at"]
    days = [clock.local(day).date() if isinstance(day, datetime) else day for day in isolated]
    days += [stay.started_on for stay in dossier.stays if stay.started_on and stay.disease == case.disease]
    return min(days, default=None)


def _lab(samples: tuple[SampleLine, ...]) -> Iterator[LabFact]:
    """The answers of the laboratory whose day, method and word are known, as the discharge criteria ask for them."""
    for sample in samples:
        for answer in sample.results:
            if sample.taken_on and answer.result in LabOutcome._value2member_map_:
                yield LabFact(
                    method=LabMethod(answer.method or LabMethod.NOT_STATED),
                    result=LabOutcome(answer.result),
                    sampled_at=datetime.combine(sample.taken_on, time(), clock.VIETNAM),
                    kind=SampleKind(sample.kind),
                    ct=answer.ct,
                )


def _refused(matter: Matter, refusal: Refusal) -> Requirement:
    return Requirement(matter, refusal.reason, refusal.document, refusal.remedy, open=False)
