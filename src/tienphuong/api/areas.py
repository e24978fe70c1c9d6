"""Finding an area's code."""

from datetime import date

from ninja import Query, Router, Schema

from tienphuong.api.asking import Day
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED
from tienphuong.core import clock
from tienphuong.registry.areas.queries import FoundArea, find_areas
from tienphuong.registry.areas.terms import AreaLevel

router = Router(tags=["areas"])


class AreaOut(Schema):
    """One area of one list of codes, with the days it exists."""

    code: str
    code_system: str
    kind: str
    level: str
    name: str
    full_name: str
    path: str
    valid_from: date
    valid_to: date | None
    population: int | None
    households: int | None
    figures_source: str


class FoundAreaOut(Schema):
    """One answer to a search: how well it fits, and why."""

    area: AreaOut
    score: int
    reason: str


class Search(Schema):
    """What is looked for."""

    text: str = Query(..., min_length=1, max_length=120, description="A name, with or without accents and unit word")
    on: Day | None = Query(None, description="As of this day; today if not said")
    level: AreaLevel | None = None
    limit: int = Query(10, ge=1, le=100)


@router.get("/areas", response={200: list[FoundAreaOut], **REFUSED}, summary="Areas by name")
def areas(request: ApiRequest, asked: Query[Search]) -> list[FoundArea]:
    """The areas that a few words may mean, best first. Areas are public reference data: any account may ask."""
    day = asked.on or clock.local(request.at).date()
    return find_areas(request.viewer, text=asked.text, on=day, level=asked.level, limit=asked.limit)
