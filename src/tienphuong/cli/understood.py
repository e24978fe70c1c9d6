"""How the sheets of a file were understood, as lines for the terminal and as a file an officer may correct."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tienphuong.cli.common import UserError
from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.mapping.layout import ColumnGuess, Mapping
from tienphuong.intake.mapping.terms import Basis, SheetKind, TargetField
from tienphuong.intake.previews import row_lines
from tienphuong.intake.questions import CellQuestion, cell_questions
from tienphuong.intake.services.effect import effect_of
from tienphuong.intake.services.orders import order_of
from tienphuong.intake.services.sheets import mapping_from
from tienphuong.intake.terms import DayOrder, FileState, Severity
from tienphuong.intake.understood import asked, columns_of, sheets_of
from tienphuong.reports.catalogue import BY_KEY


def print_warnings(file: Any) -> None:
    """Everything there is to say about the file as a whole and its sheets."""
    for _, _, text in file.warnings:
        print(f"    ! {text}")


def print_mapping(file: Any) -> None:
    """Each column: what it is taken for, its header, some of what stands in it, how sure, and what becomes of it."""
    for sheet in sheets_of(file):
        print(f"    {sheet.name}: {SheetKind(sheet.kind).label}")
        for line in columns_of(sheet):
            guess = line.guess
            meaning = guess.meaning.label if guess.meaning else "giữ làm ghi chú"
            samples = " · ".join(text[:24] for text in line.samples)
            print(f"      {line.letters:>3} {_WORDS[guess.decision]:9} {meaning} ← “{guess.label}” ({samples}) {guess.confidence:.0%}")


_WORDS = {"sure": "chắc chắn", "ask": "CẦN HỎI", "note": "ghi chú", "ignore": "bỏ qua"}


def print_questions(file: Any, *, returned: bool) -> None:
    """How many rows of the file have something an officer should look at; `returned`: they are written to a file for the sender."""
    if number := asked(file):
        print(f"    {number} dòng cần xem lại{'' if returned else '; thêm --errors-to THƯ_MỤC để có tệp ghi rõ lý do'}.")


_MOST_ROWS = 200


def print_rows(file: Any) -> None:
    """What each row becomes, those to look at first; of a long list the first rows."""
    rows = row_lines(system_viewer(), file=file, size=_MOST_ROWS)
    for row in sorted(rows.lines, key=lambda one: not one.remarks):
        becomes = "; ".join(f"{sort.label}{f': {words_for(detail)}' if detail else ''}" for sort, detail in row.becomes)
        print(f"    dòng {row.number}: {row.name or '–'} · {row.verdict.label} · {becomes or '–'}")
        for remark in row.remarks:
            if remark.severity != Severity.INFO:
                where = f"{remark.column} “{remark.value[:40]}”: " if remark.column or remark.value else ""
                print(f"        ! {where}{remark.reason} {remark.remedy}")
    if rows.total > _MOST_ROWS:
        print(f"    … và {rows.total - _MOST_ROWS} dòng nữa; --errors-to THƯ_MỤC ghi đủ mọi dòng.")


def words_for(detail: object) -> str:
    """An official word as its Vietnamese label, another text as it is."""
    return str(getattr(detail, "label", detail))


def print_effect(file: Any, *, at: datetime) -> None:
    """The figures of the area that would change."""
    changes = effect_of(file, actor=system_viewer(), at=at) if file.state == FileState.CHECKED else []
    if changes:
        print("    Ghi vào thì: " + "; ".join(f"{BY_KEY[key].label} {before} → {after}" for key, before, after in changes))


def print_cell_questions(file: Any) -> None:
    """One line for each kind of cell that is not understood."""
    for one in cell_questions(system_viewer(), file=file):
        print(
            f"    ? {one.rows} dòng: “{one.text}” ở cột {one.target.label} là gì? ({', '.join(f'{word} = {words_for(word)}' for word in one.words)})"
        )


def save_mapping(files: Sequence[Any], path: Path) -> None:
    """The mapping as a file: an officer corrects `field` and hands it back with --mapping."""
    lines = ["# field: tên trường; để trống để giữ cột làm ghi chú", f"# order (cột ngày): {', '.join(DayOrder)}"]
    for sheet in (sheet for file in files for sheet in sheets_of(file)):
        lines += ["", "[[sheet]]", f"name = {_quoted(sheet.name)}", f"kind = {_quoted(sheet.kind)}"]
        for guess in mapping_from(sheet.mapping).columns:
            lines += ["", "[[sheet.column]]", f"index = {guess.column}", f"header = {_quoted(guess.label)}"]
            lines += [f"field = {_quoted(guess.target or '')}", f"decision = {_quoted(guess.decision)}"]
            lines += [f"order = {_quoted(order)}"] if (order := order_of(sheet, guess.target)) else []
    lines += [line for file in files for one in cell_questions(system_viewer(), file=file) for line in _word_lines(one)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _word_lines(one: CellQuestion) -> list[str]:
    known = ", ".join(str(word) for word in one.words)
    return [
        "",
        "[[word]]",
        f"# {one.rows} dòng; reading: {known}",
        f"kind = {_quoted(one.kind)}",
        f"text = {_quoted(one.text)}",
        'reading = ""',
    ]


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """What an officer settled in a mapping file: the sheets with their columns, and what words of cells mean."""

    sheets: list[dict[str, Any]]
    words: list[dict[str, str]]


def mapping_file(path: Path) -> Settled:
    """The sheets and words of a mapping file."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return Settled(list(found.get("sheet", [])), [word for word in found.get("word", []) if word.get("reading")])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"không đọc được {path}: {error}") from error


def settled(sheet: Any, given: dict[str, Any]) -> Mapping:
    """The stored mapping of a sheet with every column settled as the file says; a header that differs is refused."""
    chosen = {column["index"]: column for column in given.get("column", [])}
    return Mapping(tuple(_settled(guess, chosen.get(guess.column)) for guess in mapping_from(sheet.mapping).columns))


def orders(mapping: Mapping, given: dict[str, Any]) -> dict[TargetField, DayOrder]:
    """The order of days that the file says for columns."""
    said = {column["index"]: column["order"] for column in given.get("column", []) if column.get("order")}
    if wrong := next((word for word in said.values() if word not in set(DayOrder)), None):
        raise UserError(f"không có thứ tự ngày “{wrong}”; chọn một trong: {', '.join(DayOrder)}")
    return {guess.target: DayOrder(said[guess.column]) for guess in mapping.columns if guess.target and guess.column in said}


def _settled(guess: ColumnGuess, given: dict[str, Any] | None) -> ColumnGuess:
    if given is None:
        return guess
    if given.get("header", "") != guess.label:
        raise UserError(f"cột {guess.column} của tệp là “{guess.label}”, tệp cách hiểu ghi “{given.get('header', '')}”")
    wanted = given.get("field", "")
    if wanted and wanted not in set(TargetField):
        raise UserError(f"không có trường “{wanted}” (cột “{guess.label}”)")
    target = TargetField(wanted) if wanted else None
    return ColumnGuess(guess.column, guess.label, target, 1.0, Basis.OFFICER, Basis.OFFICER.label)
