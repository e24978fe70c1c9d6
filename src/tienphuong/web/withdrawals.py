"""Withdrawing an applied file: what it would change, the act with its reason, and taking the same bytes in anew."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tienphuong.core.access.terms import Permission
from tienphuong.intake.previews import FileLine, file_of
from tienphuong.intake.services.foreseeing import foresee_withdrawal, kept_people
from tienphuong.intake.services.receive import take_anew
from tienphuong.intake.services.withdrawing import WithdrawalRefused, may_be_withdrawn, withdraw_file, withdrawal_of
from tienphuong.intake.terms import FileState, KeptBecause
from tienphuong.web.acts import act_of
from tienphuong.web.intake_work import check_in_background, withdraw_in_background
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.phrasebook import translated

AT_ONCE = 5000
"""The most rows that are withdrawn, or tried out, while the officer waits; larger files are the worker's."""


@require_http_methods(["GET", "POST"])
def intake_withdraw(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """What withdrawing the file would change; withdrawing it with a reason."""
    line = _line(request, file_id)
    request.viewer.require(Permission.WITHDRAW_FILE, line.file.area_path or None)
    if line.state != FileState.APPLIED:
        return redirect("intake_file", file_id=file_id)
    if request.method == "POST":
        return _withdraw(request, line)
    small = line.applied <= AT_ONCE
    foreseen = foresee_withdrawal(line.file, actor=request.viewer, at=request.at) if small else None
    context = {"line": line, "file": line.file, "foreseen": foreseen}
    return render(request, "intake/withdraw.html", context | {"kept": _kept(foreseen.kept) if foreseen else ()})


@require_POST
def intake_anew(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """The bytes of a withdrawn file, read from the start as a new file."""
    line = _line(request, file_id)
    if line.state != FileState.WITHDRAWN or not line.file.stored_as:
        return redirect("intake_file", file_id=file_id)
    file = take_anew(line.file, actor=request.viewer, at=request.at)
    if file.state == FileState.RECEIVED:
        check_in_background.enqueue(str(file.pk), str(request.viewer.user_id), request.at.isoformat())
    return redirect("intake_file", file_id=file.pk)


def withdrawn_words(request: OfficerRequest, line: FileLine) -> dict[str, object]:
    """What the page of a withdrawn file says of its withdrawal."""
    done = withdrawal_of(line.file)
    return {"withdrawal": done, "kept": _kept(kept_people(request.viewer, withdrawal=done))}


def _withdraw(request: OfficerRequest, line: FileLine) -> HttpResponse:
    reason, act_id = request.POST.get("reason", ""), act_of(request)
    if refusal := may_be_withdrawn(line.file, reason=reason):
        messages.error(request, translated(str(refusal)))
        return redirect("intake_withdraw", file_id=line.file.pk)
    if line.applied > AT_ONCE:
        parts = (str(line.file.pk), reason, str(act_id), str(request.viewer.user_id), request.at.isoformat())
        withdraw_in_background.enqueue(*parts)
        messages.info(request, _("Tệp lớn: máy đang rút, xem lại trang này sau ít phút."))
        return redirect("intake_file", file_id=line.file.pk)
    try:
        withdraw_file(line.file, actor=request.viewer, at=request.at, reason=reason, act_id=act_id)
    except WithdrawalRefused as refused:
        messages.error(request, translated(str(refused)))
    return redirect("intake_file", file_id=line.file.pk)


def _kept(people: Any) -> list[tuple[Any, KeptBecause]]:
    return [(person, KeptBecause(person.why)) for person in people]


def _line(request: OfficerRequest, file_id: UUID) -> FileLine:
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404
    return line
