"""What every list page is made of: columns, choices in the address, chips, pages, the export of exactly this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.bounds import is_day, whole_number
from tienphuong.core.keyset import Roll
from tienphuong.core.listed import Listed, Window
from tienphuong.core.own_lines import line_code
from tienphuong.core.words import Word
from tienphuong.registry.queries.particulars import Particulars, particulars
from tienphuong.registry.terms import PersonSex
from tienphuong.web import formats
from tienphuong.web.exports import spreadsheet, text_table
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.templatetags.post import LEVELS, label

SIZE, A_PART = 50, 2_000
# What an address says beside the choices a reader sees; it stays when a choice changes.
STAYS = ("benh", "chi-so", "nghi-van", "thieu", "luc", "biet", "bac", "thu-tu", "ngay", "chieu")
CURSOR = "vi-tri"

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


@dataclass(frozen=True)
class ListPage:
    """One list as a page describes it: of any length by its `roll`, a short one by `fetch(order, start, size)`."""

    name: str
    title: str | Promise
    columns: Sequence[Column]
    choices: Sequence[Choice]
    fetch: Callable[[str, int, int | None], Listed[Any]] | None = None
    roll: Callable[[str], Roll] | None = None
    orders: Sequence[str] = ("name",)
    key: Callable[[Any], str] = lambda line: str(line.person.uid)
    person: Callable[[Any], Any] = lambda line: line.person
    exported: Sequence[Column] = ()
    """The columns of its export where they are not those of the page."""
    record: Callable[[Any], object] | None = None
    """The record a line of the export stands for; `key` if it is the same."""
    href: Callable[[Any], str] = lambda line: person_href(line.person)
    title_of: Callable[[Any], str] = lambda line: name_of(line.person)
    size: int = SIZE
    extra: Mapping[str, object] = field(default_factory=dict)
    chips: Sequence[tuple[str, str]] = ()
    searched: bool = True


_LAST_PAGE = 1_000_000


def page_number(request: OfficerRequest) -> int:
    """The page of a list that is asked for, from 1; what is no number is the first."""
    return min(max(1, whole_number(request.GET.get("trang", "1")) or 1), _LAST_PAGE)


def answer(request: OfficerRequest, page: ListPage, *, template: str) -> HttpResponse:
    """The list as a page, or, asked for with dang=xlsx or dang=csv, as a table to take away; either is logged."""
    order = said if (said := request.GET.get("thu-tu", "")) in page.orders else page.orders[0]
    if (kind := request.GET.get("dang", "")) in _KINDS:
        return _exported(request, page, order, kind=kind)
    listed, pages = _turned(request, page, order)
    _log(request, "list.viewed", page, shown=len(listed.lines), total=listed.total)
    response = render(request, template, {**_context(request, page, listed, order), "pages": pages})
    if getattr(request, "htmx", False):
        response.headers["HX-Replace-Url"] = _clean_address(request)
    return response


def _turned(request: OfficerRequest, page: ListPage, order: str) -> tuple[Listed[Any], Page | Listed[Any]]:
    """The page that is asked for, and what leads to those beside it."""
    number, size = page_number(request), page.size
    if page.roll:
        roll = page.roll(order)
        listed = roll.page(Window(size, request.GET.get(CURSOR, ""), (number - 1) * size))
        listed = listed if listed.lines or number == 1 else roll.page(Window(size))
        return listed, listed
    assert page.fetch
    listed = page.fetch(order, (number - 1) * size, size)
    turned = Paginator(range(listed.total), size).get_page(number)
    if turned.number != number:
        listed = page.fetch(order, (turned.number - 1) * size, size)
    return listed, turned


def _context(request: OfficerRequest, page: ListPage, listed: Listed[Any], order: str) -> dict[str, object]:
    rows = [
        Row(page.href(line), page.key(line), page.title_of(line), [as_cell(column.of(line)) for column in page.columns])
        for line in listed.lines
    ]
    choices = [(choice, request.GET.get(choice.key, "")) for choice in page.choices]
    narrowed = any(value for _, value in choices) or bool(request.GET.get("q")) or bool(page.chips)
    context = {
        "list": page,
        "rows": rows,
        "total": listed.total,
        "total_words": count_words(listed),
        "lost": listed.lost,
        "order": order,
        "choices": choices,
        "chips": [*page.chips, *_chips(request, page)],
        "kept": [(key, request.GET[key]) for key in STAYS if request.GET.get(key)],
        "narrowed": narrowed,
    }
    return {**context, **page.extra}


def count_words(listed: Listed[Any]) -> str:
    """How many lines there are: 1.234, or hơn 50.000 of a list too long to count at once."""
    number = formats.number(listed.total, language=get_language() or "vi")
    return _("hơn %(number)s") % {"number": number} if listed.at_least else number


def _chips(request: OfficerRequest, page: ListPage) -> list[tuple[str, str]]:
    """Each choice in force as words and the address without it."""
    chips = []
    for choice in page.choices:
        value = request.GET.get(choice.key, "")
        if value:
            words = next((option.words for option in choice.options if option.value == value), None)
            chips.append((f"{choice.words}: {words or _day_words(value)}", without(request, choice.key)))
    if page.searched and (text := request.GET.get("q", "").strip()):
        chips.append((f"“{text}”", without(request, "q")))
    return chips


def without(request: OfficerRequest, *keys: str) -> str:
    """This page's address without some of its choices."""
    said = request.GET.copy()
    for key in (*keys, "trang", CURSOR):
        said.pop(key, None)
    return f"{request.path}?{said.urlencode()}" if said else request.path


def _clean_address(request: OfficerRequest) -> str:
    """The address without the choices nobody made."""
    said = request.GET.copy()
    for key in [key for key, value in said.items() if not value]:
        del said[key]
    return f"{request.path}?{said.urlencode()}" if said else request.path


def _day_words(value: str) -> str:
    return formats.day(day, language=get_language() or "vi") if (day := day_said(value)) else value


def day_said(value: str) -> date | None:
    """A day as an address writes it (2021-08-24); None for anything else."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if is_day(day) else None


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


def status_cell(word: Word | str | None, levels: Mapping[str, str], *, words: type[Word]) -> Cell:
    """An official word with its icon and colour; a dash when nothing was said."""
    if not word:
        return Cell(formats.NOTHING)
    text = label(words(word))
    return Cell(text, level=levels.get(str(word), "neutral"), raw=text)


def word_cell(value: str | None, words: type[Word]) -> Cell:
    """An official word alone."""
    text = label(words(value)) if value and value in words._value2member_map_ else value or ""
    return Cell(text or formats.NOTHING, raw=text)


def options_of(words: type[Word]) -> list[Option]:
    """A closed list of words to choose from, in the reader's language."""
    return [Option(word.value, label(word)) for word in words]


def person_href(person: Any) -> str:
    """The page of a person."""
    return reverse("person", args=[person.uid])


def name_of(person: Any) -> str:
    """A person's name; a de-identified record has none."""
    return person.name or _("Không ghi tên")


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


def _log(request: OfficerRequest, act: str, page: ListPage, **facts: object) -> None:
    filters = {key: value for key, value in request.GET.items() if value and key != CURSOR}
    facts = {"list": page.name, **facts, "filters": filters}
    audit.note(act, actor=request.viewer, at=request.at, facts=facts)


def _exported(request: OfficerRequest, page: ListPage, order: str, *, kind: str) -> HttpResponse:
    """The list to take away: what a page writes in one cell stands apart, and every line carries the code by which it is known again."""
    listed = _whole(page, order)
    columns, papers = apart(request.viewer, page.exported or page.columns, listed.lines, person=page.person)
    _log(request, "list.exported", page, shown=len(listed.lines), total=listed.total, papers=papers)
    head = [str(column.words) for column in columns]
    rows = (coded(page, line, head, [as_cell(column.of(line)).raw for column in columns]) for line in listed.lines)
    chips = [words for words, _address in (*page.chips, *_chips(request, page))]
    media, written = _KINDS[kind]
    content = written(
        title=str(page.title), head=[*head, _("Mã hồ sơ Tiền Phương")], rows=rows, officer=request.viewer.name, at=request.at,
        count=listed.total, narrowed="; ".join(chips),
    )  # fmt: skip
    name = f"{page.name}-{formats.day(request.at, language='vi').replace('/', '-')}.{kind}"
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _whole(page: ListPage, order: str) -> Listed[Any]:
    """Every line."""
    if page.fetch:
        return page.fetch(order, 0, None)
    assert page.roll
    lines = tuple(line for part in page.roll(order).parts(A_PART) for line in part)
    return Listed(lines, len(lines))


_KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheet),
    "csv": ("text/csv; charset=utf-8", text_table),
}


def coded(page: ListPage, line: Any, head: Sequence[str], values: list[Value]) -> list[Value]:
    """The line with its code behind it."""
    record = page.record(line) if page.record else page.key(line)
    return [*values, line_code(page.name, record, zip(head, values, strict=True))]


def apart(viewer: Viewer, columns: Sequence[Column], lines: Sequence[Any], *, person: Callable[[Any], Any]) -> tuple[list[Column], int]:
    """The columns with sex, birth, papers and telephone each in its own, where a page writes sex and birth in one; and how many papers."""
    if not any(column.key == "birth" for column in columns):
        return list(columns), 0
    known = particulars(viewer, people={one.number for line in lines if (one := person(line))})
    told = {column.key for column in columns}
    more = [column for column in _particular_columns(person, known) if column.key not in told - {"birth"}]
    open_ = sum(1 for one in known.values() if one.paper or one.insurance)
    return [new for column in columns for new in (more if column.key == "birth" else [column])], open_


def _particular_columns(person: Callable[[Any], Any], known: Mapping[int, Particulars]) -> list[Column]:
    def of(name: str) -> Callable[[Any], Value]:
        return lambda line: getattr(known.get(one.number), name, "") if (one := person(line)) else ""

    return [
        Column("sex", _("Giới tính"), lambda line: word_cell(person(line).sex, PersonSex) if person(line) else ""),
        Column("birth", _("Ngày, năm sinh"), lambda line: year_or_day(person(line).birth) if person(line) else ""),
        Column("paper", _("Số giấy tờ"), of("paper")),
        Column("insurance", _("Số thẻ BHYT"), of("insurance")),
        Column("phone", _("Điện thoại"), of("phones")),
    ]


def year_or_day(birth: date | int | None) -> Cell:
    """A birth as an export keeps it."""
    return Cell(str(birth or ""), raw=birth)
