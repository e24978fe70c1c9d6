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


def clashes(current: CaseStateValues, entry: CaseEntry) -> tuple[Clash, ...]:
    """What the entry says against the belief and may not put in its place.

    A correction that has its reason is no clash, it is applied; a row that came word for word before says nothing new.
    """
    if entry.reason or entry.repeated:
        return ()
    found = [*_of_class(current, entry), *_of_outcome(current, entry)]
    return tuple(dict.fromkeys(found))


def _of_class(current: CaseStateValues, entry: CaseEntry) -> Iterable[Clash]:
    statement = {entry.classification, *(word for aspect, word in entry.disputed if aspect == Aspect.CLASSIFICATION)}
    if Classification.REFUTED in statement and current.classification in _CONFIRMED:
        yield Aspect.CLASSIFICATION, current.classification, Classification.REFUTED.value


def _of_outcome(current: CaseStateValues, entry: CaseEntry) -> Iterable[Clash]:
    before = written(current.outcome, current.outcome_at)
    for aspect, word in entry.disputed:
        if aspect == Aspect.OUTCOME and current.outcome and word != current.outcome:
            yield Aspect.OUTCOME, before, word
    if (
        current.outcome in _OVER
        and entry.outcome not in ("", current.outcome)
        and not _speaks(current, entry)
        and not _is_older(current, entry)
    ):
        yield Aspect.OUTCOME, before, written(entry.outcome, entry.outcome_at)


def _speaks(current: CaseStateValues, entry: CaseEntry) -> bool:
    return supersedes_outcome(current, entry.outcome, entry.outcome_at or entry.reported_at, corrected=False)


def _is_older(current: CaseStateValues, entry: CaseEntry) -> bool:
    """Whether the row itself gives a day before the outcome believed: it is late, not against it."""
    return (
        entry.outcome_at is not None
        and current.outcome_at is not None
        and entry.outcome_at < current.outcome_at
        and current.outcome != Outcome.DIED
    )


def written(word: str, at: datetime | None) -> str:
    """A value as it is kept beside the other: the word, and its day if it has one."""
    return f"{word} {local(at).date().isoformat()}" if at and word in _OVER else word


def read_back(value: str) -> tuple[str, date | None]:
    """The word and the day of a kept value."""
    word, _, day = value.partition(" ")
    return word, date.fromisoformat(day) if day else None


def notes_of(recorded: Sequence["RecordedCase"], entries: Sequence[CaseEntry]) -> list[tuple[Person, Clash, str, int | None]]:
    """The clashes as the registry keeps them: person, clash, disease, row."""
    return [
        (item.person, clash, entry.disease, entry.source_row)
        for item, entry in zip(recorded, entries, strict=True)
        for clash in item.clashes
    ]
