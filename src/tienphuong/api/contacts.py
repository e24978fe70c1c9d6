"""The list of contacts of one degree."""

from datetime import datetime
from typing import Literal

from ninja import Field, Query, Router, Schema

from tienphuong.api.lists import ListAsked, PageOut, PersonOut, disease_and_area, page_of
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED
from tienphuong.core.access.terms import Permission
from tienphuong.core.pages import Page
from tienphuong.tracing.queries.contacts import ContactChoice, ContactLine, contact_roll

router = Router(tags=["people"])


class ContactsAsked(ListAsked):
    """Which contacts."""

    degree: int = Query(1, ge=1, le=9, description="1 for F1, 2 for F2 and so on")
    order: Literal["name", "date", "exposure", "area"] = "name"


class ReasonOut(Schema):
    """Why somebody has the degree. `via` is empty where it would tell an officer a diagnosis."""

    via: PersonOut | None
    via_number: str
    kind: str
    relation: str
    last: datetime | None


class ContactOut(Schema):
    """One contact as believed."""

    person: PersonOut
    degree: int
    reason: ReasonOut | None
    since: datetime | None
    last_exposure: datetime | None
    reported_at: datetime | None = Field(description="null: the list gave no day")
    known_from: datetime


class ContactsOut(PageOut):
    """One page of the contacts, and how many there are in all."""

    lines: list[ContactOut]


@router.get("/contacts", response={200: ContactsOut, **REFUSED}, summary="Contacts of a degree as believed at a moment")
def contacts(request: ApiRequest, asked: Query[ContactsAsked]) -> Page[ContactLine]:
    """The people of one degree, each with the reason of it."""
    disease, area_path = disease_and_area(request, asked, permission=Permission.SEE_PERSON)
    choice = ContactChoice(
        disease=disease, degree=asked.degree, known_at=asked.known_at or request.at, area_path=area_path, text=asked.text
    )
    return page_of(request, "contacts", contact_roll(request.viewer, choice=choice, order=asked.order), asked)
