"""The work that waits, as the board lists it: what is late, who is silent, what an officer must decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.queries import late_clocks
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.reports.figures import Figures
from tienphuong.tracing.queries.follow_up import DayChoice, day_counts
from tienphuong.tracing.queries.referrals import waiting_referrals
from tienphuong.tracing.terms import FollowUpState
from tienphuong.web import formats
from tienphuong.web.navigation import address
from tienphuong.web.vantage import Vantage


@dataclass(frozen=True)
class Remark:
    """One line of a list of work: how grave, what, more about it, where to act."""

    level: str
    words: str
    detail: str = ""
    href: str = ""
    act: str = ""


def late(viewer: Viewer, *, seen: Vantage) -> Iterator[Remark]:
    """What has run over its time: legal clocks first, then people nobody asked after, then hand-overs nobody answered."""
    yield from _clocks(viewer, seen)
    yield from _unasked(viewer, seen)
    waiting = waiting_referrals(viewer, disease=seen.disease)["in"] if viewer.may(Permission.SEE_PERSON) else 0
    if waiting:
        words = ngettext(
            "%(n)s người do nơi khác chuyển đến chưa được tiếp nhận", "%(n)s người do nơi khác chuyển đến chưa được tiếp nhận", waiting
        )
        yield Remark("warning", words % {"n": _n(waiting)}, "", address("referrals") or "", _("Tiếp nhận"))


def _clocks(viewer: Viewer, seen: Vantage) -> Iterator[Remark]:
    clocks = late_clocks(viewer, at=seen.now, area_path=seen.area.path)
    areas = areas_by_path(viewer, paths=[clock.area_path for clock in clocks])
    language = get_language() or "vi"
    for clock in clocks:
        law = seen.policy.clocks.get(clock.kind)
        name = law.name if law else _("Báo cáo ngày") if clock.kind == "report.daily" else clock.kind
        place = areas[clock.area_path].full_name if clock.area_path in areas else ""
        due = _("hạn %(due)s") % {"due": formats.moment(clock.due_at, language=language)}
        href = address("reports") if clock.subject_kind == "report" else ""
        yield Remark("danger", f"{name}, {place}" if place else name, f"{due} · {clock.document}", href or "", _("Mở") if href else "")


def _unasked(viewer: Viewer, seen: Vantage) -> Iterator[Remark]:
    if not (viewer.may(Permission.SEE_PERSON) and seen.rules.contacts_traced.value):
        return
    choice = DayChoice(disease=seen.disease, day=seen.cutoff.day, at=seen.cutoff.at, area_path=seen.area.path)
    counts = day_counts(viewer, choice=choice, policy=seen.rules)
    waiting = sum(counts.get(state, 0) for state in (FollowUpState.DUE, FollowUpState.MISSED))
    if waiting:
        words = _("%(n)s người chưa được kiểm tra sức khỏe hôm nay") % {"n": _n(waiting)}
        detail = _("%(done)s người đã kiểm tra") % {"done": _n(counts.get(FollowUpState.DONE, 0))}
        yield Remark("warning", words, detail, seen.list_of("follow_up", params={}), _("Mở danh sách"))


def silent(viewer: Viewer, *, seen: Vantage) -> Sequence[Any]:
    """Communes of which nothing came since the cut-off before."""
    del viewer, seen
    return ()


def decisions(viewer: Viewer, *, seen: Vantage, found: Figures) -> Iterator[Remark]:
    """What waits for a named officer."""
    pairs, links = found.values["duplicates_open"], found.values["links_pending"]
    if pairs and viewer.may(Permission.DECIDE_MATCH):
        words = _("%(n)s cặp hồ sơ có thể là một người") % {"n": _n(pairs)}
        yield Remark("warning", words, "", seen.list_of("duplicates", params={}), _("Quyết định"))
    if links:
        words = _("%(n)s người khai tiếp xúc với ca bệnh chưa có trong danh sách") % {"n": _n(links)}
        yield Remark("info", words, "", seen.rows_of("links_pending"), _("Mở danh sách"))


def _n(value: int) -> str:
    return formats.number(value, language=get_language() or "vi")
