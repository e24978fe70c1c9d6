"""What the post holds of one person, for that person: one paper to print or take along, and what is to be corrected."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.intake.subjects import answer_correction, ask_correction, corrections_of, data_of
from tienphuong.registry.queries.identities import person_behind
from tienphuong.registry.terms import PersonSex
from tienphuong.web.acts import act_of
from tienphuong.web.audit_words import act_words
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.subject_words import day_or_text, line_of
from tienphuong.web.templatetags.post import label

PARTS = {
    "papers": lambda: _("Giấy tờ"),
    "phones": lambda: _("Điện thoại"),
    "addresses": lambda: _("Địa chỉ"),
    "records": lambda: _("Hồ sơ"),
    "cases": lambda: _("Ca bệnh"),
    "samples": lambda: _("Mẫu xét nghiệm"),
    "degrees": lambda: _("Diện tiếp xúc"),
    "contacts": lambda: _("Tiếp xúc"),
    "arrivals": lambda: _("Về từ vùng dịch"),
    "checks": lambda: _("Theo dõi hằng ngày"),
    "stays": lambda: _("Cách ly"),
    "contradictions": lambda: _("Giá trị mâu thuẫn"),
    "lists": lambda: _("Danh sách đã ghi"),
    "corrections": lambda: _("Đề nghị đính chính"),
}


@require_GET
@confirm_first
def subject_data(request: OfficerRequest, uid: UUID) -> HttpResponse:
    """The paper; with format=json the same for a machine."""
    data = data_of(uid, actor=request.viewer, at=request.at)
    if data is None:
        raise Http404
    if request.GET.get("format") == "json":
        name = f"du-lieu-{str(uid)[-6:]}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)
    people = list(person_behind(request.viewer, uid=uid))
    parts = [(words(), [line_of(key, row) for row in data[key]]) for key, words in PARTS.items() if data[key]]
    context = {
        "uid": uid,
        "data": data,
        "parts": parts,
        "open": [one for one in corrections_of(request.viewer, people=people) if one.state == "open"],
    }
    context["looked"] = [(one, act_words(one["act"]), datetime.fromisoformat(one["at"])) for one in data["looked_at"]]
    context |= {"made_at": request.at, "birth": day_or_text(str(data["person"]["birth"] or "")), "sex": _sex(data["person"]["sex"])}
    return render(request, "people/data.html", context)


@require_POST
def correction_ask(request: OfficerRequest, uid: UUID) -> HttpResponse:
    """What the person asks to have corrected."""
    wanted = request.POST.get("request", "").strip()
    if wanted and ask_correction(uid, wanted, actor=request.viewer, at=request.at, act_id=act_of(request)) is None:
        raise Http404
    if wanted:
        messages.success(request, _("Đã ghi đề nghị đính chính."))
    return redirect("subject_data", uid=uid)


@require_POST
def correction_answer(request: OfficerRequest, request_id: UUID) -> HttpResponse:
    """Followed or not, with the answer."""
    done = request.POST.get("act") == "done"
    whose = answer_correction(request_id, done=done, answer=request.POST.get("answer", ""), actor=request.viewer, at=request.at)
    if whose is None:
        raise Http404
    messages.success(request, _("Đã ghi trả lời."))
    return redirect("subject_data", uid=whose)


def _sex(code: str) -> str:
    return label(PersonSex(code)) if code in set(PersonSex) else ""
