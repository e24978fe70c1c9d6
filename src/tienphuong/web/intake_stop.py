"""Work on a file is stopped: a check may be begun again, what was written of a file is taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tienphuong.intake.previews import file_of
from tienphuong.intake.services.stopping import go_on_checking, stop_work
from tienphuong.intake.terms import FileState
from tienphuong.web.intake_work import apply_in_background, check_in_background
from tienphuong.web.middleware import OfficerRequest


@require_POST
def intake_stop(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """Stop the check or the writing of a file."""
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404
    if not stop_work(line.file, actor=request.viewer, at=request.at):
        messages.info(request, _("Việc đã xong trước khi dừng; không có gì thay đổi."))
    elif line.state == FileState.APPLYING:
        # Whoever writes the file finds it; where its process is gone, this job takes the part back.
        apply_in_background.enqueue(str(file_id), str(request.viewer.user_id), request.at.isoformat())
    return redirect("intake_file", file_id=file_id)


@require_POST
def intake_check(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """Begin the check of a stopped file again; rows that are judged already are kept."""
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404
    if line.state in (FileState.STOPPED, FileState.RECEIVED, FileState.READ):
        go_on_checking(line.file, actor=request.viewer)
        check_in_background.enqueue(str(file_id), str(request.viewer.user_id), request.at.isoformat())
    return redirect("intake_file", file_id=file_id)
