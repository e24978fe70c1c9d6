"""The situation of an area at a cut-off."""

from typing import Any

from ninja import Query, Router, Schema

from tienphuong.api.asking import AreaCode, CodeList, Moment, disease_meant, resolve_area
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import pack_at
from tienphuong.reports.composing import figures_json
from tienphuong.reports.cutoff import cutoff_of, last_cutoff
from tienphuong.reports.figures import figures

router = Router(tags=["figures"])


class Situation(Schema):
    """Which figures are meant."""

    area: AreaCode
    code_system: CodeList
    disease: str | None = Query(None, max_length=20, description="Disease code; without it the disease of the latest case")
    at: Moment | None = Query(None, description="Cut-off: events up to here count; without it the last official cut-off")
    known_at: Moment | None = Query(None, description="As the post knew it at this moment; without it, at the cut-off")


@router.get("/figures", response={200: dict[str, Any], **REFUSED}, summary="Figures of an area at a cut-off")
def area_figures(request: ApiRequest, asked: Query[Situation]) -> dict[str, Any]:
    """Every indicator by key, as `tienphuong situation --json` prints it."""
    viewer = request.viewer
    viewer.require(Permission.SEE_BOARD)
    moment = asked.at or request.at
    policy = pack_at(clock.local(moment).date())
    rules = policy.disease(disease_meant(viewer, code=asked.disease))
    cutoff = cutoff_of(asked.at or last_cutoff(moment, policy=rules), policy=rules, known_at=asked.known_at)
    area = resolve_area(viewer, code=asked.area, on=cutoff.day, code_system=asked.code_system)
    viewer.require(Permission.SEE_BOARD, area.path)
    return figures_json(figures(viewer, area=area, disease=rules.code, cutoff=cutoff, policy=policy))
