"""The ways of narrowing that several lists share: by area, by period, by figure."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tienphuong.core.access.terms import Permission
from tienphuong.registry.queries.people import areas_in_reach
from tienphuong.reports.catalogue import Indicator
from tienphuong.reports.scope import Scope
from tienphuong.web import formats
from tienphuong.web.cells import Choice, Option
from tienphuong.web.listing import without
from tienphuong.web.middleware import OfficerRequest

DOUBTS = {
    "onset_after_detection": gettext_lazy("Khởi phát sau ngày phát hiện"),
    "onset_long_before": gettext_lazy("Khởi phát trước ngày phát hiện quá lâu"),
    "outcome_before_onset": gettext_lazy("Kết quả trước ngày khởi phát"),
    "two_outcomes": gettext_lazy("Tử vong mà cũng có ghi đã khỏi"),
    "before_birth": gettext_lazy("Ngày khởi phát, phát hiện trước ngày sinh"),
    "outcome_before_detection": gettext_lazy("Kết quả trước ngày phát hiện"),
    "future_date": gettext_lazy("Ngày ghi sau ngày báo cáo"),
    "no_date": gettext_lazy("Không có ngày khởi phát, ngày phát hiện"),
    "no_address": gettext_lazy("Không có địa chỉ"),
    "commune": gettext_lazy("Chưa rõ xã, phường"),
}


def area_choice(request: OfficerRequest, *, permission: Permission, on: date) -> Choice:
    """The areas in the officer's reach."""
    areas = areas_in_reach(request.viewer, permission=permission, on=on)
    return Choice("area", _("Địa bàn"), [Option(area.path, area.full_name) for area in areas])


def period_choices() -> tuple[Choice, Choice]:
    """From a day to a day, both included."""
    return Choice("since", _("Từ ngày")), Choice("until", _("Đến ngày"))


def figure_chips(request: OfficerRequest, scope: Scope) -> list[tuple[str, str]]:
    """The figure a list explains, with its cut-off; taken away, the list is of everything."""
    if scope.indicator is None:
        return []
    until = formats.moment(scope.cutoff.at, language=get_language() or "vi")
    doubt = DOUBTS.get(request.GET.get("doubt", "") or request.GET.get("missing", ""))
    words = _("%(figure)s, tính đến %(until)s") % {"figure": doubt or _figure_words(scope.indicator), "until": until}
    return [(words, without(request, "indicator", "at", "known_at", "doubt", "missing"))]


def _figure_words(indicator: Indicator) -> str:
    return indicator.label_en if get_language() == "en" else indicator.label
