"""Which records stand for one human being: pointed together, and pointed back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tienphuong.core.any_of import AnyOf
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
    """Let the kept record speak for the absorbed one too; None when it did already. `source_row`: the row that told, if one did.

    Who speaks for them is asked here, in the act's own transaction: a page may have been opened before somebody else merged one of them.
    """
    canonical = canonical_ids_of((kept.pk, absorbed.pk))
    identity, other = canonical[kept.pk], canonical[absorbed.pk]
    if identity == other:
        return None
    moved = sorted(members(other))
    Person.objects.filter(id__in=moved).update(identity_id=identity)
    return Merge.objects.create(kept_id=identity, absorbed_id=other, moved=moved, at=at, by=by, reason=reason[:300], source_row=source_row)


def unmerge(merged: Merge, *, at: datetime, by: UUID | None, reason: str) -> bool:
    """Let each record speak as the merges that are left say; False if that was done before."""
    undone = Merge.objects.filter(pk=merged.pk, undone_at=None).update(undone_at=at, undone_by=by, undone_reason=reason[:300])
    if not undone:
        return False
    group = members(canonical_ids_of((merged.absorbed_id,))[merged.absorbed_id])
    point(canonical_ids_by(merges_of(group), people=group))
    return True


def point(canonical: Mapping[int, int]) -> None:
    """Point each record at the one that is to speak for it."""
    for canonical_id, records in grouped_by(canonical).items():
        Person.objects.filter(pk__in=AnyOf(records - {canonical_id})).update(identity_id=canonical_id)
    Person.objects.filter(pk__in=AnyOf(record for record, canonical_id in canonical.items() if record == canonical_id)).update(
        identity_id=None
    )


def members(identity: int) -> set[int]:
    """The numbers of all records that stand for one person."""
    return set(Person.objects.filter(Q(pk=identity) | Q(identity_id=identity)).values_list("pk", flat=True))


def canonical_ids_of(people: Iterable[int]) -> dict[int, int]:
    """Record number -> the number of the record that speaks for it now, be it itself."""
    numbers = set(people)
    apart = Person.objects.filter(pk__in=AnyOf(numbers), identity_id__isnull=False)
    return {number: number for number in numbers} | dict(apart.values_list("pk", "identity_id"))


def merges_of(people: Collection[int]) -> list[Merge]:
    """The merges in force that concern any of these records, as they came one after the other."""
    concerned = Q(kept_id__in=AnyOf(people)) | Q(absorbed_id__in=AnyOf(people))
    return list(Merge.objects.filter(concerned, undone_at=None).order_by("id"))


def canonical_ids_by(merges: Iterable[Merge], *, people: Iterable[int] = ()) -> dict[int, int]:
    """Who speaks for each record if these merges, in their order, are all there were: the slow twin of `Person.identity`."""
    groups: dict[int, set[int]] = {number: {number} for number in people}
    canonical = {number: number for number in groups}
    for done in merges:
        for number in {done.kept_id, done.absorbed_id, *done.moved} - canonical.keys():
            groups[number], canonical[number] = {number}, number
        kept, absorbed = canonical[done.kept_id], canonical[done.absorbed_id]
        if kept != absorbed:
            canonical |= dict.fromkeys(groups[absorbed], kept)
            groups[kept] |= groups.pop(absorbed)
    return canonical


def grouped_by(canonical: Mapping[int, int]) -> dict[int, set[int]]:
    """The records that each speaks for, themselves among them."""
    groups: dict[int, set[int]] = {}
    for record, canonical_id in canonical.items():
        groups.setdefault(canonical_id, set()).add(record)
    return groups


def wrong_identities() -> dict[int, int]:
    """The records for which another speaks than the merges in force say; with the one that should."""
    merged_into = canonical_ids_by(Merge.objects.filter(undone_at=None).order_by("id"))
    apart = dict(Person.objects.filter(identity_id__isnull=False).values_list("pk", "identity_id"))
    return {
        number: merged_into.get(number, number)
        for number in merged_into.keys() | apart.keys()
        if apart.get(number, number) != merged_into.get(number, number)
    }


def canonical_ids_at(moment: datetime) -> dict[int, int]:
    """Of the records that had ever been merged by a moment, the number of the one that spoke for each then."""
    merges = list(Merge.objects.filter(at__lte=moment).order_by("id"))
    ever = {number for done in merges for number in (done.kept_id, *done.moved)}
    return canonical_ids_by((done for done in merges if done.undone_at is None or done.undone_at > moment), people=ever)


def decide(proposal: MatchProposal, *, state: str, at: datetime, by: UUID | None, reason: str) -> bool:
    """Write the officer's decision on a doubt; False if somebody decided it before."""
    pending = MatchProposal.objects.filter(pk=proposal.pk, state="open")
    return bool(pending.update(state=state, decided_at=at, decided_by=by, decision_reason=reason[:300]))


def reopen_decisions(people: Collection[int], others: Collection[int]) -> None:
    """Ask again whether records of the one group are records of the other, where that was decided and taken back."""
    one, other = ((Q(left_id__in=AnyOf(left)) & Q(right_id__in=AnyOf(right))) for left, right in ((people, others), (others, people)))
    MatchProposal.objects.filter(one | other, state="same").update(state="open", decided_at=None, decided_by=None, decision_reason="")
