"""The command board: what changed, what is late, where, what is wrong with the figures, what must be decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.core import unfinished
from tienphuong.core.access.terms import Permission
from tienphuong.registry.areas.queries import ancestors_of, areas_by_path
from tienphuong.reports.catalogue import BY_KEY, Indicator
from tienphuong.reports.counting.late import CLOSINGS, Closing
from tienphuong.reports.cutoff import last_cutoff
from tienphuong.reports.figures import Figures
from tienphuong.reports.queries import SMALL_COUNT, Board, Headline, Place
from tienphuong.reports.queries import board as board_of
from tienphuong.reports.scope import Scope
from tienphuong.reports.sum_checks import IDENTITIES, SumCheck
from tienphuong.reports.terms import Severity
from tienphuong.web.board_pictures import commune_map, curve
from tienphuong.web.board_work import Remark, contradicted, decisions, late, silent
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address
from tienphuong.web.scope import list_of, query_of, rows_of, scope_of

PAST_CUTOFFS = 14
CLOSING_OF = {closing.total: closing for closing in CLOSINGS}
LEVELS = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "info"}


@dataclass(frozen=True)
class Tile:
    """One large figure with its definition, its rows, and the difference from the cut-off before."""

    indicator: Indicator
    value: int
    change: int | None
    href: str
    change_href: str
    moved: tuple["Term", ...] = ()
    """What came late to it and what was withdrawn, where there is any."""


@dataclass(frozen=True)
class Term:
    """One number of a closing identity."""

    indicator: Indicator
    value: int
    href: str


@dataclass(frozen=True)
class Sum:
    """A closing identity as the board shows it: the whole, its parts, whether they meet."""

    whole: Term
    parts: tuple[Term, ...]

    @property
    def holds(self) -> bool:
        """Whether the parts add up to the whole."""
        return self.whole.value == sum(part.value for part in self.parts)

    @property
    def added(self) -> int:
        """What the parts come to."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class CommuneRow:
    """One commune: its figures, its rate with the counts it rests on, its board and its rows."""

    place: Place
    href: str
    cases_href: str
    new_href: str
    late_href: str


@require_GET
def board(request: OfficerRequest) -> HttpResponse:
    """What a commander reads in ten seconds."""
    scope = scope_of(request)
    if scope is None:
        return render(request, "board/board.html", {"steps": list(first_steps(request)), "no_areas": True})
    missing = silent(request.viewer, scope=scope)
    read = board_of(
        request.viewer,
        area=scope.area,
        disease=scope.disease,
        at=scope.cutoff.at,
        known_at=scope.cutoff.known_at,
        policy=scope.policy,
        silent_communes=missing,
    )
    context = _frame(request, scope) | {"found": read.found, "unfinished": unfinished.names(scope.disease)}
    if _is_fresh(read.found):
        return render(request, "board/board.html", context | {"steps": list(first_steps(request))})
    context |= _figures(scope, read) | _where(request, scope, read) | _work(request, scope, read)
    return render(request, "board/board.html", context)


def _is_fresh(found: Figures) -> bool:
    """Nothing is known at all yet: no case, no contact, no sample, no returnee, no stay."""
    keys = (
        "cases_total",
        "cases_suspected",
        "cases_probable",
        "f1_total",
        "samples_total",
        "returnees_total",
        "arrivals_total",
        "stays_total",
    )
    return not any(found.values[key] for key in keys)


def first_steps(request: OfficerRequest) -> Iterator[dict[str, str]]:
    """What to do first on an empty post, in order; steps the officer may not take have no link."""
    steps = (
        ("intake", Permission.SEND_FILE, _("Gửi danh sách"), _("Kéo thả các tệp Excel, CSV của xã, phường; máy đọc thử và cho xem trước rồi mới ghi.")),
        ("duplicates", Permission.DECIDE_MATCH, _("Quyết định hồ sơ trùng"), _("Một người có thể nằm trong nhiều tệp; chỗ máy không chắc sẽ hỏi.")),
        ("reports", Permission.SEE_REPORT, _("Xem và chốt báo cáo"), _("Số liệu ở bảng này và ở báo cáo là một; chốt xong in lại vẫn như cũ.")),
    )  # fmt: skip
    for name, permission, words, detail in steps:
        yield {"words": words, "detail": detail, "href": (address(name) or "") if request.viewer.may(permission) else ""}


def _frame(request: OfficerRequest, scope: Scope) -> dict[str, object]:
    """The place, the pickers, the way back up."""
    above = [area for area in ancestors_of(request.viewer, area=scope.area) if request.viewer.may(Permission.SEE_BOARD, area.path)]
    return {
        "scope": scope,
        "trail": [(area, f"?{query_of(scope, area=area.path)}") for area in above if area.pk != scope.area.pk],
        "cutoffs": _past_cutoffs(scope),
        "diseases": [(rules.code, rules.name_en if get_language() == "en" else rules.name) for rules in scope.policy.diseases.values()],
    }


def _figures(scope: Scope, read: Board) -> dict[str, object]:
    """The large figures and the sums that must hold."""
    sums = [sum_of(identity, scope=scope, found=read.found) for identity in IDENTITIES]
    return {
        "tiles": [_tile(headline, scope=scope, read=read) for headline in read.changed],
        "first_day": _first_day(read),
        "main_sum": sums[0],
        "broken_sums": [one for one in sums[1:] if not one.holds],
        "sums_that_hold": sum(one.holds for one in sums[1:]),
        "other_sums": len(sums) - 1,
    }


def _first_day(read: Board) -> bool:
    """Whether the post knew nothing at the cut-off before: then a difference from it says nothing."""
    return all(headline.change == headline.value for headline in read.changed)


def _tile(headline: Headline, *, scope: Scope, read: Board) -> Tile:
    """A change leads to the day's new records only where they are the whole of it; a correction is part of it otherwise."""
    key = headline.indicator.key
    closing = CLOSING_OF.get(key)
    new = closing.new if closing else ""
    came = read.found.values[new] if new else None
    change = came if _first_day(read) else headline.change
    exact = bool(new) and came == change and bool(came)
    moved = _moved(closing, scope=scope, found=read.found) if closing else ()
    return Tile(headline.indicator, headline.value, change, rows_of(scope, key), rows_of(scope, new) if exact else "", moved)


def _moved(closing: Closing, *, scope: Scope, found: Figures) -> tuple[Term, ...]:
    """What is new of the day beside what came late and what was withdrawn, where there is any of these."""
    new, *others = (term_of(key, scope=scope, found=found) for key in (closing.new, closing.late, closing.withdrawn))
    return (new, *others) if any(term.value for term in others) else ()


def term_of(key: str, *, scope: Scope, found: Figures) -> Term:
    """A number with the list behind it."""
    return Term(BY_KEY[key], found.values[key], rows_of(scope, key))


def sum_of(identity: SumCheck, *, scope: Scope, found: Figures) -> Sum:
    """A closing identity with a link behind each of its numbers."""
    whole, *parts = (term_of(key, scope=scope, found=found) for key in (identity.whole, *identity.parts))
    return Sum(whole, tuple(parts))


SORTS: dict[str, Any] = {
    "name": lambda row: row.place.line.code,
    "total": lambda row: (-row.place.line.total, row.place.line.code),
    "new": lambda row: (-row.place.line.new, -row.place.line.total, row.place.line.code),
    "rate": lambda row: (-(row.place.rate or 0), row.place.line.code),
    "f1": lambda row: (-row.place.line.f1, row.place.line.code),
}


def _where(request: OfficerRequest, scope: Scope, read: Board) -> dict[str, object]:
    """The curve, the map, the commune table."""
    sort = request.GET.get("sort", "total")
    sort = sort if sort in SORTS else "total"
    kept = {"sort": sort if sort != "total" else None}
    found, rows = read.found, [_commune(place, scope=scope, kept=kept) for place in read.places]
    rows.sort(key=SORTS[sort])
    heads = [("name", _("Xã, phường")), ("total", _("Ca")), ("new", _("Mới")), ("rate", _("/100.000")), ("f1", "F1")]
    kind = "onset_on" if request.GET.get("curve") == "onset" else "detected_on"
    return {
        "communes": rows,
        "heads": [(key, words, f"?{query_of(scope, sort=key, curve=request.GET.get('curve'))}", key == sort) for key, words in heads],
        "few": SMALL_COUNT,
        "map": commune_map(
            request.viewer, scope=scope, found=found, areas=areas_by_path(request.viewer, paths=[row.place.line.path for row in rows])
        ),
        "completeness": f"{address('completeness')}?{query_of(scope)}",
        "curve": curve(request.viewer, scope=scope, found=found, date_kind=kind),
        "curve_kinds": [
            (_("Ngày phát hiện"), f"?{query_of(scope, **kept)}", kind == "detected_on"),
            (_("Ngày khởi phát"), f"?{query_of(scope, curve='onset', **kept)}", kind == "onset_on"),
        ],
    }


def _commune(place: Place, *, scope: Scope, kept: dict[str, str | None]) -> CommuneRow:
    path = place.line.path
    href = f"?{query_of(scope, area=path, **kept)}"
    return CommuneRow(place, href, *(rows_of(scope, key, area_path=path) for key in ("cases_total", "cases_new", "cases_late")))


def _work(request: OfficerRequest, scope: Scope, read: Board) -> dict[str, object]:
    """What is late, what is wrong with the figures, what must be decided."""
    english = get_language() == "en"
    return {
        "late": list(late(request.viewer, scope=scope, lines=read.late)),
        "doubts": [
            Remark(LEVELS[one.severity], one.text_en if english else one.text, "", list_of(scope, one.records, params=one.params))
            for one in read.wrong
        ]
        + list(contradicted(request.viewer, scope=scope)),
        "decisions": list(decisions(request.viewer, scope=scope, waiting=read.decide)),
    }


def _past_cutoffs(scope: Scope) -> list[datetime]:
    """The official cut-offs that have passed, newest first."""
    found, now = [], scope.now
    for _day in range(PAST_CUTOFFS):
        found.append(last_cutoff(now, policy=scope.rules))
        now = found[-1] - timedelta(minutes=1)
    return found
