"""What a later list says against what is believed of a case, where a list may not replace it: put before an officer, both values kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.states import CaseStateValues, supersedes_outcome
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core.clock import local
from tienphuong.registry.models import Person
from tienphuong.registry.terms import Aspect

if TYPE_CHECKING:
    from tienphuong.cases.services.register import RecordedCase

_CONFIRMED = (Classification.CONFIRMED, Classification.RE_POSITIVE)
_OVER = (Outcome.DIED, Outcome.RECOVERED)
Clash = tuple[Aspect, str, str]
"""In what, the value believed, the value the row says."""


def clashes(held: CaseStateValues, entry: CaseEntry) -> tuple[Clash, ...]:
    """What the entry says against the belief and may not put in its place.

    A correction that has its reason is no clash, it is applied; a row that came word for word before says nothing new.
    """
    if entry.reason or entry.repeated:
        return ()
    found = [*_of_class(held, entry), *_of_outcome(held, entry)]
    return tuple(dict.fromkeys(found))


def _of_class(held: CaseStateValues, entry: CaseEntry) -> Iterable[Clash]:
    said = {entry.classification, *(word for aspect, word in entry.disputed if aspect == Aspect.CLASSIFICATION)}
    if Classification.REFUTED in said and held.classification in _CONFIRMED:
        yield Aspect.CLASSIFICATION, held.classification, Classification.REFUTED.value


def _of_outcome(held: CaseStateValues, entry: CaseEntry) -> Iterable[Clash]:
    before = written(held.outcome, held.outcome_at)
    for aspect, word in entry.disputed:
        if aspect == Aspect.OUTCOME and held.outcome and word != held.outcome:
            yield Aspect.OUTCOME, before, word
    if held.outcome in _OVER and entry.outcome not in ("", held.outcome) and not _speaks(held, entry) and not _is_older(held, entry):
        yield Aspect.OUTCOME, before, written(entry.outcome, entry.outcome_at)


def _speaks(held: CaseStateValues, entry: CaseEntry) -> bool:
    return supersedes_outcome(held, entry.outcome, entry.outcome_at or entry.reported_at, corrected=False)


def _is_older(held: CaseStateValues, entry: CaseEntry) -> bool:
    """Whether the row itself gives a day before the outcome believed: it is late, not against it."""
    return (
        entry.outcome_at is not None and held.outcome_at is not None and entry.outcome_at < held.outcome_at and held.outcome != Outcome.DIED
    )


def written(word: str, at: datetime | None) -> str:
    """A value as it is kept beside the other: the word, and its day if it has one."""
    return f"{word} {local(at).date().isoformat()}" if at and word in _OVER else word


def read_back(value: str) -> tuple[str, date | None]:
    """The word and the day of a kept value."""
    word, _, day = value.partition(" ")
    return word, date.fromisoformat(day) if day else None


def notes_of(heard: Sequence["RecordedCase"], entries: Sequence[CaseEntry]) -> list[tuple[Person, Clash, str, int | None]]:
    """The clashes as the registry keeps them: person, clash, disease, row."""
    return [
        (item.person, clash, entry.disease, entry.source_row) for item, entry in zip(heard, entries, strict=True) for clash in item.clashes
    ]
