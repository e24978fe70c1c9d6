"""From where a board or report looks at the epidemic: area, disease, moment, rules; read from the address and written back into links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from tienphuong.cases.queries.lists import main_disease
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.bounds import is_moment
from tienphuong.core.policy import Pack, pack_at
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.cutoff import VIETNAM, Cutoff, cutoff_of, last_cutoff
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address, may_open
from tienphuong.web.standpoint import records_href

PAST_CUTOFFS = 14
NOW = "now"
PAGES = {"files": "intake", "links": "contacts"}


@dataclass(frozen=True)
class Vantage:
    """One officer at one place, one disease, one moment, under the rules of that day. `live`: the present moment, not a chosen cut-off."""

    viewer: Viewer
    area: Any
    disease: str
    policy: Pack
    cutoff: Cutoff
    now: datetime
    live: bool

    @property
    def rules(self) -> DiseasePolicy:
        """What the pack says of the disease."""
        return self.policy.disease(self.disease)

    @property
    def as_known_now(self) -> bool:
        """Whether a past cut-off is looked at with later knowledge."""
        return not self.live and self.cutoff.known_at > self.cutoff.at

    def query(self, **changes: str | None) -> str:
        """This vantage point as address parameters, with some of them changed or dropped; the present moment is left unsaid."""
        said: dict[str, str | None] = {"area": self.area.path, "disease": self.disease}
        if not self.live:
            said |= {"at": iso(self.cutoff.at), "known_at": NOW if self.as_known_now else None}
        return urlencode({key: value for key, value in (said | changes).items() if value})

    def rows_of(self, figure: str, *, area_path: str = "") -> str:
        """The list that holds exactly the records a figure counts.

        '' for one that counts no records or has no list yet, and for an officer who may not open the list.
        """
        page, path = BY_KEY[figure].records, area_path or self.area.path
        if not page or not may_open(self.viewer, name=PAGES.get(page, page), area_path=path):
            return ""
        return records_href(figure, cutoff=self.cutoff, disease=self.disease, area_path=path)

    def list_of(self, records: str, *, params: Mapping[str, str]) -> str:
        """The list a doubt about the figures names, narrowed by the doubt's own parameters."""
        if "figure" in params:
            return self.rows_of(params["figure"], area_path=params.get("area", ""))
        name = PAGES.get(records, records)
        page = address(name) if records and may_open(self.viewer, name=name) else None
        return f"{page}?{urlencode({'area': self.area.path, 'disease': self.disease, 'at': iso(self.cutoff.at)} | params)}" if page else ""


def vantage_of(request: OfficerRequest, *, permission: Permission = Permission.SEE_BOARD) -> Vantage | None:
    """Where the page stands: by default the officer's own area at the present moment; None on a post without areas."""
    area = _area(request, permission=permission)
    if area is None:
        return None
    at, live = _moment(request)
    policy = pack_at(at.astimezone(VIETNAM).date())
    disease = _disease(request, policy=policy)
    known_at = request.at if request.GET.get("known_at") == NOW else at
    cutoff = cutoff_of(at, policy=policy.disease(disease), known_at=max(known_at, at))
    return Vantage(request.viewer, area, disease, policy, cutoff, request.at, live)


def iso(moment: datetime) -> str:
    """A moment as an address writes it, in Vietnamese time."""
    return moment.astimezone(VIETNAM).isoformat()


def past_cutoffs(seen: Vantage) -> list[datetime]:
    """The official cut-offs that have passed, newest first."""
    found, now = [], seen.now
    for _day in range(PAST_CUTOFFS):
        found.append(last_cutoff(now, policy=seen.rules))
        now = found[-1] - timedelta(minutes=1)
    return found


def _area(request: OfficerRequest, *, permission: Permission) -> Any:
    """The area asked for, if the officer may look there; else the widest of the officer's own."""
    asked = request.GET.get("area", "")
    if asked:
        request.viewer.require(permission, asked)
    own = sorted(request.viewer.reach.get(permission, ()), key=lambda path: (len(path), path))
    wanted = asked or (request.viewer.home if request.viewer.may(permission, request.viewer.home) else own[0] if own else "")
    found = areas_by_path(request.viewer, paths=[wanted]).get(wanted)
    if found is None and asked:
        raise Http404
    return found


def _moment(request: HttpRequest) -> tuple[datetime, bool]:
    """The cut-off asked for (never a future one), else the present."""
    text = request.GET.get("at", "")
    if not text:
        return request.at, True  # type: ignore[attr-defined]
    try:
        asked = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise Http404(_("“%(text)s” không phải thời điểm.") % {"text": text}) from error
    if not is_moment(asked):
        raise Http404(_("“%(text)s” không phải thời điểm.") % {"text": text})
    asked = asked if asked.tzinfo else asked.replace(tzinfo=VIETNAM)
    return min(asked, request.at), False  # type: ignore[attr-defined]


def _disease(request: OfficerRequest, *, policy: Pack) -> str:
    """The disease asked for, else the one the post is busy with, else the first the pack names."""
    asked = request.GET.get("disease")
    if asked and asked not in policy.diseases:
        raise Http404
    wanted = asked or main_disease(request.viewer)
    return wanted if wanted in policy.diseases else next(iter(policy.diseases))
