"""What the lists of people have in common: the page that is asked for, and a person in one line."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from tienphuong.api.asking import AreaCode, CodeList, Moment, disease_meant, resolve_area
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import Fault, Impossible
from tienphuong.core import audit, clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.cursors import LONGEST
from tienphuong.core.keyset import Roll
from tienphuong.core.pages import Page, Window
from tienphuong.core.refusal import Refusal


class ListAsked(Schema):
    """Which people, as known when, and which page of the list."""

    area: AreaCode
    code_system: CodeList
    disease: str | None = Query(None, max_length=20, description="Disease code; without it the disease of the latest case")
    known_at: Moment | None = Query(None, description="As the post knew it at this moment; now if not said")
    text: str = Query("", max_length=120, description="Words of a name, or a number")
    cursor: str = Query("", max_length=LONGEST, description="`next` or `previous` of an earlier page; the other parameters as they were")
    limit: int = Query(50, ge=1, le=500, description="Most lines of a page")


def disease_and_area(request: ApiRequest, asked: ListAsked, *, permission: Permission) -> tuple[str, str]:
    """The disease and the path of the area meant; '' for all that the officer may see. An area beyond the officer's reach is refused whole."""
    viewer = request.viewer
    viewer.require(permission)
    path = ""
    if asked.area is not None:
        on = clock.local(asked.known_at or request.at).date()
        path = resolve_area(viewer, code=asked.area, on=on, code_system=asked.code_system).path
        viewer.require(permission, path)
    return disease_meant(viewer, code=asked.disease), path


def page_of(request: ApiRequest, name: str, roll: Roll, asked: ListAsked) -> Page[Any]:
    """The page asked for, in the audit with its count; a cursor that no page of this list gave is refused."""
    listed = roll.page(Window(asked.limit, asked.cursor))
    if listed.lost:
        refusal = Refusal("“cursor” không phải của danh sách này", remedy="Gửi lại không có “cursor” để đọc từ đầu.")
        fault = Fault(part="query", name="cursor", value=asked.cursor[:40], reason=refusal.reason, remedy=refusal.remedy)
        raise Impossible(refusal, faults=(fault,))
    _note(request, name, asked, listed)
    return listed


class PageOut(Schema):
    """What every page of a list says beside its lines."""

    total: int
    at_least: bool = Field(description="Whether there are more than `total`: a long list narrowed this way is not counted to its end")
    next: str = Field(validation_alias="following", description="Cursor of the page after this one; empty on the last")
    previous: str = Field(description="Cursor of the page before this one; empty on the first")


def _note(request: ApiRequest, name: str, asked: ListAsked, listed: Page[Any]) -> None:
    """Each taking of lines is an entry of the audit; words looked for are kept as a mark."""
    filters = {"area": asked.area or "", "q": audit.marked(asked.text)}
    facts = {
        "list": name,
        "shown": len(listed.lines),
        "total": listed.total,
        "filters": {key: setting for key, setting in filters.items() if setting},
    }
    audit.note("list.exported", actor=request.viewer, at=request.at, facts=facts)


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
