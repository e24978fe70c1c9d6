"""Who did what, when, on which facts and under which policy: one explicit call per act, chained by hash."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import AuditEntry
from tienphuong.core.sentences import sentence
from tienphuong.core.text.papers import masked
from tienphuong.core.turns import in_turn

GENESIS = "0" * 64


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
    with in_turn():  # two acts may not both be the next link
        last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
        entry = AuditEntry(
            sequence=last[0] + 1,
            at=at,
            actor_id=actor.user_id,
            actor_name=actor.name,
            act=act,
            act_id=act_id,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            facts=masked(dict(facts or {})),
            policy=policy,
            previous_hash=last[1],
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
    return entry


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
