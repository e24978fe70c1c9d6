"""The day's follow-up list, checked off one by one or many at once; and people handed from one locality to another."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.bounds import whole_number
from tienphuong.core.policy import pack_at
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.refer_contact import answer_referral
from tienphuong.registry.queries.people import person_records
from tienphuong.reports.scope import Scope
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.queries.follow_up import DayChoice, WatchLine, checked_lines, day_counts, watch_roll
from tienphuong.tracing.queries.referrals import ReferralLine, referral_lines, referral_record, waiting_referrals
from tienphuong.tracing.terms import FollowUpState, ReferralState
from tienphuong.web.acts import act_of
from tienphuong.web.cells import Cell, Choice, Column, Option, name_of, options_of, person_cell, sex_and_birth, status_cell
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer, day_of
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.narrowing import area_choice
from tienphuong.web.phrasebook import translated
from tienphuong.web.scope import list_scope_of

STATE_LEVELS = {
    FollowUpState.DUE: "waiting",
    FollowUpState.DONE: "success",
    FollowUpState.MISSED: "danger",
    FollowUpState.UNREACHABLE: "warning",
}
REFERRAL_LEVELS = {
    ReferralState.SENT: "waiting",
    ReferralState.ACKNOWLEDGED: "success",
    ReferralState.RETURNED: "warning",
    ReferralState.CLOSED: "neutral",
}
LAST_ACT = "follow_up_last"


@require_GET
def follow_up(request: OfficerRequest) -> HttpResponse:
    """Who is to be asked after on the day, household by household, and what became of it."""
    scope = list_scope_of(request)
    day = day_of(request.GET.get("day", "")) or scope.day
    degrees = [Option(str(n), f"F{n}") for n in range(1, scope.rules.max_degree.value + 1)]
    states = [option for option in options_of(FollowUpState) if option.value != FollowUpState.MISSED or day < scope.day]
    choice = _choice(request, scope, day)
    counts = day_counts(request.viewer, choice=choice, policy=scope.rules)
    page = ListPage(
        name="follow_up",
        title=_("Theo dõi hằng ngày"),
        columns=_columns(),
        choices=(
            area_choice(request, permission=Permission.SEE_PERSON, on=day),
            Choice("degree", _("Diện"), degrees),
            Choice("state", _("Tình trạng"), states),
        ),
        **_reading(request, choice, scope, counts),
        size=100,
        exported=[*_columns(), Column("day", _("Ngày theo dõi"), lambda line: day)],
        extra={
            "scope": scope,
            "disease": scope.rules,
            "day": day,
            "yesterday": day - timedelta(days=1),
            "tomorrow": day + timedelta(days=1),
            "picks": request.viewer.may(Permission.RECORD_FOLLOW_UP) and day <= scope.day,
            "counts": [(status_cell(s, STATE_LEVELS, words=FollowUpState), counts.get(s, 0), s.value) for s in FollowUpState],
            "followed": scope.rules.contacts_traced.value,
            "last_act": request.session.get(LAST_ACT),
            "waiting": waiting_referrals(request.viewer, disease=scope.disease),
            "address": request.get_full_path(),
        },
    )
    return answer(request, page, template="follow_up/list.html")


@require_POST
def follow_up_record(request: OfficerRequest) -> HttpResponse:
    """Record one word for all the people picked; "due" takes back what was recorded."""
    day, state = day_of(request.POST.get("day", "")), request.POST.get("state", "")
    if day is None or state not in (FollowUpState.DONE, FollowUpState.UNREACHABLE, FollowUpState.DUE):
        raise Http404
    uids = [uid for text in request.POST.getlist("pick") if (uid := _uid(text))]
    people = person_records(request.viewer, uids=uids)
    disease = request.POST.get("disease", "")
    reason = "ghi nhầm, đã hoàn tác" if state == FollowUpState.DUE else ""
    entry = FollowUpEntry(disease=disease, reported_at=request.at, day=day, state=state, reason=reason)
    policy = pack_at(clock.local(request.at).date())
    person_entries = [(person, entry) for person in people.values()]
    recorded = (
        record_follow_up(person_entries, actor=request.viewer, at=request.at, policy=policy, act_id=act_of(request))
        if person_entries
        else []
    )
    _say(request, news=sum(new for _check, new in recorded), state=state)
    undoable = {"uids": [str(uid) for uid in people], "day": day.isoformat(), "disease": disease, "count": len(people)}
    request.session[LAST_ACT] = None if state == FollowUpState.DUE or not people else undoable
    return redirect(_back(request))


def _say(request: OfficerRequest, *, news: int, state: str) -> None:
    """What the act came to, in numbers."""
    if not news:
        messages.warning(request, _("Không có gì mới để ghi: chưa chọn ai, hoặc đã ghi như vậy từ trước."))
        return
    sentences = {
        FollowUpState.DONE: ngettext("Đã ghi kiểm tra %(count)s người.", "Đã ghi kiểm tra %(count)s người.", news),
        FollowUpState.UNREACHABLE: ngettext(
            "Đã ghi không liên lạc được %(count)s người.", "Đã ghi không liên lạc được %(count)s người.", news
        ),
        FollowUpState.DUE: ngettext("Đã hoàn tác cho %(count)s người.", "Đã hoàn tác cho %(count)s người.", news),
    }
    messages.success(request, sentences[FollowUpState(state)] % {"count": news})


def _back(request: OfficerRequest) -> str:
    """Back to the list as it was, if it was this list."""
    address = request.POST.get("next", "")
    return address if address.startswith(reverse("follow_up")) else reverse("follow_up")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _choice(request: OfficerRequest, scope: Scope, day: date) -> DayChoice:
    params = request.GET
    degree = whole_number(params.get("degree", ""))
    state = scope.behind.state if scope.behind else params.get("state", "")
    return DayChoice(
        disease=scope.disease,
        day=day,
        at=scope.known_at,
        area_path=scope.area_path,
        degree=degree,
        state=state,
        text=params.get("q", ""),
        condition=scope.condition,
    )


def _reading(request: OfficerRequest, choice: DayChoice, scope: Scope, counts: Mapping[str, int]) -> dict[str, Any]:
    """How the page reads its lines: who is due, or behind a figure who was checked."""
    viewer, policy = request.viewer, scope.rules
    if scope.behind:
        return {"fetch": lambda order, start, size: checked_lines(viewer, choice=choice, policy=policy, start=start, size=size)}
    return {"roll": lambda order: watch_roll(viewer, choice=choice, policy=policy, counts=counts)}


def _columns() -> list[Column]:
    def which_day(line: WatchLine) -> Cell:
        if line.number is None:
            return Cell(_("chưa rõ ngày tiếp xúc cuối"), raw="")
        if not 1 <= line.number <= line.of:
            return Cell(_("ngoài thời hạn theo dõi"), raw="")
        words = _("%(day)s/%(of)s") % {"day": line.number, "of": line.of}
        return Cell(words, detail=_("lấy mẫu") if line.test_due else "", raw=f"{line.number}/{line.of}")

    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person)),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("degree", _("Diện"), lambda line: f"F{line.degree}" if line.degree is not None else ""),
        Column(
            "phone", _("Điện thoại"), lambda line: Cell(line.phone or "–", href=f"tel:{line.phone}" if line.phone else "", raw=line.phone)
        ),
        Column("household", _("Hộ, địa chỉ"), lambda line: line.household),
        Column("area", _("Địa bàn"), lambda line: line.person.area),
        Column("number", _("Ngày thứ"), which_day),
        Column("state", _("Tình trạng"), lambda line: status_cell(line.state, STATE_LEVELS, words=FollowUpState)),
        Column("checked", _("Ghi lúc"), lambda line: line.checked_at),
    ]


@require_GET
def referrals(request: OfficerRequest) -> HttpResponse:
    """People handed to us, to be taken on or returned with a reason; and people we handed over."""
    scope = list_scope_of(request)
    way = "out" if request.GET.get("direction") == "out" else "in"
    state = request.GET.get("state", "")
    page = ListPage(
        name="referrals",
        title=_("Chuyển địa phương"),
        columns=_referral_columns(way),
        choices=[Choice("state", _("Tình trạng"), options_of(ReferralState))],
        fetch=lambda order, start, size: referral_lines(
            request.viewer, disease=scope.disease, way=way, state=state, start=start, size=size
        ),
        key=lambda line: str(line.id),
        href=lambda line: reverse("person", args=[line.person.uid]),
        searched=False,
        extra={
            "scope": scope,
            "disease": scope.rules,
            "way": way,
            "waiting": waiting_referrals(request.viewer, disease=scope.disease),
            "may_answer": request.viewer.may(Permission.RECORD_CONTACT) and way == "in",
            "open_rows": _unanswered(request, scope) if way == "in" else (),
        },
    )
    return answer(request, page, template="follow_up/referrals.html")


def _unanswered(request: OfficerRequest, scope: Scope) -> list[dict[str, str]]:
    """The hand-overs that wait for our word, oldest first."""
    lines = referral_lines(request.viewer, disease=scope.disease, way="in", state=ReferralState.SENT, size=20).lines
    return [{"key": str(line.id), "name": name_of(line.person)} for line in lines]


@require_POST
def referral_answer(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Tiếp nhận, or trả lại with the reason."""
    referral = referral_record(request.viewer, referral_id=referral_id)
    if referral is None or request.POST.get("act") not in ("accept", "return"):
        raise Http404
    accept, words = request.POST.get("act") == "accept", request.POST.get("answer", "").strip()
    if not accept and not words:
        messages.error(request, _("Chưa trả lại: ghi lý do trả lại để nơi chuyển biết và xử lý."))
        return redirect("referrals")
    done = answer_referral(referral, accept=accept, answer=words, actor=request.viewer, at=request.at)
    if not done:
        messages.warning(request, _("Việc chuyển này đã được trả lời trước đó."))
    else:
        messages.success(request, _("Đã tiếp nhận.") if accept else _("Đã trả lại, kèm lý do."))
    return redirect("referrals")


def _referral_columns(way: str) -> list[Column]:
    def where(line: ReferralLine) -> str:
        return line.from_area if way == "in" else line.to_area

    return [
        Column("name", _("Họ tên"), lambda line: person_cell(line.person)),
        Column("birth", _("Giới, năm sinh"), lambda line: sex_and_birth(line.person)),
        Column("degree", _("Diện"), lambda line: f"F{line.degree}" if line.degree is not None else ""),
        Column("where", _("Nơi chuyển") if way == "in" else _("Nơi nhận"), where),
        Column("sent", _("Chuyển lúc"), lambda line: line.sent_at),
        Column("reason", _("Lý do chuyển"), lambda line: translated(line.reason)),
        Column("state", _("Tình trạng"), lambda line: status_cell(line.state, REFERRAL_LEVELS, words=ReferralState)),
        Column("answer", _("Trả lời"), lambda line: " · ".join(part for part in (line.answered_by, line.answer) if part)),
    ]
