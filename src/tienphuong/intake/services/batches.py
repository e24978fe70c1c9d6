"""One batch of rows: its people found or enrolled, and everything said of them handed to the procedures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.cases.terms import SampleKind
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.bulk import insert, number
from tienphuong.core.policy import Pack
from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.contacts import LinkedContact
from tienphuong.intake.facts.facts import RowFacts, facts_of
from tienphuong.intake.facts.row import Issue, SheetContext
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.models import IntakeFile, IntakeRow, ListCode
from tienphuong.intake.services.contradicting import clashes_of_people, is_contrary, remarks, undecided
from tienphuong.intake.services.deciding import Decision, Question, decide
from tienphuong.intake.services.linking import LinkResolver
from tienphuong.intake.terms import DuplicatePolicy, Severity, Verdict
from tienphuong.procedures.name_nameless import Named, name_nameless
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.procedures.register_arrivals import register_arrivals
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.registry.matching import MatchKind
from tienphuong.registry.models import Person
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import describe, enrol, supplement


@dataclass(slots=True)
class RowState:
    """A row of the batch: its facts, who that is, and whether anything in it was news."""

    row: IntakeRow
    facts: RowFacts
    decision: Decision | None = None
    person: Person | None = None
    news: bool = False
    remarked: bool = False


@dataclass(slots=True)
class Batch:
    """What a batch came to, row by row."""

    verdicts: list[str] = field(default_factory=list)
    people: list[Person | None] = field(default_factory=list)
    applied: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    remarked: set[int] = field(default_factory=set)
    """Rows that got a remark by being applied, which no check could know."""


Tube = tuple[str, date | None]
"""A pool's code and the day it was taken."""


@dataclass(slots=True)
class Empty:
    """Records whose description was taken back. `people`: those that wait for a row to describe them; `rows`: row -> the record of a
    person whose first source is gone, so that who the row is has to be decided anew."""

    people: set[int] = field(default_factory=set)
    rows: dict[int, int] = field(default_factory=dict)

    def take(self, person: int) -> bool:
        """Whether the record still waited; it does no more."""
        waited = person in self.people
        self.people.discard(person)
        return waited


@dataclass(frozen=True, slots=True)
class ActContext:
    """Who applies, when, under which rules: what every procedure is given."""

    actor: Viewer
    at: datetime
    policy: Pack
    learned_at: datetime | None = None
    """When the rows were first taken in, where they are taken in again."""

    @property
    def kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at, "policy": self.policy}


def apply_batch(part: Sequence[tuple[IntakeRow, RawRecord]], *, file: IntakeFile, sense: SheetContext, act: ActContext) -> Batch:
    """Apply rows of one sheet, in the caller's transaction.

    1 facts of each row; a row of which nothing can be made is refused
    2 registry: new people enrolled, known ones supplemented, doubts put before an officer
    3 cases, samples, then contacts and the rest, each by its procedure
    4 links that waited for the people of this batch
    """
    number([row for row, _ in part])
    everything = [_row_state(row, record, sense) for row, record in part]
    states = [one for one in everything if not one.facts.refused]
    links = LinkResolver(file, act)
    touched = _people(states, file, act)
    states = [one for one in states if not _skipped(one, file)]
    touched |= _cases(states, act, path=file.area_path)
    _codes(states, file)
    touched |= _contacts(states, act, links)
    touched |= _rest(states, act)
    touched |= links.answer(person for one in states if (person := one.person))
    applied = {id(one) for one in states}
    return Batch(
        [_verdict(one) for one in everything],
        [one.person for one in everything],
        {index for index, one in enumerate(everything) if id(one) in applied},
        touched,
        {index for index, one in enumerate(everything) if one.remarked},
    )


def accept_repeats(
    part: Sequence[tuple[IntakeRow, RawRecord]], *, file: IntakeFile, sense: SheetContext, act: ActContext, empty: Empty
) -> set[int]:
    """Hear applied rows again, in the caller's transaction; says around whom something changed.

    Who each row is was decided when it was applied; only rows of the people in `empty` are decided anew, because the source that first
    told of those is gone: the first row that is nobody else takes the emptied record, and with it whatever points there.
    """
    states = _known_again(part, sense)
    anew = [one for one in states if one.row.pk in empty.rows]
    touched = _people(anew, file, act, empty=empty)
    IntakeRow.objects.bulk_update([_found_again(one) for one in anew], ["person"], batch_size=500)
    own = [one for one in states if one.person is not None and one.row.pk not in empty.rows]
    _describe([one for one in own if _is_first(one, empty)], act)
    _supplement([one for one in own if not one.news], act)
    links = LinkResolver(file, act)
    touched |= _cases(states, act, path=file.area_path)
    _codes(states, file)
    touched |= _contacts(states, act, links) | _rest(states, act)
    return touched | links.answer(person for one in states if (person := one.person)) | {p.pk for one in anew if (p := one.person)}


def link_again(part: Sequence[tuple[IntakeRow, RawRecord]], *, file: IntakeFile, sense: SheetContext, act: ActContext) -> set[int]:
    """Of applied rows hear only the contacts again, and the tubes of pools."""
    states = _known_again(part, sense)
    _cases([RowState(one.row, RowFacts(labs=one.facts.labs)) for one in states], act, path=file.area_path)
    return _contacts(states, act, LinkResolver(file, act))


def _known_again(part: Sequence[tuple[IntakeRow, RawRecord]], sense: SheetContext) -> list[RowState]:
    """The rows with their facts and the people they were found to be, one object a person."""
    people = Person.objects.in_bulk({row.person_id for row, _ in part if row.person_id})
    found = [RowState(row, facts_of(record, sense, source_row=row.pk), person=people.get(row.person_id or 0)) for row, record in part]
    return [one for one in found if not one.facts.refused]


def _found_again(one: RowState) -> IntakeRow:
    one.row.person = one.person
    return one.row


def _is_first(one: RowState, empty: Empty) -> bool:
    """Whether the row is the first to describe its emptied person again."""
    one.news = one.person is not None and empty.take(one.person.pk)
    return one.news


def _enrol(fresh: Sequence[RowState], act: ActContext, empty: Empty) -> list[Person]:
    """The records of people nobody knows yet: new ones, or the emptied ones that these rows were once about."""
    emptied = {one.row.pk: number for one in fresh if empty.take(number := empty.rows.get(one.row.pk, 0))}
    people = Person.objects.in_bulk(list(emptied.values()))
    describe([(people[emptied[one.row.pk]], one.facts.person) for one in fresh if one.row.pk in emptied and one.facts.person], at=act.at)
    others = [one.facts.person for one in fresh if one.row.pk not in emptied and one.facts.person is not None]
    new = iter(enrol(others, at=act.at, by=act.actor.user_id))
    return [people[emptied[one.row.pk]] if one.row.pk in emptied else next(new) for one in fresh]


def _describe(first: Sequence[RowState], act: ActContext) -> None:
    describe([(one.person, one.facts.person) for one in first if one.person is not None and one.facts.person is not None], at=act.at)


def _row_state(row: IntakeRow, record: RawRecord, sense: SheetContext) -> RowState:
    """The row with its facts and the remarks made on the way."""
    facts = facts_of(record, sense, source_row=row.pk)
    if row._state.adding:
        row.remark(facts.issues)
    return RowState(row, facts)


def _skipped(one: RowState, file: IntakeFile) -> bool:
    """Whether the policy leaves the row for later."""
    return one.decision is not None and one.decision.kind is MatchKind.DOUBT and file.duplicate_policy == DuplicatePolicy.SKIP


def _people(states: Sequence[RowState], file: IntakeFile, act: ActContext, *, empty: Empty | None = None) -> set[int]:
    """Who each row is; says whose surroundings changed by two records turning out to be one."""
    asked = [one for one in states if one.facts.person is not None]
    questions = [Question(f.person, one.row.digest, f.own, f.resent, f.days) for one in asked if (f := one.facts).person is not None]
    decide(questions, disease=file.disease, policy=DuplicatePolicy(file.duplicate_policy))
    for one, question in zip(asked, questions, strict=True):
        one.decision = question.decision
        one.person = question.decision.person
        if one.row._state.adding:
            one.row.match = question.decision.as_json()
    fresh = [one for one in asked if _opens_a_record(one, file)]
    for one, person in zip(fresh, _enrol(fresh, act, empty or Empty()), strict=True):
        one.person, one.news = person, True
    for one in asked:
        if one.person is None and one.decision is not None and one.decision.earlier is not None:
            one.person = asked[one.decision.earlier].person
    _supplement([one for one in asked if not one.news], act)
    if file.duplicate_policy == DuplicatePolicy.QUEUE:
        propose(list(_doubts(asked)), at=act.at)
    return set(name_nameless(list(_named(asked)), actor=act.actor, at=act.at, policy=act.policy))


def _opens_a_record(one: RowState, file: IntakeFile) -> bool:
    """Whether the row's person is written down anew."""
    known = one.person is not None or one.decision is None or one.decision.earlier is not None or one.decision.resent
    return not known and not one.facts.is_pooled and not _skipped(one, file)


def _named(asked: Sequence[RowState]) -> Iterable[Named]:
    """Rows that give a name to a case known by its number alone."""
    for one in asked:
        if one.decision is not None and one.decision.nameless is not None and one.person is not None and one.facts.person is not None:
            numbers = ", ".join(one.facts.person.aliases)
            yield Named(
                one.person,
                one.decision.nameless,
                sentence("dòng {row} của danh sách ghi mã ca {numbers} là của người này", row=one.row.number, numbers=numbers),
                one.row.pk,
            )


def _supplement(known: Sequence[RowState], act: ActContext) -> None:
    """What later rows add to people the post knew."""
    states = [one for one in known if one.person is not None and one.facts.person is not None and not _resent(one)]
    pairs = [(one.person, one.facts.person) for one in states if one.person is not None and one.facts.person is not None]
    for one, clashes in zip(states, clashes_of_people(pairs), strict=True):
        _remark(one, remarks(clashes))
    for one, (_, added) in zip(states, supplement(pairs, at=act.at), strict=True):
        one.news = one.news or bool(added)


def _resent(one: RowState) -> bool:
    return one.decision is not None and one.decision.resent


def _doubts(asked: Sequence[RowState]) -> Iterable[tuple[Person, Person, float, list[str]]]:
    """Pairs for an officer: the new record and each it may be."""
    for one in asked:
        if one.decision is None or one.decision.kind is not MatchKind.DOUBT or one.person is None:
            continue
        for person, index, score, reasons in one.decision.doubts:
            other = person or (asked[index].person if index is not None else None)
            if other is not None and other.pk != one.person.pk:
                yield one.person, other, score, list(reasons)


def _cases(states: Sequence[RowState], act: ActContext, *, path: str) -> set[int]:
    touched: set[int] = set()
    for group in _by_disease(states, "cases"):
        person_entries = [(person, replace(entry, repeated=True) if _resent(one) else entry) for one, person, entry in group]
        done = register_cases(person_entries, **act.kwargs, later=True, learned_at=act.learned_at)
        open_ones = undecided([(person, recorded.clashes) for (_, person, _), recorded in zip(group, done.recorded, strict=True)])
        for (one, _, _), recorded, clashes in zip(group, done.recorded, open_ones, strict=True):
            one.news = one.news or recorded.changed
            _remark(one, [*remarks(clashes), *([_AGAIN] if recorded.again else [])])
        touched |= done.touched
    for tubes in _unnamed_tubes(states, path=path).values():
        counted = record_lab_results([(None, entry) for entry in tubes.values()], **act.kwargs, later=True, learned_at=act.learned_at)
        new = {tube for tube, sample in zip(tubes, counted.recorded, strict=False) if sample.new_sample or sample.new_result is not None}
        for one in states:
            one.news = one.news or any((lab.pool_code, lab.taken_on) in new for lab in one.facts.labs)
    for group in _by_disease(states, "labs"):
        person_entries = [(person, entry) for _, person, entry in group]
        answered = record_lab_results(person_entries, **act.kwargs, later=True, learned_at=act.learned_at)
        for (one, _, _), sample in zip(group, answered.recorded, strict=False):
            one.news = one.news or sample.new_sample or sample.new_result is not None
        touched |= answered.cases.touched
    return touched


def _remark(one: RowState, found: Iterable[Issue]) -> None:
    """Remarks that a row gets by being applied, each once: the check may have made them before."""
    new = [list(issue) for issue in found if list(issue) not in one.row.issues]
    if new:
        one.row.remark([*one.row.issues, *new])
        one.remarked = True


_AGAIN = Issue(
    Severity.WARNING.value,
    TargetField.DETECTED_ON.value,
    "",
    "",
    "Người đã khỏi bệnh này trước đây, nay phát hiện lại sau thời hạn tái nhiễm; đã ghi là một lần mắc mới, giữ nguyên ca cũ.",
    "Kiểm tra hai lần mắc; nếu là một ca, ghi cùng mã ca.",
)


def _unnamed_tubes(states: Sequence[RowState], *, path: str) -> dict[str, dict[Tube, LabEntry]]:
    """Pools by disease, of which a list names people the post cannot tell apart: the tube was taken and is counted all the same."""
    tubes: dict[str, dict[Tube, LabEntry]] = defaultdict(dict)
    for one in states:
        for lab in one.facts.labs:
            if one.person is None and lab.kind == SampleKind.POOLED and lab.pool_code:
                tubes[lab.disease][lab.pool_code, lab.taken_on] = replace(lab, area_path=path)
    return tubes


def _contacts(states: Sequence[RowState], act: ActContext, links: "LinkResolver") -> set[int]:
    wanted: dict[str, list[tuple[RowState, Person, LinkedContact]]] = defaultdict(list)
    links.learn((one.person, one.facts) for one in states)
    for one in states:
        for contact in one.facts.contacts:
            person = one.person or links.bearer(contact)
            if person is not None:
                wanted[contact.entry.disease].append((one, person, contact))
            if remark := links.remark(contact):
                one.row.issues, one.remarked = [*one.row.issues, list(remark)], True
    touched: set[int] = set()
    for group in wanted.values():
        pairs = [(person, links.settled(contact)) for _, person, contact in group]
        done = register_contacts(pairs, **act.kwargs, later=True)
        for (one, _, _), recorded in zip(group, done.recorded, strict=True):
            one.news = one.news or not recorded.known
        # Whom a sender called F1 without a case has a degree by their word: they are looked at too.
        touched |= done.touched | {person.pk for (_, person, _), recorded in zip(group, done.recorded, strict=True) if recorded.pending}
        touched |= {person.pk for (_, person, contact) in group if contact.entry.isolated_at}
    return touched


def _rest(states: Sequence[RowState], act: ActContext) -> set[int]:
    touched: set[int] = set()
    for group in _by_disease(states, "arrivals"):
        for (one, _, _), (_, news) in zip(group, register_arrivals([(p, e) for _, p, e in group], **act.kwargs), strict=True):
            one.news = one.news or news
    for group in _by_disease(states, "stays"):
        for (one, _, _), stay in zip(group, register_stays([(p, e) for _, p, e in group], **act.kwargs), strict=True):
            one.news = one.news or stay.new or stay.changed
        touched |= {person.pk for _, person, _ in group}
    for group in _by_disease(states, "follow_ups"):
        for (one, _, _), (_, news) in zip(group, record_follow_up([(p, e) for _, p, e in group], **act.kwargs), strict=True):
            one.news = one.news or news
    return touched


def _by_disease(states: Sequence[RowState], name: str) -> list[list[tuple[RowState, Person, Any]]]:
    """(row, person, entry) of one sort, apart by disease: a procedure takes one disease at a time."""
    groups: dict[str, list[tuple[RowState, Person, Any]]] = defaultdict(list)
    for one in states:
        for entry in getattr(one.facts, name):
            if one.person is not None:
                groups[entry.disease].append((one, one.person, entry))
    return list(groups.values())


def _codes(states: Sequence[RowState], file: IntakeFile) -> None:
    """The codes lists give people, so that other lists may call them by these."""
    insert(
        [
            ListCode(key=one.facts.code.key, given_by=file.sender[:60], person=one.person, source_row=one.row.pk)
            for one in states
            if one.facts.code is not None and one.person is not None
        ],
        ignore_conflicts=True,
    )


def _verdict(one: RowState) -> str:
    """What became of the row."""
    if one.facts.refused:
        return Verdict.REFUSED
    kind = one.decision.kind if one.decision is not None else MatchKind.NEW
    if one.person is None and one.facts.is_pooled:
        return Verdict.NEW if one.news else Verdict.KNOWN
    if kind is MatchKind.DOUBT:
        return Verdict.DUPLICATE
    if kind is MatchKind.NEW:
        return Verdict.NEW
    edited = one.facts.own is not None and not one.facts.resent
    if is_contrary(one.row.issues):
        return Verdict.CONTRARY
    return Verdict.CHANGED if one.news or edited else Verdict.KNOWN
