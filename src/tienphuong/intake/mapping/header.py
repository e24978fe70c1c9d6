"""Where the header of a sheet is, over how many rows, and what each column is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tienphuong.core.text.fold import fold
from tienphuong.intake.reading.book import Merge, Row, Value

from .days import day_columns
from .sormas import ENTITIES, is_property
from .terms import OWN_HEADINGS
from .wording import LIKELY, bare, best, is_group, is_leaf

LOOK = 60
_LONGEST = 90
_VALUE = re.compile(r"^\d{4}[-/]\d\d?[-/]|^\d{1,2}[/.-]\d{1,2}[/.-]\d|^\S+@\S+$|^[0-9a-f]{8}-[0-9a-f]{4}|^\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of the header and the label of each column; no rows means the sheet has none."""

    rows: tuple[int, ...]
    labels: tuple[str, ...]
    leaves: tuple[str, ...]
    entity: str = ""

    @property
    def last(self) -> int:
        """The last header row, 0 when there is none."""
        return self.rows[-1] if self.rows else 0


def find_header(rows: Sequence[Row], *, merged: Sequence[Merge], width: int) -> Header:
    """The header block among the first rows: the row that speaks most header words, with the rows that belong to it."""
    if known := _own_header(rows, width=width) or _sormas_header(rows):
        return known
    at = _main_row(rows)
    if at is None:
        return Header((), ("",) * width, ("",) * width)
    first = _extended_up(rows, at, merged=merged)
    last = _extended_down(rows, at, merged=merged)
    block = rows[first : last + 1]
    return Header(tuple(row.number for row in block), *_labels(block, merged=merged, width=width))


def _own_header(rows: Sequence[Row], *, width: int) -> Header | None:
    """The row of headings of an export of ours: the one that holds the heading of its codes."""
    for row in rows[:LOOK]:
        if any(isinstance(cell, str) and fold(cell) in OWN_HEADINGS for cell in row.cells):
            labels = tuple(_text(cell) for cell in row.cells) + ("",) * (width - len(row.cells))
            return Header((row.number,), labels, labels)
    return None


def _sormas_header(rows: Sequence[Row]) -> Header | None:
    """A row of SORMAS property names, with the row of entities above it if there is one."""
    for index, row in enumerate(rows[:5]):
        names = [cell for cell in row.cells if isinstance(cell, str)]
        known = sum(1 for name in names if is_property(name))
        if known < 3 or known < 0.4 * len(names) or not any("." in name or name[1:] != name[1:].lower() for name in names):
            continue
        above = rows[index - 1] if index else None
        if not _anchored(names, above):
            continue
        entity = above is not None and all(str(cell).lower() in ENTITIES for cell in above.cells if cell is not None)
        labels = tuple(str(cell) if cell is not None else "" for cell in row.cells)
        numbers = (above.number, row.number) if entity and above else (row.number,)
        return Header(numbers, labels, labels, entity=str(above.cells[0]) if entity and above else "")
    return None


def is_sormas(rows: Sequence[Row], header: Header) -> bool:
    """Whether the header found is that of a SORMAS template."""
    found = _sormas_header(rows)
    return found is not None and found.rows == header.rows


def _anchored(names: Sequence[str], above: Row | None) -> bool:
    """Whether names of another system's persons differ from SORMAS's: its sex and its report, or its row of entities."""
    listed = above is not None and all(str(cell).lower() in ENTITIES for cell in above.cells if cell is not None)
    return listed or {"person.sex", "caseClassification", "contactClassification", "lastContactDate"} & set(names) != set()


def _main_row(rows: Sequence[Row]) -> int | None:
    """The index of the row with most header words; one word is enough only where the row has few cells."""
    scored = [(_headerness(row), -index) for index, row in enumerate(rows[:LOOK])]
    (_, words), negative = max(scored, default=((0.0, 0), 0))
    cells = len(_but_days(rows[-negative])) if rows else 0
    if words >= 2 and words * 3 >= cells:
        return -negative
    return _named_row(rows[:LOOK])


def _named_row(rows: Sequence[Row]) -> int | None:
    """The first full row, if it holds different names only and the rows under it do not: a wide list of another system."""
    wide = max((_filled(row) for row in rows), default=0)
    at = next((index for index, row in enumerate(rows) if _filled(row) >= max(3, 0.7 * wide)), None)
    if at is None:
        return None
    names = [str(cell).strip() for cell in rows[at].cells if cell is not None]
    if not all(_is_name(cell) for cell in rows[at].cells if cell is not None) or len(set(names)) < 0.8 * len(names):
        return None
    below = [cell for row in rows[at + 1 :] for cell in row.cells if cell is not None]
    repeated = set(names) & {str(cell).strip() for cell in below}
    # A word of the rows may be a heading too (`admin3`); a row of data repeats more than that.
    return at if any(not _is_name(cell) for cell in below) and len(repeated) <= 0.1 * len(names) else None


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell is not None)


def _is_name(cell: Value) -> bool:
    """Whether a cell may be the name of a column: a text with letters that is no date, address of mail or long sentence."""
    return isinstance(cell, str) and len(cell) <= _LONGEST and any(char.isalpha() for char in cell) and _VALUE.match(cell.strip()) is None


def _headerness(row: Row) -> tuple[float, int]:
    """The weight and number of cells that read as column names; numbers and dates speak against, a word said again says nothing more."""
    weight, words = 0.0, 0
    for cell in dict.fromkeys(_but_days(row)):
        if isinstance(cell, str) and _VALUE.match(cell.strip()):
            weight -= 0.5
        elif isinstance(cell, str) and len(cell) <= _LONGEST:
            score = max(best(cell), 0.85 if is_leaf(cell) or is_group(cell) else 0.0)
            if score >= LIKELY:
                weight, words = weight + score, words + 1
        elif cell is not None:
            weight -= 0.5
    return weight, words


def _but_days(row: Row) -> list[Value]:
    """The filled cells of a row, those left out that head a column a day."""
    days = day_columns(row.cells)
    return [cell for column, cell in enumerate(row.cells) if cell is not None and column not in days]


def _extended_up(rows: Sequence[Row], at: int, *, merged: Sequence[Merge]) -> int:
    """The first row of the block: rows right above that hold headings over some of the columns."""
    first = at
    while first and rows[first].number - rows[first - 1].number == 1 and _is_heading_row(rows[first - 1], rows[at], merged=merged):
        first -= 1
    return first


def _is_heading_row(above: Row, row: Row, *, merged: Sequence[Merge]) -> bool:
    """Whether a row holds group headings: several short texts, or one that stands over some columns but not all."""
    cells = [(index, cell) for index, cell in enumerate(above.cells) if cell is not None]
    if not cells or any(not isinstance(cell, str) or len(cell) > _LONGEST for _, cell in cells):
        return False
    spans = [merge for merge in merged if merge.top <= above.number <= merge.bottom and merge.right > merge.left]
    whole = any(merge.right - merge.left + 1 >= 0.8 * len(row.cells) for merge in spans)
    words = sum(1 for _, cell in cells if best(str(cell)) >= LIKELY or is_group(str(cell)))
    return not whole and (words >= 2 or (words >= 1 and cells[0][0] > 0))


def _extended_down(rows: Sequence[Row], at: int, *, merged: Sequence[Merge]) -> int:
    """The last row of the block: a row of leaves under headings, by merged cells or by its words."""
    last = at
    while last + 1 < len(rows) and last - at < 2 and _is_leaf_row(rows[last + 1], rows[last], merged=merged):
        last += 1
    return last


def _is_leaf_row(row: Row, above: Row, *, merged: Sequence[Merge]) -> bool:
    """Whether a row continues the header: short words only, most of them leaves or column names."""
    if row.number - above.number != 1:
        return False
    cells = _but_days(row)
    if not cells:
        return any(cell is not None for cell in row.cells)
    if any(not isinstance(cell, str) or len(cell) > _LONGEST for cell in cells):
        return False
    known = sum(1 for cell in cells if is_leaf(str(cell)) or best(str(cell)) >= LIKELY)
    hung = any(merge.top <= above.number and merge.bottom >= row.number for merge in merged)
    return known >= (0.5 if hung else 0.7) * len(cells) and [bare(str(c)) for c in cells] != [bare(str(c)) for c in above.cells if c]


def _labels(block: Sequence[Row], *, merged: Sequence[Merge], width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The full label of each column, headings first, and its lowest word alone."""
    filled = [_spread(row, merged=merged, lower=block[index + 1 :], width=width) for index, row in enumerate(block)]
    full, leaves = [], []
    for column in range(width):
        parts: list[str] = []
        for line in filled:
            text = line[column]
            if text and (not parts or bare(parts[-1]) != bare(text)):
                parts.append(text)
        full.append(" ".join(parts))
        leaves.append(parts[-1] if parts else "")
    return tuple(full), tuple(leaves)


def _spread(row: Row, *, merged: Sequence[Merge], lower: Sequence[Row], width: int) -> list[str]:
    """The texts of a header row, headings repeated over the columns they stand above."""
    cells = [_text(cell) for cell in row.cells] + [""] * (width - len(row.cells))
    spans = [merge for merge in merged if merge.top <= row.number <= merge.bottom and merge.right > merge.left]
    for merge in spans:
        if merge.left < width and merge.top == row.number:
            cells[merge.left : merge.right + 1] = [cells[merge.left]] * (min(merge.right + 1, width) - merge.left)
    return cells if merged or not lower else _spread_by_eye(cells, lower=lower)


def _spread_by_eye(cells: list[str], *, lower: Sequence[Row]) -> list[str]:
    """Without merged cells (a text file): a heading reaches over blanks to its right that have a word below."""
    below = [any(column < len(row.cells) and row.cells[column] is not None for row in lower) for column in range(len(cells))]
    for column in range(1, len(cells)):
        if not cells[column] and below[column] and below[column - 1]:
            cells[column] = cells[column - 1]
    return cells


def _text(cell: Value) -> str:
    """A header cell as one line."""
    return " ".join(str(cell).split()) if cell is not None else ""
