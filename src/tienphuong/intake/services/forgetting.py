"""Taking away what makes records of people somebody: the records stay, so that every figure of the past stays what it was."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tienphuong.cases.models import CaseAlias
from tienphuong.core.any_of import AnyOf
from tienphuong.core.ids import uuid7
from tienphuong.core.text.fold import fold
from tienphuong.intake.cells import LINKS
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet, ListCode
from tienphuong.intake.services.personal_tables import PERSONAL_TABLES
from tienphuong.intake.services.receive import CONTENT_GONE, GONE, stored_path
from tienphuong.intake.terms import FileState
from tienphuong.registry.models import Address, Contradiction, Household, MatchProposal, Person
from tienphuong.registry.terms import MatchState
from tienphuong.tracing.models import Contact, PendingLink
from tienphuong.tracing.terms import OF_A_PATIENT


def forget_people(people: Collection[int], *, at: datetime) -> int:
    """Nobody can tell any more who these records were of; how many rows were changed or went.

    1 what others' rows say of them: their numbers in links, the cells that name them
    2 the files that hold them, whole
    3 their households, if nobody is left; their names and addresses as those of others
    4 every table of `personal_tables`: rows go, or lose their words; the number that pages knew them by is another
    """
    homes = {*Person.objects.filter(pk__in=AnyOf(people)).values_list("household_id", flat=True)} - {None}
    texts = {*Person.objects.filter(pk__in=AnyOf(people)).values_list("full_name", flat=True)}
    texts |= {*Address.everything.filter(person_id__in=AnyOf(people)).values_list("raw", flat=True)}
    changed = _unlink(people) + _forget_files(IntakeRow.objects.filter(person_id__in=AnyOf(people)).values_list("sheet__file", flat=True))
    _close_doubts(people, at=at)
    for table in PERSONAL_TABLES:
        rows = table.of(people)
        changed += rows.delete()[0] if table.goes else rows.update(**table.blank) if table.blank else 0
    for number in people:
        Person.objects.filter(pk=number).update(uid=uuid7(), purged_at=at)
    return changed + _forget_homes(homes, texts={fold(text) for text in texts})


def _close_doubts(people: Collection[int], *, at: datetime) -> None:
    """Nobody decides any more about somebody whom nobody knows; that doubts were open until now stays counted."""
    for end in ("left_id__in", "right_id__in"):
        MatchProposal.objects.filter(**{end: AnyOf(people)}, decided_at=None).update(state=MatchState.WITHDRAWN, decided_at=at)
    Contradiction.objects.filter(person_id__in=AnyOf(people), decided_at=None).update(decided_at=at)


def _unlink(people: Collection[int]) -> int:
    """Numbers of theirs that others wait for, and what the rows of others say of whom they met."""
    keys = {*CaseAlias.everything.filter(case__person_id__in=AnyOf(people)).values_list("key", flat=True)}
    keys |= {*ListCode.everything.filter(person_id__in=AnyOf(people)).values_list("key", flat=True)}
    waiting = PendingLink.everything.filter(alias_key__in=AnyOf(sorted(keys)))
    rows = {*waiting.values_list("source_row", flat=True)}
    for end in ("source_id__in", "person_id__in"):
        rows |= {*Contact.everything.filter(**{end: AnyOf(people)}).values_list("source_row", flat=True)}
    theirs = PendingLink.everything.filter(person_id__in=AnyOf(people))
    return (
        _without_numbers(waiting)
        + _without_numbers(theirs)
        + sum(map(_without_links, IntakeRow.objects.filter(pk__in=AnyOf(sorted(number for number in rows if number)))))
    )


def _without_numbers(links: QuerySet[PendingLink]) -> int:
    """Links without the number they wait for: whether there was one, and of which kind, says whether the sender's own word counts."""
    patients = links.filter(alias_key__startswith=OF_A_PATIENT)
    others = links.exclude(alias_key="").exclude(alias_key__startswith=OF_A_PATIENT)
    return others.update(alias_key="-", original="") + patients.update(alias_key=OF_A_PATIENT, original="")


def _without_links(row: IntakeRow) -> int:
    """A row without what it says of somebody else; whether it said anything."""
    cells = {target: cell for target, cell in row.cells.items() if target not in LINKS}
    issues = [issue for issue in row.issues if issue[1] not in LINKS]
    if len(cells) == len(row.cells) and len(issues) == len(row.issues):
        return 0
    IntakeRow.objects.filter(pk=row.pk).update(cells=cells, issues=issues, becomes=[], digest="")
    return 1


def _forget_homes(homes: set[Any], *, texts: set[str]) -> int:
    """Households of nobody go; of others go the name and address of whoever is no more in them."""
    left = {*Person.objects.filter(household_id__in=list(homes)).values_list("household_id", flat=True)}
    changed = Household.objects.filter(pk__in=homes - left).delete()[0]
    for home in Household.objects.filter(pk__in=left):
        words = {name: "" for name in ("head_name", "address") if fold(getattr(home, name)) in texts}
        changed += Household.objects.filter(pk=home.pk).update(**words) if words else 0
    return changed


def forget_file(file: IntakeFile) -> int:
    """What a sender wrote is taken away: the bytes, the name, every cell; what became of the rows stays. How many rows there were."""
    _forget_files([file.pk])
    written = file.state in (FileState.APPLIED, FileState.WITHDRAWN)
    unread = {} if written else {"state": FileState.UNREADABLE, "message": CONTENT_GONE}
    IntakeFile.objects.filter(pk=file.pk).update(name=GONE, warnings=[], **unread)
    return IntakeRow.objects.filter(sheet__file=file).update(cells={}, issues=[], match={}, becomes=[], digest="")


def _forget_files(files: Iterable[Any]) -> int:
    """The bytes of files, and the rows of theirs that were no data: a part of a file cannot be taken out of it."""
    kept = list(IntakeFile.objects.filter(pk__in=set(files)).exclude(stored_as=""))
    IntakeFile.objects.filter(pk__in=[file.pk for file in kept]).update(stored_as="")
    for file in kept:
        if not IntakeFile.objects.filter(stored_as=file.stored_as).exists():  # the same bytes may have come again after a withdrawal
            transaction.on_commit(partial(stored_path(file).unlink, missing_ok=True))
    for sheet in IntakeSheet.objects.filter(file__in=kept):
        IntakeSheet.objects.filter(pk=sheet.pk).update(ignored=[[row, fate, ""] for row, fate, _ in sheet.ignored])
    return len(kept)
