"""Papers and telephones of many people at once, as exports carry them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.identity_cipher import unseal
from tienphuong.registry.models import Identifier, Phone
from tienphuong.registry.terms import Paper

_FIRST: Final = (Paper.CCCD, Paper.CMND, Paper.PASSPORT, Paper.OTHER)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What identifies a person beside the name."""

    papers: dict[str, str] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()

    @property
    def paper(self) -> str:
        """The number of the paper that says most."""
        return next((self.papers[kind] for kind in _FIRST if kind in self.papers), "")

    @property
    def insurance(self) -> str:
        """The number of the health insurance card."""
        return self.papers.get(Paper.BHYT, "")

    @property
    def phones(self) -> str:
        """The numbers somebody answers."""
        return ", ".join(self.numbers)


def particulars(viewer: Viewer, *, people: Collection[int]) -> dict[int, Particulars]:
    """By the number of the record that speaks for each; whole paper numbers only where the officer may see them."""
    papers: dict[int, dict[str, str]] = {}
    rows = Identifier.objects.filter(_of(people), viewer.scope(Permission.SEE_IDENTITY, "person__area_path")).order_by("recorded_at", "pk")
    for number, identity, kind, sealed in rows.values_list("person_id", "person__identity_id", "kind", "sealed"):
        papers.setdefault(identity or number, {})[kind] = unseal(sealed)
    phones: dict[int, dict[str, None]] = {}
    answered = Phone.objects.filter(_of(people)).order_by("-recorded_at", "-pk")
    for number, identity, phone in answered.values_list("person_id", "person__identity_id", "number"):
        phones.setdefault(identity or number, {})[phone] = None
    return {number: Particulars(papers.get(number, {}), tuple(phones.get(number, ()))) for number in {*papers, *phones}}


def _of(people: Collection[int]) -> Q:
    """Rows of these people, under whichever of their records they stand."""
    return Q(person_id__in=AnyOf(people)) | Q(person__identity_id__in=AnyOf(people))
