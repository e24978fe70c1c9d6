"""The list of cases."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Query, Router, Schema

from tienphuong.api.asking import Day
from tienphuong.api.lists import ListAsked, PageOut, PersonOut, disease_and_area, page_of
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED
from tienphuong.cases.queries.lists import CaseFilter, CaseLine, case_roll
from tienphuong.cases.terms import Classification, DetectionSetting, Outcome
from tienphuong.core.access.terms import Permission
from tienphuong.core.pages import Page

router = Router(tags=["people"])


class CasesAsked(ListAsked):
    """Which cases."""

    classification: Classification | None = None
    outcome: Outcome | None = None
    setting: DetectionSetting | None = None
    since: Day | None = Query(None, description="Classified on this day or later")
    until: Day | None = Query(None, description="Classified on this day or earlier")
    order: Literal["date", "name", "detected", "area"] = "date"


class CaseOut(Schema):
    """One case as believed."""

    id: UUID
    person: PersonOut
    aliases: list[str]
    area: str
    classification: str
    outcome: str
    setting: str
    source_status: str
    onset_on: date | None
    detected_on: date | None
    classified_at: datetime | None
    outcome_at: datetime | None


class CasesOut(PageOut):
    """One page of the cases, and how many there are in all."""

    lines: list[CaseOut]


@router.get("/cases", response={200: CasesOut, **REFUSED}, summary="Cases as believed at a moment")
def cases(request: ApiRequest, asked: Query[CasesAsked]) -> Page[CaseLine]:
    """The cases the officer may see the diagnoses of, newest first."""
    disease, area_path = disease_and_area(request, asked, permission=Permission.SEE_CLINICAL)
    choice = CaseFilter(
        disease=disease,
        known_at=asked.known_at or request.at,
        area_path=area_path,
        classification=asked.classification or "",
        outcome=asked.outcome or "",
        setting=asked.setting or "",
        since=asked.since,
        until=asked.until,
        text=asked.text,
    )
    return page_of(request, "cases", case_roll(request.viewer, choice=choice, order=asked.order), asked)
