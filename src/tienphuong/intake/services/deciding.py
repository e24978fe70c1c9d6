"""Who the people of a batch of rows are: known by the same row before, by evidence, doubtful, or new."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from tienphuong.cases.models import CaseAlias, CaseState
from tienphuong.cases.services.days import fact_days
from tienphuong.core.any_of import AnyOf
from tienphuong.core.clock import local
from tienphuong.core.models import OPEN_END
from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.own import OwnRecord
from tienphuong.intake.models import IntakeRow, ListCode
from tienphuong.intake.terms import DuplicatePolicy
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching import MatchDecision, MatchKind, match_people
from tienphuong.registry.matching.decisions import KNOWN
from tienphuong.registry.models import Person

PROBABLE = 4.0
"""Bits from which the policy `link` joins a doubtful row to its best candidate, nobody else being near."""
_CLEAR = 6.0
_ONE_WAVE: Final = 180
"""Days within which a local number means one person."""
OWN = "Mã hồ sơ trong bản xuất của phần mềm"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a row is: `person` when known, `earlier` the index of an earlier row that is the same, doubts otherwise."""

    kind: MatchKind
    person: Person | None = None
    earlier: int | None = None
    doubts: tuple[tuple[Person | None, int | None, float, tuple[str, ...]], ...] = ()
    reasons: tuple[str, ...] = ()
    resent: bool = False
    nameless: Person | None = None
    """A record known by its case number alone, whose number this row gives to the known person."""

    def as_json(self) -> dict[str, object]:
        """What the preview shows of it."""
        candidates = [
            [person.pk if person else None, index, round(score, 1), list(reasons)] for person, index, score, reasons in self.doubts
        ]
        return (
            {"kind": self.kind.value, "reasons": list(self.reasons[:6]), "candidates": candidates} if self.kind is not MatchKind.NEW else {}
        )


NEW = Decision(MatchKind.NEW)


@dataclass(slots=True)
class Question:
    """One row to decide."""

    entry: PersonEntry
    digest: str
    own: OwnRecord | None = None
    resent: bool = False
    days: tuple[date, ...] = ()
    decision: Decision = field(default=NEW)


def decide(questions: Sequence[Question], *, disease: str, policy: DuplicatePolicy) -> None:
    """Fill in the decision of every question.

    1 rows of our own exports are of the record whose code they carry; rows that came word for word before are the people they were then
    2 rows that hold nothing but a case number are whoever bears it
    3 the others are compared with everybody who may be the same
    4 the policy turns doubts into links, or links into new records
    """
    before = rows_before([question.digest for question in questions])
    owned = Person.objects.in_bulk({one.own.person for one in questions if one.own and one.own.person})
    asked: list[int] = []
    for index, question in enumerate(questions):
        person = before.get(question.digest)
        if question.own is not None:
            question.decision = Decision(MatchKind.KNOWN, owned.get(question.own.person or 0), reasons=(OWN,), resent=question.resent)
        elif person is not None:
            question.decision = Decision(MatchKind.KNOWN, person, reasons=("Dòng này đã gửi trước đây, không đổi chữ nào",), resent=True)
        elif policy is not DuplicatePolicy.CREATE and not _is_number_only(question.entry):
            asked.append(index)
    _decide_numbers(questions, disease=disease)
    entries = [replace(questions[index].entry, fact_days=questions[index].days) for index in asked]
    matched = match_people(entries, case_numbers=numbers_of(disease), fact_days=fact_days) if asked else []
    for index, found in zip(asked, matched, strict=True):
        questions[index].decision = _under(policy, _decision(found, asked))


def _is_number_only(entry: PersonEntry) -> bool:
    """Whether a row holds nothing of its person but the number of the case."""
    return bool(entry.aliases) and not (entry.full_name or entry.identifiers or entry.phones or entry.birth_year)


def _decide_numbers(questions: Sequence[Question], *, disease: str) -> None:
    """Whoever bears the number; the first row of a number nobody bears yet opens a record for it, later ones are the same."""
    waiting = [i for i, one in enumerate(questions) if not (one.decision.resent or one.own) and _is_number_only(one.entry)]
    if not waiting:
        return
    bearers = people_numbered({key for index in waiting for key in questions[index].entry.aliases}, disease=disease)
    people = Person.objects.in_bulk(set(bearers.values()))
    first: dict[str, int] = {}
    for index in waiting:
        keys = questions[index].entry.aliases
        known = next((bearers[key] for key in keys if key in bearers), None)
        before = next((first[key] for key in keys if key in first), None)
        if known is not None:
            questions[index].decision = Decision(
                MatchKind.KNOWN, people[known], reasons=(sentence("Cùng mã ca {numbers}", numbers=", ".join(keys)),)
            )
        elif before is not None:
            questions[index].decision = Decision(
                MatchKind.SAME_AS_ENTRY, earlier=before, reasons=(sentence("Cùng mã ca {numbers}", numbers=", ".join(keys)),)
            )
        else:
            first |= dict.fromkeys(keys, index)


def _decision(found: MatchDecision, asked: Sequence[int]) -> Decision:
    earlier = asked[found.entry_index] if found.entry_index is not None else None
    doubts = tuple((c.person, asked[c.entry_index] if c.entry_index is not None else None, c.score, c.reasons) for c in found.candidates)
    named, nameless = _two_halves(found)
    if named is not None:
        return Decision(MatchKind.KNOWN, named, reasons=found.reasons, nameless=nameless)
    return Decision(found.kind, found.person, earlier, doubts if found.kind is MatchKind.DOUBT else (), found.reasons)


def _two_halves(found: MatchDecision) -> tuple[Person | None, Person | None]:
    """The person a row surely is, and the record without a name that surely bears the row's case number: no rivals, two halves."""
    sure = [c for c in found.candidates if c.person is not None and (c.person == found.person or c.score >= KNOWN)]
    named = [c.person for c in sure if c.person is not None and c.person.full_name]
    others = [c for c in found.candidates if c.person is not None and not c.person.full_name]
    bearers = [c.person for c in others if any("mã ca" in reason for reason in c.reasons)]
    if len(named) != 1 or len(bearers) != 1 or len(others) != 1:
        return None, None
    return named[0], bearers[0]


def _under(policy: DuplicatePolicy, decision: Decision) -> Decision:
    """Linking what is probable is a choice made before the file is applied."""
    if policy is not DuplicatePolicy.LINK or decision.kind is not MatchKind.DOUBT:
        return decision
    person, earlier, score, reasons = decision.doubts[0]
    alone = len(decision.doubts) == 1 or score - decision.doubts[1][2] >= _CLEAR
    if score < PROBABLE or not alone:
        return decision
    kind = MatchKind.KNOWN if person is not None else MatchKind.SAME_AS_ENTRY
    return Decision(kind, person, earlier, reasons=(*reasons, "Ghép theo lựa chọn “ghép cả chỗ có khả năng”"))


def rows_before(digests: Collection[str]) -> dict[str, Person]:
    """The people of applied rows with these digests."""
    sent = IntakeRow.objects.filter(
        digest__in=AnyOf(filter(None, digests)), person__isnull=False, applied_at__isnull=False, withdrawn_at=None
    )
    return {row.digest: row.person for row in sent.select_related("person").only("digest", "person") if row.person}


def numbers_of(disease: str) -> "Numbers":
    """The reader of case numbers matching asks."""
    return Numbers(disease)


class Numbers:
    """Whom case numbers, and codes of contact lists, stand for in one disease."""

    def __init__(self, disease: str) -> None:
        self.disease = disease

    def __call__(self, keys: Collection[str]) -> Mapping[str, Collection[int]]:
        found: dict[str, set[int]] = {}
        rows = CaseAlias.objects.filter(key__in=AnyOf(keys), case__disease=self.disease)
        listed = codes_of(self.disease).filter(key__in=AnyOf(keys))
        for key, person in (*rows.values_list("key", "case__person_id"), *listed.values_list("key", "person_id")):
            found.setdefault(key, set()).add(person)
        return found


def people_numbered(keys: Iterable[str], *, disease: str) -> dict[str, int]:
    """The one case behind each number; a number of several cases stands for nobody."""
    found: dict[str, set[int]] = {}
    rows = CaseAlias.objects.filter(key__in=AnyOf(set(keys)), case__disease=disease)
    for key, person, identity in rows.values_list("key", "case__person_id", "case__person__identity_id"):
        found.setdefault(key, set()).add(identity or person)
    return {key: next(iter(people)) for key, people in found.items() if len(people) == 1}


def nearest_numbered(keys: Iterable[str], *, disease: str, near: datetime) -> dict[str, int]:
    """Whom a number of several cases means: the one of half a year around a moment, since numbers begin anew with a year or a wave."""
    rows = CaseAlias.objects.filter(key__in=AnyOf(set(keys)), case__disease=disease, withdrawn_at=None)
    aliases = list(rows.values_list("key", "case_id", "case__person_id", "case__person__identity_id"))
    states = CaseState.objects.filter(case_id__in=AnyOf({case for _, case, _, _ in aliases}), known_to=OPEN_END)
    days = {case: detected or onset for case, detected, onset in states.values_list("case_id", "detected_on", "onset_on")}
    found: dict[str, set[int]] = {}
    for key, case, person, identity in aliases:
        day = days.get(case)
        if day is None or abs((local(near).date() - day).days) <= _ONE_WAVE:
            found.setdefault(key, set()).add(identity or person)
    return {key: next(iter(people)) for key, people in found.items() if len(people) == 1}


def codes_of(disease: str) -> QuerySet[ListCode]:
    """The codes that lists of one disease gave; a code whose row is not kept may be of any."""
    others = IntakeRow.objects.filter(pk=OuterRef("source_row")).exclude(sheet__file__disease=disease)
    return ListCode.objects.filter(~Exists(others))
