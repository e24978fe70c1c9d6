"""How the sheets of a file were understood, as data: columns with what becomes of them, rows by what they come to."""

from collections.abc import Sequence
from typing import Any

from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.models import IntakeRow, IntakeSheet
from tienphuong.intake.previews import SEARCHED, ColumnLine, column_line
from tienphuong.intake.services.sheets import mapping_from
from tienphuong.intake.terms import Severity, Verdict


def sheets_of(file: Any) -> list[Any]:
    """The sheets of a file in their order."""
    return list(IntakeSheet.objects.filter(file=file).order_by("position"))


def understood_sheets(file: Any) -> list[dict[str, Any]]:
    """Each sheet of a file: kind, header, columns with what becomes of them, rows by what they come to, warnings."""
    sheets = [_sheet(file, sheet) for sheet in sheets_of(file)]
    named = {sheet["name"] for sheet in sheets}
    loose = [text for _, sheet, text in file.warnings if sheet not in named] + ([file.message] if file.message else [])
    if not loose:
        return sheets
    return [*sheets, {"name": "", "kind": "unknown", "header_row": None, "columns": [], "rows": _tally([]), "warnings": loose}]


def _sheet(file: Any, sheet: Any) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "kind": sheet.kind,
        "header_row": max(sheet.header_rows, default=None),
        "columns": [_column_of(guess) for guess in mapping_from(sheet.mapping).columns],
        "rows": _tally(list(IntakeRow.objects.filter(sheet=sheet).only("verdict", "issues"))),
        "warnings": [text for _, name, text in file.warnings if name == sheet.name],
    }


def _column_of(guess: ColumnGuess) -> dict[str, Any]:
    meaning = guess.meaning.value if guess.meaning else None
    return {"index": guess.column, "header": guess.label, "field": meaning, "confidence": guess.confidence, "decision": guess.decision}


def _tally(rows: Sequence[Any]) -> dict[str, int]:
    """Rows by verdict. A row with a question is counted under its verdict and once more under `asked`."""
    counts = {word.value: sum(1 for row in rows if row.verdict == word) for word in (Verdict.NEW, Verdict.CHANGED, Verdict.KNOWN)}
    refused = sum(1 for row in rows if row.verdict == Verdict.REFUSED)
    return {**counts, "asked": sum(1 for row in rows if _asks(row)), "refused": refused}


def _asks(row: Any) -> bool:
    return row.verdict == Verdict.DUPLICATE or any(issue[0] == Severity.WARNING for issue in row.issues)


def unsure(file: Any) -> bool:
    """Whether a column of the file waits for an officer's choice."""
    return bool(unsure_columns(file))


def unsure_columns(file: Any) -> list[ColumnGuess]:
    """The columns of a file that wait for an officer's choice."""
    return [guess for sheet in sheets_of(file) for guess in mapping_from(sheet.mapping).columns if guess.decision == "ask"]


def rows_read(file: Any) -> int:
    """Rows of a file that say something, refused ones among them."""
    return int(IntakeRow.objects.filter(sheet__file=file).count())


def asked(file: Any) -> int:
    """How many rows of a file have something an officer should look at."""
    return sum(1 for row in IntakeRow.objects.filter(sheet__file=file).only("verdict", "issues") if _asks(row))


def columns_of(sheet: Any) -> list[ColumnLine]:
    """The columns of a sheet with some of what stands in them, for whoever sent the file."""
    rows = list(IntakeRow.objects.filter(sheet=sheet).order_by("number", "part")[:SEARCHED])
    return [column_line(guess, rows) for guess in mapping_from(sheet.mapping).columns]
