"""How an officer settles the columns of a list in a file of text: written from what was understood, read back and held against the list."""

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from tienphuong.cli.common import UserError
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.asked import cell_key
from tienphuong.intake.mapping.layout import ColumnGuess, Mapping
from tienphuong.intake.mapping.synonyms import PHRASES
from tienphuong.intake.mapping.terms import Basis, SheetKind, TargetField
from tienphuong.intake.questions import CellQuestion, cell_questions
from tienphuong.intake.services.orders import order_of
from tienphuong.intake.services.reading import read_file
from tienphuong.intake.services.sheets import answers_for, mapping_from
from tienphuong.intake.terms import DayOrder
from tienphuong.intake.understood import sheets_of

_NEAR, _ENOUGH = 5, 60


def save_mapping(files: Sequence[Any], path: Path) -> None:
    """The mapping as a file: an officer corrects `field` and hands it back with --mapping."""
    lines = ["# field: tên trường; để trống để giữ cột làm ghi chú", f"# order (cột ngày): {', '.join(DayOrder)}"]
    lines += [
        f"# kind (loại trang): {', '.join(SheetKind)}",
        "# Các tên trường:",
        *(f"#   {one.value}: {one.label}" for one in TargetField),
    ]
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


def given_for(sheets: Sequence[Any], settled: Settled, *, name: str) -> list[tuple[Any, dict[str, Any]]]:
    """Each sheet of a list with what the file says of it; one sheet alone goes with the only one there is, whatever it is called."""
    if len(sheets) == len(settled.sheets) == 1:
        return [(sheets[0], settled.sheets[0])]
    given = {str(sheet.get("name", "")): sheet for sheet in settled.sheets}
    pairs = [(sheet, given[sheet.name]) for sheet in sheets if sheet.name in given]
    if given and not pairs:
        ours, theirs = _quoted_all(sheet.name for sheet in sheets), _quoted_all(given)
        raise UserError(f"tệp cách hiểu không phải của “{name}”: tệp cách hiểu ghi trang {theirs}, tệp có trang {ours}")
    return pairs


def settled(sheet: Any, given: dict[str, Any]) -> Mapping:
    """The stored mapping of a sheet with every column settled as the file says; one made for other headings is refused with all of them."""
    guesses = mapping_from(sheet.mapping).columns
    chosen = {column["index"]: column for column in given.get("column", []) if "index" in column}
    _refuse_other_headings(sheet.name, guesses, chosen)
    return Mapping(tuple(_settled(guess, chosen.get(guess.column)) for guess in guesses))


def differs(file: Any, given: Settled) -> bool:
    """Whether the file says of columns or words anything but what an applied list was read with."""
    answers = answers_for(file.sender)
    if any(answers.get((word["kind"], cell_key(word["text"]))) != word["reading"] for word in given.words):
        return True
    return any(_differs(sheet, given_sheet) for sheet, given_sheet in given_for(read_file(file), given, name=file.name))


def _differs(sheet: Any, given_sheet: dict[str, Any]) -> bool:
    before, now = mapping_from(sheet.mapping), settled(sheet, given_sheet)
    targets = [[guess.target for guess in one.columns] for one in (before, now)]
    ordered = any(order_of(sheet, target) is not order for target, order in orders(now, given_sheet).items())
    return targets[0] != targets[1] or kind(sheet, given_sheet) != sheet.kind or ordered


def _refuse_other_headings(name: str, guesses: Sequence[ColumnGuess], chosen: dict[int, dict[str, Any]]) -> None:
    labels = {guess.column: guess.label for guess in guesses}
    wrong = [
        (number, column.get("header", "")) for number, column in sorted(chosen.items()) if column.get("header", "") != labels.get(number)
    ]
    if wrong:
        given_sheet = "; ".join(
            f"cột {number}: tệp cách hiểu ghi “{header}”, tệp {f'là “{labels[number]}”' if number in labels else 'không có cột này'}"
            for number, header in wrong
        )
        raise UserError(f"tệp cách hiểu làm cho danh sách khác, trang “{name}” không khớp {len(wrong)} cột ({given_sheet})")


def kind(sheet: Any, given: dict[str, Any]) -> SheetKind:
    """The kind of list the file says, else the one that was understood."""
    given_sheet = given.get("kind") or sheet.kind
    if given_sheet not in set(SheetKind):
        raise UserError(
            f"không có loại trang “{given_sheet}”; chọn một trong: {', '.join(f'{one.value} ({one.label})' for one in SheetKind)}"
        )
    return SheetKind(given_sheet)


def orders(mapping: Mapping, given: dict[str, Any]) -> dict[TargetField, DayOrder]:
    """The order of days that the file says for columns."""
    given_sheet = {column["index"]: column["order"] for column in given.get("column", []) if column.get("order")}
    if wrong := next((word for word in given_sheet.values() if word not in set(DayOrder)), None):
        raise UserError(f"không có thứ tự ngày “{wrong}”; chọn một trong: {', '.join(DayOrder)}")
    return {guess.target: DayOrder(given_sheet[guess.column]) for guess in mapping.columns if guess.target and guess.column in given_sheet}


def _settled(guess: ColumnGuess, given: dict[str, Any] | None) -> ColumnGuess:
    if given is None:
        return guess
    wanted = given.get("field", "")
    if wanted and wanted not in set(TargetField):
        near = ", ".join(f"{one.value} ({one.label})" for one in near_fields(wanted))
        raise UserError(f"không có trường “{wanted}” (cột “{guess.label}”); gần nhất: {near}. Đủ các tên trường: tienphuong import --help")
    target = TargetField(wanted) if wanted else None
    return ColumnGuess(guess.column, guess.label, target, 1.0, Basis.OFFICER, Basis.OFFICER.label)


def near_fields(written: str) -> list[TargetField]:
    """The fields whose name, label or usual heading is nearest to what was written."""
    given_sheet = {(one, key): fold(key).replace("_", " ") for one in TargetField for key in (one.value, one.label, *PHRASES.get(one, ()))}
    found = process.extract(fold(written).replace("_", " "), given_sheet, scorer=fuzz.ratio, limit=3 * _NEAR, score_cutoff=_ENOUGH)
    return list(dict.fromkeys(one for _, _, (one, _) in found))[:_NEAR] or [TargetField.NOTE]


def fields_named() -> str:
    """Every field by its name and label, for the help of the command."""
    return "; ".join(f"{one.value} ({one.label})" for one in TargetField)


def _quoted_all(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
