"""Who did what, when, on which facts and under which policy: one explicit call per act, chained by hash."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tienphuong.core import audit_queue
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.identity_cipher import finding_hash
from tienphuong.core.models import AuditEntry
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.core.text.papers import masked
from tienphuong.core.turns import at_once, in_turn

GENESIS = "0" * 64
MARK = "#"


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


def record(
    act: str,
    *,
    actor: Viewer,
    at: datetime,
    subject_kind: str = "",
    subject_id: UUID | str = "",
    facts: Mapping[str, object] | None = None,
    policy: str = "",
    act_id: UUID | None = None,
) -> AuditEntry:
    """Append one entry. Call it inside the act's transaction: either both happen or neither. Numbers of papers are masked in the facts."""
    entry = _entry(act, actor=actor, at=at, subject_kind=subject_kind, subject_id=subject_id, facts=facts, policy=policy, act_id=act_id)
    with in_turn():  # two acts may not both be the next link
        return _link([*_waiting(), entry])[-1]


def note(
    act: str, *, actor: Viewer, at: datetime, subject_kind: str = "", subject_id: UUID | str = "", facts: Mapping[str, object] | None = None
) -> None:
    """Write down that somebody looked. A page does not wait for whoever is writing: its entry then waits on disk and is linked with the next."""
    entry = _entry(act, actor=actor, at=at, subject_kind=subject_kind, subject_id=subject_id, facts=facts)
    if not at_once(lambda: _link([*_waiting(), entry])):
        audit_queue.put({name: getattr(entry, name) for name in _WRITTEN})


def marked(words: str) -> str:
    """What is kept of words that may name somebody: a mark, the same for the same words, that only the post can make and nobody can read."""
    return f"{MARK}{finding_hash('words', fold(words))}" if words.strip() else ""


def settle() -> int:
    """Link the entries that wait; says how many."""
    with in_turn():
        return len(_link(_waiting()))


_WRITTEN = ("id", "at", "actor_id", "actor_name", "act", "act_id", "subject_kind", "subject_id", "facts", "policy")


def _entry(
    act: str,
    *,
    actor: Viewer,
    at: datetime,
    subject_kind: str,
    subject_id: UUID | str,
    facts: Mapping[str, object] | None,
    policy: str = "",
    act_id: UUID | None = None,
) -> AuditEntry:
    """An entry without its place in the chain."""
    return AuditEntry(
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        act=act,
        act_id=act_id,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        facts=masked(dict(facts or {})),
        policy=policy,
    )


def _waiting() -> list[AuditEntry]:
    """The entries of the queue that the chain does not have yet."""
    lines = list(audit_queue.taken())
    known = set(AuditEntry.objects.filter(id__in=[line["id"] for line in lines]).values_list("id", flat=True)) if lines else set()
    new = {number: line for line in lines if (number := UUID(line["id"])) not in known}
    return [AuditEntry(**{**line, "id": number, "at": datetime.fromisoformat(line["at"])}) for number, line in new.items()]


def _link(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Put entries at the end of the chain, in the caller's turn."""
    end = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() if entries else None
    last, before = end or (0, GENESIS)
    for number, entry in enumerate(entries, start=last + 1):
        entry.sequence, entry.previous_hash = number, before
        entry.hash = before = entry_hash(entry)
        entry.save(force_insert=True)
    return entries


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the hash before it."""
    content = [
        entry.sequence,
        str(entry.id),
        entry.at.astimezone(UTC).isoformat(),
        str(entry.actor_id),
        entry.actor_name,
        entry.act,
        entry.subject_kind,
        entry.subject_id,
        entry.facts,
        entry.policy,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def faults() -> Iterator[Fault]:
    """Every break of the chain, first to last; none means that nothing was changed, removed or put between."""
    expected, previous = 1, GENESIS
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=5000):
        if entry.sequence != expected:
            yield Fault(expected, sentence("thiếu bản ghi {first} đến {last}", first=expected, last=entry.sequence - 1))
        if entry.previous_hash != previous:
            yield Fault(entry.sequence, "mã băm trước đó không khớp")
        if entry.hash != entry_hash(entry):
            yield Fault(entry.sequence, "nội dung đã bị thay đổi")
        expected, previous = entry.sequence + 1, entry.hash


def entries() -> int:
    """How many entries the chain has."""
    return AuditEntry.objects.count()


def done(act_id: UUID | None, *acts: str) -> AuditEntry | None:
    """The entry of an act that was done before under this number. Ask in the act's own turn, before anything is decided."""
    return AuditEntry.objects.filter(act_id=act_id, act__in=acts).first() if act_id else None


def last(act: str) -> datetime | None:
    """When an act was last done, if ever."""
    return AuditEntry.objects.filter(act=act).order_by("-sequence").values_list("at", flat=True).first()
