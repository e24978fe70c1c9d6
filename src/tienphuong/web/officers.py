"""The accounts of a post, for who manages them: a password for one sign-in, the end of sessions, a new start after wrong guesses."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import clock
from tienphuong.core.queries import OfficerLine, officer_lines, officer_sessions
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.add_factor import remove_factors_of
from tienphuong.procedures.appoint_officer import release_account
from tienphuong.procedures.change_password import reset_password
from tienphuong.procedures.end_sessions import end_sessions_of
from tienphuong.web.acts import act_of
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest


@require_GET
def officers(request: OfficerRequest) -> HttpResponse:
    """The accounts that this officer manages, found by name as one types."""
    found = officer_lines(request.viewer, on=clock.local(request.at).date(), now=clock.machine_now())
    return render(request, "officers/list.html", {"officers": found})


@require_GET
def officer(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """One account: duties, sessions, what may be done."""
    return _page(request, _line(request, officer_id))


def _line(request: OfficerRequest, officer_id: UUID) -> OfficerLine:
    found = officer_lines(request.viewer, on=clock.local(request.at).date(), now=clock.machine_now(), only=officer_id)
    if not found:
        raise Http404
    return found[0]


def _page(request: OfficerRequest, line: OfficerLine, **more: object) -> HttpResponse:
    live = officer_sessions(request.viewer, officer=line.pk, on=clock.local(request.at).date(), now=clock.machine_now())
    return render(request, "officers/officer.html", {"officer": line, "sessions": live, **more})


@require_POST
@confirm_first
def officer_reset(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """A password for one sign-in, shown on this answer and never again."""
    line = _line(request, officer_id)
    secret = reset_password(line.username, actor=request.viewer, at=request.at, now=clock.machine_now(), act_id=act_of(request))
    if isinstance(secret, Refusal):
        messages.error(request, str(secret))
        return redirect("officer", officer_id)
    return _page(request, _line(request, officer_id), secret=secret)


@require_POST
@confirm_first
def officer_end(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """End every session of an officer."""
    count = end_sessions_of(_line(request, officer_id).pk, actor=request.viewer, at=request.at)
    messages.success(request, _("Đã kết thúc %(count)s phiên.") % {"count": count})
    return redirect("officer", officer_id)


@require_POST
@confirm_first
def officer_factors(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """For an officer who lost telephone, key and paper."""
    if remove_factors_of(_line(request, officer_id).pk, actor=request.viewer, at=request.at):
        messages.success(request, _("Đã bỏ mọi lớp xác thực thứ hai của cán bộ này và kết thúc mọi phiên."))
    else:
        messages.info(request, _("Cán bộ này chưa có lớp xác thực thứ hai."))
    return redirect("officer", officer_id)


@require_POST
@confirm_first
def officer_release(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Let an officer sign in at once whose account waits for wrong guesses."""
    if release_account(_line(request, officer_id).username, actor=request.viewer, at=request.at):
        messages.success(request, _("Cán bộ này đăng nhập lại được ngay."))
    else:
        messages.info(request, _("Tài khoản này không có lần nhập sai nào đang đếm."))
    return redirect("officer", officer_id)
