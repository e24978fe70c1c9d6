"""The lists of stays in quarantine and of samples: what the figures of both lead to."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.cases.queries.samples import SampleChoice, SampleLine, sample_roll
from tienphuong.cases.terms import LabMethod, LabOutcome, SampleKind
from tienphuong.core.access.terms import Permission
from tienphuong.quarantine.queries import StayChoice, stay_roll
from tienphuong.quarantine.terms import IsolationReason, QuarantineForm, StayState
from tienphuong.web.cells import Cell, Choice, Column, name_of, options_of, person_cell, sex_and_birth, stated_day, status_cell, word_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice, figure_chips
from tienphuong.web.scope import list_scope_of

STAY_LEVELS = {
    StayState.AWAITED: "waiting",
    StayState.STAYING: "info",
    StayState.TRANSFERRED: "neutral",
    StayState.COMPLETED: "success",
    StayState.LEFT: "danger",
}
RESULT_LEVELS = {
    LabOutcome.POSITIVE: "danger",
    LabOutcome.NEGATIVE: "success",
    LabOutcome.INCONCLUSIVE: "warning",
    LabOutcome.PENDING: "waiting",
}


@require_GET
def stays(request: OfficerRequest) -> HttpResponse:
    """Who is quarantined where, since and until when."""
    scope, params = list_scope_of(request), request.GET
    choice = StayChoice(
        disease=scope.disease,
        known_at=scope.known_at,
        condition=scope.condition,
        area_path=scope.area_path,
        form=params.get("form", ""),
        state=params.get("state", ""),
        text=params.get("q", ""),
    )
    columns = [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person)),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("area", _("Địa bàn"), lambda line: line.person.area),
        Column("form", _("Hình thức"), lambda line: word_cell(line.form, QuarantineForm)),
        Column("place", _("Nơi cách ly"), lambda line: line.place),
        Column("ground", _("Diện"), lambda line: word_cell(line.ground, IsolationReason)),
        Column("state", _("Tình trạng"), lambda line: status_cell(line.state, STAY_LEVELS, words=StayState)),
        Column("started", _("Từ ngày"), lambda line: stated_day(line.started_on)),
        Column("planned", _("Dự kiến đến"), lambda line: line.planned_end),
        Column("ended", _("Kết thúc"), lambda line: line.ended_on),
    ]
    page = ListPage(
        name="stays",
        title=_("Lượt cách ly"),
        columns=columns,
        choices=(
            area_choice(request, permission=Permission.SEE_PERSON, on=scope.day),
            Choice("form", _("Hình thức"), options_of(QuarantineForm)),
            Choice("state", _("Tình trạng"), options_of(StayState)),
        ),
        record=lambda line: line.id,
        roll=lambda order: stay_roll(request.viewer, choice=choice),
        chips=figure_chips(request, scope),
        extra={"scope": scope, "disease": scope.rules},
    )
    return answer(request, page, template="cases/register.html")


@require_GET
def samples(request: OfficerRequest) -> HttpResponse:
    """Samples taken and what the laboratories answered."""
    scope, params = list_scope_of(request), request.GET
    choice = SampleChoice(
        disease=scope.disease, known_at=scope.known_at, condition=scope.condition, area_path=scope.area_path, text=params.get("q", "")
    )
    columns = [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person) if line.person else Cell(_("Mẫu gộp"), raw=_("Mẫu gộp"))),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person) if line.person else ""),
        Column("area", _("Địa bàn"), lambda line: line.person.area if line.person else ""),
        Column("code", _("Mã mẫu"), lambda line: line.code or line.pool_code),
        Column("kind", _("Loại mẫu"), lambda line: word_cell(line.kind, SampleKind)),
        Column("group", _("Đối tượng"), lambda line: line.target_group),
        Column("taken", _("Ngày lấy"), lambda line: stated_day(line.taken_on)),
        Column("method", _("Phương pháp"), lambda line: word_cell(line.results[0].method if line.results else "", LabMethod)),
        Column("result", _("Kết quả"), result_cell),
        Column("ct", _("CT"), lambda line: line.results[0].ct if line.results else None, number=True),
        Column("answered", _("Ngày trả"), lambda line: line.results[0].result_on if line.results else None),
    ]
    codes = [Column("code", _("Mã mẫu"), lambda line: line.code), Column("pool", _("Mã mẫu gộp"), lambda line: line.pool_code)]
    page = ListPage(
        name="samples",
        title=_("Mẫu xét nghiệm"),
        columns=columns,
        choices=[area_choice(request, permission=Permission.SEE_CLINICAL, on=scope.day)],
        roll=lambda order: sample_roll(request.viewer, choice=choice),
        key=lambda line: str(line.id),
        exported=[new for column in columns for new in (codes if column.key == "code" else [column])],
        href=lambda line: person_cell(line.person).href if line.person else "",
        title_of=lambda line: name_of(line.person) if line.person else line.pool_code,
        chips=figure_chips(request, scope),
        extra={"scope": scope, "disease": scope.rules},
    )
    return answer(request, page, template="cases/register.html")


def result_cell(line: SampleLine) -> Cell:
    """The latest answer; a sample without one is waited for."""
    result = line.results[0].result if line.results else LabOutcome.PENDING
    return status_cell(result if result in LabOutcome._value2member_map_ else "", RESULT_LEVELS, words=LabOutcome)
