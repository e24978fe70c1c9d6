"""Which cells of a sender's list an officer may read: by what they say of people, where the list is from."""

from dataclasses import dataclass
from typing import Any, Final

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.models import IntakeSheet
from tienphuong.intake.services.sheets import mapping_from

HIDDEN: Final = "•••"
PAPERS: Final = frozenset({TargetField.IDENTITY_NO, TargetField.PASSPORT_NO, TargetField.INSURANCE_NO})
CLINICAL: Final = frozenset({
    TargetField.RESULT, TargetField.RESULT_2, TargetField.RESULT_3, TargetField.POOL_RESULT, TargetField.SYMPTOMS, TargetField.CT,
    TargetField.OUTCOME, TargetField.CLASSIFICATION, TargetField.NOTE, TargetField.CASE_NO, TargetField.NATIONAL_NO, TargetField.EPID,
    TargetField.LINKED_CASE, TargetField.LINKED_NAME,
})  # fmt: skip

LINKS: Final = frozenset({TargetField.LINKED_CASE, TargetField.LINKED_NAME, TargetField.RELATION})
"""Cells about somebody else than the person of the row."""


@dataclass(frozen=True, slots=True)
class Readable:
    """What an officer may read of lists from one area."""

    people: bool
    papers: bool
    diagnoses: bool

    def shows(self, target: str | None) -> bool:
        """Whether a cell of this meaning is shown; a column nobody gave a meaning may say anything of people."""
        known = TargetField(target) if target and target in set(TargetField) else None
        return self.people and (self.papers or known not in PAPERS) and (self.diagnoses or known not in CLINICAL)

    def text(self, target: str | None, value: str) -> str:
        """The value, or that there is one."""
        return value if self.shows(target) or not value else HIDDEN


def readable(viewer: Viewer, *, area_path: str) -> Readable:
    """What the officer may read of lists from an area."""
    asked = (Permission.SEE_PERSON, Permission.SEE_IDENTITY, Permission.SEE_CLINICAL)
    return Readable(*(viewer.may(permission, area_path) for permission in asked))


def permissions_for(file: Any) -> frozenset[Permission]:
    """The rights of everything a file holds: of people, of their papers, of their diagnoses; none for mere figures."""
    needed: set[Permission] = set()
    for sheet in IntakeSheet.objects.filter(file=file):
        if sheet.kind == SheetKind.COMMUNE_SUMMARY:
            continue
        targets = {guess.target for guess in mapping_from(sheet.mapping).columns}
        needed |= {Permission.SEE_PERSON}
        needed |= {Permission.SEE_IDENTITY} if targets & PAPERS else set()
        needed |= {Permission.SEE_CLINICAL} if targets & CLINICAL else set()
    return frozenset(needed)
