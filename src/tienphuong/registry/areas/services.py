"""Writing areas: the reference tree, hamlets, operational areas."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.registry.areas.reference import AreaLine, SuccessionLine, area_lines, succession_lines
from tienphuong.registry.areas.rules import STEP, child_path, name_key, search_key
from tienphuong.registry.areas.terms import CONTINUES, AreaKind, AreaLevel, CodeSystem
from tienphuong.registry.models.areas import Area, AreaMembership, AreaParent, AreaSuccession


class AreaRefused(ValueError):
    """An area that may not be written, with the reason and what to do instead."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@transaction.atomic
def load_reference_areas() -> int:
    """Write the shipped tree where it is missing and correct what changed in it; how many areas are new. Safe to repeat.

    1 areas, parents before children: a path, once given, never changes
    2 whose part each was, and when
    3 what became of what
    """
    known = {(area.code_system, area.code): area for area in Area.objects.exclude(code_system=CodeSystem.OPERATIONAL)}
    lines = list(area_lines())
    new = _write_areas(lines, known)
    _write_parents(lines, known)
    _write_successions(succession_lines(), known)
    return new


@transaction.atomic
def load_listed_areas(lines: Sequence[AreaLine]) -> int:
    """Add the units of a list from outside that the post does not know; how many are new. What is known stays as it is."""
    load_reference_areas()
    known = {(area.code_system, area.code): area for area in Area.objects.exclude(code_system=CodeSystem.OPERATIONAL)}
    fresh = [line for line in lines if line.key not in known and not _continues(line, known)]
    parents = {*known, *(line.key for line in fresh)}
    homeless = [line for line in fresh if line.parent and line.parent not in parents]
    if homeless:
        raise AreaRefused(
            Refusal(
                sentence(
                    "Không có đơn vị cha của {count} đơn vị, ví dụ {name}", count=len(homeless), name=homeless[0].row["official_name"]
                ),
                remedy="Ghi đơn vị cha trước đơn vị con, mã cha dạng gso-2019:001.",
            )
        )
    _write_areas(fresh, known)
    _write_parents(fresh, known)
    return len(fresh)


def _continues(line: AreaLine, known: dict[tuple[str, str], Area]) -> bool:
    """Whether a list that goes on from an older one repeats a unit of that: the same code and the same name."""
    before = CONTINUES.get(CodeSystem(line.key[0]))
    old = known.get((before.value, line.key[1])) if before else None
    return old is not None and old.official_name == line.row["official_name"]


def _write_areas(lines: Sequence[AreaLine], known: dict[tuple[str, str], Area]) -> int:
    """Insert the missing areas one level at a time and update the rest; `known` holds all of them afterwards."""
    last = _last_children(area.path for area in known.values())
    fresh, changed = [], []
    for line in lines:
        area = known.get(line.key)
        if area is None:
            parent = known[line.parent].path if line.parent else ""
            last[parent] = last.get(parent, 0) + 1
            area = known[line.key] = Area(path=_path(parent, number=last[parent]))
            fresh.append(area)
        elif any(getattr(area, name) != value for name, value in line.values.items()):
            changed.append(area)
        for name, value in line.values.items():
            setattr(area, name, value)
    Area.objects.bulk_create(fresh, batch_size=500)
    if changed:
        Area.objects.bulk_update(changed, list(lines[0].values), batch_size=50)
    return len(fresh)


def _last_children(paths: Iterable[str]) -> dict[str, int]:
    """The highest child number in use under each path."""
    last: dict[str, int] = {}
    for path in paths:
        parent, number = path[:-STEP], int(path[-STEP:])
        last[parent] = max(last.get(parent, 0), number)
    return last


def _write_parents(lines: Sequence[AreaLine], known: dict[tuple[str, str], Area]) -> None:
    rows = [
        AreaParent(area=known[line.key], parent=known[line.parent], valid_from=line.valid_from, valid_to=line.valid_to)
        for line in lines
        if line.parent
    ]
    AreaParent.objects.bulk_create(rows, update_conflicts=True, unique_fields=["area", "valid_from"], update_fields=["parent", "valid_to"])


def _write_successions(lines: Sequence[SuccessionLine], known: dict[tuple[str, str], Area]) -> None:
    rows = [
        AreaSuccession(
            old=known[line.old],
            new=known[line.new],
            share=line.share,
            partial=line.partial,
            basis=line.basis,
            effective_on=line.effective_on,
        )
        for line in lines
    ]
    AreaSuccession.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["old", "new"], update_fields=["share", "partial", "basis", "effective_on"]
    )


@transaction.atomic
def add_hamlet(commune: Area, *, name: str, kind: AreaKind = AreaKind.HAMLET, valid_from: date | None = None) -> Area:
    """The hamlet or residential group of that name in a commune, written if it is new."""
    if AreaKind(kind).level != AreaLevel.HAMLET or commune.level != AreaLevel.COMMUNE:
        raise AreaRefused(
            Refusal(
                sentence("«{name}» không thể là thôn, tổ dân phố của «{commune}»", name=name, commune=commune),
                remedy="Chọn một xã, phường, thị trấn làm đơn vị cha.",
            )
        )
    _lock(commune)
    for hamlet in Area.objects.below(commune.path).filter(level=AreaLevel.HAMLET, kind=kind):
        if name_key(hamlet.name) == name_key(name):
            return hamlet
    return _write_child(
        commune, name=name, kind=kind, code_system=CodeSystem(commune.code_system), valid_from=valid_from or commune.valid_from
    )


@transaction.atomic
def add_operational_area(
    name: str,
    *,
    kind: AreaKind,
    under: Area,
    members: Sequence[Area] = (),
    valid_from: date,
    valid_to: date | None = None,
    geometry: dict[str, object] | None = None,
) -> Area:
    """A cordon, tower, cluster or forward post of the area that runs it, with the official areas it covers."""
    if AreaKind(kind).level != AreaLevel.OPERATIONAL:
        raise AreaRefused(
            Refusal(
                sentence("«{kind}» không phải loại khu vực tác chiến", kind=AreaKind(kind).label),
                remedy="Đơn vị hành chính được nạp từ danh mục.",
            )
        )
    _lock(under)
    area = _write_child(under, name=name, kind=kind, code_system=CodeSystem.OPERATIONAL, valid_from=valid_from)
    Area.objects.filter(pk=area.pk).update(valid_to=valid_to, geometry=geometry)
    area.valid_to, area.geometry = valid_to, geometry
    AreaMembership.objects.bulk_create(
        [AreaMembership(operational=area, member=member, valid_from=valid_from, valid_to=valid_to) for member in members]
    )
    return area


def _write_child(parent: Area, *, name: str, kind: AreaKind, code_system: CodeSystem, valid_from: date) -> Area:
    """One more child of an area; its code is its parent's with its own number, because no list gives it one."""
    last = Area.objects.below(parent.path).exclude(pk=parent.pk).order_by("-path").values_list("path", flat=True).first()
    number = int(last[len(parent.path) : len(parent.path) + STEP]) + 1 if last else 1
    area = Area.objects.create(
        code_system=code_system,
        code=f"{parent.code}.{number}",
        kind=kind,
        level=AreaKind(kind).level,
        name=name.strip(),
        official_name=f"{AreaKind(kind).label} {name.strip()}",
        search_key=search_key(kind, name=name),
        path=_path(parent.path, number=number),
        valid_from=valid_from,
        valid_to=parent.valid_to,
    )
    if area.level == AreaLevel.HAMLET:
        AreaParent.objects.create(area=area, parent=parent, valid_from=area.valid_from, valid_to=area.valid_to)
    return area


def _path(parent: str, *, number: int) -> str:
    path = child_path(parent, number=number)
    if isinstance(path, Refusal):
        raise AreaRefused(path)
    return path


def _lock(area: Area) -> None:
    """Two writers may not give one number: the parent's row is locked until the end of the act."""
    Area.objects.select_for_update().get(pk=area.pk)
