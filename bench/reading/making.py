"""Lists made up from their layouts: a thousand rows each, the same at every run, with the truth of every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.reading import cells as made
from bench.reading.cells import EMPTY, Cell
from bench.reading.people import Person, person
from openpyxl import Workbook

ROWS = 1000
_WORDS = {"classification", "result", "result_2", "symptoms", "degree", "quarantine_form", "follow_up_state"}
_KIND = {"result_2": "result", "quarantine_form": "form", "follow_up_state": "follow_up"}
_CHOICES = {
    "province": ("Thành phố Hà Nội", "Tỉnh Hưng Yên"), "detection_setting": ("Cộng đồng", "Khu cách ly", "Khu phong tỏa"), "treatment_place": ("BV Thanh Nhàn", "BV Đức Giang", "Bệnh viện Đống Đa"), "ct": ("18,5", "24.2", "31"),
    "note": ("", "", "Nhà có người già", "Đã báo thôn", "Cần nước uống"), "vaccination": ("Đã tiêm", "Chưa tiêm"), "relation": ("Vợ", "Con", "Hàng xóm", "Đồng nghiệp"), "occupation": ("Công nhân", "Nông dân", "Học sinh"),
    "from_place": ("TP. Hồ Chí Minh", "Bình Dương", "Đồng Nai"), "transport": ("Xe khách", "Máy bay", "Xe máy"), "nationality": ("Việt Nam", "Lào", "Hàn Quốc"),
    "lab": ("CDC Hà Nội", "BV Thanh Nhàn"), "source_status": ("Đã rõ nguồn lây", "Chưa rõ nguồn lây", "Đang điều tra"), "cluster": ("Chùm Thọ Am", "Chợ Vực"),
    "relation_to_head": ("Chủ hộ", "Vợ", "Con"), "quarantine_place": ("Trường Quân sự", "KTX Đại học FPT"), "exposure_place": ("Chợ Vực", "Đình Thọ Am", "Trạm Y tế"), "temperature": ("36,5", "36.8", "37,1", "38,2"),
}  # fmt: skip


_ENGLISH = {"relation": ("Wife", "Child", "Neighbour", "Colleague")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout: its header, its truth, how its cells are made, and the heading above it."""

    header: str
    truth: str
    make: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A made-up file, with the truth of each column and cell."""

    name: str
    file: str
    content: bytes
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int


def made_up(layout: dict[str, Any], *, rows: int = ROWS) -> List:
    """The file of a layout."""
    columns = tuple(Column(*column) for column in layout["columns"])
    dice = Random(f"{layout['name']} 24/8/2021")
    body = tuple(_row(columns, person(number, dice), dice) for number in range(1, rows + 1))
    head = [[title] for title in layout.get("titles", ())] + _header(columns)
    table = [*head, *([cell.text for cell in row] for row in body)]
    suffix = layout.get("file", "xlsx")
    content = _workbook(table) if suffix == "xlsx" else _text(table, layout.get("separator", ","))
    return List(layout["name"], f"{layout['name']}.{suffix}", content, tuple(layout["kinds"]), columns, body, len(head) + 1)


def _header(columns: tuple[Column, ...]) -> list[list[str]]:
    if not any(column.group for column in columns):
        return [[column.header for column in columns]]
    above = [
        column.group
        if column.group and (number == 0 or columns[number - 1].group != column.group)
        else ""
        if column.group
        else column.header
        for number, column in enumerate(columns)
    ]
    return [above, [column.header if column.group else "" for column in columns]]


def _workbook(table: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append([text or None for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(table: list[list[str]], separator: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(table)
    return stream.getvalue().encode("utf-8-sig")


def _row(columns: tuple[Column, ...], one: Person, dice: Random) -> tuple[Cell, ...]:
    return tuple(cell_of(column, one, dice) for column in columns)


def cell_of(column: Column, one: Person, dice: Random) -> Cell:
    """One cell of a column for one person."""
    if column.truth not in made.ALWAYS and dice.random() < made.BLANK:
        return EMPTY
    if column.make.startswith(("words:", "day:")) or column.make in _SPECIAL:
        return _special(column.make, one, dice)
    return _told(column.truth, column.make, one, dice)


def _special(make: str, one: Person, dice: Random) -> Cell:
    kind, _, rest = make.partition(":")
    if kind == "words":
        return Cell(dice.choice(rest.split("|")))
    if kind == "day":
        target, _, style = rest.partition(":")
        return Cell(one.days[target].isoformat() if style else f"{one.days[target]:%d/%m/%Y}")
    return Cell(_SPECIAL[kind](one, dice))


_SPECIAL: dict[str, Callable[[Person, Random], str]] = {
    "person": lambda one, dice: made.another(dice).name,
    "phone_other": lambda one, dice: f"09{dice.randint(10_000_000, 99_999_999)}",
    "uuid": lambda one, dice: f"{dice.getrandbits(48):012x}",
    "stamp": lambda one, dice: f"2021-08-{dice.randint(1, 24):02d}T{dice.randint(0, 23):02d}:15:00.000Z",
    "number": lambda one, dice: f"{dice.uniform(20, 180):.2f}",
    "flag": lambda one, dice: dice.choice(("true", "false", "false")),
    "count": lambda one, dice: str(dice.randint(0, 9)),
    "blank": lambda one, dice: "",
}


def _told(target: str, style: str, one: Person, dice: Random) -> Cell:
    """The cell of a target of the product."""
    if target in one.days:
        return _day(target, style, one, dice)
    if target in _MAKERS:
        return _MAKERS[target](one, style, dice)
    if style == "number_age":
        return made.age(one, style, dice)
    if target in _WORDS:
        return _word(target, style, one, dice)
    if target in ("address", "hamlet", "commune", "district"):
        return made.place(target, dice)
    text = dice.choice(_ENGLISH.get(target, _CHOICES[target]) if style == "english" else _CHOICES[target])
    return Cell(text, text if target not in ("note", "detection_setting", "source_status") else "")


def _day(target: str, style: str, one: Person, dice: Random) -> Cell:
    """A day of death or recovery stands only where that is the person's end."""
    ends = {"died_on": ("died",), "recovered_on": ("recovered",), "outcome_on": ("died", "recovered")}.get(target)
    if style != "every" and ends and one.fate not in ends:
        return EMPTY
    return made.day(target, one, style, dice)


def _word(target: str, style: str, one: Person, dice: Random) -> Cell:
    kind = _KIND.get(target, target)
    usual = next(iter(made.PLAIN[kind]))
    reading = dice.choice(list(made.PLAIN[kind])) if dice.random() < 0.3 else usual
    return made.words(kind, reading, style, dice)


def _outcome(one: Person, style: str, dice: Random) -> Cell:
    if style == "stay":
        return made.words("state", dice.choice(("staying", "staying", "completed")), "", dice)
    return made.words("outcome", one.fate, style, dice, may_doubt=one.fate == "in_treatment")


_MAKERS: dict[str, Callable[[Person, str, Random], Cell]] = {
    "row_no": lambda one, style, dice: Cell(str(one.number)),
    "full_name": made.name,
    "family_name": lambda one, style, dice: Cell(one.family),
    "given_name": lambda one, style, dice: Cell(one.given),
    "sex": made.sex,
    "birth": made.birth,
    "birth_of_male": made.birth,
    "birth_of_female": made.birth,
    "age": made.age,
    "phone": made.phone,
    "identity_no": made.identity,
    "insurance_no": lambda one, style, dice: Cell(f"HN401{dice.randint(10**9, 10**10 - 1)}"),
    "linked_case": made.link,
    "outcome": _outcome,
    "case_no": lambda one, style, dice: Cell(f"{'CT' if style else 'LN'}-{one.number:04d}", f"{'CT' if style else 'LN'}-{one.number}"),
    "national_no": lambda one, style, dice: Cell(f"BN{20000 + one.number}", f"BN-{20000 + one.number}"),
    "sample_code": lambda one, style, dice: Cell(f"M{one.number:05d}"),
    "household_head": lambda one, style, dice: Cell(made.another(dice).name),
    "household_code": lambda one, style, dice: Cell(f"H{one.number // 4:04d}", f"H{one.number // 4:04d}"),
}


def each(layouts: list[dict[str, Any]], *, rows: int = ROWS) -> Iterator[List]:
    """Every list of some layouts."""
    return (made_up(layout, rows=rows) for layout in layouts)
