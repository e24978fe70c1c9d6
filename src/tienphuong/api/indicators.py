"""What can be counted."""

from ninja import Router, Schema

from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED
from tienphuong.core.access.terms import Permission
from tienphuong.reports.catalogue import INDICATORS, Indicator

router = Router(tags=["figures"])


class IndicatorOut(Schema):
    """One figure of the catalogue. `records` names the list behind it; a cumulative one counts from the epoch date."""

    key: str
    label: str
    label_en: str
    unit: str
    definition: str
    definition_en: str
    records: str
    cumulative: bool


@router.get("/indicators", response={200: list[IndicatorOut], **REFUSED}, summary="The catalogue of indicators")
def indicators(request: ApiRequest) -> tuple[Indicator, ...]:
    """Every indicator with its words and its definition, in the order of the board."""
    request.viewer.require(Permission.SEE_BOARD)
    return INDICATORS
