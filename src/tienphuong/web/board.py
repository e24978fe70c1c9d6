"""The command board: what changed, what is late, where, what is wrong with the figures, what must be decided."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from tienphuong.reports.figures import Figures
from tienphuong.reports.identities import IDENTITIES, Identity
from tienphuong.reports.queries import SMALL_COUNT, Board, Headline, Place
from tienphuong.reports.queries import board as board_of
from tienphuong.reports.terms import Severity
from tienphuong.web.board_pictures import commune_map, curve
from tienphuong.web.board_work import Remark, contradicted, decisions, late, silent
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address
from tienphuong.web.vantage import Vantage, past_cutoffs, vantage_of

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
    seen = vantage_of(request)
    if seen is None:
        return render(request, "board/board.html", {"steps": list(first_steps(request)), "no_areas": True})
    missing = silent(request.viewer, seen=seen)
    read = board_of(
        request.viewer,
        area=seen.area,
        disease=seen.disease,
        at=seen.cutoff.at,
        known_at=seen.cutoff.known_at,
        policy=seen.policy,
        silent_communes=missing,
    )
    context = _frame(request, seen) | {"found": read.found, "unfinished": unfinished.names(seen.disease)}
    if _is_fresh(read.found):
        return render(request, "board/board.html", context | {"steps": list(first_steps(request))})
    context |= _figures(seen, read) | _where(request, seen, read) | _work(request, seen, read)
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


def _frame(request: OfficerRequest, seen: Vantage) -> dict[str, object]:
    """The place, the pickers, the way back up."""
    above = [area for area in ancestors_of(request.viewer, area=seen.area) if request.viewer.may(Permission.SEE_BOARD, area.path)]
    return {
        "seen": seen,
        "trail": [(area, f"?{seen.query(area=area.path)}") for area in above if area.pk != seen.area.pk],
        "cutoffs": past_cutoffs(seen),
        "diseases": [(rules.code, rules.name_en if get_language() == "en" else rules.name) for rules in seen.policy.diseases.values()],
    }


def _figures(seen: Vantage, read: Board) -> dict[str, object]:
    """The large figures and the sums that must hold."""
    sums = [sum_of(identity, seen=seen, found=read.found) for identity in IDENTITIES]
    return {
        "tiles": [_tile(headline, seen=seen, read=read) for headline in read.changed],
        "first_day": _first_day(read),
        "main_sum": sums[0],
        "broken_sums": [one for one in sums[1:] if not one.holds],
        "sums_that_hold": sum(one.holds for one in sums[1:]),
        "other_sums": len(sums) - 1,
    }


def _first_day(read: Board) -> bool:
    """Whether the post knew nothing at the cut-off before: then a difference from it says nothing."""
    return all(headline.change == headline.value for headline in read.changed)


def _tile(headline: Headline, *, seen: Vantage, read: Board) -> Tile:
    """A change leads to the day's new records only where they are the whole of it; a correction is part of it otherwise."""
    key = headline.indicator.key
    closing = CLOSING_OF.get(key)
    new = closing.new if closing else ""
    came = read.found.values[new] if new else None
    change = came if _first_day(read) else headline.change
    exact = bool(new) and came == change and bool(came)
    moved = _moved(closing, seen=seen, found=read.found) if closing else ()
    return Tile(headline.indicator, headline.value, change, seen.rows_of(key), seen.rows_of(new) if exact else "", moved)


def _moved(closing: Closing, *, seen: Vantage, found: Figures) -> tuple[Term, ...]:
    """What is new of the day beside what came late and what was withdrawn, where there is any of these."""
    new, *others = (term_of(key, seen=seen, found=found) for key in (closing.new, closing.late, closing.withdrawn))
    return (new, *others) if any(term.value for term in others) else ()


def term_of(key: str, *, seen: Vantage, found: Figures) -> Term:
    """A number with the list behind it."""
    return Term(BY_KEY[key], found.values[key], seen.rows_of(key))


def sum_of(identity: Identity, *, seen: Vantage, found: Figures) -> Sum:
    """A closing identity with a link behind each of its numbers."""
    whole, *parts = (term_of(key, seen=seen, found=found) for key in (identity.whole, *identity.parts))
    return Sum(whole, tuple(parts))


SORTS: dict[str, Any] = {
    "name": lambda row: row.place.line.code,
    "total": lambda row: (-row.place.line.total, row.place.line.code),
    "new": lambda row: (-row.place.line.new, -row.place.line.total, row.place.line.code),
    "rate": lambda row: (-(row.place.rate or 0), row.place.line.code),
    "f1": lambda row: (-row.place.line.f1, row.place.line.code),
}


def _where(request: OfficerRequest, seen: Vantage, read: Board) -> dict[str, object]:
    """The curve, the map, the commune table."""
    sort = request.GET.get("sort", "total")
    sort = sort if sort in SORTS else "total"
    kept = {"sort": sort if sort != "total" else None}
    found, rows = read.found, [_commune(place, seen=seen, kept=kept) for place in read.places]
    rows.sort(key=SORTS[sort])
    heads = [("name", _("Xã, phường")), ("total", _("Ca")), ("new", _("Mới")), ("rate", _("/100.000")), ("f1", "F1")]
    kind = "onset_on" if request.GET.get("curve") == "onset" else "detected_on"
    return {
        "communes": rows,
        "heads": [(key, words, f"?{seen.query(sort=key, curve=request.GET.get('curve'))}", key == sort) for key, words in heads],
        "few": SMALL_COUNT,
        "map": commune_map(
            request.viewer, seen=seen, found=found, areas=areas_by_path(request.viewer, paths=[row.place.line.path for row in rows])
        ),
        "curve": curve(request.viewer, seen=seen, found=found, date_kind=kind),
        "curve_kinds": [
            (_("Ngày phát hiện"), f"?{seen.query(**kept)}", kind == "detected_on"),
            (_("Ngày khởi phát"), f"?{seen.query(curve='onset', **kept)}", kind == "onset_on"),
        ],
    }


def _commune(place: Place, *, seen: Vantage, kept: dict[str, str | None]) -> CommuneRow:
    path = place.line.path
    href = f"?{seen.query(area=path, **kept)}"
    return CommuneRow(place, href, *(seen.rows_of(key, area_path=path) for key in ("cases_total", "cases_new", "cases_late")))


def _work(request: OfficerRequest, seen: Vantage, read: Board) -> dict[str, object]:
    """What is late, what is wrong with the figures, what must be decided."""
    english = get_language() == "en"
    return {
        "late": list(late(request.viewer, seen=seen, lines=read.late)),
        "doubts": [
            Remark(LEVELS[one.severity], one.text_en if english else one.text, "", seen.list_of(one.records, params=one.params))
            for one in read.wrong
        ]
        + list(contradicted(request.viewer, seen=seen)),
        "decisions": list(decisions(request.viewer, seen=seen, waiting=read.decide)),
    }
