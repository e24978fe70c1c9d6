"""Reading people as lists show them: found by a few typed letters, and only where the officer may look."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.identity_cipher import finding_hash
from tienphuong.core.keyset import Order, Roll
from tienphuong.registry.briefs import PersonBrief, brief, written_like
from tienphuong.registry.models import Area, Identifier, Person, Phone
from tienphuong.registry.terms import Paper

AREAS_IN_A_CHOICE = 300
FOUND_BY_NUMBER = 200


BY_NAME = Order("name", ("sort_key", "id"), under=())


def people_roll(viewer: Viewer, *, text: str, also: Iterable[int] = ()) -> Roll:
    """Whom a few typed words may mean: words of the name, a telephone number, the whole number of a paper (papers need their right).

    `also` are people another package knows by the same words.
    """
    wanted = written_like(text) | Q(pk__in=_by_phone(text)) | Q(pk__in=[*_by_paper(viewer, text=text), *also])
    wanted &= Q(viewer.scope(Permission.SEE_PERSON), identity__isnull=True, withdrawn_at__isnull=True)
    return Roll(Person.objects.all(), wanted, BY_NAME, _briefs, narrow="area_path", costly=True)


def _briefs(numbers: Sequence[int]) -> tuple[PersonBrief, ...]:
    rows = Person.objects.select_related("identity", "area").defer("filled", "area__geometry").in_bulk(numbers)
    return tuple(brief(rows[number]) for number in numbers if number in rows)


def person_records(viewer: Viewer, *, uids: Iterable[UUID]) -> dict[UUID, Person]:
    """The records of people an act is about, those in reach only, by the number pages know them by."""
    rows = Person.objects.filter(viewer.scope(Permission.SEE_PERSON), uid__in=list(uids)).select_related("identity", "area")
    return {person.uid: person for person in rows}


def areas_in_reach(viewer: Viewer, *, permission: Permission, on: date) -> list[Area]:
    """The areas a list may be narrowed to: communes, or the level above where communes are too many to choose from."""
    within = Area.objects.valid(on).filter(viewer.scope(permission, "path")).defer("geometry")
    for level in ("commune", "district", "province"):
        areas = list(within.filter(level=level).order_by("path")[: AREAS_IN_A_CHOICE + 1])
        if 0 < len(areas) <= AREAS_IN_A_CHOICE:
            return areas
    return []


def _by_phone(text: str) -> list[int]:
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < 8:
        return []
    rows = Phone.objects.filter(number__in={digits, f"0{digits.removeprefix('84')}", f"+{digits}"})
    return [identity or number for number, identity in rows.values_list("person_id", "person__identity_id")[:FOUND_BY_NUMBER]]


def _by_paper(viewer: Viewer, *, text: str) -> list[int]:
    value = "".join(text.split()).upper()
    if len(value) < 8 or not viewer.may(Permission.SEE_IDENTITY):
        return []
    rows = Identifier.objects.filter(
        viewer.scope(Permission.SEE_IDENTITY, "person__area_path"), finding_hash__in=[finding_hash(kind, value) for kind in Paper]
    )
    return [identity or number for number, identity in rows.values_list("person_id", "person__identity_id")[:FOUND_BY_NUMBER]]
