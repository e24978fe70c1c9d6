"""What the lists of people have in common: the page that is asked for, and a person in one line."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from tienphuong.api.asking import AreaCode, CodeList, Moment, area_meant, disease_meant
from tienphuong.api.officers import Asked
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.bounds import LARGEST


class ListAsked(Schema):
    """Which people, as known when, and which page of the list."""

    area: AreaCode
    code_system: CodeList
    disease: str | None = Query(None, max_length=20, description="Disease code; without it the disease of the latest case")
    known_at: Moment | None = Query(None, description="As the post knew it at this moment; now if not said")
    text: str = Query("", max_length=120, description="Words of a name, or a number")
    start: int = Query(0, ge=0, le=LARGEST, description="Lines to skip")
    size: int = Query(50, ge=1, le=500, description="Lines to give")


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where a list is looked at."""

    disease: str
    area_path: str


def standpoint(request: Asked, asked: ListAsked, *, permission: Permission) -> Standpoint:
    """The disease and area meant; without an area, all that the officer may see. An area beyond the officer's reach is refused whole."""
    viewer = request.viewer
    viewer.require(permission)
    path = ""
    if asked.area is not None:
        on = clock.local(asked.known_at or request.at).date()
        path = area_meant(viewer, code=asked.area, on=on, code_system=asked.code_system).path
        viewer.require(permission, path)
    return Standpoint(disease_meant(viewer, code=asked.disease), path)


class PersonOut(Schema):
    """A person in one line."""

    id: UUID = Field(validation_alias="uid")
    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    birth_precision: str
    area: str
    area_path: str
