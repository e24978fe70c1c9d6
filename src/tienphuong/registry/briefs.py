"""A person in one line, and the names a few typed words may mean: what the lists of every package are made with."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from tienphuong.core.access.rules import next_path
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.text.fold import fold
from tienphuong.registry.models import Person


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """A person in one line."""

    number: int
    uid: UUID
    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    birth_precision: str
    area: str
    area_path: str
    hidden: bool = False
    """Whether it is only said that there is somebody of the area."""

    @property
    def birth(self) -> date | int | None:
        """The birth date if the day is known, else the year."""
        return self.birth_date if self.birth_date and self.birth_precision == "day" else self.birth_year


def unread(person: str, *areas: str) -> list[str]:
    """Columns of a person (and of areas) that no line shows and that take long to read: shapes on the map, what filled a record, search keys."""
    own = [f"{record}__{column}" for record in (person, f"{person}__identity") for column in ("filled", "loose_key", "name_key")]
    return [*own, *(f"{area}__geometry" for area in (f"{person}__area", *areas))]


def brief(person: Person) -> PersonBrief:
    """One person in one line; `identity` and `area` are expected to be loaded."""
    canonical = person.identity or person
    name, sex, year = canonical.full_name or person.full_name, canonical.sex or person.sex, canonical.birth_year or person.birth_year
    area = person.area.name if person.area else ""
    return PersonBrief(
        canonical.pk, canonical.uid, name, sex, canonical.birth_date, year, canonical.birth_precision, area, person.area_path
    )


def record_brief(person: Person) -> PersonBrief:
    """One record under its own name, even when another speaks for it; `area` is expected to be loaded."""
    area = person.area.name if person.area else ""
    birth = (person.birth_date, person.birth_year, person.birth_precision)
    return PersonBrief(person.pk, person.uid, person.full_name, person.sex, *birth, area, person.area_path)


def as_related(viewer: Viewer, other: PersonBrief) -> PersonBrief:
    """Somebody named beside a person: shown to whoever may see people where they live; to others only as somebody of that area."""
    if viewer.may(Permission.SEE_PERSON, other.area_path):
        return other
    return replace(other, name="", sex="", birth_date=None, birth_year=None, birth_precision="", hidden=True)


def written_like(text: str, *, column: str = "name_key") -> Q:
    """The names in which every typed word begins a word, accents or not; nobody for no words."""
    words = fold(text).split()
    condition = Q() if words else Q(pk__in=[])
    for word in words:
        condition &= Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})
    return condition


def inside(path: str, *, column: str = "area_path") -> Q:
    """The rows of an area with all below it; every row for no area."""
    return Q(**{f"{column}__gte": path, f"{column}__lt": next_path(path)}) if path else Q()
