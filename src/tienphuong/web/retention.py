"""Thời hạn lưu giữ: how long what is kept, what is due, the officer's decision, and the report of what was purged."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_tasks import task

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import viewer_of
from tienphuong.core.policy import pack_at
from tienphuong.intake.purges import kept_for, purge_of, purges
from tienphuong.intake.services.purging import PurgeRefused, decide_purge, propose_purge, run_purge
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.web.acts import act_of
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.phrasebook import translated


@require_http_methods(["GET", "POST"])
def retention(request: OfficerRequest) -> HttpResponse:
    """What is kept for how long and the purges; sent, what is due is counted by the worker."""
    day = clock.local(request.at).date()
    if request.method == "POST":
        paths = sorted(request.viewer.reach[Permission.PURGE], key=len)
        propose_in_background.enqueue(paths[0], str(request.viewer.user_id), request.at.isoformat())
        messages.info(request, _("Máy đang đếm những gì hết thời hạn; xem lại trang này sau ít phút."))
        return redirect("retention")
    context = {"kept": kept_for(request.viewer, policy=pack_at(day), on=day), "purges": purges(request.viewer)}
    return render(request, "retention/purges.html", context)


@require_POST
@confirm_first
def purge_decide(request: OfficerRequest, purge_id: UUID) -> HttpResponse:
    """The decision of a named officer; what is decided the worker purges."""
    line = purge_of(request.viewer, purge_id=purge_id)
    if line is None:
        raise Http404
    accept, reason = request.POST.get("act") == "purge", request.POST.get("reason", "")
    try:
        done = decide_purge(line.record, accept=accept, actor=request.viewer, at=request.at, reason=reason, act_id=act_of(request))
    except PurgeRefused as refused:
        messages.error(request, translated(str(refused)))
        return redirect("retention")
    if done.state == "decided":
        purge_in_background.enqueue(str(done.pk), str(request.viewer.user_id), request.at.isoformat())
    messages.success(request, _("Đã ghi quyết định. Máy đang xóa.") if done.state == "decided" else _("Đã ghi quyết định: không xóa."))
    return redirect("retention")


@task()
def propose_in_background(area_path: str, officer: str, at: str) -> str:
    """Count what is due in an area, under the name of the officer who asked; the purge that waits for a decision."""
    moment = datetime.fromisoformat(at)
    viewer = viewer_of(get_user_model().objects.get(pk=UUID(officer)), on=clock.local(moment).date())
    area = areas_by_path(viewer, paths=[area_path])[area_path]
    return str(propose_purge(area, actor=viewer, at=moment, policy=pack_at(clock.local(moment).date())).pk)


@task()
def purge_in_background(purge_id: str, officer: str, at: str) -> str:
    """Purge what was decided, under the name of the officer who decided."""
    moment = datetime.fromisoformat(at)
    viewer = viewer_of(get_user_model().objects.get(pk=UUID(officer)), on=clock.local(moment).date())
    line = purge_of(viewer, purge_id=UUID(purge_id))
    return run_purge(line.record, actor=viewer, at=moment).state if line else "gone"
