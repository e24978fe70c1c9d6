"""Text with columns: which character parts them, and the rows one by one."""

import csv
import io
import itertools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Literal

from .book import Row, Sheet, Value
from .encodings import Encoding
from .limits import Limits

SEPARATORS = ";\t|,"
_SAMPLE_ROWS = 200

Opener = Callable[[], IO[bytes]]


def separator(sample: str) -> str:
    """The character that cuts most rows into the same number of columns; a `sep=` line written for Excel is believed."""
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    return max(SEPARATORS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: str, mark: str) -> tuple[float, int]:
    """The share of rows with the usual number of columns, weighed by how many columns that is; one column is none."""
    rows = [len(row) for row in itertools.islice(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), _SAMPLE_ROWS) if any(row)]
    wide = [count for count in rows[: len(rows) - 1] or rows if count > 1]
    if not wide:
        return 0.0, 0
    usual, times = Counter(wide).most_common(1)[0]
    return times / len(rows) * min(usual, 8) ** 0.5, usual


def open_text(opener: Opener, *, encoding: Encoding) -> io.TextIOWrapper:
    """The decoded file; new lines are left to the csv reader, which knows quotes."""
    return io.TextIOWrapper(io.BufferedReader(opener()), encoding=encoding.codec, errors=encoding.errors, newline="")  # type: ignore[type-var]


def text_rows(opener: Opener, *, encoding: Encoding, mark: str, quoted: bool, limits: Limits) -> Iterator[Row]:
    """The rows that hold something, numbered as a spreadsheet would number them."""
    # Between quotes more than a cell can hold is a quote that was never closed; without them it is one very long cell, which is cut.
    csv.field_size_limit(limits.max_cell_text if quoted else limits.max_bytes)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    with open_text(opener, encoding=encoding) as text:
        lines = (line.replace("\0", "") for line in text)
        number = 0
        for cells in csv.reader(lines, delimiter=mark, quoting=quoting):
            number += 1
            if number == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                number = 0
                continue
            if kept := _kept(cells, encoding=encoding, limits=limits):
                yield Row(number, kept)


def _kept(cells: list[str], *, encoding: Encoding, limits: Limits) -> list[Value]:
    """The cells as typed, blanks as nothing, without the empty tail."""
    end = min(len(cells), limits.max_columns)
    while end and not cells[end - 1].strip():
        end -= 1
    if encoding.codec == "cp1258":
        cells = [unicodedata.normalize("NFC", cell) for cell in cells[:end]]
    return [cell[: limits.max_cell_text] if cell.strip() else None for cell in cells[:end]]


def measure(opener: Opener, *, encoding: Encoding, mark: str, limits: Limits) -> tuple[int, int, int, bool]:
    """Rows, last row, width, and whether quotes are closed: one that never closes would swallow the rest of the file."""
    try:
        return (*_extent(text_rows(opener, encoding=encoding, mark=mark, quoted=True, limits=limits)), True)
    except csv.Error:
        return (*_extent(text_rows(opener, encoding=encoding, mark=mark, quoted=False, limits=limits)), False)


def _extent(rows: Iterator[Row]) -> tuple[int, int, int]:
    """Count, last number and greatest width of rows."""
    count = last = width = 0
    for row in rows:
        count, last, width = count + 1, row.number, max(width, len(row.cells))
    return count, last, width


def text_sheet(name: str, opener: Opener, *, encoding: Encoding, limits: Limits) -> tuple[Sheet, str, bool]:
    """The one sheet of a text file, its separator, and whether its quotes were closed."""
    with open_text(opener, encoding=encoding) as text:
        mark = separator(text.read(100_000))
    count, last, width, closed = measure(opener, encoding=encoding, mark=mark, limits=limits)
    sheet = Sheet(
        name=name,
        source=lambda: text_rows(opener, encoding=encoding, mark=mark, quoted=closed, limits=limits),
        row_count=count,
        last_row=last,
        width=width,
    )
    return sheet, mark, closed
