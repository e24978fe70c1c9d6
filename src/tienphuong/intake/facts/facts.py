"""What one row says altogether, by the kind of its list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.cases.terms import LabOutcome, SampleKind
from tienphuong.core.text.numbers import NumberKind, read_number
from tienphuong.core.text.times import read_time
from tienphuong.intake.facts.asked import Beyond
from tienphuong.intake.facts.cases import case_of, case_of_sample, numbered_only
from tienphuong.intake.facts.codes import Code
from tienphuong.intake.facts.contacts import LinkedContact, contacts_of, degree_of, form_of, source_links
from tienphuong.intake.facts.contradictions import weigh_days
from tienphuong.intake.facts.corrections import note_denied
from tienphuong.intake.facts.daily import daily_checks
from tienphuong.intake.facts.links import read_links
from tienphuong.intake.facts.notes import with_notes_read
from tienphuong.intake.facts.others import arrival_of, follow_up_of, lab_of, samples_beside, stay_beside, stay_of
from tienphuong.intake.facts.own import Edit, OwnRecord, edit_of, home_of, narrowed, note_copied, note_missing
from tienphuong.intake.facts.people import case_codes, is_nobody, list_code, note_nobody, person_of
from tienphuong.intake.facts.places import Residence, residence
from tienphuong.intake.facts.positives import case_beyond, positive_answer, written_beyond
from tienphuong.intake.facts.row import Issue, RowReading, SheetContext
from tienphuong.intake.facts.unused import OF_A_SAMPLE, OF_A_STAY, WRITTEN, note_unused
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import SheetKind as K
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.rules.names import split_people
from tienphuong.tracing.entries import ArrivalEntry, ContactEntry, EventEntry, FollowUpEntry
from tienphuong.tracing.services.inputs import day_start

_CASES: Final = frozenset({K.CASE_LIST, K.LINE_LIST, K.SORMAS_CASE, K.SORMAS_LINE_LISTING})
_OF_CONTACT: Final = (F.RELATION, F.LAST_CONTACT_ON, F.EXPOSURE_FROM, F.QUARANTINE_FROM)
_NO_CONTACT: Final = (
    "Dòng không ghi rõ là F mấy hay tiếp xúc với ca bệnh nào nên chưa ghi nhận tiếp xúc.",
    "Ghi F1, F2 hoặc mã ca bệnh liên quan.",
)
_CONTACTS: Final = frozenset({K.CONTACT_LIST, K.SORMAS_CONTACT, K.SORMAS_CASE_CONTACT})
WITHOUT_PEOPLE: Final = frozenset({K.COMMUNE_SUMMARY, K.UNKNOWN})


@dataclass(slots=True)
class RowFacts:
    """The person of a row and everything it says of them; `person` is None where the row speaks of nobody."""

    person: PersonEntry | None = None
    cases: list[CaseEntry] = field(default_factory=list)
    contacts: list[LinkedContact] = field(default_factory=list)
    arrivals: list[ArrivalEntry] = field(default_factory=list)
    stays: list[StayEntry] = field(default_factory=list)
    labs: list[LabEntry] = field(default_factory=list)
    follow_ups: list[FollowUpEntry] = field(default_factory=list)
    event: EventEntry | None = None
    event_code: str = ""
    code: Code | None = None
    issues: list[Issue] = field(default_factory=list)
    own: OwnRecord | None = None
    """The record, where the row is a line of our own export."""
    resent: bool = False
    """Whether the line came back with nothing changed."""

    @property
    def refused(self) -> bool:
        """Whether nothing can be made of the row."""
        return any(issue.severity == Severity.REFUSED for issue in self.issues)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the row's person was detected or sampled."""
        reported = (*(case.detected_on for case in self.cases), *(lab.taken_on for lab in self.labs))
        return tuple(dict.fromkeys(day for day in reported if day))

    @property
    def is_pooled(self) -> bool:
        """A name and a year in a pooled tube that is not positive tell too little to open a record: the row keeps them."""
        pooled = bool(self.labs) and all(lab.kind == SampleKind.POOLED and lab.result != LabOutcome.POSITIVE for lab in self.labs)
        person = self.person
        return pooled and person is not None and not (person.identifiers or person.phones or person.aliases)


def parts_of(record: RawRecord) -> Iterator[RawRecord]:
    """The record, or one for each person of a pooled sample."""
    members = record.cells.get(F.POOL_MEMBERS)
    people = split_people(members.original) if members is not None and F.FULL_NAME not in record.cells else []
    if members is None or not people:
        yield record
        return
    for index, name in enumerate(people):
        cells = {**record.cells, F.FULL_NAME: members._replace(value=name, flags=(*members.flags, "split_people"))}
        yield replace(record, cells=cells, person=index + 1, people=len(people))


def facts_of(record: RawRecord, sense: SheetContext, *, source_row: int | None = None) -> RowFacts:
    """Everything one record says."""
    if (edit := edit_of(record, sense)) is not None:
        return _edited(edit, sense, source_row)
    row = RowReading(with_notes_read(record), sense)
    if record.text(F.OWN_CODE) in sense.own:
        note_copied(row)
    if sense.kind is K.EXPOSURE_EVENTS:
        row.note_dittos()
        return _event(row, source_row)
    home, codes = residence(row), case_codes(row)
    facts = RowFacts(person_of(row, home, codes=codes, source_row=source_row), issues=row.issues)
    assert facts.person is not None
    row.note_lost()
    row.note_dittos()
    if is_nobody(facts.person):
        note_nobody(row)
        return facts
    weigh_days(row, facts.person)
    return _of_kind(facts, row, home, codes, source_row)


def _edited(edit: Edit, sense: SheetContext, source_row: int | None) -> RowFacts:
    """What a row of our own export says: nothing where nothing was changed."""
    row = RowReading(edit.record, replace(sense, dates={}))
    facts = RowFacts(PersonEntry(), issues=row.issues, own=edit.of, resent=not edit.reported)
    if edit.reported:
        home, codes = home_of(edit, row), case_codes(row)
        facts.person = person_of(row, home, codes=codes, source_row=source_row)
        narrowed(_of_kind(facts, row, home, codes, source_row), edit)
    note_missing(row, edit)
    return facts


_HELD: Final = (
    "Người trong mẫu gộp không dương tính, chỉ có họ tên và năm sinh: mẫu được tính, không mở hồ sơ mới.",
    "Không cần làm gì; muốn có hồ sơ, gửi kèm số điện thoại hoặc giấy tờ.",
)


def _of_kind(facts: RowFacts, row: RowReading, home: Residence, codes: Sequence[Code], source_row: int | None) -> RowFacts:
    """The facts of the row with what its kind of list says."""
    sense, sampled = row.sense, frozenset[F]()
    if sense.kind in _CASES or (sense.kind in _CONTACTS and degree_of(row) == 0):
        facts.cases = [case_of(row, home, codes=codes, source_row=source_row)]
        facts.contacts = source_links(row, source_row=source_row)
    elif sense.kind in _CONTACTS:
        facts.contacts = contacts_of(row, source_row=source_row)
        facts.labs, sampled = samples_beside(row, source_row=source_row)
        facts.code = list_code(row)
        facts.stays = [stay for stay in [stay_beside(row, form=form_of(row), source_row=source_row)] if stay]
        if not facts.contacts and any(row.text(target) for target in _OF_CONTACT):
            row.say(Severity.WARNING, F.DEGREE, *_NO_CONTACT)
    else:
        _others(facts, row, codes, source_row)
    if not facts.cases or sense.kind is K.LAB_RESULTS:
        note_denied(row)
    facts.follow_ups += daily_checks(row, source_row=source_row)
    if facts.own is None:
        note_unused(row, also=sampled | _beyond(facts, row.sense.kind) | _positive(facts, row, home, codes, source_row))
    return facts


def _positive(facts: RowFacts, row: RowReading, home: Residence, codes: Sequence[Code], source_row: int | None) -> frozenset[F]:
    """Write down what an officer said a positive result becomes in a list that writes none down; what is written by it."""
    answer, columns = positive_answer(row)
    if not answer or facts.cases:
        return frozenset()
    if answer == Beyond.CASE:
        facts.cases = [case_beyond(row, columns, home, codes=codes, source_row=source_row)]
    elif answer == Beyond.SAMPLE:
        facts.labs = lab_of(row, source_row=source_row)
    return written_beyond(answer, columns)


def _beyond(facts: RowFacts, kind: K) -> frozenset[F]:
    """What the row writes down beyond its kind: a contact who is a case is read as one, a positive sample has its case."""
    if facts.stays and kind in _CONTACTS:
        return OF_A_STAY
    if facts.cases and kind in _CONTACTS:
        return WRITTEN[K.CASE_LIST] | {F.DEGREE}
    return OF_A_SAMPLE if kind is K.LAB_RESULTS and any(case.outcome for case in facts.cases) else frozenset()


def _others(facts: RowFacts, row: RowReading, codes: Sequence[Code], source_row: int | None) -> None:
    kind = row.sense.kind
    if kind is K.CONTACT_PAIRS:
        facts.cases = [numbered_only(row, codes=codes, source_row=source_row)]
        facts.contacts = contacts_of(row, source_row=source_row)
    elif kind is K.RETURNEES:
        facts.arrivals = [arrival for arrival in [arrival_of(row, source_row=source_row)] if arrival]
    elif kind is K.LAB_RESULTS:
        facts.labs = lab_of(row, source_row=source_row)
        if facts.is_pooled:
            row.say(Severity.INFO, F.POOL_ID, *_HELD)
        if any(lab.result == LabOutcome.POSITIVE and lab.kind == SampleKind.SINGLE for lab in facts.labs):
            # the list that answers may be the first to tell a case's number, and what became of the patient
            case = case_of_sample(row, codes=codes, source_row=source_row)
            facts.cases = [case] if case.aliases or case.outcome else []
    elif kind is K.QUARANTINE_REGISTER:
        facts.stays = [stay for stay in [stay_of(row, source_row=source_row, place=row.sense.sender)] if stay]
    elif kind is K.FOLLOW_UP:
        facts.follow_ups = [check for check in [follow_up_of(row, source_row=source_row)] if check and not row.record.days]


def _event(row: RowReading, source_row: int | None) -> RowFacts:
    """A place and a window of time; who was there is said by the case's number alone."""
    place = row.text(F.EXPOSURE_PLACE)
    facts = RowFacts(issues=row.issues)
    if not place:
        row.say(Severity.REFUSED, F.EXPOSURE_PLACE, "Mốc dịch tễ không ghi địa điểm.", "Ghi tên địa điểm.")
        return facts
    day = row.day(F.EVENT_ON) or row.day(F.DETECTED_ON) or row.day(F.EXPOSURE_FROM)
    number = read_number(row.text(F.NUMBER_PRESENT))
    facts.event = EventEntry(
        place=place[:200],
        first=_at(row, F.TIME_FROM, day, whole=timedelta()),
        last=_at(row, F.TIME_TO, day, whole=timedelta(days=1, minutes=-1)),
        activity=row.text(F.ACTIVITY)[:200],
        setting=row.text(F.EVENT_KIND)[:30],
        number_present=int(number.value) if number.kind is NumberKind.NUMBER and number.value is not None else None,
    )
    facts.event_code = row.text(F.EVENT_CODE)
    links = read_links(row.text(F.CASE_NO) or row.text(F.LINKED_CASE), sender=row.sense.sender, whole=True).found
    facts.contacts = [LinkedContact(link, _presence(row, facts.event, source_row)) for link in links[:1]]
    if not links:
        row.say(Severity.WARNING, F.CASE_NO, "Mốc dịch tễ không ghi ca bệnh nào.", "Ghi mã ca bệnh có mặt tại mốc này.")
    note_unused(row)
    return facts


def _at(row: RowReading, target: F, day: date | None, *, whole: timedelta) -> datetime | None:
    """The hour a cell says on a day; without an hour, that end of the whole day."""
    cell = row.cell(target)
    if day is None:
        return None
    reading = read_time(cell.value if isinstance(cell.value, float | int) else cell.text) if cell else None
    if reading is None or reading.value is None:
        return day_start(day) + whole
    return day_start(day) + timedelta(days=int(reading.next_day), hours=reading.value.hour, minutes=reading.value.minute)


def _presence(row: RowReading, event: EventEntry, source_row: int | None) -> ContactEntry:
    """The case's own presence at an event: it writes the event down, and makes no contact by itself."""
    return ContactEntry(disease=row.sense.disease, reported_at=row.sense.at, event=event, source_row=source_row)
