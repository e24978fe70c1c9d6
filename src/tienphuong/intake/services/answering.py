"""What an officer says a cell means: kept for the sender, changed and taken back, each time under a name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.turns import in_turn
from tienphuong.intake.facts.asked import ANSWERS, cell_key, words_of
from tienphuong.intake.models import RememberedWord


class NoSuchAnswer(ValueError):
    """The word is none of those a cell of this kind may be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be explained: whose list it stands in, the locality of that list, the kind of fact, the text."""

    sender: str
    area_path: str
    kind: str
    text: str


def remember_word(cell: Cell, *, word: str, actor: Viewer, at: datetime) -> RememberedWord:
    """From now on this cell of the sender means this official word. The same answer twice is one; another answer replaces it.

    Raises NoSuchAnswer for a word that is none of the kind. Rows already in the base stay as they are.
    """
    actor.require(Permission.SEND_FILE, cell.area_path or None)
    if cell.kind not in ANSWERS or word not in {str(known) for known in words_of(cell.kind)}:
        raise NoSuchAnswer(word)
    with in_turn():
        standing = RememberedWord.objects.filter(**_same(cell), withdrawn_at=None).first()
        if standing is not None and standing.word == word:
            return standing
        if standing is not None:
            _take_back(standing, actor=actor, at=at)
        kept = RememberedWord.objects.create(
            **_same(cell), area_path=cell.area_path, written=cell.text[:200], word=word,
            answered_by=actor.user_id, answered_by_name=actor.name, answered_at=at,
        )  # fmt: skip
        audit.record("word.remembered", actor=actor, at=at, subject_kind="word", subject_id=kept.pk, facts=_facts(kept))
    return kept


def forget_word(number: UUID, *, actor: Viewer, at: datetime) -> RememberedWord | None:
    """Take an answer back: the cell is asked about again. None if there is none that stands."""
    with in_turn():
        standing = RememberedWord.objects.filter(pk=number, withdrawn_at=None).first()
        if standing is None:
            return None
        actor.require(Permission.SEND_FILE, standing.area_path or None)
        _take_back(standing, actor=actor, at=at)
        audit.record("word.forgotten", actor=actor, at=at, subject_kind="word", subject_id=standing.pk, facts=_facts(standing))
    return standing


def _same(cell: Cell) -> dict[str, str]:
    return {"sender": cell.sender, "kind": cell.kind, "key": cell_key(cell.text)}


def _take_back(word: RememberedWord, *, actor: Viewer, at: datetime) -> None:
    word.withdrawn_at, word.withdrawn_by_name = at, actor.name
    word.save(update_fields=["withdrawn_at", "withdrawn_by_name"])


def _facts(word: RememberedWord) -> dict[str, object]:
    return {"sender": word.sender, "cell": word.written, "word": word.word}
