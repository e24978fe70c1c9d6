"""Hearing rows of applied files again, in the order they were applied: what a withdrawn source said and they repeat is now theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.policy import pack
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE
from tienphuong.intake.mapping.extract import RawRecord
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services.applying import BATCH, in_order
from tienphuong.intake.services.batches import ActContext, Empty, accept_repeats, link_again
from tienphuong.intake.services.sheets import OpenSheet, open_sheets, opened

Rows = dict[tuple[int, int, int], IntakeRow]


@dataclass(frozen=True, slots=True)
class Rehearing:
    """Which rows are taken in again: `whole` ones with everything they say, the others with their contacts and tubes only; who acts, when."""

    whole: frozenset[int]
    links: frozenset[int]
    actor: Viewer
    at: datetime


def accept_repeated_files(asked: Rehearing, *, empty: Empty) -> set[int]:
    """Hear the rows again, file by file in the order of application; says around whom something changed."""
    touched: set[int] = set()
    rows = IntakeRow.objects.filter(pk__in=AnyOf(asked.whole | asked.links)).select_related("sheet")
    by_file: dict[object, Rows] = {}
    for row in rows:
        by_file.setdefault(row.sheet.file_id, {})[row.sheet_id, row.number, row.part] = row
    for file in IntakeFile.objects.filter(pk__in=list(by_file)).order_by("started_at", "pk"):
        act = ActContext(asked.actor, asked.at, pack(file.policy), learned_at=file.applying_at)
        touched |= _read_file(file, by_file[file.pk], asked=asked, act=act, empty=empty)
    return touched


def _read_file(file: IntakeFile, rows: Rows, *, asked: Rehearing, act: ActContext, empty: Empty) -> set[int]:
    touched: set[int] = set()
    with opened(file) as book:
        for sheet in in_order(open_sheets(file, book)):
            read_again = _read_again(sheet, rows) if sheet.sense.kind not in WITHOUT_PEOPLE else iter(())
            while part := list(islice(read_again, BATCH)):
                whole, links = _of(part, asked.whole), _of(part, asked.links)
                touched |= accept_repeats(whole, file=file, sense=sheet.sense, act=act, empty=empty)
                touched |= link_again(links, file=file, sense=sheet.sense, act=act)
    return touched


def _read_again(sheet: OpenSheet, rows: Rows) -> Iterator[tuple[IntakeRow, RawRecord]]:
    """The asked rows of a sheet, each with its record."""
    for number, part, record in sheet.records():
        row = rows.get((sheet.sheet.pk, number, part))
        if row is not None:
            yield row, record


def _of(part: Sequence[tuple[IntakeRow, RawRecord]], chosen: frozenset[int]) -> list[tuple[IntakeRow, RawRecord]]:
    return [(row, record) for row, record in part if row.pk in chosen]
