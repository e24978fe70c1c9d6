"""Where a later list contradicts a record: the value in force and the other beside each other, from which row, and the decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.cases.services.disagreements import read_back
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core.access.terms import Permission
from tienphuong.core.pages import Page
from tienphuong.intake.queries import SourceRow, rows_of
from tienphuong.procedures.settle_contradiction import keep_values, take_decisions_back, take_values
from tienphuong.registry.queries.contradictions import (
    ContradictionChoice,
    ContradictionLine,
    contradiction_lines,
    contradiction_records,
    contradictions_of,
)
from tienphuong.registry.terms import OF_THE_CASE, Aspect, ContradictionState, PersonSex
from tienphuong.web import formats
from tienphuong.web.cells import Choice, Column, options_of, person_cell, status_cell, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice
from tienphuong.web.scope import list_scope_of

ACTS = {"keep": keep_values, "take": take_values, "undo": take_decisions_back}
STATE_LEVELS = {
    ContradictionState.OPEN: "waiting",
    ContradictionState.KEPT: "neutral",
    ContradictionState.TAKEN: "success",
    ContradictionState.WITHDRAWN: "neutral",
}
LAST_ACT = "contradictions_settled"


@require_GET
def contradictions(request: OfficerRequest) -> HttpResponse:
    """What lists say against records, those that wait first."""
    scope, params = list_scope_of(request), request.GET
    state = params.get("state", "")
    choice = ContradictionChoice(scope.area_path, params.get("aspect", ""), state, params.get("q", ""))
    page = ListPage(
        name="contradictions",
        title=_("Giá trị mâu thuẫn"),
        columns=_columns(),
        choices=(
            area_choice(request, permission=Permission.DECIDE_MATCH, on=scope.day),
            Choice("aspect", _("Mục"), options_of(Aspect)),
            Choice("state", _("Tình trạng"), options_of(ContradictionState)),
        ),
        fetch=_fetch(request, choice),
        key=lambda row: str(row[0].id),
        person=lambda row: row[0].person,
        href=lambda row: person_cell(row[0].person).href,
        title_of=lambda row: f"{person_cell(row[0].person).words}, {word_cell(row[0].aspect, Aspect).words}",
        extra={
            "scope": scope,
            "picks": True,
            "state": state,
            "last_act": request.session.get(LAST_ACT),
            "address": request.get_full_path(),
        },
    )
    return answer(request, page, template="people/contradictions.html")


@require_POST
def contradictions_settle(request: OfficerRequest) -> HttpResponse:
    """Keep the value in force, take the list's, or take the decision back, for everything picked."""
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    reason = request.POST.get("reason", "").strip()
    found = contradiction_records(request.viewer, ids=[uid for text in request.POST.getlist("pick") if (uid := _uid(text))])
    given = {"reason": reason} if act != "undo" else {}
    done = ACTS[act](found, actor=request.viewer, at=request.at, **given)
    _confirm(request, act=act, count=len(done))
    request.session[LAST_ACT] = [str(one.pk) for one in done] if act != "undo" else None
    back = request.POST.get("next", "")
    inside = back.startswith((reverse("contradictions"), "/nguoi/")) and not back.startswith("//")
    return redirect(back if inside else "contradictions")


def contradicted(request: OfficerRequest, numbers: Sequence[int]) -> list[dict[str, object]]:
    """The contradictions about one person as the person's page writes them."""
    lines = contradictions_of(request.viewer, numbers=numbers)
    rows = rows_of(request.viewer, row_ids=[line.source_row for line in lines if line.source_row])
    return [
        {
            "line": line,
            "aspect": word_cell(line.aspect, Aspect).words,
            "current": value_words(line.aspect, line.current),
            "other": value_words(line.aspect, line.other),
            "source": source_words(rows.get(line.source_row or 0)),
            "may": request.viewer.may(Permission.DECIDE_MATCH, line.person.area_path),
        }
        for line in lines
    ]


def value_words(aspect: Aspect, value: str) -> str:
    """A kept value as people write it: Nữ, 3/5/1980, 5/1980, khoảng 1980."""
    if not value:
        return formats.NOTHING
    if aspect in OF_THE_CASE:
        word, day = read_back(value)
        params = word_cell(word, Classification if aspect is Aspect.CLASSIFICATION else Outcome).words
        return f"{params} {formats.day(day, language=get_language() or 'vi')}" if day else params
    if aspect is Aspect.SEX:
        return word_cell(value, PersonSex).words
    if aspect is not Aspect.BIRTH or len(value) == 4:
        return value
    if value.startswith("~"):
        return _("khoảng %(year)s") % {"year": value[1:]}
    if len(value) == 7:
        return f"{int(value[5:])}/{value[:4]}"
    return formats.day(date.fromisoformat(value), language=get_language() or "vi")


def source_words(source: SourceRow | None) -> str:
    """File, sheet and row of the other value."""
    if source is None:
        return formats.NOTHING
    where = _("dòng %(row)s") % {"row": source.number}
    return " · ".join(part for part in (source.file, source.sheet, where) if part)


Fetched = tuple[ContradictionLine, SourceRow | None]


def _fetch(request: OfficerRequest, choice: ContradictionChoice) -> Callable[[str, int, int | None], Page[Fetched]]:
    def fetch(order: str, start: int, size: int | None) -> Page[Fetched]:
        del order
        listed = contradiction_lines(request.viewer, choice=choice, start=start, size=size)
        rows: Mapping[int, SourceRow] = rows_of(request.viewer, row_ids=[line.source_row for line in listed.lines if line.source_row])
        return Page(tuple((line, rows.get(line.source_row or 0)) for line in listed.lines), listed.total)

    return fetch


def _columns() -> list[Column]:
    def value(name: str) -> Callable[[Any], str]:
        return lambda row: value_words(row[0].aspect, getattr(row[0], name))

    return [
        Column("name", _("Họ tên"), lambda row: person_cell(row[0].person)),
        Column("area", _("Địa bàn"), lambda row: row[0].person.area),
        Column("aspect", _("Mục"), lambda row: word_cell(row[0].aspect, Aspect).words.capitalize()),
        Column("current", _("Đang dùng"), value("current")),
        Column("other", _("Giá trị kia"), value("other")),
        Column("source", _("Từ tệp, trang, dòng"), lambda row: source_words(row[1])),
        Column("reported", _("Nhận lúc"), lambda row: row[0].reported_at),
        Column("state", _("Tình trạng"), lambda row: status_cell(row[0].state, STATE_LEVELS, words=ContradictionState)),
    ]


def _confirm(request: OfficerRequest, *, act: str, count: int) -> None:
    """What the act came to, in numbers."""
    if not count:
        messages.warning(request, _("Không có gì để ghi: chưa chọn dòng nào, đã có người quyết định, hoặc giá trị đã đổi từ đó."))
        return
    sentences = {
        "keep": ngettext("Đã giữ %(n)s giá trị đang có.", "Đã giữ %(n)s giá trị đang có.", count),
        "take": ngettext("Đã lấy %(n)s giá trị của danh sách.", "Đã lấy %(n)s giá trị của danh sách.", count),
        "undo": ngettext("Đã hoàn tác %(n)s quyết định.", "Đã hoàn tác %(n)s quyết định.", count),
    }
    messages.success(request, sentences[act] % {"n": formats.number(count, language=get_language() or "vi")})


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
