"""A row as a raw record: each meaning with the original text, the typed value and its place in the file."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.family_names import USUAL_FAMILIES
from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import read_legacy
from tienphuong.core.text.missing import is_missing
from tienphuong.intake.reading.book import BrokenCell, Row, Value, column_letter
from tienphuong.registry.rules.names import split_people

from .days import DayLabel
from .ditto import DITTO, DITTO_OF_NOTHING, OF_ONE_PERSON, is_ditto
from .layout import Mapping
from .row_roles import Section
from .terms import TargetField


class CellText(NamedTuple):
    """One cell: what the sender wrote, what it is, where it stands, and what was done to it."""

    original: str
    value: Value
    row: int
    column: str
    label: str = ""
    flags: tuple[str, ...] = ()
    font: str = ""

    @property
    def text(self) -> str:
        """The cell as clean text: Unicode, one line, converted from old encodings."""
        return self.value if isinstance(self.value, str) else shown(self.value)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One person's row; several people in a cell give several records with the same row number."""

    sheet: str
    row: int
    cells: Dict[TargetField, CellText]
    notes: tuple[CellText, ...] = ()
    section: str = ""
    person: int = 1
    people: int = 1
    days: tuple[tuple[DayLabel, CellText], ...] = ()
    """The cells of columns a day, which stand among the notes too."""

    def text(self, target: TargetField) -> str:
        """The clean text of a meaning, empty when the row has none."""
        cell = self.cells.get(target)
        return cell.text if cell is not None else ""

    def value(self, target: TargetField) -> Value:
        """The typed value of a meaning."""
        cell = self.cells.get(target)
        return cell.value if cell is not None else None


@dataclass(frozen=True, slots=True)
class RowContext:
    """What a row inherits: its sheet, the last section titles above it, the cells merged down into it, the file's old font."""

    sheet: str
    sections: tuple[Section, ...] = ()
    merged_down: Dict[int, tuple[int, Value]] = field(default_factory=dict)
    font: str = ""
    days: Dict[str, DayLabel] = field(default_factory=dict)
    above: Dict[int, Value] = field(default_factory=dict)
    """What the row above holds, by column."""


def shown(value: Value) -> str:
    """A typed value as people write it: dates day first, whole numbers whole."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.day}/{value.month}/{value.year} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def extract(row: Row, mapping: Mapping, *, context: RowContext) -> RawRecord:
    """The record of one row, with what its section and merged cells add."""
    cells: dict[TargetField, CellText] = {}
    notes: list[CellText] = []
    for guess in mapping.columns:
        if guess.target is TargetField.IGNORED or (cell := _cell(row, guess.column, guess.label, context=context)) is None:
            continue
        if is_ditto(cell.value) and not (guess.target is TargetField.OCCUPATION and cell.text.isalpha()):
            cell = _as_above(cell, guess.target, context.above.get(guess.column), context=context)
        if guess.target is None:
            notes.append(cell)
        else:
            cells[guess.target] = cell
    _compose_sex_and_birth(cells)
    _part_periods(cells)
    _compose_name(cells)
    _inherit(cells, context=context)
    section = " / ".join(section.text for section in context.sections)
    days = tuple((context.days[note.column], note) for note in notes if note.column in context.days)
    return RawRecord(context.sheet, row.number, cells, tuple(notes), section, days=days)


def _cell(row: Row, column: int, label: str, *, context: RowContext) -> CellText | None:
    """One cell, or the one merged down over it; None when there is nothing."""
    value = row.cells[column] if column < len(row.cells) else None
    if value is not None:
        return _read(value, row.number, column_letter(column), label, font=row.fonts.get(column, context.font))
    if column not in context.merged_down:
        return None
    origin, value = context.merged_down[column]
    return _read(value, origin, column_letter(column), label, font=context.font)._replace(flags=("merged_down",))


def _as_above(cell: CellText, target: TargetField | None, above: Value, *, context: RowContext) -> CellText:
    """A cell that says "as above" with the value of the row above; nothing where there is none, or where no two rows share one."""
    if above is None or isinstance(above, BrokenCell) or target in OF_ONE_PERSON:
        return cell._replace(value=None, flags=(DITTO_OF_NOTHING,))
    read = _read(above, cell.row, cell.column, cell.label, font=context.font)
    return read._replace(original=cell.original, flags=(*read.flags, DITTO))


def _read(value: Value, row: int, letter: str, label: str, *, font: str) -> CellText:
    """A value as a cell text, the original kept."""
    if isinstance(value, BrokenCell):
        return CellText(str(value), None, row, letter, label, ("broken_cell",))
    if not isinstance(value, str):
        return CellText(shown(value), value, row, letter, label)
    text, flags = _understood(value, font)
    return CellText(value, text, row, letter, label, flags, font)


@lru_cache(maxsize=32768)
def _understood(text: str, font: str) -> tuple[str | None, tuple[str, ...]]:
    """What a text says, converted from old encodings and cleaned, and what was done to it. The same words are read once."""
    if is_missing(clean(text)):
        return None, ("not_available",)
    if text.isascii():
        return clean(text) or None, ()
    reading = read_legacy(text, font_name=font or None)
    return clean(reading.text), tuple(flag.value for flag in reading.flags)


_BY_SEX = (
    ("Nam", TargetField.BIRTH_OF_MALE, TargetField.MALE_MARK),
    ("Nữ", TargetField.BIRTH_OF_FEMALE, TargetField.FEMALE_MARK),
)


_SEX_WORD = r"(nam|nữ|nu|male|female|m|f|trai|gái|gai)"
_SEX_FIRST = re.compile(rf"{_SEX_WORD}(?![^\W_])[\W_]*(?:(?:sn|sinh năm|sinh)\W*)?(\S*\d.*?)\)?", re.IGNORECASE)
_SEX_LAST = re.compile(rf"(\S*\d.*?)[\W_]+{_SEX_WORD}\)?", re.IGNORECASE)
_YEAR_OR_DATE = re.compile(r"(?:18|19|20)\d\d|\d[/.\-]\d")
_MARKS = frozenset({"x", "v", "✓", "✔", "1", "+", "true", "có", "co", "yes"})
_NO_MARKS = frozenset({"0", "false", "không", "khong", "no", "-"})
_TOGETHER = (TargetField.SEX, TargetField.MALE_MARK, TargetField.FEMALE_MARK)


def _part_sex_and_birth(cells: dict[TargetField, CellText]) -> None:
    """Sex and birth or age in one cell, as `Nữ - 1991`, are two cells; what the row has of its own stays."""
    for target in _TOGETHER:
        cell = cells.get(target)
        parts = _sex_and_rest(cell.text) if cell is not None and isinstance(cell.value, str) else None
        if cell is None or parts is None:
            continue
        sex, rest = parts
        del cells[target]
        cells.setdefault(TargetField.SEX, cell._replace(value=sex, flags=(*cell.flags, "parted")))
        born = TargetField.BIRTH if _YEAR_OR_DATE.search(rest) else TargetField.AGE
        cells.setdefault(born, cell._replace(value=rest, flags=(*cell.flags, "parted")))


def _sex_and_rest(text: str) -> tuple[str, str] | None:
    if match := _SEX_FIRST.fullmatch(text):
        return match.group(1), match.group(2)
    match = _SEX_LAST.fullmatch(text)
    return (match.group(2), match.group(1)) if match else None


_PERIOD = re.compile(
    r"(?:từ |tu )?(?:ngày |ngay )?(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}))?)?\s*(?:-|–|đến|den|to|->)\s*(?:ngày |ngay )?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?",
    re.IGNORECASE,
)
# The column a period stands in, and where its first and its last day belong.
_PERIODS = (
    (TargetField.QUARANTINE_FROM, TargetField.QUARANTINE_FROM, TargetField.QUARANTINE_TO),
    (TargetField.EXPOSURE_FROM, TargetField.EXPOSURE_FROM, TargetField.EXPOSURE_TO),
    (TargetField.LAST_CONTACT_ON, TargetField.EXPOSURE_FROM, TargetField.LAST_CONTACT_ON),
)


def _part_periods(cells: dict[TargetField, CellText]) -> None:
    """`18-20/8` in a column of contacts or of quarantine is the first day and the last; what the row has of its own stays."""
    for column, first, last in _PERIODS:
        cell = cells.get(column)
        other = last if column is first else first
        found = _PERIOD.fullmatch(cell.value.strip()) if cell is not None and isinstance(cell.value, str) else None
        if cell is None or found is None or other in cells:
            continue
        day, month, year, last_day, last_month, last_year = found.groups()
        ends = (day, month or last_month, year or last_year), (last_day, last_month, last_year or year)
        for target, parts in zip((first, last), ends, strict=True):
            cells[target] = cell._replace(value="/".join(part for part in parts if part), flags=(*cell.flags, "parted"))


def _compose_sex_and_birth(cells: dict[TargetField, CellText]) -> None:
    """The column a birth year or mark stands in tells the sex; both columns filled tells nothing and stays as written."""
    _part_sex_and_birth(cells)
    for _, _, mark in _BY_SEX:
        if mark in cells and cells[mark].text.lower() in _NO_MARKS:
            del cells[mark]  # not marked, as an empty cell
    births = [(sex, cells[birth]) for sex, birth, _ in _BY_SEX if birth in cells]
    marks = [(sex, cells[mark]) for sex, _, mark in _BY_SEX if mark in cells and _is_mark(cells[mark], sex)]
    if len(births) == 1:
        sex, cell = births[0]
        cells.setdefault(TargetField.BIRTH, cell)
        cells.setdefault(TargetField.SEX, cell._replace(value=sex, flags=(*cell.flags, "from_column")))
    if len(marks) == 1:
        sex, cell = marks[0]
        cells.setdefault(TargetField.SEX, cell._replace(value=sex, flags=(*cell.flags, "from_column")))
    _compose_birth_parts(cells)


def _is_mark(cell: CellText, sex: str) -> bool:
    """Whether a cell marks the column it stands in, rather than say something of its own."""
    return cell.value is True or cell.text.lower() in _MARKS or cell.text.lower() == sex.lower()


def _compose_birth_parts(cells: dict[TargetField, CellText]) -> None:
    """Day, month and year columns make one birth, as much of it as is there."""
    year = cells.get(TargetField.BIRTH_YEAR)
    if year is None or TargetField.BIRTH in cells:
        return
    month, day = cells.get(TargetField.BIRTH_MONTH), cells.get(TargetField.BIRTH_DAY)
    parts = [part for part in (day if month else None, month, year) if part is not None]
    text = "/".join(part.text for part in parts)
    value: Value = year.value if len(parts) == 1 else text
    cells[TargetField.BIRTH] = year._replace(original=text, value=value, flags=("composed",) if len(parts) > 1 else ())


def _compose_name(cells: dict[TargetField, CellText]) -> None:
    """Family and given names in two columns make the full name: a family name of the country opens it, else the header's language says."""
    family, given = cells.get(TargetField.FAMILY_NAME), cells.get(TargetField.GIVEN_NAME)
    if TargetField.FULL_NAME in cells or not (family or given):
        return
    first, second = _opens(given), _opens(family)
    western = first > second or (first == second == 0 and given is not None and "first" in given.label.lower())
    parts = [part for part in ((given, family) if western else (family, given)) if part is not None]
    text = " ".join(part.text for part in parts)
    cells[TargetField.FULL_NAME] = parts[0]._replace(original=" ".join(part.original for part in parts), value=text, flags=("composed",))


def _opens(cell: CellText | None) -> int:
    """How surely a part opens as names here do: several words behind a family name, or such a word alone with its accents."""
    words = fold(cell.text).split() if cell is not None else []
    if cell is None or not words or words[0] not in USUAL_FAMILIES:
        return 0
    return 2 if len(words) > 1 else int(not cell.text.isascii())


def _inherit(cells: dict[TargetField, CellText], *, context: RowContext) -> None:
    """What section titles say fills what the row itself leaves open; the nearest title is asked first."""
    for section in reversed(context.sections):
        for target, text in section.context:
            cells.setdefault(target, CellText(section.text, text, section.row, "A", "", ("from_section",)))


def people_of(record: RawRecord) -> Iterator[RawRecord]:
    """The record, or one for each person when a cell names several; cells with as many lines are dealt out in order."""
    name = record.cells.get(TargetField.FULL_NAME)
    names = split_people(_unicode(name)) if name is not None and isinstance(name.value, str) and "composed" not in name.flags else []
    if name is None or len(names) < 2:
        yield record
        return
    for index, person in enumerate(names):
        cells = {target: _share(cell, index, of=len(names)) for target, cell in record.cells.items()}
        cells[TargetField.FULL_NAME] = name._replace(value=clean(person), flags=(*name.flags, "split_people"))
        yield replace(record, cells=cells, person=index + 1, people=len(names))


def _unicode(cell: CellText) -> str:
    """The cell in Unicode with its lines, which `text` no longer has."""
    return cell.original if cell.original.isascii() else read_legacy(cell.original, font_name=cell.font or None).text


def _share(cell: CellText, index: int, *, of: int) -> CellText:
    """One person's part of a cell that has a line for each."""
    lines = [line for line in cell.original.splitlines() if line.strip()]
    if len(lines) != of:
        return cell
    return cell._replace(value=clean(read_legacy(lines[index]).text), flags=(*cell.flags, "split_people"))
