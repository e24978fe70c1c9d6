"""What withdrawing a file would change, found by withdrawing it and taking that back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.policy import pack_at
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.withdrawing import Withdrawal, withdraw_file
from tienphuong.registry.models import Person
from tienphuong.reports.catalogue import BY_KEY, Indicator
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of the file's area that would be another."""

    indicator: Indicator
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody whose rows stay because an officer acted upon them."""

    uid: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would go, the figures that would change, and whose rows would stay."""

    withdrawal: Withdrawal
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]


def foresee_withdrawal(file: IntakeFile, *, actor: Viewer, at: datetime) -> Foreseen:
    """What `withdraw_file` would come to at this moment. Nothing is left of the trial."""
    with transaction.atomic():
        before = _figures(file, viewer=actor, at=at)
        done = withdraw_file(IntakeFile.objects.get(pk=file.pk), actor=actor, at=at, reason="xem trước", act_id=uuid4())
        after = _figures(file, viewer=actor, at=at)
        kept = kept_people(actor, withdrawal=done)
        transaction.set_rollback(True)
    return Foreseen(done, _changes(before, after), kept)


def kept_people(viewer: Viewer, *, withdrawal: Withdrawal) -> tuple[Kept, ...]:
    """Whose rows stay, by name; those out of the officer's reach without one."""
    why = dict(withdrawal.kept)
    people = Person.objects.filter(uid__in=list(why)).order_by("sort_key", "pk")
    visible = set(people.filter(viewer.scope(Permission.SEE_PERSON)).values_list("pk", flat=True))
    return tuple(Kept(person.uid, person.full_name if person.pk in visible else "•••", why[str(person.uid)]) for person in people)


def _figures(file: IntakeFile, *, viewer: Viewer, at: datetime) -> Mapping[str, int]:
    policy = pack_at(local(at).date())
    if file.area is None or file.disease not in policy.diseases:
        return {}
    cutoff = cutoff_of(at, policy=policy.disease(file.disease), known_at=at)
    return figures(viewer, area=file.area, disease=file.disease, cutoff=cutoff, policy=policy).values


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Change, ...]:
    """The figures that differ, in the order of the catalogue."""
    keys = [key for key in BY_KEY if before.get(key, 0) != after.get(key, 0)]
    return tuple(Change(BY_KEY[key], before.get(key, 0), after.get(key, 0)) for key in keys)
