"""Sheets as communes make them, built on the spot; every person here is invented."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

Cells = Sequence[Any]


def workbook(build: Callable[[Any, Any], None], *, name: str = "Sheet1") -> bytes:
    """An .xlsx of one sheet that `build` fills."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    build(book.add_worksheet(name), book)
    book.close()
    return out.getvalue()


def xlsx(rows: Sequence[Cells], *, name: str = "Sheet1", merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An .xlsx with these rows; `merges` are 0-based (top, left, bottom, right) over values already written."""

    def build(sheet: Any, book: Any) -> None:
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                put(sheet, number, column, value, dated)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])

    return workbook(build, name=name)


def put(sheet: Any, row: int, column: int, value: Any, dated: Any) -> None:
    """One cell of its own type."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, dated)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def text(rows: Sequence[Cells], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A text file with these rows."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Trang 1">'
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(rows: Sequence[Cells], *, tail: str = "", manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument sheet written by hand; `tail` is raw XML after the rows."""
    body = "".join("<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>" for row in rows)
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (_ODS + body + tail + _ODS_END).encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>x</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same zip with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})


_FREE, _END, _TABLE = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff"


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, 512-byte sectors): header, one sector of table, one of directory, then the streams."""
    table, body, entries = [_TABLE, _END], b"", [_entry("Root Entry", 5, start=None, size=0)]
    for name, content in streams.items():
        content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
        start, sectors = len(table), len(content) // 512
        table += [(start + n + 1).to_bytes(4, "little") for n in range(sectors - 1)] + [_END]
        entries.append(_entry(name, 2, start=start, size=len(content)))
        body += content
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10
    header += (1).to_bytes(4, "little") * 2 + b"\0" * 4 + (4096).to_bytes(4, "little") + _END + b"\0" * 4 + _END + b"\0" * 8
    header += _FREE * 108
    return header + b"".join(table).ljust(512, b"\xff") + b"".join(entries).ljust(512, b"\0") + body


def _entry(name: str, kind: int, *, start: int | None, size: int) -> bytes:
    """One directory entry; the root's child is the first stream, each stream's right sibling is left empty."""
    written = name.encode("utf-16-le") + b"\0\0"
    child = (1).to_bytes(4, "little") if kind == 5 else _FREE
    first = _END if start is None else start.to_bytes(4, "little")
    head = written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + bytes([kind, 1]) + _FREE * 2 + child
    return head + b"\0" * 36 + first + size.to_bytes(8, "little")


def xls(rows: Sequence[Cells]) -> bytes:
    """An Excel 97 workbook of one sheet, written record by record (BIFF8)."""
    sheet = _record(0x0809, b"\0\x06\x10\0" + b"\0" * 12)
    sheet += _record(0x0200, (0).to_bytes(4, "little") + len(rows).to_bytes(4, "little") + b"\0\0" + b"\x10\0" + b"\0\0")
    for number, row in enumerate(rows):
        sheet += b"".join(_biff_cell(number, column, value) for column, value in enumerate(row) if value is not None)
    opening = _record(0x0809, b"\0\x06\x05\0" + b"\0" * 12)
    at = len(opening) + len(_record(0x0085, b"\0" * 14)) + 4
    return compound_file(
        {
            "Workbook": opening
            + _record(0x0085, at.to_bytes(4, "little") + b"\0\0\x06\0Trang1")
            + _record(0x000A, b"")
            + sheet
            + _record(0x000A, b"")
        }
    )


def _record(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content


def _biff_cell(row: int, column: int, value: Any) -> bytes:
    place = row.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0"
    if isinstance(value, str):
        return _record(0x0204, place + len(value).to_bytes(2, "little") + b"\x01" + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


_RELATED = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def xlsb(rows: Sequence[Cells], *, name: str = "Trang 1") -> bytes:
    """An Excel binary workbook of one sheet, written record by record (MS-XLSB, BIFF12)."""
    sheet = _part(129) + _part(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + _part(145)
    for number, row in enumerate(rows):
        sheet += _part(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        sheet += b"".join(_biff12_cell(column, value) for column, value in enumerate(row) if value is not None)
    sheet += _part(146) + _part(130)
    book = _part(131) + _part(143) + _part(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)) + _part(144) + _part(132)
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES.encode(),
            "_rels/.rels": _related("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": _related("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)


def _related(kind: str, target: str) -> bytes:
    return (_RELATED + f'<Relationship Id="rId1" Type="{_TO}{kind}" Target="{target}"/></Relationships>').encode()


def _part(kind: int, content: bytes = b"") -> bytes:
    """One record: its type and length in groups of seven bits, then its content."""
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _sevens(rest) if rest else bytes([low])


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")


def _biff12_cell(column: int, value: Any) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _part(6, place + _wide(value))
    return _part(5, place + struct.pack("<d", value))
