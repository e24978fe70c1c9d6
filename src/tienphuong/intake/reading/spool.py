"""The spool: rows of a file as JSON lines, written once by the child and read as often as needed by the parent."""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from .book import UNCOMPUTED, BrokenCell, Row
from .sheetxml import SheetMarks

_TRAILER = 20
_PIECE = 1024 * 1024


class Spool:
    """Writes rows and remembers where each sheet lies."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.at = 0
        self.sheets: list[dict[str, Any]] = []
        self.remarks: list[dict[str, Any]] = []
        self.date_system = 1900

    def line(self, content: Any) -> None:
        """One JSON line."""
        data = json.dumps(content, ensure_ascii=False, default=_encoded).encode("utf-8", "replace") + b"\n"
        self.out.write(data)
        self.at += len(data)

    def sheet(self, meta: dict[str, Any], rows: Iterator[tuple[int, list[Any]]], marks: SheetMarks | None) -> None:
        """One sheet with its rows; empty rows are counted by their absence."""
        start, count, last, width = self.at, 0, 0, 0
        for number, cells in rows:
            fonts = marks.fonts.get(number) if marks else None
            self.line([number, cells, fonts] if fonts else [number, cells])
            count, last, width = count + 1, number, max(width, len(cells))
        place = {"start": start, "end": self.at, "row_count": count, "last_row": last, "width": width}
        self.sheets.append({**meta, **place})

    def remark(self, notice: str, *, sheet: str = "", **facts: Any) -> None:
        """Something for the parent to put into words."""
        self.remarks.append({"notice": notice, "sheet": sheet, **facts})

    def close(self) -> None:
        """The footer, and its offset in the last twenty bytes."""
        offset = self.at
        self.line({"sheets": self.sheets, "remarks": self.remarks, "date_system": self.date_system})
        self.out.write(f"{offset:020d}".encode())
        self.out.flush()


def _encoded(value: object) -> dict[str, Any]:
    """Dates and times as tagged JSON; a datetime is asked first because it is also a date."""
    if isinstance(value, datetime):
        return {"$": "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {"$": "date", "v": value.isoformat()}
    if isinstance(value, time):
        return {"$": "time", "v": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$": "timedelta", "v": value.total_seconds()}
    return {"$": "error", "v": str(value)}


def _decoded(tagged: dict[str, Any]) -> Any:
    """The value behind a tag; a plain mapping, the fonts of a row, passes as it is."""
    kind = tagged.get("$")
    if kind is None:
        return tagged
    if kind == "uncomputed":
        return UNCOMPUTED
    return _DECODERS[kind](tagged["v"])


_DECODERS: dict[str, Any] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
    "error": BrokenCell,
}


def footer(spool: IO[bytes]) -> dict[str, Any]:
    """What the child noted about the whole file."""
    end = spool.seek(0, os.SEEK_END)
    spool.seek(end - _TRAILER)
    offset = int(spool.read(_TRAILER))
    spool.seek(offset)
    noted: dict[str, Any] = json.loads(spool.read(end - _TRAILER - offset))
    return noted


def spooled_rows(spool: IO[bytes], *, start: int, end: int) -> Iterator[Row]:
    """The rows between two offsets; several readers may go through one spool at the same time."""
    decode = json.JSONDecoder(object_hook=_decoded).decode
    for line in _lines(spool.fileno(), start=start, end=end):
        number, cells, *fonts = decode(line)
        yield Row(number, cells, {int(column): name for column, name in fonts[0].items()}) if fonts else Row(number, cells)


def _lines(descriptor: int, *, start: int, end: int) -> Iterator[str]:
    """Lines read by position, so that no shared file offset moves."""
    rest = b""
    while start < end:
        piece = os.pread(descriptor, min(_PIECE, end - start), start)
        start += len(piece)
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode("utf-8")
