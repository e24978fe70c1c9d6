"""The lists of contacts by degree, and of those whose case nobody knows yet."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.bounds import whole_number
from tienphuong.reports.scope import Scope
from tienphuong.tracing.queries.contacts import ORDERS, ContactChoice, ContactLine, Reason, contact_roll, degree_counts, pending_lines
from tienphuong.tracing.terms import ContactKind
from tienphuong.web import formats
from tienphuong.web.cells import Cell, Column, name_of, person_cell, person_href, sex_and_birth, stated_day, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer, without
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice, figure_chips
from tienphuong.web.scope import list_scope_of

PENDING = "waiting"


@require_GET
def contacts(request: OfficerRequest) -> HttpResponse:
    """One tab for each degree the pack follows, one for those not linked yet."""
    scope = list_scope_of(request)
    degree = _degree(request, scope)
    counts = degree_counts(request.viewer, disease=scope.disease, known_at=scope.known_at, area_path=scope.area_path)
    waiting = pending_lines(request.viewer, disease=scope.disease, known_at=scope.known_at, area_path=scope.area_path, size=0).total
    page = ListPage(
        name="contacts" if degree is not None else "contacts_waiting",
        title=_("Người tiếp xúc"),
        columns=_pending_columns() if degree is None else _columns(scope, degree),
        choices=[area_choice(request, permission=Permission.SEE_PERSON, on=scope.day)],
        **_reading(request, scope, degree),
        orders=tuple(ORDERS) if degree is not None else ("name",),
        exported=() if degree is None else _exported(scope, degree),
        chips=figure_chips(request, scope),
        extra={"scope": scope, "tabs": _tabs(request, scope, counts, waiting, degree), "degree": degree, "disease": scope.rules},
    )
    return answer(request, page, template="contacts/list.html")


def reason_words(reason: Reason | None, *, degree: int, language: str) -> str:
    """Why somebody has this degree: `F1 của BN 12: cùng hộ, tiếp xúc cuối 20/8/2021`."""
    if reason is None:
        return _("theo danh sách gửi lên, chưa rõ ca bệnh") if degree else ""
    who = reason.via_number or (name_of(reason.via) if reason.via and (reason.via.name or reason.via.hidden) else "")
    head = _("F%(degree)s của %(who)s") % {"degree": degree, "who": who} if who else f"F{degree}"
    kind = word_cell(reason.kind, ContactKind).words if reason.kind else ""
    last = (
        _("tiếp xúc cuối %(day)s") % {"day": formats.day(reason.last, language=language)}
        if reason.last
        else _("chưa rõ ngày tiếp xúc cuối")
    )
    relation = reason.relation.lower()
    named = any(word in relation for word in kind.lower().split(", "))  # "cùng nhà" says what "cùng hộ, cùng nhà" says
    parts = [part for part in (reason.relation, kind if not (relation and named) else "", last) if part]
    return f"{head}: {', '.join(parts)}"


def watch_ends(last_exposure: datetime | None, *, scope: Scope, degree: int) -> tuple[date, date] | None:
    """The last day of quarantine and of the self-monitoring after it, counted from the latest exposure; None where either is not known."""
    row = scope.rules.quarantine_for(degree, on=scope.day) if degree else None
    if row is None or last_exposure is None:
        return None
    day0 = clock.local(last_exposure).date()
    quarantined, monitored = row.ends_on(day0), row.monitored_until(day0)
    return (quarantined, monitored) if quarantined and monitored else None


def _degree(request: OfficerRequest, scope: Scope) -> int | None:
    """The tab asked for: a degree, or None for those not linked."""
    if scope.behind:
        return scope.behind.degree
    wanted = request.GET.get("degree", "1")
    if wanted == PENDING:
        return None
    degree = whole_number(wanted) or 1
    return degree if degree <= max(1, scope.rules.max_degree.value) else 1


def _reading(request: OfficerRequest, scope: Scope, degree: int | None) -> dict[str, Any]:
    """How the page reads its lines: people of a degree by the order's index, those not linked as they are few."""
    text, viewer = request.GET.get("q", ""), request.viewer
    if degree is None:
        whose = {"disease": scope.disease, "known_at": scope.known_at, "area_path": scope.area_path, "text": text}
        return {"fetch": lambda order, start, size: pending_lines(viewer, **whose, start=start, size=size)}
    choice = ContactChoice(
        disease=scope.disease, degree=degree, known_at=scope.known_at, condition=scope.condition, area_path=scope.area_path, text=text
    )
    return {"roll": lambda order: contact_roll(viewer, choice=choice, order=order)}


def _tabs(request: OfficerRequest, scope: Scope, counts: dict[int, int], waiting: int, degree: int | None) -> list[dict[str, object]]:
    deepest = max([scope.rules.max_degree.value if scope.rules.contacts_traced.value else 0, *counts])
    address = without(request, "degree", "indicator", "at", "known_at", "order")
    joint = "&" if "?" in address else "?"
    tabs = [
        {"words": f"F{n}", "count": counts.get(n, 0), "href": f"{address}{joint}degree={n}", "here": n == degree}
        for n in range(1, deepest + 1)
    ]
    return [*tabs, {"words": _("Chưa rõ liên kết"), "count": waiting, "href": f"{address}{joint}degree={PENDING}", "here": degree is None}]


def _columns(scope: Scope, degree: int) -> list[Column]:
    language = get_language() or "vi"

    def why(line: ContactLine) -> Cell:
        words = reason_words(line.reason, degree=line.degree, language=language)
        via = line.reason.via if line.reason else None
        return Cell(words, href=person_href(via) if via else "", raw=words)

    def until(which: int) -> Callable[[ContactLine], Cell]:
        def cell(line: ContactLine) -> Cell:
            ends = watch_ends(line.last_exposure, scope=scope, degree=degree)
            if ends is None:
                return Cell(formats.NOTHING)
            return Cell(
                formats.day(ends[which], language=language), level="info" if ends[which] >= scope.day else "success", raw=ends[which]
            )

        return cell

    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person), order="name"),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("area", _("Địa bàn"), lambda line: line.person.area, order="area"),
        Column("reason", _("Lý do"), why),
        Column(
            "exposure",
            _("Tiếp xúc cuối"),
            lambda line: clock.local(line.last_exposure).date() if line.last_exposure else None,
            order="exposure",
        ),
        Column("ends", _("Cách ly đến hết"), until(0)),
        Column("monitored", _("Tự theo dõi đến hết"), until(1)),
        Column("reported", _("Ngày báo cáo"), lambda line: stated_day(line.reported_at), order="date"),
    ]


def _exported(scope: Scope, degree: int) -> list[Column]:
    """The columns of the page, and what makes the fact of it at a post that takes the export in: the degree, whose contact, how they met."""
    made = [
        Column("degree", _("Diện"), lambda line: f"F{line.degree}"),
        Column("linked", _("Tiếp xúc với"), lambda line: _linked(line.reason, degree=line.degree)),
        Column("kind", _("Cách tiếp xúc"), lambda line: _met(line.reason)),
    ]
    return [new for column in _columns(scope, degree) for new in ([*made, column] if column.key == "reason" else [column])]


def _linked(reason: Reason | None, *, degree: int) -> str:
    """The number of whom they met, else the name as lists write it: `F0 Nguyễn Văn An (1980)`."""
    if reason is None or reason.via_number or reason.via is None or not reason.via.name:
        return reason.via_number if reason else ""
    year = f" ({reason.via.birth_year})" if reason.via.birth_year else ""
    return f"F{degree - 1} {reason.via.name}{year}"


def _met(reason: Reason | None) -> str | Cell:
    """How they met, as far as it was said."""
    if reason is None or reason.kind in ("", ContactKind.OTHER):
        return reason.relation if reason else ""
    return reason.relation or word_cell(reason.kind, ContactKind)


def _pending_columns() -> list[Column]:
    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person)),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("area", _("Địa bàn"), lambda line: line.person.area),
        Column("said", _("Người gửi ghi"), lambda line: line.original),
        Column("degree", _("Người gửi xếp"), lambda line: f"F{line.reported_degree}" if line.reported_degree is not None else ""),
        Column("kind", _("Cách tiếp xúc"), lambda line: line.relation or word_cell(line.kind, ContactKind)),
        Column("last", _("Tiếp xúc cuối"), lambda line: clock.local(line.last).date() if line.last else None),
        Column("reported", _("Ngày báo cáo"), lambda line: stated_day(line.reported_at)),
    ]
