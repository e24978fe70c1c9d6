"""The list of deadlines: what must be done until when, by whom, and where each stands."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.rules.terms import DeadlineKind, DeadlineState
from tienphuong.reports.deadlines import DeadlineChoice, DeadlineLine, deadline_lines
from tienphuong.reports.scope import Scope
from tienphuong.web.board_work import kind_words
from tienphuong.web.cells import Cell, Choice, Column, options_of, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice
from tienphuong.web.navigation import may_open
from tienphuong.web.scope import list_scope_of

LEVELS = {
    DeadlineState.OVERDUE: "danger",
    DeadlineState.LAPSED: "warning",
    DeadlineState.MET_LATE: "warning",
    DeadlineState.OPEN: "info",
    DeadlineState.MET: "success",
}
# Where the act is done that a deadline waits for.
DONE_AT = {
    DeadlineKind.DAILY_REPORT: "reports",
    DeadlineKind.CASE_REPORT: "reports",
    DeadlineKind.DEATH_REPORT: "reports",
    DeadlineKind.COMMUNE_REPORT: "intake",
    DeadlineKind.FOLLOW_UP: "follow_up",
    DeadlineKind.REFERRAL: "referrals",
}


@require_GET
def deadlines(request: OfficerRequest) -> HttpResponse:
    """Every deadline of the area, the latest due first; the board leads here with what is overdue."""
    scope = list_scope_of(request)
    params = request.GET
    choice = DeadlineChoice(
        at=scope.known_at, area_path=scope.area_path, kind=params.get("kind", ""), state=params.get("state", "")
    )  # fmt: skip
    page = ListPage(
        name="deadlines",
        title=_("Thời hạn"),
        columns=_columns(scope),
        choices=(
            area_choice(request, permission=Permission.SEE_BOARD, on=scope.day),
            Choice("state", _("Tình trạng"), options_of(DeadlineState)),
            Choice("kind", _("Việc"), options_of(DeadlineKind)),
        ),
        fetch=lambda order, start, size: deadline_lines(request.viewer, choice=choice, start=start, size=size),
        key=lambda line: str(line.id),
        person=lambda line: None,
        place=lambda line: line.area_path,
        title_of=lambda line: kind_words(line.kind, policy=scope.policy),
        searched=False,
        href=lambda line: _href(request.viewer, line),
        extra={"scope": scope},
    )
    return answer(request, page, template="deadlines/list.html")


def _href(viewer: Viewer, line: DeadlineLine) -> str:
    """The page where the act is done, for an officer who may open it there."""
    name = DONE_AT.get(DeadlineKind(line.kind), "") if line.kind in DeadlineKind._value2member_map_ else ""
    return reverse(name) if name and may_open(viewer, name=name, area_path=line.area_path) else ""


def _columns(scope: Scope) -> list[Column]:
    def state(line: DeadlineLine) -> Cell:
        cell = word_cell(line.state, DeadlineState)
        return Cell(cell.words, level=LEVELS[line.state], raw=cell.raw)

    def above(line: DeadlineLine) -> str:
        return line.escalates_to if line.escalated_at and line.escalated_at <= scope.known_at else ""

    return [
        Column("kind", _("Việc"), lambda line: kind_words(line.kind, policy=scope.policy)),
        Column("area", _("Địa bàn"), lambda line: line.area),
        Column("starts", _("Tính từ"), lambda line: line.starts_at),
        Column("due", _("Hạn"), lambda line: line.due_at),
        Column("state", _("Tình trạng"), state),
        Column("met", _("Làm xong"), lambda line: line.met_at),
        Column("above", _("Báo lên cấp trên"), above),
        Column("document", _("Căn cứ"), lambda line: line.document),
    ]
