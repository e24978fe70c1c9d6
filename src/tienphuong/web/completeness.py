"""So sánh cách báo cáo: how completely, how soon and how widely each commune reports; never how few cases it has."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.reports.completeness import CommuneQuality, Share, commune_quality
from tienphuong.reports.figures import figures
from tienphuong.reports.scope import Scope
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address
from tienphuong.web.scope import list_of, query_of, rows_of, scope_of

Cell = tuple[Share, str]


@require_GET
def completeness(request: OfficerRequest) -> HttpResponse:
    """Per commune: shares of its cases, each with its counts; what lacks a day opens its list."""
    scope = scope_of(request)
    if scope is None:
        return render(request, "board/completeness.html", {"lines": []})
    found = figures(request.viewer, area=scope.area, disease=scope.disease, cutoff=scope.cutoff, policy=scope.policy)
    communes = commune_quality(request.viewer, found=found, policy=scope.policy)
    context = {
        "scope": scope,
        "heads": _heads(traced=scope.rules.contacts_traced.value),
        "lines": [
            (one.line, rows_of(scope, "cases_total", area_path=one.line.path), _cells(one, scope)) for one in communes if one.line.total
        ],
        "without": [one.line.name for one in communes if not one.line.total],
        "board": f"{address('board')}?{query_of(scope)}",
    }
    return render(request, "board/completeness.html", context)


def _heads(*, traced: bool) -> list[tuple[str, str]]:
    """The columns with what each means."""
    heads = [
        (_("Có ngày"), _("Ca có ngày khởi phát hoặc ngày phát hiện")),
        (_("Có nơi phát hiện"), _("Ca ghi rõ phát hiện ở đâu: cộng đồng, khu cách ly, khu phong tỏa…")),
        (_("Đã tìm nguồn lây"), _("Ca đã rõ hoặc đang điều tra nguồn lây")),
        (_("Báo kịp hạn"), _("Ca được ghi nhận trong hạn báo cáo tính từ ngày phát hiện")),
    ]
    return [*heads, (_("Có lập người tiếp xúc"), _("Ca có ít nhất một người tiếp xúc được lập danh sách"))] if traced else heads


def _cells(one: CommuneQuality, scope: Scope) -> list[Cell]:
    """Each share, with the list of what lacks it where there is one."""
    undated = list_of(scope, "cases", params={"doubt": "no_date", "area": one.line.path}) if one.dated.of < one.dated.out_of else ""
    cells = [(one.dated, undated), (one.placed, ""), (one.sourced, ""), (one.timely, "")]
    return [*cells, (one.traced, "")] if one.traced is not None else cells
