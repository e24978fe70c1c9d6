"""The audit log: who did what, when; and the proof that nobody changed it."""

from functools import partial
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.queries import AuditLine, acts_on_record, audit_lines
from tienphuong.web.audit_words import act_words, facts_words, subject_words
from tienphuong.web.cells import Cell, Choice, Column, Option
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import may_open
from tienphuong.web.phrasebook import translated

FAULTS_SHOWN = 20


@require_GET
def audit_log(request: OfficerRequest) -> HttpResponse:
    """The log, newest first, narrowed by act, officer or subject."""
    asked = request.GET
    chosen = {"act": asked.get("act", ""), "officer": asked.get("q", ""), "subject": asked.get("subject", "")}
    page = ListPage(
        name="audit",
        title=_("Nhật ký"),
        columns=[
            Column("sequence", _("Số"), lambda line: line.sequence),
            Column("at", _("Lúc"), lambda line: line.at),
            Column("officer", _("Cán bộ"), lambda line: translated(line.actor)),
            Column("act", _("Việc"), lambda line: act_words(line.act)),
            Column("subject", _("Đối tượng"), partial(subject_cell, request.viewer)),
            Column("facts", _("Nội dung"), lambda line: facts_words(line.facts)),
            Column("policy", _("Gói chính sách"), lambda line: line.policy),
        ],
        choices=[Choice("act", _("Việc"), [Option(act, act_words(act)) for act in acts_on_record(request.viewer)])],
        fetch=lambda order, start, size: audit_lines(request.viewer, **chosen, start=start, size=size),
        key=lambda line: str(line.sequence),
        href=lambda line: subject_cell(request.viewer, line).href,
        title_of=lambda line: str(line.sequence),
        size=100,
        chips=[(_("Đối tượng: %(id)s") % {"id": chosen["subject"]}, reverse("audit"))] if chosen["subject"] else (),
        extra={"search_words": _("Tên cán bộ")},
    )
    return answer(request, page, template="audit/log.html")


@require_POST
def audit_verify(request: OfficerRequest) -> HttpResponse:
    """Walk the whole chain and say whether it holds."""
    audit.settle()
    found = list(islice(audit.faults(), FAULTS_SHOWN))
    audit.record("audit.verified", actor=request.viewer, at=request.at, facts={"faults": len(found)})
    if not found:
        messages.success(request, _("Nhật ký nguyên vẹn: không có bản ghi nào bị sửa, bị xóa hay bị chèn."))
    for fault in found:
        messages.error(request, _("Bản ghi số %(number)s: %(reason)s.") % {"number": fault.sequence, "reason": translated(fault.reason)})
    return redirect("audit")


def subject_cell(viewer: Viewer, line: AuditLine) -> Cell:
    """What the act was about; a person leads to the person's page, for officers who may see people."""
    if not line.subject_id:
        return Cell("–")
    words = f"{subject_words(line.subject_kind)} …{line.subject_id[-6:]}"
    try:
        href = (
            reverse("person", args=[line.subject_id])
            if line.subject_kind == "person" and may_open(viewer, name="person")
            else f"{reverse('audit')}?subject={line.subject_id}"
        )
    except NoReverseMatch:
        href = ""
    return Cell(words, href=href, raw=f"{line.subject_kind} {line.subject_id}")
