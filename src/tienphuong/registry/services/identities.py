"""Which records stand for one human being: pointed together, and pointed back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.registry.models import MatchProposal, Merge, Person


def propose(pairs: Sequence[tuple[Person, Person, float, list[str]]], *, at: datetime) -> list[MatchProposal]:
    """Put doubts before an officer; a pair already proposed or decided is not proposed again."""
    new = []
    for one, other, score, reasons in pairs:
        left, right = sorted((one, other), key=lambda person: person.pk)
        path = left.area_path or right.area_path
        new.append(MatchProposal(left=left, right=right, score=score, reasons=reasons, area_path=path, proposed_at=at))
    return MatchProposal.objects.bulk_create(new, ignore_conflicts=True)


def merge(kept: Person, absorbed: Person, *, at: datetime, by: UUID | None, reason: str, source_row: int | None = None) -> Merge | None:
    """Let the kept record speak for the absorbed one too; None when it did already. `source_row`: the row that told, if one did."""
    identity, other = kept.identity_number, absorbed.identity_number
    if identity == other:
        return None
    moved = sorted(members(other))
    Person.objects.filter(id__in=moved).update(identity_id=identity)
    return Merge.objects.create(kept_id=identity, absorbed_id=other, moved=moved, at=at, by=by, reason=reason[:300], source_row=source_row)


def unmerge(merged: Merge, *, at: datetime, by: UUID | None, reason: str) -> bool:
    """Point the same records back; False if that was done before."""
    undone = Merge.objects.filter(pk=merged.pk, undone_at=None).update(undone_at=at, undone_by=by, undone_reason=reason[:300])
    if not undone:
        return False
    Person.objects.filter(id__in=merged.moved).exclude(pk=merged.absorbed_id).update(identity_id=merged.absorbed_id)
    Person.objects.filter(pk=merged.absorbed_id).update(identity_id=None)
    return True


def members(identity: int) -> set[int]:
    """The numbers of all records that stand for one person."""
    return set(Person.objects.filter(Q(pk=identity) | Q(identity_id=identity)).values_list("pk", flat=True))


def speakers_at(moment: datetime) -> dict[int, int]:
    """Of the records that had ever been merged by a moment, the number of the one that spoke for each then."""
    merges = Merge.objects.filter(at__lte=moment).order_by("at", "id")
    acts = [(done.at, done.kept_id, done.moved) for done in merges]
    acts += [(done.undone_at, done.absorbed_id, done.moved) for done in merges if done.undone_at and done.undone_at <= moment]
    return {record: speaker for _, speaker, moved in sorted(acts, key=lambda act: act[0]) for record in moved}


def decide(proposal: MatchProposal, *, state: str, at: datetime, by: UUID | None, reason: str) -> bool:
    """Write the officer's decision on a doubt; False if somebody decided it before."""
    pending = MatchProposal.objects.filter(pk=proposal.pk, state="open")
    return bool(pending.update(state=state, decided_at=at, decided_by=by, decision_reason=reason[:300]))
