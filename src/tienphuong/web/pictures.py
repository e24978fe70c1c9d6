"""Charts, networks and maps as pages hand them to static/js: the data block and the table that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.web import formats

LIMIT = 80


@dataclass(frozen=True)
class Cell:
    """A cell of a twin table that leads to its rows."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """One picture and its twin; drawn by {% picture picture %}."""

    kind: str
    name: str
    title: str
    data: Mapping[str, object]
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One set of bars: a number for every day."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Node:
    """One person of a network."""

    id: str
    label: str
    degree: int = 0
    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class Edge:
    """One meeting, or one infection from source to target; unsure ones are dashed."""

    source: str
    target: str
    words: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Shade:
    """One class of a map: values from `low` (included) up to `high` (excluded; None: no end)."""

    words: str
    low: float
    high: float | None


@dataclass(frozen=True)
class Place:
    """One area of a map: its outline as a GeoJSON geometry, its value (None: nothing known) and where it leads."""

    name: str
    geometry: Mapping[str, object]
    value: float | None
    words: str
    href: str = ""
    short: str = ""


def epidemic_curve(*, name: str, title: str, date_kind: str, days: Sequence[date], series: Sequence[Series], note: str = "") -> Picture:
    """Cases by day as bars; `date_kind` says which date is meant (khởi phát, lấy mẫu, công bố ...)."""
    language = get_language() or "vi"
    full = [formats.day(day, language=language) for day in days]
    data = {
        "axis": date_kind,
        "unit": _("số ca"),
        "days": [f"{day.day}/{day.month}" for day in days],
        "full": full,
        "series": [{"name": one.name, "values": list(one.values)} for one in series],
    }
    rows = [[full[at], *(formats.number(one.values[at], language=language) for one in series)] for at in range(len(days))]
    return Picture("curve", name, title, data, [date_kind, *(one.name for one in series)], rows, note)


def network(*, name: str, title: str, nodes: Sequence[Node], edges: Sequence[Edge], root: str | None = None, note: str = "") -> Picture:
    """Who met whom, in rings around `root`."""
    return _graph("rings", name=name, title=title, nodes=nodes, edges=edges, root=root, note=note)


def transmission_tree(*, name: str, title: str, nodes: Sequence[Node], edges: Sequence[Edge], note: str = "") -> Picture:
    """Who infected whom, from left to right; a person with two possible sources has two arrows."""
    return _graph("layers", name=name, title=title, nodes=nodes, edges=edges, root=None, note=note)


def area_map(*, name: str, title: str, places: Sequence[Place], shades: Sequence[Shade], measure: str, note: str = "") -> Picture:
    """Areas coloured by class of a value, with the value written on each."""
    language = get_language() or "vi"
    features = [
        {
            "type": "Feature",
            "geometry": place.geometry,
            "properties": {
                "name": place.name,
                "short": place.short or place.name,
                "value": formats.number(place.value, language=language),
                "words": place.words,
                "href": place.href,
                "class": _class_of(place.value, shades=shades),
            },
        }
        for place in places
    ]
    unknown = _("không có số liệu") if any(place.value is None for place in places) else ""
    data = {
        "areas": {"type": "FeatureCollection", "features": features},
        "classes": [{"words": shade.words} for shade in shades],
        "none": unknown,
    }
    rows: list[list[Cell | str]] = [
        [Cell(place.name, place.href), formats.number(place.value, language=language), place.words] for place in places
    ]
    return Picture("map", name, title, data, [_("Địa bàn"), measure, _("Ghi chú")], rows, note)


def _graph(layout: str, *, name: str, title: str, nodes: Sequence[Node], edges: Sequence[Edge], root: str | None, note: str) -> Picture:
    """Either layout of a network, with one table row per line."""
    people = {node.id: node for node in nodes}
    data = {
        "layout": layout,
        "root": root,
        "limit": LIMIT,
        "nodes": [{"id": n.id, "label": n.label, "degree": n.degree, "words": n.words, "href": n.href} for n in nodes],
        "edges": [{"source": e.source, "target": e.target, "words": e.words, "sure": e.sure} for e in edges],
    }
    head = [_("Từ"), _("Đến"), _("Quan hệ")]
    rows: list[list[Cell | str]] = [[_person(people[edge.source]), _person(people[edge.target]), edge.words] for edge in edges]
    return Picture("network", name, title, data, head, rows, note)


def _person(node: Node) -> Cell:
    """A person as a link to their page."""
    return Cell(f"{node.label} ({node.words})" if node.words else node.label, node.href)


def _class_of(value: float | None, *, shades: Sequence[Shade]) -> int | None:
    """Which class a value falls into; None when nothing is known or no class holds it."""
    if value is None:
        return None
    return next((at for at, shade in enumerate(shades) if shade.low <= value and (shade.high is None or value < shade.high)), None)
