"""Cells and columns of a list: what is written, where it leads, and the value an export keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core.choices import LabelledChoice
from tienphuong.registry.terms import PersonSex
from tienphuong.web import formats
from tienphuong.web.named import name_of, person_href
from tienphuong.web.templatetags.post import LEVELS, label

Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Cell:
    """One cell: what is written, where it leads, its status level, and the value an export keeps."""

    words: str
    href: str = ""
    level: str = ""
    detail: str = ""
    raw: Value = None

    @property
    def tight(self) -> bool:
        """Whether the cell reads as one word: a date or a number never breaks over two lines."""
        return isinstance(self.raw, date | int | float)

    @property
    def icon(self) -> str:
        """The icon of the status level."""
        return LEVELS[self.level]


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it says of a line, and the order its heading sorts by ('' for none)."""

    key: str
    words: str | Promise
    of: Callable[[Any], Cell | Value]
    order: str = ""
    number: bool = False


@dataclass(frozen=True)
class Option:
    """One value a list can be narrowed to."""

    value: str
    words: str


@dataclass(frozen=True)
class Choice:
    """One way to narrow a list; without options it is a day."""

    key: str
    words: str | Promise
    options: Sequence[Option] = ()


@dataclass(frozen=True)
class Row:
    """One line as drawn."""

    href: str
    key: str
    name: str
    cells: Sequence[Cell]


def as_cell(value: Cell | Value) -> Cell:
    """A plain value as a reader sees it."""
    if isinstance(value, Cell):
        return value
    language = get_language() or "vi"
    if isinstance(value, datetime):
        return Cell(formats.moment(value, language=language), raw=value)
    if isinstance(value, date):
        return Cell(formats.day(value, language=language), raw=value)
    if isinstance(value, int | float):
        return Cell(formats.number(value, language=language), raw=value)
    return Cell(value or formats.NOTHING, raw=value)


def stated_day(day: date | datetime | None) -> Cell:
    """The day of a fact; one that no list gave is said so, and is nothing in an export, which keeps the hour of any other."""
    return Cell(formats.day(day, language=get_language() or "vi"), raw=day) if day else Cell(_("chưa rõ ngày"))


def status_cell(word: LabelledChoice | str | None, levels: Mapping[str, str], *, words: type[LabelledChoice]) -> Cell:
    """An official word with its icon and colour; a dash when nothing was said."""
    if not word:
        return Cell(formats.NOTHING)
    text = label(words(word))
    return Cell(text, level=levels.get(str(word), "neutral"), raw=text)


def word_cell(value: str | None, words: type[LabelledChoice]) -> Cell:
    """An official word alone."""
    text = label(words(value)) if value and value in words._value2member_map_ else value or ""
    return Cell(text or formats.NOTHING, raw=text)


def options_of(words: type[LabelledChoice]) -> list[Option]:
    """A closed list of words to choose from, in the reader's language."""
    return [Option(word.value, label(word)) for word in words]


def person_cell(person: Any) -> Cell:
    """A name that leads to the person's page."""
    return Cell(name_of(person), href=person_href(person), raw=person.name)


def sex_and_birth(person: Any) -> Cell:
    """Nam · 1984, or what is known of it."""
    sex = label(PersonSex(person.sex)) if person.sex in PersonSex._value2member_map_ else ""
    birth = person.birth
    written = formats.day(birth, language=get_language() or "vi") if isinstance(birth, date) else str(birth or "")
    text = " · ".join(part for part in (sex, written) if part)
    return Cell(text or formats.NOTHING, raw=text)


def year_or_day(birth: date | int | None) -> Cell:
    """A birth as an export keeps it."""
    return Cell(str(birth or ""), raw=birth)
