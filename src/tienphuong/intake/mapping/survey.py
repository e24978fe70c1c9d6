"""The survey of a book: for each sheet its header, kind, mapping and the fate of every row; and the records that follow."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from tienphuong.core.text.date_columns import ColumnProposal, column_date_order
from tienphuong.core.text.dates import DateCell
from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import convert, detect_legacy, detect_legacy_column
from tienphuong.core.text.lost import lost_letters
from tienphuong.core.text.terms import Encoding
from tienphuong.intake.reading.book import Book, Merge, Row, Sheet, Value, column_letter

from .checks import are_checks, with_days
from .column_evidence import LOOKS
from .columns import guess_columns, is_pair_list
from .days import DayLabel, counted_days, day_columns
from .ditto import values_below
from .endings import ended
from .extract import RawRecord, RowContext, extract, people_of
from .header import LOOK, Header, find_header, is_sormas
from .kinds import KindGuess, counted, guess_kind, of_doses, side_by_side
from .layout import Mapping, reapply, sender_signature
from .own import own_kind
from .profile import SAMPLE, column_profiles
from .questions import classes_of
from .row_roles import Section, sort_rows
from .sexes import sexes_of
from .terms import RowRole, SheetKind, TargetField

_MONTH_FIRST = frozenset({SheetKind.SORMAS_CASE, SheetKind.SORMAS_CONTACT, SheetKind.SORMAS_CASE_CONTACT, SheetKind.SORMAS_LINE_LISTING})
_OLD_FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one sheet will be read; an officer may change the kind and the mapping before the records are drawn."""

    sheet: str
    guess: KindGuess
    mapping: Mapping
    header: Header
    titles: tuple[str, ...] = ()
    data_rows: tuple[int, ...] = ()
    ignored: tuple[tuple[int, RowRole, str], ...] = ()
    sections: tuple[Section, ...] = field(default=())
    hidden: bool = False
    lost: bool = False
    """Whether letters of the sheet were lost when it was saved."""
    days: dict[int, DayLabel] = field(default_factory=dict)
    """The columns that each hold one day's check."""
    words: tuple[tuple[str, ...], ...] = ()
    """The different texts of each column, where they are few enough to be words of a choice."""

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The 1-based rows of the header."""
        return self.header.rows

    @property
    def kind(self) -> SheetKind:
        """What kind of list the sheet is taken for; `guess` says how sure that is and why."""
        return self.guess.kind

    @property
    def sorts_cases(self) -> bool:
        """Whether the column of classes tells cases apart: it holds another class than confirmed."""
        if TargetField.OWN_CODE in self.mapping.targets:
            return False  # an empty cell of our own export is what we wrote
        column = self.mapping.column_of(TargetField.CLASSIFICATION)
        words = self.words[column] if column is not None and column < len(self.words) else ()
        return bool(classes_of(words) - {"confirmed", "re_positive"})

    @property
    def sexes(self) -> dict[str, str]:
        """The sex each letter of the column of sexes stands for, where the letters together tell whose they are."""
        column = self.mapping.column_of(TargetField.SEX)
        return sexes_of(self.words[column]) if column is not None and column < len(self.words) else {}

    @property
    def month_first_by_habit(self) -> bool:
        """Whether the template writes the month first, where the dates themselves prove nothing."""
        return self.kind in _MONTH_FIRST

    @property
    def signature(self) -> str:
        """The name under which this layout is remembered for its sender."""
        return sender_signature(self.header.labels)


def survey(book: Book, *, commune_names: Iterable[str] = (), remembered: Sequence[Mapping] = ()) -> list[SheetPlan]:
    """A plan for each sheet that holds rows; a remembered mapping is used where the header is the same or nearly."""
    known = frozenset(fold(name) for name in commune_names)
    return [_plan(book, sheet, known=known, remembered=remembered) for sheet in book.sheets if sheet.row_count]


def _plan(book: Book, sheet: Sheet, *, known: frozenset[str], remembered: Sequence[Mapping]) -> SheetPlan:
    """The plan of one sheet."""
    head = sheet.head(LOOK + SAMPLE)
    header = _in_unicode(find_header(head[:LOOK], merged=sheet.merged, width=sheet.width))
    body = _likely_data(head, header)
    sample = _sample(sheet, body[:SAMPLE], after=head[-1].number if head else 0)
    profiles = column_profiles(sample, width=sheet.width, commune_names=known)
    sormas = is_sormas(head, header)
    pairs = not sormas and is_pair_list(header, profiles)
    padded = _padded(header, sheet.width)
    mapping = _remembered(padded, remembered) or guess_columns(padded, profiles, sormas=sormas, pairs=pairs)
    titles = tuple(text for row in head if row.number < (header.rows or (0,))[0] for text in _texts(row))
    days, counted_only = day_columns(padded.labels), counted_days(padded.leaves)
    mapping = ended(mapping.without([*days, *counted_only]), profiles, texts=(*titles, sheet.name, book.name))
    kind = (
        own_kind(padded)
        or side_by_side(padded, profiles)
        or counted(mapping, padded, profiles)
        or of_doses(mapping, padded)
        or guess_kind(mapping, header=padded, titles=titles, names=(sheet.name, book.name), sormas=sormas, pairs=pairs)
    )
    checks = _cells_of(body[:SAMPLE], days)
    kind = with_days(kind, mapping, checks=checks, days=len(days), counted=len(counted_only))
    mapping = mapping.without(days, daily=True) if are_checks(checks) else mapping
    coded, numbered = mapping.column_of(TargetField.OWN_CODE), mapping.column_of(TargetField.ROW_NO)
    row_roles = sort_rows(sheet.rows(), header=header, number_column=numbered, code_column=coded)
    return SheetPlan(
        sheet=sheet.name,
        guess=kind,
        mapping=mapping,
        header=padded,
        titles=titles,
        data_rows=tuple(row_roles.data),
        ignored=tuple(row_roles.ignored),
        sections=tuple(row_roles.sections),
        hidden=sheet.hidden,
        lost=_has_lost(padded, sample),
        days=days if are_checks(checks) else {},
        words=tuple(profile.words for profile in profiles),
    )


def _has_lost(header: Header, sample: Sequence[Row]) -> bool:
    """Two cells with lost letters are a file's fault; one may be a slip of the pen."""
    cells = (cell for row in sample for cell in row.cells if isinstance(cell, str))
    return sum(1 for text in islice((t for t in (*header.labels, *cells) if lost_letters(t)), 2)) == 2


def _cells_of(rows: Sequence[Row], columns: Iterable[int]) -> list[str]:
    """What stands in some columns of the sample."""
    return [str(row.cells[c]) for row in rows for c in columns if c < len(row.cells) and row.cells[c] is not None]


def _in_unicode(header: Header) -> Header:
    """The header with labels that could be either read as the others are: `VÒ tõ` beside `Hä vµ tªn` is TCVN3."""
    encoding = detect_legacy_column([*header.labels, *header.leaves])
    if encoding is None:
        return header
    labels, leaves = (tuple(_converted(text, encoding) for text in texts) for texts in (header.labels, header.leaves))
    return Header(header.rows, labels, leaves, header.entity)


def _converted(text: str, encoding: Encoding) -> str:
    return convert(text, encoding) if not text.isascii() and detect_legacy(text) is None else text


def _padded(header: Header, width: int) -> Header:
    """The header with a label, perhaps empty, for every column of the sheet."""
    missing = ("",) * (width - len(header.labels))
    return Header(header.rows, header.labels + missing, header.leaves + missing, header.entity)


def _likely_data(head: Sequence[Row], header: Header) -> list[Row]:
    """The sample below the header, rows of a single cell left out: they are titles."""
    below = [row for row in head if row.number > header.last]
    return [row for row in below if len(_filled(row)) > 1] or below


def _sample(sheet: Sheet, first: list[Row], *, after: int) -> list[Row]:
    """The first rows, and rows from all over the rest: a column may be filled late, or filled otherwise."""
    if sheet.last_row <= after:
        return first
    step = max(1, (sheet.last_row - after) // SAMPLE)
    filled = {column for row in first for column, cell in enumerate(row.cells) if cell is not None}
    more: list[Row] = []
    for row in sheet.rows():
        if row.number <= after:
            continue
        new = {column for column, cell in enumerate(row.cells) if cell is not None} - filled
        if new or row.number % step == 0:
            filled |= new
            more.append(row)
    return first + more


def _filled(row: Row) -> list[Value]:
    return [cell for cell in row.cells if cell is not None]


def _texts(row: Row) -> list[str]:
    return [str(cell) for cell in row.cells if isinstance(cell, str)]


def _remembered(header: Header, remembered: Sequence[Mapping]) -> Mapping | None:
    """The first remembered mapping that fits this header."""
    fits = (reapply(mapping, header.labels) for mapping in remembered)
    return next((mapping for mapping in fits if mapping is not None), None) if header.rows else None


def records(book: Book, plan: SheetPlan) -> Iterator[RawRecord]:
    """The records of a sheet in its order, read again from the file; nothing is held but the current row."""
    sheet = book.sheet(plan.sheet)
    wanted = frozenset(plan.data_rows)
    starts = [section.row for section in plan.sections]
    cover = _Cover(sheet.merged, first=plan.header.last + 1)
    font = _OLD_FONTS.get(book.encoding, "")
    days = {column_letter(column): day for column, day in plan.days.items()}
    before: dict[int, Value] = {}
    for row in sheet.rows():
        down = cover.over(row)
        if row.number in wanted:
            above = plan.sections[: bisect_right(starts, row.number)]
            context = RowContext(sheet=plan.sheet, sections=_nearest(above), merged_down=down, font=font, days=days, above=before)
            yield from people_of(extract(row, plan.mapping, context=context))
        before = values_below(row.cells, before, {column: value for column, (_, value) in down.items()}) if row.number in wanted else {}


def date_orders(book: Book, plan: SheetPlan) -> dict[TargetField, ColumnProposal]:
    """How each date column of a sheet is written, judged over all its rows: the order, and whether Excel swapped some."""
    columns = {g.column: g.target for g in plan.mapping.columns if g.target in LOOKS and "date" in LOOKS[g.target].supports}
    values: dict[int, list[DateCell]] = {column: [] for column in columns}
    wanted = frozenset(plan.data_rows)
    for row in book.sheet(plan.sheet).rows():
        if row.number in wanted:
            for column in values:
                if column < len(row.cells) and isinstance(cell := row.cells[column], str | date):
                    values[column].append(cell)
    return {target: column_date_order(values[column]) for column, target in columns.items() if target is not None}


def _nearest(above: Sequence[Section]) -> tuple[Section, ...]:
    """The last title of each sort above a row: a hamlet's title does not end the part F1 it stands in."""
    kept: dict[tuple[TargetField, ...], Section] = {}
    for section in above[-12:]:
        key = tuple(target for target, _ in section.context)
        kept.pop(key, None)
        if TargetField.DEGREE in key:
            kept.clear()
        kept[key] = section
    return tuple(kept.values())


class _Cover:
    """Values of cells merged down over the rows below them, as the rows go by."""

    def __init__(self, merged: Sequence[Merge], *, first: int) -> None:
        tall = [merge for merge in merged if merge.bottom > merge.top >= first]
        self.coming = sorted(tall, key=lambda merge: merge.top, reverse=True)
        self.open: list[tuple[Merge, Value]] = []

    def over(self, row: Row) -> dict[int, tuple[int, Value]]:
        """The values that cover this row from above, by column, with the row they are written in."""
        while self.coming and self.coming[-1].top < row.number:
            self.coming.pop()
        self.open = [(merge, value) for merge, value in self.open if merge.bottom >= row.number]
        down = {merge.left: (merge.top, value) for merge, value in self.open}
        while self.coming and self.coming[-1].top == row.number:
            merge = self.coming.pop()
            if merge.left < len(row.cells) and row.cells[merge.left] is not None:
                self.open.append((merge, row.cells[merge.left]))
        return down
