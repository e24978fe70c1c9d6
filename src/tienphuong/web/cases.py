"""The list of cases."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.cases.queries.lists import ORDERS, CaseFilter, CaseLine, case_roll
from tienphuong.cases.terms import Classification, DetectionSetting, Outcome
from tienphuong.core.access.terms import Permission
from tienphuong.core.keyset import Roll
from tienphuong.registry.rules.case_numbers import alias_key
from tienphuong.reports.scope import Scope
from tienphuong.web.cells import Choice, Column, options_of, person_cell, sex_and_birth, stated_day, status_cell, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer, day_of
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice, figure_chips, period_choices
from tienphuong.web.scope import list_scope_of

CLASS_LEVELS = {
    Classification.CONFIRMED: "danger",
    Classification.RE_POSITIVE: "danger",
    Classification.PROBABLE: "warning",
    Classification.SUSPECTED: "warning",
    Classification.REFUTED: "neutral",
}
OUTCOME_LEVELS = {Outcome.IN_TREATMENT: "info", Outcome.RECOVERED: "success", Outcome.DIED: "danger", Outcome.TRANSFERRED: "neutral"}


@require_GET
def cases(request: OfficerRequest) -> HttpResponse:
    """The cases in reach, as known now or behind a figure at its cut-off."""
    scope = list_scope_of(request)
    area = area_choice(request, permission=Permission.SEE_CLINICAL, on=scope.day)
    choices = (
        area,
        Choice("classification", _("Phân loại"), options_of(Classification)),
        Choice("outcome", _("Kết quả"), options_of(Outcome)),
        Choice("setting", _("Nơi phát hiện"), options_of(DetectionSetting)),
        *period_choices(),
    )
    page = ListPage(
        name="cases",
        title=_("Ca bệnh"),
        columns=_columns(),
        choices=choices,
        roll=_roll(request, scope),
        orders=("date", *(order for order in ORDERS if order != "date")),
        record=lambda line: line.id,
        exported=_exported(),
        place=lambda line: line.area_path,
        title_of=lambda line: " ".join((line.person.name, *line.aliases[:1])) or _("Không ghi tên"),
        chips=figure_chips(request, scope),
        extra={"scope": scope, "disease": scope.rules},
    )
    return answer(request, page, template="cases/list.html")


def _roll(request: OfficerRequest, scope: Scope) -> Callable[[str], Roll]:
    params = request.GET
    choice = CaseFilter(
        disease=scope.disease,
        known_at=scope.known_at,
        condition=scope.condition,
        area_path=scope.area_path,
        classification=params.get("classification", ""),
        outcome=params.get("outcome", ""),
        setting=params.get("setting", ""),
        since=day_of(params.get("since", "")),
        until=day_of(params.get("until", "")),
        text=params.get("q", ""),
    )
    return lambda order: case_roll(request.viewer, choice=choice, order=order)


def _columns() -> list[Column]:
    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person), order="name"),
        Column("number", _("Mã ca"), lambda line: ", ".join(alias.replace(" ", "\u00a0") for alias in line.aliases)),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("class", _("Phân loại"), lambda line: status_cell(line.classification, CLASS_LEVELS, words=Classification)),
        Column("outcome", _("Kết quả"), lambda line: status_cell(line.outcome, OUTCOME_LEVELS, words=Outcome)),
        Column("area", _("Nơi ở lúc phát hiện"), lambda line: line.area, order="area"),
        Column("setting", _("Nơi phát hiện"), lambda line: word_cell(line.setting, DetectionSetting)),
        Column("onset", _("Khởi phát"), lambda line: line.onset_on),
        Column("detected", _("Phát hiện"), lambda line: line.detected_on, order="detected"),
        Column("reported", _("Ngày báo cáo"), lambda line: stated_day(None if line.undated else line.classified_at), order="date"),
    ]


def _exported() -> list[Column]:
    """The columns of the page, with one number in a column and the day of the outcome, where a list gave it."""
    numbers = [
        Column("number", _("Mã ca"), lambda line: _number(line, national=False)),
        Column("national", _("Mã BN"), lambda line: _number(line, national=True)),
    ]
    ended = Column("ended", _("Ngày có kết cục"), lambda line: stated_day(line.outcome_on))
    more = {"number": numbers, "outcome": [column for column in _columns() if column.key == "outcome"] + [ended]}
    return [new for column in _columns() for new in more.get(column.key, [column])]


def _number(line: CaseLine, *, national: bool) -> str:
    """The first of the case's numbers that is the ministry's, or that is not."""
    return next((alias for alias in line.aliases if (alias_key(alias) or "").startswith("BN-") == national), "")
