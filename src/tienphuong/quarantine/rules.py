"""Where a person must stay, until when, and what must happen before release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tienphuong.cases.terms import LabOutcome
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.policy.pack import Pack
from tienphuong.core.policy.rows import IsolationBasis, QuarantineRow
from tienphuong.core.policy.terms import CaseRole, Subject
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.quarantine.terms import Day0Basis, QuarantineForm, StayChange


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What decides where a person must stay."""

    role: CaseRole
    degree: int | None = None
    arrival: Subject | None = None
    vaccinated: bool | None = None
    region: str = ""
    at_border_gate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredForm:
    """The form of isolation the rules ask for; days is None where no length is laid down."""

    form: QuarantineForm
    days: int | None
    watch_days: int
    max_hours: int | None
    row: QuarantineRow | None
    document: str


def required_form(person: PersonFacts, *, pack: Pack, disease: DiseasePolicy, on: date) -> RequiredForm | Refusal:
    """Where must this person stay, and for how long? Refused where the law of the day gives no ground."""
    row = _row_for(person, disease=disease, on=on)
    if row is not None:
        return RequiredForm(form=row.form, days=row.days, watch_days=row.watch_days, max_hours=None, row=row, document=str(row.cite))
    if disease.group is None:
        return Refusal(
            sentence("Gói {pack} chưa xếp nhóm {disease}", pack=pack.version, disease=disease.name), remedy="Bổ sung nhóm bệnh vào gói."
        )
    bases = [basis for basis in pack.isolation if _applies_to(basis, person, disease=disease)]
    if not bases:
        reason = sentence(
            "Không có căn cứ cách ly {role} đối với bệnh {group} ({disease})",
            role=person.role.label,
            group=disease.group.value.label,
            disease=disease.name,
        )
        return Refusal(reason, _isolation_law(pack))
    return _form_of(bases[0], disease=disease)


def _row_for(person: PersonFacts, *, disease: DiseasePolicy, on: date) -> QuarantineRow | None:
    """The quarantine row of a contact or an arrival; the ill have none."""
    if person.role is not CaseRole.CONTACT or (person.degree is None and person.arrival is None):
        return None
    if person.arrival is None and not 1 <= (person.degree or 0) <= disease.max_degree.value:
        return None
    return disease.quarantine_for(person.degree, on=on, vaccinated=person.vaccinated, arrival=person.arrival, region=person.region)


def _applies_to(basis: IsolationBasis, person: PersonFacts, *, disease: DiseasePolicy) -> bool:
    """Is this ground of isolation meant for the role, the disease group and the place?"""
    at_gate = basis.form is QuarantineForm.BORDER_GATE
    in_group = disease.group is not None and disease.group.value in basis.groups
    near = person.degree is None or person.degree <= 1 or person.role is not CaseRole.CONTACT
    return person.role in basis.roles and in_group and near and at_gate == person.at_border_gate


def _form_of(basis: IsolationBasis, *, disease: DiseasePolicy) -> RequiredForm | Refusal:
    """The form a ground gives; a ground for listed diseases only sends the officer to the list."""
    if basis.only_listed:
        reason = sentence("Chỉ cách ly nếu {disease} có trong {list}", disease=disease.name, list=basis.only_listed)
        return Refusal(reason, str(basis.cite), sentence("Đối chiếu {list} rồi ghi căn cứ vào quyết định.", list=basis.only_listed))
    return RequiredForm(form=basis.form, days=None, watch_days=0, max_hours=basis.max_hours, row=None, document=str(basis.cite))


def _isolation_law(pack: Pack) -> str:
    """The document that lists who may be isolated."""
    return str(pack.isolation[0].cite) if pack.isolation else pack.version


@dataclass(frozen=True, slots=True, kw_only=True)
class StayTest:
    """One sample of a person in quarantine and its answer."""

    sampled_on: date
    result: LabOutcome
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """What the end of a stay is computed from; only these are stored, never the end alone."""

    day0: date
    basis: Day0Basis
    tests: tuple[StayTest, ...] = ()
    roommates_positive_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEnd:
    """The last day of a stay (until 24:00), why, and which test is still owed."""

    day0: date
    basis: Day0Basis
    ends_on: date | None
    change: StayChange
    test_owed: str
    reason: str
    document: str


def stay_end(facts: StayFacts, *, row: QuarantineRow, on: date) -> StayEnd:
    """When does this stay end, as seen on a day?

    End = day 0 + N. A roommate's positive inside the stay restarts the count; a late last test extends it;
    the person's own positive ends it, as a case.
    """
    day0, basis = _restarted(facts, row=row)
    owed = _test_owed(facts.tests, row=row, day0=day0)
    ends_on, change, reason = _conclusion(facts, row=row, day0=day0, owed=owed, on=on)
    return StayEnd(day0=day0, basis=basis, ends_on=ends_on, change=change, test_owed=owed, reason=reason, document=str(row.cite))


def may_be_released(facts: StayFacts, *, row: QuarantineRow, on: date) -> StayEnd | Refusal:
    """May this person be certified as having completed quarantine on a day?"""
    end = stay_end(facts, row=row, on=on)
    if end.change is StayChange.BECAME_CASE:
        return Refusal(sentence("{reason}: chuyển thành ca bệnh, không cấp giấy hoàn thành cách ly", reason=end.reason), end.document)
    if end.test_owed:
        return Refusal(sentence("Còn thiếu {test}", test=end.test_owed), end.document, "Lấy mẫu và chờ kết quả âm tính.")
    if end.ends_on is None:
        return Refusal(end.reason, end.document, "Kết thúc theo quyết định của người ra quyết định cách ly.")
    if on < end.ends_on:
        return Refusal(sentence("Chưa hết thời gian cách ly, còn đến hết ngày {day:%d/%m/%Y}", day=end.ends_on), end.document)
    return end


def sample_days(day0: date, *, row: QuarantineRow) -> tuple[date, ...]:
    """On which days are samples due?"""
    return tuple(day0 + timedelta(days=number) for number in row.test_days)


def _conclusion(facts: StayFacts, *, row: QuarantineRow, day0: date, owed: str, on: date) -> tuple[date | None, StayChange, str]:
    """The last day, why it is where it is, and the sentence."""
    sick = min((test.sampled_on for test in facts.tests if test.result is LabOutcome.POSITIVE), default=None)
    if sick is not None:
        return sick, StayChange.BECAME_CASE, sentence("Xét nghiệm dương tính ngày {day:%d/%m/%Y}", day=sick)
    planned = row.ends_on(day0)
    if planned is None:
        return None, StayChange.NO_END, "Văn bản không quy định số ngày"
    if owed and on > planned:
        return None, StayChange.TEST_LATE, sentence("Quá ngày dự kiến {day:%d/%m/%Y} nhưng còn thiếu {test}", day=planned, test=owed)
    answered = _last_answer(facts.tests, row=row, day0=day0)
    if answered is not None and answered > planned:
        late = sentence("Kết quả cuối trả ngày {day:%d/%m/%Y}, sau ngày dự kiến {planned:%d/%m/%Y}", day=answered, planned=planned)
        return answered, StayChange.TEST_LATE, late
    change = StayChange.RESTARTED if day0 != facts.day0 else StayChange.PLANNED
    return planned, change, sentence("Ngày 0 là {day:%d/%m/%Y}, cộng {days} ngày", day=day0, days=row.days)


def _restarted(facts: StayFacts, *, row: QuarantineRow) -> tuple[date, Day0Basis]:
    """Day 0 after every restart: a roommate's positive counts if the stay was still running."""
    day0, basis = facts.day0, facts.basis
    for positive_on in sorted(facts.roommates_positive_on):
        end = row.ends_on(day0)
        running = end is None or positive_on <= end
        if day0 < positive_on and running:
            day0, basis = positive_on, Day0Basis.ROOMMATE_POSITIVE
    return day0, basis


def _test_owed(tests: Iterable[StayTest], *, row: QuarantineRow, day0: date) -> str:
    """The test still owed before release, in words; empty if none is."""
    if row.test_days and _last_answer(tests, row=row, day0=day0) is None:
        due = day0 + timedelta(days=max(row.test_days))
        return sentence("kết quả âm tính của mẫu ngày thứ {number} ({day:%d/%m/%Y})", number=max(row.test_days), day=due)
    clear = len(_clear(tests, since=day0))
    return sentence("{count} lần xét nghiệm âm tính", count=row.min_tests - clear) if clear < row.min_tests else ""


def _last_answer(tests: Iterable[StayTest], *, row: QuarantineRow, day0: date) -> date | None:
    """The day the last required test was answered negative; the first sample taken on that test day or later counts."""
    if not row.test_days:
        return None
    return min(
        (test.answered_on or test.sampled_on for test in _clear(tests, since=day0 + timedelta(days=max(row.test_days)))), default=None
    )


def _clear(tests: Iterable[StayTest], *, since: date) -> list[StayTest]:
    """Negative samples taken on a day or later."""
    return [test for test in tests if test.result is LabOutcome.NEGATIVE and test.sampled_on >= since]
