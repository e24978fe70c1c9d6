"""The child process that opens a spreadsheet: it alone meets the hostile file, under hard limits of memory and time.

Standard input is the file, standard output the spool: one JSON line a row, then one line of footer and its offset.
JSON, not pickle: the parent must be able to trust the spool without trusting the parser."""

import io
import json
import resource
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tienphuong.core.sentences import sentence

from .book import column_letter
from .faults import UnreadableFile
from .limits import Limits
from .package import Package, check_parts, open_package, open_zip
from .sheetxml import SheetMarks, old_font_styles, scanner
from .spool import Spool
from .terms import FileKind, Reason

REFUSED = 3


def confine(limits: Limits) -> None:
    """Sets the ceilings; a parser that asks for more is stopped by the kernel, whatever the file says about its own size."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value: Any) -> Any:
    """A cell as the sender typed it: blanks are nothing, whole floats are whole."""
    if value.__class__ is str:
        return value if value.strip() else None
    if value.__class__ is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value


def _trimmed(cells: list[Any]) -> list[Any]:
    """The row without its empty tail."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _filled(rows: Iterator[list[Any]], *, marks: SheetMarks | None, limits: Limits, far: list[str]) -> Iterator[tuple[int, list[Any]]]:
    """Numbered non-empty rows, with stored errors put back where the fast reader left a blank."""
    spotted = _by_row(marks) if marks else {}
    for number, raw in enumerate(rows, 1):
        cells = [_plain(value) for value in raw]
        for column, value in spotted.get(number, {}).items():
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
        cells = _trimmed(cells)
        if len(cells) > limits.max_columns:
            far.extend(
                f"{column_letter(c)}{number}" for c, v in enumerate(cells[limits.max_columns :], limits.max_columns) if v is not None
            )
            cells = _trimmed(cells[: limits.max_columns])
        if cells:
            yield number, cells


def _by_row(marks: SheetMarks) -> dict[int, dict[int, Any]]:
    """Errors and uncalculated formulas by row and column, as tagged values."""
    spotted: dict[int, dict[int, Any]] = {}
    for (row, column), text in marks.errors.items():
        spotted.setdefault(row, {})[column] = {"$": "error", "v": text}
    for row, column in marks.uncomputed:
        spotted.setdefault(row, {}).setdefault(column, {"$": "uncomputed"})
    return spotted


def _sheet_parts(archive: zipfile.ZipFile, package: Package) -> dict[str, str]:
    """The XML part of each sheet by the sheet's name, through the workbook's relations."""
    from xml.etree import ElementTree

    book = next((name for name in package.parts if name.lower() == "xl/workbook.xml"), "")
    relations = "xl/_rels/workbook.xml.rels"
    if not book or relations not in package.parts:
        return {}
    targets = {e.get("Id"): str(e.get("Target")) for e in ElementTree.fromstring(archive.read(relations))}
    found: dict[str, str] = {}
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if element.tag.endswith("}sheet"):
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target = targets.get(identity, "")
            found[str(element.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _examine(data: bytes, *, limits: Limits) -> tuple[Package, dict[str, SheetMarks], int]:
    """Proves a zip whole and within bounds, and notes what the sheet XML tells, in one pass over each part."""
    try:
        with open_zip(io.BytesIO(data)) as archive:
            package = open_package(archive, limits=limits)
            names = _sheet_parts(archive, package) if package.kind in (FileKind.XLSX, FileKind.XLSM) else {}
            styles = package.parts.get("xl/styles.xml")
            old = old_font_styles(archive.read(styles)) if styles and styles.file_size < 50_000_000 else {}
            marks = {name: SheetMarks() for name in names}
            check_parts(archive, watches={part: scanner(marks[name], old_fonts=old) for name, part in names.items()})
            system = 1904 if names and b'date1904="1"' in archive.read("xl/workbook.xml") else 1900
            return package, marks, system
    except (zipfile.BadZipFile, EOFError, KeyError, SyntaxError, NotImplementedError, zlib.error) as error:
        raise UnreadableFile(Reason.BROKEN) from error


def read_fast(data: bytes, spool: Spool, *, limits: Limits, zipped: bool) -> None:
    """Reads every sheet with calamine; a sheet spread too wide for a dense grid goes to the sparse reader."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if not zipped:
        _refuse_other_compound(data)
    package, marks, system = _examine(data, limits=limits) if zipped else (None, {}, 1900)
    _announce(package, spool)
    spool.date_system = system
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise UnreadableFile(Reason.PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _refusal(_named_error(data, package.kind) if package else error) from error
    for meta in book.sheets_metadata:
        _read_sheet(book, meta, spool, data=data, marks=marks.get(meta.name), limits=limits, package=package)


def _refuse_other_compound(data: bytes) -> None:
    """Compound files name their streams in UTF-16: an encrypted workbook and a Word document are told by them."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(Reason.PASSWORD)
    if "WordDocument".encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
        message = "Đây là tệp văn bản Word (.doc). Hãy chép bảng sang bảng tính (.xlsx) rồi gửi lại."
        raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message=message)


def _announce(package: Package | None, spool: Spool) -> None:
    """Tells the kind of container and whether it carries macros."""
    spool.remark("kind", kind=(package.kind if package else FileKind.XLS).value)
    if package and package.macros:
        spool.remark("macros")


def _named_error(data: bytes, kind: FileKind) -> Exception:
    """What the parser has against a file when told its kind; left to guess, it only says that it does not know it.

    Only a link has the name: were this process killed, the sender's list would not be left lying in the open.
    """
    from python_calamine import CalamineWorkbook

    with tempfile.TemporaryFile() as copy, tempfile.TemporaryDirectory() as folder:
        copy.write(data)
        copy.seek(0)
        named = Path(folder) / f"copy.{kind.value}"
        named.symlink_to(f"/dev/fd/{copy.fileno()}")
        try:
            CalamineWorkbook.from_path(named)
        except Exception as error:
            return error
    return ValueError(kind.value)


def _refusal(error: Exception) -> UnreadableFile:
    """A parser's complaint as a refusal the sender understands."""
    text = str(error).lower()
    if "limit exceeded" in text:
        return UnreadableFile(Reason.TOO_MUCH_MEMORY)
    return UnreadableFile(Reason.PASSWORD if "password" in text or "encrypt" in text else Reason.BROKEN)


def _read_sheet(
    book: Any, meta: Any, spool: Spool, *, data: bytes, marks: SheetMarks | None, limits: Limits, package: Package | None
) -> None:
    """One sheet into the spool with what there is to say about it."""
    if not str(meta.typ).endswith("WorkSheet"):
        spool.remark("not_a_sheet", sheet=meta.name)
        return
    try:
        sheet = book.get_sheet_by_name(meta.name)
    except Exception as error:
        raise _refusal(error) from error
    hidden = not str(meta.visible).endswith(".Visible")
    far: list[str] = []
    if sheet.total_height * sheet.total_width > limits.max_area:
        if package is None or package.kind not in (FileKind.XLSX, FileKind.XLSM):
            raise UnreadableFile(
                Reason.TOO_MUCH_MEMORY,
                detail=sentence(
                    "trang {sheet}: {rows} dòng, {columns} cột", sheet=meta.name, rows=sheet.total_height, columns=sheet.total_width
                ),
            )
        del sheet
        rows, merged = _sparse_rows(data, meta.name, limits=limits, far=far, marks=marks), []
    else:
        merged = [[a[0] + 1, a[1], b[0] + 1, b[1]] for a, b in (sheet.merged_cell_ranges or [])[:50_000]]
        rows = _filled(sheet.iter_rows(), marks=marks, limits=limits, far=far)
    spool.sheet(_meta(meta.name, hidden=hidden, merged=merged, marks=marks), rows, marks)
    _remark_marks(spool, meta.name, hidden=hidden, marks=marks, far=far)


def _meta(name: str, *, hidden: bool, merged: list[list[int]], marks: SheetMarks | None) -> dict[str, Any]:
    """What the parent keeps of a sheet beside its rows."""
    return {"name": name, "hidden": hidden, "merged": merged, "hidden_rows": sorted(marks.hidden_rows)[:100_000] if marks else []}


def _remark_marks(spool: Spool, name: str, *, hidden: bool, marks: SheetMarks | None, far: list[str]) -> None:
    """Tells of hidden sheets and rows, formulas, stored errors and far cells."""
    if hidden:
        spool.remark("hidden_sheet", sheet=name)
    if far:
        spool.remark("far_cells", sheet=name, cells=far[:20], count=len(far))
    if marks is None:
        return
    if marks.hidden_rows:
        spool.remark("hidden_rows", sheet=name, count=len(marks.hidden_rows))
    if marks.formulas:
        spool.remark("formulas", sheet=name, count=marks.formulas)
    _remark_spots(spool, "cell_errors", name, spots=sorted(marks.errors))
    _remark_spots(spool, "uncomputed", name, spots=sorted(marks.uncomputed))


def _remark_spots(spool: Spool, notice: str, name: str, *, spots: list[tuple[int, int]]) -> None:
    """One remark with the first cells and how many there are."""
    if spots:
        spool.remark(notice, sheet=name, cells=[f"{column_letter(c)}{r}" for r, c in spots[:20]], count=len(spots))


def _sparse_rows(data: bytes, name: str, *, limits: Limits, far: list[str], marks: SheetMarks | None) -> Iterator[tuple[int, list[Any]]]:
    """Rows of a sheet with absurd dimensions, streamed; only the first columns are kept, far cells are named."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book[name]
    sheet.reset_dimensions()
    rows = (list(row) for row in sheet.iter_rows(values_only=True))
    yield from _filled(rows, marks=marks, limits=limits, far=far)


def read_sparse(data: bytes, spool: Spool, *, limits: Limits) -> None:
    """Reads every sheet of an .xlsx by streaming; slower, and indifferent to where the cells lie."""
    from openpyxl import load_workbook

    package, marks, system = _examine(data, limits=limits)
    if package.kind not in (FileKind.XLSX, FileKind.XLSM):
        raise UnreadableFile(Reason.TOO_MUCH_MEMORY)
    _announce(package, spool)
    spool.date_system = system
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    shown = {sheet.title: sheet.sheet_state == "visible" for sheet in book.worksheets}
    book.close()
    for name, visible in shown.items():
        far: list[str] = []
        rows = _sparse_rows(data, name, limits=limits, far=far, marks=marks.get(name))
        spool.sheet(_meta(name, hidden=not visible, merged=[], marks=marks.get(name)), rows, marks.get(name))
        _remark_marks(spool, name, hidden=not visible, marks=marks.get(name), far=far)


def main(arguments: list[str]) -> int:
    """Reads standard input into standard output; a refusal goes to standard error as JSON."""
    mode, limits = arguments[0], Limits(**json.loads(arguments[1]))
    confine(limits)
    spool = Spool(sys.stdout.buffer)
    try:
        data = sys.stdin.buffer.read()
        if mode == "sparse":
            read_sparse(data, spool, limits=limits)
        elif mode == "html":
            from .webtable import read_html

            read_html(data, spool)
        else:
            read_fast(data, spool, limits=limits, zipped=mode == "zip")
        spool.close()
    except UnreadableFile as refusal:
        sys.stderr.write(json.dumps({"reason": refusal.reason.value, "message": refusal.message}))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
