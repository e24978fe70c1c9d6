"""Deciding which records are one person: two side by side, merged or told apart, and taken back."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.cases.queries.histories import CaseHistory, case_histories
from tienphuong.cases.terms import Classification
from tienphuong.core import audit, clock
from tienphuong.core.policy import pack_at
from tienphuong.intake.queries import provenance_of
from tienphuong.procedures.decide_match import declare_different, declare_same, take_back
from tienphuong.registry.queries.matches import Compared, SideBySide, merge_record, merges_done, proposal_record, proposals, side_by_side
from tienphuong.registry.terms import Likeness, Paper, PersonSex
from tienphuong.web import formats
from tienphuong.web.acts import act_of
from tienphuong.web.cells import word_cell
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.templatetags.post import label

QUEUE = 12


@require_GET
def duplicates(request: OfficerRequest, proposal_id: UUID | None = None) -> HttpResponse:
    """One doubt side by side (the surest if none is named), the queue behind it, and the merges done."""
    area_path = path if (path := request.GET.get("area", "")).isdecimal() else ""
    queue = proposals(request.viewer, area_path=area_path, size=QUEUE)
    chosen = proposal_id or (queue.lines[0].id if queue.lines else None)
    proposal = proposal_record(request.viewer, proposal_id=chosen) if chosen else None
    if proposal_id and proposal is None:
        raise Http404
    context = {
        "queue": queue,
        "total": queue.total,
        "done": merges_done(request.viewer),
        "chosen": chosen,
        "merge_reason": _("cùng một người"),
    }
    if proposal:
        pair = side_by_side(request.viewer, proposal=proposal)
        sources = [provenance_of(request.viewer, people=[person]) for person in (proposal.left, proposal.right)]
        context |= {"pair": pair, "rows": _rows(request, pair), "sources": sources if any(sources) else ()}
        facts = {"left": str(pair.proposal.left.uid), "right": str(pair.proposal.right.uid)}
        audit.note("match.viewed", actor=request.viewer, at=request.at, subject_kind="match", subject_id=proposal.pk, facts=facts)
    return render(request, "duplicates/review.html", context)


@require_POST
def duplicate_decide(request: OfficerRequest, proposal_id: UUID) -> HttpResponse:
    """Gộp hồ sơ or Không trùng; the next doubt follows."""
    proposal = proposal_record(request.viewer, proposal_id=proposal_id)
    if proposal is None:
        raise Http404
    reason, policy = request.POST.get("reason", "").strip(), pack_at(clock.local(request.at).date())
    if (act := request.POST.get("act")) not in ("same", "different"):
        messages.error(request, _("Chưa chọn là một người hay hai người khác nhau; chưa ghi gì."))
        return redirect("duplicate", proposal_id)
    if act == "same":
        merged = declare_same(proposal, actor=request.viewer, at=request.at, policy=policy, reason=reason, act_id=act_of(request))
        done, words = merged is not None, _("Đã gộp hồ sơ. Có thể tách lại ở cuối trang.")
    else:
        done = declare_different(proposal, actor=request.viewer, at=request.at, reason=reason, act_id=act_of(request))
        words = _("Đã ghi là hai người khác nhau. Cặp này không được nêu lại.")
    if done:
        messages.success(request, words)
    else:
        messages.warning(request, _("Cặp hồ sơ này đã được quyết định trước đó."))
    return redirect("duplicates")


@require_POST
def merge_undo(request: OfficerRequest, merge_id: UUID) -> HttpResponse:
    """Tách hồ sơ: everything stands as before the merge."""
    merge = merge_record(request.viewer, merge_id=merge_id)
    if merge is None:
        raise Http404
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Chưa tách: ghi lý do tách hồ sơ."))
        return redirect("duplicates")
    policy = pack_at(clock.local(request.at).date())
    if take_back(merge, actor=request.viewer, at=request.at, policy=policy, reason=reason, act_id=act_of(request)):
        messages.success(request, _("Đã tách hồ sơ; cặp này trở lại danh sách chờ quyết định."))
    else:
        messages.warning(request, _("Lần gộp này đã được tách trước đó."))
    return redirect("duplicates")


WORDS = {
    "name": lambda: _("Họ tên"),
    "original_name": lambda: _("Tên như người gửi viết"),
    "sex": lambda: _("Giới tính"),
    "birth": lambda: _("Ngày, năm sinh"),
    "area": lambda: _("Địa bàn"),
    "nationality": lambda: _("Quốc tịch"),
    "occupation": lambda: _("Nghề nghiệp"),
    "household": lambda: _("Mã hộ"),
    "papers": lambda: _("Giấy tờ"),
    "phones": lambda: _("Điện thoại"),
    "addresses": lambda: _("Địa chỉ"),
    "cases": lambda: _("Mã ca bệnh"),
    "class": lambda: _("Phân loại ca"),
    "onset": lambda: _("Khởi phát"),
    "detected": lambda: _("Phát hiện"),
}


def _rows(request: OfficerRequest, pair: SideBySide) -> list[dict[str, object]]:
    """The comparison as the page writes it; facts that neither record has are left out."""
    facts = [*pair.facts, *_case_facts(request, pair)]
    return [
        {"words": WORDS[f.key](), "left": _written(f.key, f.left), "right": _written(f.key, f.right), "likeness": f.likeness}
        for f in facts
        if f.left or f.right
    ]


def _case_facts(request: OfficerRequest, pair: SideBySide) -> list[Compared]:
    """What the cases of both say, for officers who may see diagnoses there."""
    sides = [
        case_histories(request.viewer, people=numbers, area_path=person.area_path)
        for numbers, person in ((pair.left_numbers, pair.proposal.left), (pair.right_numbers, pair.proposal.right))
    ]
    values: dict[str, list[tuple[object, ...]]] = {
        key: [_of(cases, key) for cases in sides] for key in ("cases", "class", "onset", "detected")
    }
    return [Compared(key, left, right, _likeness(left, right)) for key, (left, right) in values.items()]


def _of(cases: Iterable[CaseHistory], key: str) -> tuple[object, ...]:
    found: list[object] = []
    for case in cases:
        by_evidence = {"cases": case.aliases, "class": (case.classification,), "onset": (case.onset_on,), "detected": (case.detected_on,)}
        found += [value for value in by_evidence[key] if value]
    return tuple(found)


def _likeness(left: tuple[object, ...], right: tuple[object, ...]) -> Likeness:
    if not left or not right:
        return Likeness.MISSING
    return Likeness.SAME if set(left) & set(right) else Likeness.DIFFERENT


def _written(key: str, values: tuple[object, ...]) -> str:
    return "; ".join(_one(key, value) for value in values)


def _one(key: str, value: object) -> str:
    if key == "papers" and isinstance(value, tuple):
        return f"{word_cell(str(value[0]), Paper).words}: {value[1]}"
    if isinstance(value, date):
        return formats.day(value, language=get_language() or "vi")
    words = {"sex": PersonSex, "class": Classification}.get(key)
    return label(words(value)) if words and value in words._value2member_map_ else str(value)
