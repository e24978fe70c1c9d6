"""The list of people come from affected areas and from abroad."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.core.access.terms import Permission
from tienphuong.core.keyset import Roll
from tienphuong.core.policy.terms import Subject
from tienphuong.reports.scope import Scope
from tienphuong.tracing.queries.returnees import ORDERS, ArrivalChoice, ReturneeLine, returnee_roll
from tienphuong.tracing.terms import IdentifiedBy
from tienphuong.web import formats
from tienphuong.web.cells import Cell, Choice, Column, Option, options_of, person_cell, sex_and_birth, stated_day, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer, day_of
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice, figure_chips, period_choices
from tienphuong.web.scope import list_scope_of

ABROAD = {"abroad": True, "country": False}


@require_GET
def returnees(request: OfficerRequest) -> HttpResponse:
    """Who came from where, found how, watched until when."""
    scope = list_scope_of(request)
    choices = (
        area_choice(request, permission=Permission.SEE_PERSON, on=scope.day),
        Choice("came_from", _("Đến từ"), [Option("country", _("vùng dịch trong nước")), Option("abroad", _("nước ngoài"))]),
        Choice("identified_by", _("Phát hiện qua"), options_of(IdentifiedBy)),
        *period_choices(),
    )
    page = ListPage(
        name="returnees",
        title=_("Người về từ vùng dịch"),
        columns=_columns(scope),
        choices=choices,
        roll=_roll(request, scope),
        record=lambda line: line.id,
        orders=tuple(ORDERS),
        chips=figure_chips(request, scope),
        extra={"scope": scope, "disease": scope.rules},
    )
    return answer(request, page, template="returnees/list.html")


def _roll(request: OfficerRequest, scope: Scope) -> Callable[[str], Roll]:
    params = request.GET
    choice = ArrivalChoice(
        disease=scope.disease,
        known_at=scope.known_at,
        from_abroad=scope.behind.from_abroad if scope.behind else ABROAD.get(params.get("came_from", "")),
        condition=scope.condition,
        area_path=scope.area_path,
        found_how=params.get("identified_by", ""),
        since=day_of(params.get("since", "")),
        until=day_of(params.get("until", "")),
        text=params.get("q", ""),
    )
    return lambda order: returnee_roll(request.viewer, choice=choice, order=order)


def _columns(scope: Scope) -> list[Column]:
    language = get_language() or "vi"
    rows = {
        abroad: scope.rules.quarantine_for(None, on=scope.day, arrival=subject)
        for abroad, subject in ((True, Subject.ARRIVAL), (False, Subject.AFFECTED_AREA))
    }

    def ends(line: ReturneeLine) -> Cell:
        row = rows[line.from_abroad]
        day = row.ends_on(line.arrived_on) if row and line.arrived_on else None
        if day is None:
            return Cell(formats.NOTHING)
        return Cell(formats.day(day, language=language), level="info" if day >= scope.day else "success", raw=day)

    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person), order="name"),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("area", _("Địa bàn"), lambda line: line.person.area, order="area"),
        Column("from", _("Đến từ"), lambda line: line.from_place),
        Column("transport", _("Phương tiện"), lambda line: line.transport),
        Column("arrived", _("Ngày về"), lambda line: stated_day(line.arrived_on), order="date"),
        Column("found", _("Phát hiện qua"), lambda line: word_cell(line.found_how, IdentifiedBy)),
        Column("ends", _("Cách ly đến hết"), ends),
    ]
