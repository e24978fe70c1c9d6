"""Who is looking, and how far: the first parameter of every query."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.rules import grants, next_path
from tienphuong.core.access.terms import Permission, Role
from tienphuong.core.models import Appointment, User


class NotPermitted(PermissionError):
    """The officer's appointments do not grant this act here."""

    def __init__(self, permission: Permission, area_path: str = "") -> None:
        super().__init__(f"{permission.value} {area_path}".strip())
        self.permission, self.area_path = permission, area_path


@dataclass(frozen=True)
class Viewer:
    """An officer with the areas each permission reaches (paths; a path means its whole subtree)."""

    user_id: UUID | None
    name: str
    reach: dict[Permission, tuple[str, ...]] = field(default_factory=dict)
    home: str = ""
    roles: frozenset[Role] = frozenset()

    def may(self, permission: Permission, area_path: str | None = None) -> bool:
        """Whether the act is granted somewhere, or at a given area."""
        paths = self.reach.get(permission, ())
        return bool(paths) if area_path is None else any(area_path.startswith(path) for path in paths)

    def require(self, permission: Permission, area_path: str | None = None) -> None:
        """Raise unless the act is granted."""
        if not self.may(permission, area_path):
            raise NotPermitted(permission, area_path or "")

    def scope(self, permission: Permission, column: str = "area_path") -> Q:
        """The one indexed predicate: rows whose area lies in the officer's reach."""
        paths = self.reach.get(permission, ())
        if "" in paths:
            return Q()
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(**{f"{column}__gte": path, f"{column}__lt": next_path(path)})
        return condition

    def within(self, permission: Permission, area_path: str, column: str = "area_path") -> Q:
        """Of an area's rows those in the officer's reach: one condition where that is the whole area, since a board asks it a hundred times."""
        inside = Q(**{f"{column}__gte": area_path, f"{column}__lt": next_path(area_path)}) if area_path else Q()
        return inside if area_path and self.may(permission, area_path) else inside & self.scope(permission, column)


def viewer_of(user: User, *, on: date) -> Viewer:
    """The viewer an officer is on a day, from the appointments then in force."""
    reach: dict[Permission, set[str]] = {}
    appointments = list(Appointment.objects.in_force(on).filter(user=user))
    for appointment in appointments:
        for permission in grants(Role(appointment.role)):
            reach.setdefault(permission, set()).add(appointment.area_path)
    home = min((a.area_path for a in appointments), key=len, default="")
    roles = frozenset(Role(appointment.role) for appointment in appointments)
    return Viewer(user.pk, user.full_name, {key: _outermost(paths) for key, paths in reach.items()}, home, roles)


def system_viewer(name: str = "Hệ thống") -> Viewer:
    """The post itself (the clock's jobs, the command line): sees the whole tree, and is named in the audit."""
    return Viewer(None, name, dict.fromkeys(Permission, ("",)), "")


def is_widest(area_path: str) -> bool:
    """Whether an area is as wide as any that an officer was appointed to: what belongs to no area of its own is then of it."""
    widest = min(Appointment.objects.values_list("area_path", flat=True), key=len, default="")
    return len(area_path) <= len(widest)


def _outermost(paths: set[str]) -> tuple[str, ...]:
    """Drop areas that lie inside another of the same set, so that the predicate has no overlapping ranges."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
