"""The board's pictures: cases by day, cases by commune."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tienphuong.core.access.viewer import Viewer
from tienphuong.registry.areas.queries import outlines_of
from tienphuong.reports.figures import Figures, epidemic_curve
from tienphuong.reports.scope import Scope
from tienphuong.web import formats, pictures
from tienphuong.web.scope import query_of

LONGEST = 120
"""Days that a curve on a small screen can show; a date typed a century wrong must not make it 36,000 bars long."""
SHADES = ((0, 1), (1, 10), (10, 50), (50, 100), (100, None))


def curve(viewer: Viewer, *, scope: Scope, found: Figures, date_kind: str) -> pictures.Picture:
    """Counted cases by one kind of date; how many have no such date, and how many lie before the first bar, is said."""
    counted = epidemic_curve(viewer, area=scope.area, disease=scope.disease, cutoff=scope.cutoff, date_kind=date_kind)
    words = _("Ngày khởi phát") if date_kind == "onset_on" else _("Ngày phát hiện")
    shown = _last_days(counted, until=scope.cutoff.day)
    series = [pictures.Series(_("Ca mắc"), list(shown.values()))]
    undated = found.values["cases_total"] - sum(counted.values())
    note = _curve_note(undated=undated, outside=sum(counted.values()) - sum(shown.values()))
    return pictures.epidemic_curve(name="curve", title=_("Ca mắc theo ngày"), date_kind=words, days=list(shown), series=series, note=note)


def _last_days(counted: Mapping[date, int], *, until: date) -> dict[date, int]:
    """The days up to the cut-off that fit, days without cases included."""
    inside = [day for day in counted if until - timedelta(days=LONGEST) < day <= until and counted[day]]
    first = min(inside, default=until)
    days = (first + timedelta(days=n) for n in range((until - first).days + 1))
    return {day: counted.get(day, 0) for day in days}


def _curve_note(*, undated: int, outside: int) -> str:
    language, phrases = get_language() or "vi", []
    if undated:
        phrases.append(
            ngettext("%(n)s ca không có ngày này", "%(n)s ca không có ngày này", undated)
            % {"n": formats.number(undated, language=language)}
        )
    if outside:
        phrases.append(
            ngettext("%(n)s ca ngoài khoảng vẽ", "%(n)s ca ngoài khoảng vẽ", outside) % {"n": formats.number(outside, language=language)}
        )
    return "; ".join(phrases)


def commune_map(viewer: Viewer, *, scope: Scope, found: Figures, areas: Mapping[str, Any]) -> pictures.Picture | None:
    """Communes by cumulative cases; None where neither boundaries nor centre points are known."""
    outlines = outlines_of(viewer, areas=list(areas.values()))
    places = [
        pictures.Place(
            name=line.full_name,
            geometry=outlines.shapes[areas[line.path].pk],
            value=line.total,
            words=_("%(total)s ca lũy kế, %(new)s ca mới") % {"total": line.total, "new": line.new},
            href=f"?{query_of(scope, area=line.path)}",
            short=line.name,
        )
        for line in found.communes
        if line.path in areas and areas[line.path].pk in outlines.shapes
    ]
    if not places:
        return None
    note = _("ô sơ đồ, không phải ranh giới") if outlines.schematic else ""
    shades = [pictures.Shade(_shade_words(low, high), low, high) for low, high in SHADES]
    return pictures.area_map(name="map", title=_("Ca lũy kế theo địa bàn"), places=places, shades=shades, measure=_("Số ca"), note=note)


def _shade_words(low: int, high: int | None) -> str:
    if high is None:
        return _("từ %(low)s ca") % {"low": low}
    return _("%(low)s ca") % {"low": low} if high == low + 1 else _("%(low)s–%(high)s") % {"low": low, "high": high - 1}
