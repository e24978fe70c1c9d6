"""A commune's own figures of the day: sums checked while they are typed, kept even when they do not close."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tienphuong.core.access.terms import Permission
from tienphuong.procedures.submit_figures import Submitted, submit_figures
from tienphuong.reports.catalogue import BY_KEY, Indicator
from tienphuong.reports.scope import Scope
from tienphuong.reports.services import ReportRefused
from tienphuong.reports.submitted import submission_of
from tienphuong.reports.sum_checks import IDENTITIES, SumCheck, broken
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.scope import query_of, scope_of


@require_http_methods(["GET", "POST"])
def figures_form(request: OfficerRequest) -> HttpResponse:
    """The form, and keeping what it says."""
    scope = _scope(request)
    if request.method == "POST":
        return _submit(request, scope)
    before = submission_of(scope.area, disease=scope.disease, day=scope.cutoff.day)
    return _page(request, scope, reported={key: str(value) for key, value in (before.figures if before else {}).items()})


@require_POST
def figures_check(request: OfficerRequest) -> HttpResponse:
    """Which sums close and which do not, while the officer types."""
    figures, _faults = _read(request.POST)
    return render(request, "reports/sums_typed.html", {"sums": _sums(figures)})


def _submit(request: OfficerRequest, scope: Scope) -> HttpResponse:
    figures, faults = _read(request.POST)
    if faults:
        return _page(request, scope, reported=request.POST, faults=faults, status=422)
    try:
        done = submit_figures(
            scope.area, scope.cutoff.day, figures, disease=scope.disease, actor=request.viewer, at=request.at, policy=scope.policy
        )
    except ReportRefused as refused:
        return _page(request, scope, reported=request.POST, faults=[str(refused.refusal)], status=422)
    _tell(request, done)
    return redirect(f"{reverse('figures_form')}?{query_of(scope)}")


def _tell(request: OfficerRequest, done: Submitted) -> None:
    """Kept in every case; what does not close or differs from the records is said."""
    messages.success(request, _("Đã ghi số liệu.") if done.new else _("Số liệu giống lần gửi trước, không có gì thay đổi."))
    for item in done.broken:
        messages.warning(request, _("Chưa khớp: %(sum)s. Số liệu vẫn được giữ; kiểm tra và gửi lại nếu sai.") % {"sum": item})
    for item in done.differences:
        item_words = {"label": item.label, "reported": item.reported, "counted": item.counted}
        messages.warning(request, _("%(label)s: đơn vị báo %(reported)s, hồ sơ có %(counted)s.") % item_words)


def _page(
    request: OfficerRequest, scope: Scope, *, reported: Mapping[str, str], faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    groups = [(_row(identity.whole, reported), [_row(part, reported) for part in identity.parts]) for identity in IDENTITIES]
    figures, _unread = _read(reported)
    context = {
        "scope": scope,
        "groups": groups,
        "faults": faults or [],
        "sums": _sums(figures),
        "here": f"{reverse('figures_form')}?{query_of(scope)}",
        "check": f"{reverse('figures_check')}?{query_of(scope)}",
    }
    return render(request, "reports/figures_form.html", context, status=status)


def _row(key: str, reported: Mapping[str, str]) -> tuple[Indicator, str]:
    return BY_KEY[key], reported.get(key, "")


def _read(reported: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """The figures typed, and what could not be read as a count; an empty box says nothing."""
    figures, faults = {}, []
    for identity in IDENTITIES:
        for key in (identity.whole, *identity.parts):
            text = reported.get(key, "").replace(".", "").replace(" ", "").strip()
            if text.isdecimal():
                figures[key] = int(text)
            elif text:
                item_words = {"label": BY_KEY[key].label, "text": reported[key]}
                faults.append(_("%(label)s: “%(text)s” không phải số đếm. Ghi số nguyên từ 0 trở lên; chưa có thì bỏ trống.") % item_words)
    return figures, faults


def _sums(figures: Mapping[str, int]) -> list[tuple[SumCheck, Indicator, str, bool]]:
    """Each sum of which both sides are told: how it reads, and whether it closes."""
    failing = {item.identity: str(item) for item in broken(figures)}
    item_words = [one for one in IDENTITIES if one.whole in figures and any(part in figures for part in one.parts)]
    return [(one, BY_KEY[one.whole], failing.get(one) or _reads(one, figures), one not in failing) for one in item_words]


def _reads(identity: SumCheck, figures: Mapping[str, int]) -> str:
    return f"{figures[identity.whole]} = {' + '.join(str(figures.get(part, 0)) for part in identity.parts)}"


def _scope(request: OfficerRequest) -> Scope:
    scope = scope_of(request, permission=Permission.SEND_FILE)
    if scope is None:
        raise Http404
    return scope
