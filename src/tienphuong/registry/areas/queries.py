"""Reading areas. They are public reference data: every officer may see them, so the viewer narrows nothing here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely.geometry import mapping

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.sentences import sentence
from tienphuong.registry.areas.cells import schematic_cells
from tienphuong.registry.areas.index import AreaIndex, SuccessionRow
from tienphuong.registry.areas.rules import ancestor_paths, designations, keys_of
from tienphuong.registry.areas.snapshot import AreaRow
from tienphuong.registry.areas.terms import CONTINUES, AreaKind, AreaLevel, CodeSystem
from tienphuong.registry.models.areas import Area, AreaMembership, AreaParent, AreaSuccession


@dataclass(frozen=True, slots=True)
class CodeReading:
    """The area a code means, or, when it means several, all of them and no answer."""

    area: Area | None
    candidates: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a map draws for each area (GeoJSON geometry by area id), and whether it is schematic."""

    shapes: dict[int, dict[str, Any]]
    schematic: bool


@dataclass(frozen=True, slots=True)
class FoundArea:
    """One answer to a search, best first, with why it is offered."""

    area: Area
    score: int
    reason: str


def area_by_code(viewer: Viewer, *, code: str, on: date | None, code_system: CodeSystem | None = None) -> CodeReading:
    """Which area a code means: in a list, or on a day. A bare code without a day that two lists use is a question, not an answer."""
    del viewer
    areas = list(Area.objects.filter(code=code).order_by("-valid_from"))
    if code_system is not None:
        return CodeReading(next((a for system in _lists(code_system) for a in areas if a.code_system == system), None))
    valid = [area for area in areas if on is None or (area.valid_from <= on and (area.valid_to is None or on <= area.valid_to))]
    if len(valid) == 1:
        return CodeReading(valid[0], tuple(areas))
    return CodeReading(None, tuple(valid or areas))


def _lists(code_system: CodeSystem) -> list[CodeSystem]:
    """A list of codes, then the lists it continues."""
    before = CONTINUES.get(code_system)
    return [code_system, *_lists(before)] if before else [code_system]


def find_areas(
    viewer: Viewer, *, text: str, on: date, within: str = "", level: AreaLevel | None = None, limit: int = 10
) -> list[FoundArea]:
    """The areas a few typed words may mean, best first: with or without accents, unit word or abbreviation; former names come last."""
    del viewer
    readings = designations(text)
    if not readings[0].key:
        return []
    areas = Area.objects.below(within) if within else Area.objects.all()
    if level is not None:
        areas = areas.filter(level=level)
    ranked = [found for area in areas.defer("geometry") if (found := _rank(area, text=text, on=on))]
    return sorted(ranked, key=lambda found: (-found.score, found.area.path))[:limit]


def _rank(area: Area, *, text: str, on: date) -> FoundArea | None:
    """How well one area answers the words; None when it does not."""
    keys, kind = keys_of(area.search_key), AreaKind(area.kind)
    score, reason = 0, ""
    for reading in designations(text):
        if reading.key in keys and (not reading.kinds or kind in reading.kinds):
            score, reason = max((score, reason), (100 if reading.kinds else 95, "đúng tên"))
        elif any(key.startswith(reading.key) for key in keys):
            score, reason = max((score, reason), (60, "tên bắt đầu như vậy"))
        elif any(reading.key in key for key in keys) and len(reading.key) > 2:
            score, reason = max((score, reason), (40, "tên có chứa"))
    if not score:
        return None
    if area.valid_to is not None and area.valid_to < on:
        return FoundArea(area, score - 30, sentence("{reason}; tên cũ, đến {day:%d/%m/%Y}", reason=reason, day=area.valid_to))
    if area.valid_from > on:
        return FoundArea(area, score - 35, sentence("{reason}; chỉ có từ {day:%d/%m/%Y}", reason=reason, day=area.valid_from))
    return FoundArea(area, score, reason)


def children_of(viewer: Viewer, *, area: Area, on: date) -> list[Area]:
    """The areas that were part of this one on a day, in the order of their codes."""
    del viewer
    return list(Area.objects.valid(on).filter(pk__in=AreaParent.objects.filter(parent=area).values("area")).order_by("code"))


def ancestors_of(viewer: Viewer, *, area: Area) -> list[Area]:
    """The areas above this one, the nation first."""
    del viewer
    return list(Area.objects.filter(path__in=ancestor_paths(area.path)).order_by("path"))


def successions_from(viewer: Viewer, *, area: Area) -> list[AreaSuccession]:
    """What the acts say became of an area, with the shares and the documents."""
    del viewer
    return list(AreaSuccession.objects.filter(old=area).select_related("new").order_by("new__path"))


def successors_of(viewer: Viewer, *, area: Area, on: date) -> list[Area]:
    """The areas of a day that hold people of this one, followed through every reorganisation between."""
    del viewer
    reached, waiting = {}, [area]
    while waiting:
        current = waiting.pop()
        if current.valid_to is None or current.valid_to >= on:
            reached[current.pk] = current
            continue
        links = AreaSuccession.objects.filter(old=current, effective_on__lte=on).exclude(share=0).select_related("new")
        waiting.extend(link.new for link in links)
    return sorted(reached.values(), key=lambda found: found.path)


def members_of(viewer: Viewer, *, operational: Area, on: date) -> list[Area]:
    """The official areas and hamlets an operational area covers on a day."""
    del viewer
    memberships = AreaMembership.objects.filter(operational=operational, valid_from__lte=on).exclude(valid_to__lt=on)
    return list(Area.objects.filter(pk__in=memberships.values("member")).order_by("path"))


def area_index(viewer: Viewer, *, on: date) -> AreaIndex:
    """The bulk reader of written places as of a day; build it once for a file, then ask it for every row."""
    del viewer
    areas = Area.objects.exclude(level=AreaLevel.OPERATIONAL).defer("geometry")
    links = AreaSuccession.objects.values_list("old_id", "new_id", "share")
    return AreaIndex([_row(area) for area in areas], links=[SuccessionRow(*link) for link in links], on=on)


def outlines_of(viewer: Viewer, *, areas: Sequence[Area]) -> Outlines:
    """The real boundaries when every area has one; else schematic cells, because the two do not fit together on one map."""
    del viewer
    drawn = {area.pk: area.geometry for area in areas if area.geometry is not None}
    if len(drawn) == len(areas):
        return Outlines(drawn, schematic=False)
    centres = {area.pk: (area.centre_lat, area.centre_lon) for area in areas if area.centre_lat is not None and area.centre_lon is not None}
    return Outlines({pk: dict(mapping(cell)) for pk, cell in schematic_cells(centres).items()}, schematic=True)


def areas_by_path(viewer: Viewer, *, paths: Sequence[str]) -> dict[str, Area]:
    """Areas by their paths, for a page that holds paths and shows names."""
    del viewer
    return {area.path: area for area in Area.objects.filter(path__in=set(paths))}


def full_names_by_path(viewer: Viewer, *, paths: Iterable[str]) -> dict[str, str]:
    """Each unit with its unit word and all units above it but the nation: words that read back to this very unit and no namesake."""
    asked = {path for path in paths if path}
    known = areas_by_path(viewer, paths=[above for path in asked for above in (*ancestor_paths(path), path)])
    chains = {path: [known[one] for one in (*ancestor_paths(path)[1:], path) if one in known] for path in asked}
    return {path: ", ".join(str(area) for area in reversed(chain)) for path, chain in chains.items()}


def _row(area: Area) -> AreaRow:
    return AreaRow(
        id=area.pk,
        code=area.code,
        kind=AreaKind(area.kind),
        level=AreaLevel(area.level),
        name=area.name,
        keys=keys_of(area.search_key),
        path=area.path,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
    )
