"""What the import makes of a made-up list, cell by cell, beside the truth: right, asked, or silently wrong.

The rows are read as the import reads them: book, survey, records and row facts. A column that is asked about is answered with its truth, as an officer
would; one that was taken for something else without a question spoils every cell in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from bench.reading.cells import ASK, NONE, Cell
from bench.reading.columns import allowed
from bench.reading.expected import expected, kept, same
from bench.reading.making import Column, List
from bench.reading.people import TODAY
from bench.reading.told import TELLERS

from tienphuong.intake.facts.facts import RowFacts, facts_of, parts_of
from tienphuong.intake.facts.row import SheetContext
from tienphuong.intake.mapping.kinds import KindGuess
from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.mapping.survey import SheetPlan, date_orders, records, survey
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.reading.book import Book
from tienphuong.intake.reading.reader import read_book
from tienphuong.intake.services.orders import habits
from tienphuong.intake.services.sheets import habit_from, probable_by
from tienphuong.registry.areas.index import AreaIndex, SuccessionRow
from tienphuong.registry.areas.reference import area_lines, succession_lines
from tienphuong.registry.areas.rules import keys_of
from tienphuong.registry.areas.snapshot import AreaRow

AT = datetime(2021, 8, 24, 9, tzinfo=UTC)
FIELDS = frozenset(target.value for target in TargetField)
NOT_PEOPLE = ("unknown", "commune_summary")
SENDER = "Trạm Y tế xã Liên Ninh"


@dataclass(slots=True)
class Judged:
    """The columns and cells of a list by their verdict, and what was wrong."""

    name: str
    kind: str
    kind_verdict: str
    columns: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    """The columns that reach their own target, or one they should not."""


def judged(made: List) -> Judged:
    """A whole list."""
    book = read_book(made.content, made.file)
    try:
        plan = max(survey(book, commune_names=_communes()), key=lambda one: len(one.data_rows))
        return _of_plan(made, book, plan)
    finally:
        book.close()


def _of_plan(made: List, book: Book, plan: SheetPlan) -> Judged:
    verdict = "right" if plan.kind.value in made.kinds else "asked" if plan.kind is SheetKind.UNKNOWN else "wrong"
    found = Judged(made.name, plan.kind.value, verdict)
    guesses = {guess.column: guess for guess in plan.mapping.columns}
    verdicts = [column_verdict(column.truth, guesses.get(number), made.columns) for number, column in enumerate(made.columns)]
    found.columns.update(verdicts)
    found.faults += [
        f"column “{column.header}”: {column.truth} taken for {guesses[number].target}"
        for number, column in enumerate(made.columns)
        if verdicts[number] == "wrong"
    ]
    if verdict == "wrong":
        found.faults.append(f"kind {plan.kind.value}, right would be {' or '.join(made.kinds)}")
    if made.kinds[0] not in NOT_PEOPLE:
        plan = _answered(plan, made, verdicts)
        found.kind = plan.kind.value
        found.read = {
            number for number, column in enumerate(made.columns) if verdicts[number] == "wrong" or _takes(plan, number, column.truth)
        }
        _cells(made, book, plan, verdicts, found)
    return found


def _takes(plan: SheetPlan, number: int, truth: str) -> bool:
    return any(guess.column == number and guess.target == truth for guess in plan.mapping.columns)


def column_verdict(truth: str, guess: ColumnGuess | None, columns: Iterable[Column]) -> str:
    """The verdict on what the import takes a column for."""
    if guess is not None and guess.decision == "ask":
        return "asked"
    return taken_verdict(truth, guess.target.value if guess and guess.target else "", columns)


def taken_verdict(truth: str, taken: str, columns: Iterable[Column]) -> str:
    """`right`, `missed` (kept as a note) or `wrong` (taken for another target without a question)."""
    if taken in ("", "note", "ignored", "row_no"):
        return "missed" if truth in FIELDS - {"note", "ignored", "row_no"} else "right"
    has_case_no = any(column.truth == "case_no" for column in columns)
    return "right" if taken == truth or allowed(taken, truth, has_case_no=has_case_no) else "wrong"


def _answered(plan: SheetPlan, made: List, verdicts: list[str]) -> SheetPlan:
    """The plan after an officer answered what was asked: the kind, and each column that waited."""
    mapping = plan.mapping
    for number, verdict in enumerate(verdicts):
        truth = made.columns[number].truth
        if verdict == "asked" and (truth not in FIELDS or TargetField(truth) not in mapping.targets or not _right(truth, made, verdicts)):
            mapping = mapping.changed(number, target=TargetField(truth) if truth in FIELDS else None)
    unknown = plan.kind is SheetKind.UNKNOWN
    return replace(plan, mapping=mapping, guess=KindGuess(SheetKind(made.kinds[0]), 1.0, ()) if unknown else plan.guess)


def _right(truth: str, made: List, verdicts: list[str]) -> bool:
    return any(column.truth == truth and verdict == "right" for column, verdict in zip(made.columns, verdicts, strict=True))


def _cells(made: List, book: Book, plan: SheetPlan, verdicts: list[str], found: Judged) -> None:
    sense = _sense(book, plan)
    seen: set[int] = set()
    for record in records(book, plan):
        number = record.row - made.first_row
        if 0 <= number < len(made.rows) and number not in seen:
            seen.add(number)
            part = next(iter(parts_of(record)))
            _row(made, made.rows[number], facts_of(part, sense), verdicts, found)
    lost = [row for number, row in enumerate(made.rows) if number not in seen]
    found.cells["wrong"] += sum(1 for row in lost for cell in row if cell.reading)
    found.faults += [f"row lost: {[cell.text for cell in row][:4]}" for row in lost]


def _row(made: List, cells: tuple[Cell, ...], facts: RowFacts, verdicts: list[str], found: Judged) -> None:
    remarked = {issue.target for issue in facts.issues if issue.severity != "info"}
    truths = {column.truth: cells[number] for number, column in enumerate(made.columns) if number in found.read}
    for number, (column, cell) in enumerate(zip(made.columns, cells, strict=True)):
        if not cell.reading or column.truth not in TELLERS or number not in found.read:
            continue
        if kept(column.truth, found.kind, facts, truths):
            found.cells["kept"] += 1
            continue
        verdict, said = _verdict(column.truth, cell, facts, truths, remarked)
        if verdicts[number] == "wrong":
            verdict = "wrong"
        found.cells[verdict] += 1
        if verdict == "wrong":
            found.faults.append(f"{column.truth} “{cell.text}”: {cell.reading}, read {said or 'nothing'}")


def _verdict(target: str, cell: Cell, facts: RowFacts, truths: dict[str, Cell], remarked: set[str]) -> tuple[str, str]:
    """The verdict on one cell, and what was read."""
    wanted, said = expected(target, cell, facts, truths)
    parts = _CONTACT if target == "quarantine_from" and not facts.stays and not facts.cases else _PARTS.get(target, set())
    unsure = target == "linked_case" and any(contact.link is not None and not contact.link.sure for contact in facts.contacts)
    asked = facts.refused or target in remarked or unsure or (said == "" and bool(remarked & parts))
    if any(same(target, said, reading) for reading in wanted - {ASK, NONE}) or (NONE in wanted and said == ""):
        return "right", said
    if ASK in wanted:
        return ("right" if asked else "wrong"), said
    return ("asked" if asked else "wrong"), said


# A check, a stay or a sample whose state, form or result is asked about waits whole.
_CHECK = {"follow_up_state", "follow_up_on", "temperature"}
_STAY = {"quarantine_form", "quarantine_from"}
_CONTACT = {"linked_case", "degree"}
_SAMPLE = {"sampled_on", "result"}
_ARRIVAL = {"from_place", "arrived_on"}
_PARTS: dict[str, set[str]] = {
    **dict.fromkeys(("sampled_on", "ct", "lab", "result_on"), _SAMPLE),
    "sampled_on_2": {"result_2"},
    **dict.fromkeys((*_ARRIVAL, "found_on", "transport"), _ARRIVAL),
    **dict.fromkeys((*_CONTACT, "relation", "last_contact_on"), _CONTACT),
    **dict.fromkeys(_CHECK, _CHECK),
    **dict.fromkeys((*_STAY, "quarantine_to", "quarantine_place", "outcome"), _STAY),
}


def _sense(book: Book, plan: SheetPlan) -> SheetContext:
    """What the rows are read with: a list of the commune's station, received on the day of the drill."""
    areas = _areas()
    own = areas.resolve(commune="Xã Liên Ninh", district="Huyện Thanh Trì", province="Thành phố Hà Nội")
    orders = {TargetField(target): habit_from(written) for target, written in habits(date_orders(book, plan), plan).items()}
    return SheetContext(
        kind=plan.kind, disease="covid-19", at=AT, day=TODAY, sender=SENDER, areas=areas, area_id=own.area_id, area_path=own.path, dates=orders,
        epoch=book.date_system, probable_by=probable_by("covid-19", TODAY), sexes=plan.sexes,
    )  # fmt: skip


@cache
def _areas() -> AreaIndex:
    """The areas the product ships, numbered as a post numbers them."""
    ids: dict[tuple[str, str], int] = {}
    rows: list[AreaRow] = []
    below: Counter[str] = Counter()
    for number, line in enumerate(area_lines(), start=1):
        above = rows[ids[line.parent] - 1].path if line.parent else ""
        below[above] += 1
        ids[line.key] = number
        rows.append(_area(number, line.values, f"{above}{below[above]:04d}"))
    links = [SuccessionRow(ids[line.old], ids[line.new], line.share) for line in succession_lines()]
    return AreaIndex(rows, links=links, on=TODAY)


def _area(number: int, values: dict[str, object], path: str) -> AreaRow:
    kept = {name: values[name] for name in ("code", "kind", "level", "name", "valid_from", "valid_to")}
    return AreaRow(id=number, keys=keys_of(str(values["search_key"])), path=path, **kept)  # type: ignore[arg-type]


@cache
def _communes() -> tuple[str, ...]:
    return tuple({str(line.values["name"]) for line in area_lines() if line.values["level"] == "commune"})
