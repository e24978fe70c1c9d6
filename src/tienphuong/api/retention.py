"""Retention: what is due, the decision, and what was purged, as counts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Field, Router, Schema
from pydantic import StrictBool

from tienphuong.api.asking import AreaCode, CodeList, Text, resolve_area
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED, Impossible, Problem
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import pack_at
from tienphuong.intake.purges import purge_of, purges
from tienphuong.intake.services.purging import PurgeRefused, decide_purge, propose_purge, run_purge

router = Router(tags=["retention"])


class PurgeOut(Schema):
    """One purge: how many of each kind were due and how many went. `state`: proposed, refused, decided, done."""

    id: UUID
    area_path: str
    policy: str
    day: date
    state: str
    due: dict[str, int]
    done: dict[str, int]
    proposed_at: datetime
    decided_at: datetime | None
    decided_by_name: str
    finished_at: datetime | None


class Decision(Schema):
    """Purge or not, why, and the act's own number: the same number twice decides once."""

    accept: StrictBool
    reason: Text = Field(..., min_length=1, max_length=300)
    act_id: UUID | None = None


@router.get("/purges", response={200: list[PurgeOut], **REFUSED}, summary="Purges of what was kept for its time")
def all_purges(request: ApiRequest) -> list[Any]:
    """Those that wait for a decision first."""
    request.viewer.require(Permission.PURGE)
    return [line.record for line in purges(request.viewer)]


@router.post("/purges", response={200: PurgeOut, **REFUSED}, summary="Count what is due")
def count_due(request: ApiRequest, area: AreaCode = None, code_system: CodeList = None) -> Any:
    """What of an area has been kept for its time; the purge that waits for a decision already, if there is one."""
    request.viewer.require(Permission.PURGE)
    day = clock.local(request.at).date()
    found = resolve_area(request.viewer, code=area, on=day, code_system=code_system)
    return propose_purge(found, actor=request.viewer, at=request.at, policy=pack_at(day))


@router.post("/purges/{uuid:purge_id}/decision", response={200: PurgeOut, 409: Problem, **REFUSED}, summary="Decide a purge")
def decide(request: ApiRequest, purge_id: UUID, decision: Decision) -> Any:
    """A named officer's decision; what is decided is purged, and the answer says what went."""
    request.viewer.require(Permission.PURGE)
    line = purge_of(request.viewer, purge_id=purge_id)
    if line is None:
        raise Http404(f"đợt xóa {purge_id} trong phạm vi của tài khoản")
    by = {"actor": request.viewer, "at": request.at}
    try:
        decided = decide_purge(line.record, accept=decision.accept, reason=decision.reason, act_id=decision.act_id, **by)
    except PurgeRefused as refused:
        raise Impossible(refused.refusal, status=409) from refused
    return run_purge(decided, **by)
