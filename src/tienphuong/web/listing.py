"""What every list page is made of: columns, choices in the address, chips, pages, the export of exactly this."""

from datetime import date
from typing import Any

from django.core.paginator import Page as NumberedPage
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core import audit
from tienphuong.core.bounds import is_day, whole_number
from tienphuong.core.pages import Page, Window
from tienphuong.web import formats
from tienphuong.web.cells import Row, as_cell
from tienphuong.web.confirm import confirmed, to_confirm
from tienphuong.web.list_page import ListPage
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.tables import table_rows
from tienphuong.web.taking_out import KINDS, exported

# What an address says beside the choices a reader sees; it stays when a choice changes.
STAYS = ("disease", "indicator", "doubt", "missing", "at", "known_at", "degree", "order", "day", "direction")
CURSOR = "cursor"


_LAST_PAGE = 1_000_000


def page_number(request: OfficerRequest) -> int:
    """The page of a list that is asked for, from 1; what is no number is the first."""
    return min(max(1, whole_number(request.GET.get("page", "1")) or 1), _LAST_PAGE)


def answer(request: OfficerRequest, page: ListPage, *, template: str) -> HttpResponseBase:
    """The list as a page, or, asked for with format=xlsx or format=csv, as a table to take away; either is logged."""
    order = params if (params := request.GET.get("order", "")) in page.orders else page.orders[0]
    if (kind := request.GET.get("format", "")) in KINDS:
        if not confirmed(request):
            return to_confirm(request)
        chips = [words for words, _address in (*page.chips, *_chips(request, page))]
        response, facts = exported(request, page, order, kind=kind, narrowed=chips)
        _log(request, "list.exported", page, **facts)
        return response
    listed, pages = _turned(request, page, order)
    _log(request, "list.viewed", page, shown=len(listed.lines), total=listed.total)
    response = render(request, template, {**_context(request, page, listed, order), "pages": pages})
    if getattr(request, "htmx", False):
        response.headers["HX-Replace-Url"] = _clean_address(request)
    return response


def _turned(request: OfficerRequest, page: ListPage, order: str) -> tuple[Page[Any], NumberedPage | Page[Any]]:
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


def _context(request: OfficerRequest, page: ListPage, listed: Page[Any], order: str) -> dict[str, object]:
    rows = [
        Row(page.href(line), page.key(line), page.title_of(line), [as_cell(column.of(line)) for column in page.columns])
        for line in listed.lines
    ]
    choices = [(choice, request.GET.get(choice.key, "")) for choice in page.choices]
    narrowed = any(value for _, value in choices) or bool(request.GET.get("q")) or bool(page.chips)
    context = {
        "list": page,
        "rows": rows,
        "body": table_rows(rows, page.columns, picks=bool(page.extra.get("picks"))),
        "total": listed.total,
        "total_words": count_words(listed),
        "lost": listed.lost,
        "walked": page.roll is not None,
        "order": order,
        "choices": choices,
        "chips": [*page.chips, *_chips(request, page)],
        "kept": [(key, request.GET[key]) for key in STAYS if request.GET.get(key)],
        "narrowed": narrowed,
    }
    return {**context, **page.extra}


def count_words(listed: Page[Any]) -> str:
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
    params = request.GET.copy()
    for key in (*keys, "page", CURSOR):
        params.pop(key, None)
    return f"{request.path}?{params.urlencode()}" if params else request.path


def _clean_address(request: OfficerRequest) -> str:
    """The address without the choices nobody made."""
    params = request.GET.copy()
    for key in [key for key, value in params.items() if not value]:
        del params[key]
    return f"{request.path}?{params.urlencode()}" if params else request.path


def _day_words(value: str) -> str:
    return formats.day(day, language=get_language() or "vi") if (day := day_of(value)) else value


def day_of(value: str) -> date | None:
    """A day as an address writes it (2021-08-24); None for anything else."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if is_day(day) else None


def _log(request: OfficerRequest, act: str, page: ListPage, **facts: object) -> None:
    asked = {"page", "format", *STAYS, *(choice.key for choice in page.choices)}
    filters = {key: value for key, value in request.GET.items() if value and key in asked}
    if words := request.GET.get("q", "").strip():
        filters["q"] = audit.marked(words)
    facts = {"list": page.name, **facts, "filters": filters}
    audit.note(act, actor=request.viewer, at=request.at, facts=facts)
