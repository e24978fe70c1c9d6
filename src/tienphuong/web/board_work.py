"""The work that waits, as the board lists it: what is late, who is silent, what an officer must decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.rules.terms import DeadlineKind
from tienphuong.intake.queries import silent_communes
from tienphuong.registry.queries.contradictions import contradictions_open
from tienphuong.reports.deadlines import DeadlineLine
from tienphuong.reports.queries import ToDecide
from tienphuong.reports.scope import Scope
from tienphuong.tracing.queries.follow_up import DayChoice, day_counts
from tienphuong.tracing.terms import FollowUpState
from tienphuong.web import formats
from tienphuong.web.scope import list_of
from tienphuong.web.templatetags.post import label


@dataclass(frozen=True)
class Remark:
    """One line of a list of work: how grave, what, more about it, where to go."""

    level: str
    words: str
    detail: str = ""
    href: str = ""


def late(viewer: Viewer, *, scope: Scope, lines: Sequence[DeadlineLine]) -> Iterator[Remark]:
    """What has run over its time: legal deadlines first, one line a kind and place, then people nobody asked after today."""
    language = get_language() or "vi"
    groups: dict[tuple[str, str], list[DeadlineLine]] = {}
    for line in lines:
        groups.setdefault((line.kind, line.area), []).append(line)
    for (kind, area), several in groups.items():
        name = kind_words(kind, policy=scope.policy)
        words = f"{name}, {area}" if area else name
        if len(several) > 1:
            words = _("%(words)s: %(n)s việc") % {"words": words, "n": _n(len(several))}
        due = _("hạn %(due)s") % {"due": formats.moment(several[0].due_at, language=language)}
        page = list_of(scope, "deadlines", params={"kind": kind, "state": "overdue"})
        yield Remark("danger", words, f"{due} · {several[0].document}", page)
    yield from _unasked(viewer, scope)


def kind_words(kind: str, *, policy: Pack) -> str:
    """What is to be done: the post's own word of the kind, else the pack's name of it."""
    if kind in DeadlineKind._value2member_map_:
        return label(DeadlineKind(kind))
    return policy.deadlines[kind].name if kind in policy.deadlines else kind


def _unasked(viewer: Viewer, scope: Scope) -> Iterator[Remark]:
    if not (viewer.may(Permission.SEE_PERSON) and scope.rules.contacts_traced.value):
        return
    choice = DayChoice(disease=scope.disease, day=scope.cutoff.day, at=scope.cutoff.at, area_path=scope.area.path)
    counts = day_counts(viewer, choice=choice, policy=scope.rules)
    waiting = sum(counts.get(state, 0) for state in (FollowUpState.DUE, FollowUpState.MISSED))
    if waiting:
        words = _("%(n)s người chưa được kiểm tra sức khỏe hôm nay") % {"n": _n(waiting)}
        detail = _("%(done)s người trong diện đã kiểm tra") % {"done": _n(counts.get(FollowUpState.DONE, 0))}
        yield Remark("warning", words, detail, list_of(scope, "follow_up", params={}))


def silent(viewer: Viewer, *, scope: Scope) -> Sequence[Any]:
    """Communes of which nothing came since the cut-off before; a commune does not ask itself."""
    if scope.area.level == "commune":
        return ()
    return silent_communes(viewer, area=scope.area, disease=scope.disease, at=scope.cutoff.at, policy=scope.policy)


def contradicted(viewer: Viewer, *, scope: Scope) -> Iterator[Remark]:
    """What later lists say against records, as far as nobody had decided at the cut-off."""
    waiting = contradictions_open(viewer, area_path=scope.area.path, known_at=scope.cutoff.known_at)
    if waiting:
        words = ngettext("%(n)s giá trị mâu thuẫn với hồ sơ", "%(n)s giá trị mâu thuẫn với hồ sơ", waiting)
        page = list_of(scope, "contradictions", params={"state": "open"})
        yield Remark("info", words % {"n": _n(waiting)}, "", page)


def decisions(viewer: Viewer, *, scope: Scope, waiting: ToDecide) -> Iterator[Remark]:
    """What waits for a named officer."""
    if waiting.duplicates:
        words = ngettext("%(n)s cặp hồ sơ có thể là một người", "%(n)s cặp hồ sơ có thể là một người", waiting.duplicates)
        page = list_of(scope, "duplicates", params={})
        yield Remark("warning", words % {"n": _n(waiting.duplicates)}, "", page)
    if waiting.referrals:
        words = ngettext("%(n)s người do nơi khác chuyển đến", "%(n)s người do nơi khác chuyển đến", waiting.referrals)
        detail = _("Tiếp nhận, hoặc trả lại kèm lý do.")
        yield Remark("warning", words % {"n": _n(waiting.referrals)}, detail, list_of(scope, "referrals", params={}))
    if waiting.links:
        words = ngettext("%(n)s người chờ ca bệnh của họ", "%(n)s người chờ ca bệnh của họ", waiting.links)
        detail = _("Được khai là tiếp xúc với ca bệnh chưa có trong danh sách nào.")
        yield Remark("info", words % {"n": _n(waiting.links)}, detail, list_of(scope, "links", params={}))


def _n(value: int) -> str:
    return formats.number(value, language=get_language() or "vi")
