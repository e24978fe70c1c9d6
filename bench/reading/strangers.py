"""Layouts that nobody here wrote, filled with rows of known truth in the forms of their own eight values.

Days are written anew in the format of the column, ages and names are those of the made-up people; words are drawn from the column's own values and judged
only where they are plain words of one meaning. What has no certain truth is drawn and not judged.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.reading.cells import EMPTY, Cell
from bench.reading.columns import FOLDER, KINDS
from bench.reading.making import ROWS, Column, List
from bench.reading.people import Person, person

from tienphuong.core.text.fold import fold

_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%y",
)  # fmt: skip
_NUMBERS = frozenset(
    {"phone", "identity_no", "case_no", "note", "guardian_phone", "record_id", "national_no", "age", "sample_code", "passport_no"}
)
# Days the made-up people have no word for lie beside the nearest one they have.
_NEAR = {
    "exposure_from": "last_contact_on",
    "exposure_to": "last_contact_on",
    "admitted_on": "result_on",
    "event_on": "last_contact_on",
    "quarantine_to": "quarantine_to",
}
_SEXES = {
    "M": "male nam m homme masculin masculino hombre laki-laki l mann",
    "F": "female nu f femme feminin femenino mujer feminino perempuan p frau",
}
_WORDS = {
    "result": {"positive": "positive", "negative": "negative", "pending": "pending", "duong tinh": "positive", "am tinh": "negative", "chua co ket qua": "pending"},
    "classification": {"confirmed": "confirmed", "suspect": "suspected", "suspected": "suspected", "probable": "probable", "nghi ngo": "suspected", "confirme": "confirmed"},
    "outcome": {"recovered": "recovered", "deceased": "died", "died": "died", "dead": "died", "decede": "died", "gueri": "recovered", "fallecido": "died", "recuperado": "recovered"},
}  # fmt: skip


def stranger(layout: dict[str, Any], *, rows: int = ROWS) -> List:
    """The file of a layout as its system would write it, many rows long."""
    columns = tuple(Column(one["header"], one["truth"]) for one in layout["formats"])
    dice = Random(f"{layout['name']} 24/8/2021")
    forms = [_form(one["values"], one["truth"]) for one in layout["formats"]]
    body = tuple(_row(layout, forms, person(number, dice), dice) for number in range(1, rows + 1))
    head: list[list[str]] = layout["header_rows"]
    stream = io.StringIO()
    csv.writer(stream, delimiter=layout.get("separator") or ",").writerows([*head, *([cell.text for cell in row] for row in body)])
    kinds = tuple(sorted(KINDS.get(layout["kind"], {"unknown"})))
    return List(layout["name"], f"{layout['name']}.csv", stream.getvalue().encode("utf-8"), kinds, columns, body, len(head) + 1)


def layouts(names: Iterable[str] = (), folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The layouts of the folder, or those named."""
    wanted = set(names)
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")) if not wanted or path.stem in wanted]


def _form(values: list[str], truth: str) -> str:
    """The format of days that every filled value has; empty where there is none, or more than one day fits."""
    filled = [value for value in values if len(value) >= 8 and value[0].isdigit()]
    if not filled or truth in _NUMBERS:
        return ""
    return next((form for form in _FORMATS if all(_parses(value, form) for value in filled)), "")


def _parses(value: str, form: str) -> bool:
    with suppress(ValueError):
        return bool(datetime.strptime(value, form))  # noqa: DTZ007  only whether it parses
    return False


def _row(layout: dict[str, Any], forms: list[str], one: Person, dice: Random) -> tuple[Cell, ...]:
    return tuple(_cell(column, form, one, dice) for column, form in zip(layout["formats"], forms, strict=True))


def _cell(column: dict[str, Any], form: str, one: Person, dice: Random) -> Cell:
    truth = column["truth"]
    drawn = dice.choice(column["values"])
    if _ends(truth, drawn) not in ("", one.fate):
        return EMPTY
    if form and re.match(r"\d", drawn):
        when = one.birth if truth == "birth" else one.days.get(_NEAR.get(truth, truth), one.days["reported_on"])
        text = datetime(when.year, when.month, when.day, tzinfo=UTC).strftime(form)
        return Cell(text, when.isoformat() if truth in one.days or truth == "birth" else "")
    if truth == "full_name" and " " in drawn:
        return Cell(one.name, fold(one.name))
    return _word(truth, drawn) if drawn else EMPTY


def _ends(truth: str, drawn: str) -> str:
    """The end that a cell tells, by its word or by being a day; a row has one end only."""
    if truth in ("died_on", "recovered_on"):
        return ("died" if truth == "died_on" else "recovered") if drawn[:1].isdigit() else ""
    return _word(truth, drawn).reading if truth == "outcome" else ""


def _word(truth: str, drawn: str) -> Cell:
    plain = fold(
        drawn.rpartition("LAB_TEST_RESULT_")[2].rpartition("CLASSIFICATION_")[2].rpartition("OUTCOME_")[2].rpartition("GENDER_")[2]
    )
    if truth == "sex":
        return Cell(drawn, next((sex for sex, words in _SEXES.items() if plain in words.split()), ""))
    return Cell(drawn, _WORDS.get(truth, {}).get(plain, ""))
