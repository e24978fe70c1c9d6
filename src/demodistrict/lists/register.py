"""The household register of a commune, one line a person, streamed so that a district of 275,745 people needs little memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import xlsxwriter

from demodistrict.households import Population
from demodistrict.lists.document import MADE
from demodistrict.people import Person

HEADER = (
    "STT",
    "Mã hộ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD/CMND",
    "Số điện thoại",
    "Nghề nghiệp",
    "Thôn/TDP",
    "Xã/Thị trấn",
)
TITLES = ("SỔ QUẢN LÝ HỘ GIA ĐÌNH, NHÂN KHẨU", "{place}: {people} nhân khẩu, {households} hộ (theo Tổng điều tra 1/4/2019)", "")


def rows(people: Population, changed: dict[str, Person]) -> Iterator[list[str | int]]:
    """Every person of the commune as a register line; `changed` are people who differ from the plain draw."""
    word = people.commune.hamlet_word.capitalize()
    for row in range(len(people)):
        person = people.person(row)
        person = changed.get(person.id, person)
        yield [
            row + 1, person.household, person.name, person.relation, _day(person.birth), person.sex.capitalize(), person.identity,
            person.phone, person.occupation, f"{word} {person.hamlet}", person.place,
        ]  # fmt: skip


def write_register(path: Path, people: Population, *, changed: dict[str, Person]) -> dict[str, object]:
    """Writes the register and says where its people stand."""
    titles = [
        title.format(place=people.commune.name, people=_dotted(len(people)), households=_dotted(people.commune.households))
        for title in TITLES
    ]
    lines = [[title] for title in titles] + [list(HEADER)]
    if path.suffix == ".xlsx":
        _workbook(path, lines, rows(people, changed))
    else:
        _delimited(path, lines, rows(people, changed))
    first = len(lines) + 1
    return {
        "file": path.name,
        "commune": people.commune.code,
        "first_row": first,
        "last_row": first + len(people) - 1,
        "people": len(people),
        "households": people.commune.households,
        "person_of_row": f"P{people.commune.code}-NNNNN with NNNNN = row - {first}",
    }


def _workbook(path: Path, lines: list[list[str]], body: Iterator[list[str | int]]) -> None:
    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": MADE})
    page = book.add_worksheet("Nhân khẩu")
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    for number, cells in enumerate(body, len(lines)):
        page.write_number(number, 0, cells[0])
        for column, cell in enumerate(cells[1:], 1):
            page.write_string(number, column, cell)
    book.close()


def _delimited(path: Path, lines: list[list[str]], body: Iterator[list[str | int]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerows(lines)
        writer.writerows(body)


def _day(birth: date) -> str:
    return f"{birth.day:02d}/{birth.month:02d}/{birth.year}"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
