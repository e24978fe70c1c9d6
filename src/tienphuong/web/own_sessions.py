"""Where an officer is signed in, and the end of what they do not want."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tienphuong.core import clock
from tienphuong.core.queries import officer_sessions
from tienphuong.procedures.end_sessions import end_other_sessions, end_own_session
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.sessions import number_of, seconds_left, use_now


@require_GET
def sessions(request: OfficerRequest) -> HttpResponse:
    """The officer's own sessions, the one at hand first."""
    here = number_of(request)
    found = officer_sessions(request.viewer, officer=request.user.pk, on=clock.local(request.at).date(), now=clock.machine_now())
    found.sort(key=lambda one: one.number != here)
    return render(request, "account/sessions.html", {"sessions": found, "here": here, **limits()})


def limits() -> dict[str, object]:
    """How long a session lasts, for pages that say so."""
    return {"idle": int(settings.SESSION_IDLE.total_seconds() // 60), "hours": int(settings.SESSION_ABSOLUTE.total_seconds() // 3600)}


@require_POST
def session_end(request: OfficerRequest) -> HttpResponse:
    """End one session, or all but this one."""
    asked = request.POST.get("number", "")
    if not asked:
        count = end_other_sessions(number_of(request), actor=request.viewer, at=request.at)
        messages.success(request, _("Đã kết thúc %(count)s phiên khác.") % {"count": count})
    elif _ended(request, asked):
        messages.success(request, _("Đã kết thúc phiên ấy."))
    else:
        messages.info(request, _("Phiên ấy đã kết thúc từ trước."))
    return redirect("sessions")


def _ended(request: OfficerRequest, asked: str) -> bool:
    try:
        return end_own_session(UUID(asked), actor=request.viewer, at=request.at)
    except ValueError:
        return False


@require_http_methods(["GET", "POST"])
def session_left(request: OfficerRequest) -> HttpResponse:
    """How many seconds the session lasts unused; a POST uses it. Asked by the page itself, so a GET is no use."""
    if request.method == "POST":
        use_now(request)
    return JsonResponse({"left": seconds_left(request)})
