"""Frozen reports: their list, and each as paper or as values."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Query, Router, Schema

from tienphuong.api.asking import AreaCode, CodeList, resolve_area
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED, problem_schemas
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.reports.composing import render_report
from tienphuong.reports.queries import reports, snapshot

router = Router(tags=["reports"])

PAPERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class ReportsAsked(Schema):
    """Whose reports: of an area and all below it."""

    area: AreaCode
    code_system: CodeList
    disease: str = Query("", max_length=20)
    limit: int = Query(60, ge=1, le=500)


class ReportOut(Schema):
    """One frozen report. `content_hash`: two reports with the same one say the same."""

    id: UUID
    area: str
    area_path: str
    disease: str
    cutoff: datetime
    policy: str
    frozen_at: datetime
    frozen_by: str
    content_hash: str

    @staticmethod
    def resolve_area(kept: Any) -> str:
        return kept.area.full_name

    @staticmethod
    def resolve_frozen_by(kept: Any) -> str:
        return kept.frozen_by_name


class WholeReportOut(ReportOut):
    """All that a report says, as it was frozen."""

    figures: dict[str, Any]
    narrative: dict[str, str]
    quality: list[dict[str, Any]]
    corrections: list[Any]


@router.get("/reports", response={200: list[ReportOut], **REFUSED}, summary="Frozen reports of an area")
def area_reports(request: ApiRequest, asked: Query[ReportsAsked]) -> list[Any]:
    """The reports of an area and below it, the newest first."""
    viewer, day = request.viewer, clock.local(request.at).date()
    viewer.require(Permission.SEE_REPORT)
    area = resolve_area(viewer, code=asked.area, on=day, code_system=asked.code_system)
    viewer.require(Permission.SEE_REPORT, area.path)
    return reports(viewer, area=area, disease=asked.disease, limit=asked.limit)


@router.get("/reports/{uuid:report}.json", response={200: WholeReportOut, **REFUSED}, summary="A frozen report as values")
def report_values(request: ApiRequest, report: UUID) -> Any:
    """Figures, words, doubts and corrections of a report, as they were frozen."""
    return _kept(request, report)


@router.get(
    "/reports/{uuid:report}.{kind}",
    response={200: Any, **REFUSED},
    openapi_extra=problem_schemas(*PAPERS.values()),
    summary="A frozen report as paper",
)
def report_paper(request: ApiRequest, report: UUID, kind: Literal["docx", "pdf"]) -> HttpResponse:
    """The paper of a report, printed from what was frozen: the same words every time."""
    kept = _kept(request, report)
    with TemporaryDirectory() as folder:
        (path,) = render_report(kept, folder=Path(folder), formats=(kind,))
        content = path.read_bytes()
    return HttpResponse(content, content_type=PAPERS[kind], headers={"Content-Disposition": f'attachment; filename="{path.name}"'})


def _kept(request: ApiRequest, report: UUID) -> Any:
    request.viewer.require(Permission.SEE_REPORT)
    kept = snapshot(request.viewer, report=report)
    if kept is None:
        raise Http404(f"báo cáo {report} trong phạm vi của tài khoản")
    return kept
