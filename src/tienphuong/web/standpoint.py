"""From where a list is looked at: which disease, up to which moment, behind which figure; and the way from a figure to its list."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from tienphuong.cases.queries.lists import main_disease
from tienphuong.core import clock
from tienphuong.core.bounds import is_moment
from tienphuong.core.policy import DiseasePolicy, Pack, pack_at
from tienphuong.core.sentences import sentence
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.registry.briefs import inside
from tienphuong.reports.catalogue import BY_KEY, Indicator
from tienphuong.reports.counting.slices import Slice
from tienphuong.reports.cutoff import Cutoff, cutoff_of, last_cutoff
from tienphuong.reports.figures import communes_of
from tienphuong.reports.quality import doubtful_q
from tienphuong.reports.records import Behind, records_behind
from tienphuong.reports.whole import as_whole
from tienphuong.web.middleware import OfficerRequest

FALLBACK = "covid-19"
# Lists that are a tab of another page, and the tab of each.
PAGES = {"links": "contacts"}
BAC = {"links": "waiting", "contacts": ""}


@dataclass(frozen=True)
class Standpoint:
    """What a list page knows before it reads: the officer's moment, the disease and its rules, the figure it explains (if any)."""

    at: datetime
    day: date
    disease: str
    pack: Pack
    policy: DiseasePolicy
    area_path: str
    indicator: Indicator | None
    cutoff: Cutoff | None
    behind: Behind | None

    @property
    def known_at(self) -> datetime:
        """Up to when the post's knowledge is asked for."""
        held = self.behind.known_at if self.behind else None
        return held or (self.cutoff.known_at if self.cutoff else self.at)

    @property
    def condition(self) -> Q:
        """What the figure counts; everything without one."""
        return self.behind.condition if self.behind else Q()

    @property
    def figure_words(self) -> str:
        """The figure's name in the reader's language."""
        if self.indicator is None:
            return ""
        return self.indicator.label_en if get_language() == "en" else self.indicator.label


def standpoint(request: OfficerRequest) -> Standpoint:
    """Read the address: disease, area, indicator with at (cut-off) and known_at."""
    said = request.GET
    moment = _moment(said.get("at"))
    pack = pack_at(clock.local(moment or request.at).date())
    disease = said.get("disease") or main_disease(request.viewer) or FALLBACK
    if disease not in pack.diseases:
        disease = next(iter(pack.diseases))
    policy = pack.diseases[disease]
    area_path = path if (path := said.get("area", "")).isdecimal() else ""
    indicator, cutoff, behind = None, None, None
    doubt, missing = said.get("doubt", ""), said.get("missing", "")
    if figure := said.get("indicator") or ("cases_total" if doubt or missing else ""):
        indicator = BY_KEY.get(figure)
        cutoff = cutoff_of(moment or last_cutoff(request.at, policy=policy), policy=policy, known_at=_moment(said.get("known_at")))
        behind = records_behind(figure, part=Slice(request.viewer, area_path, disease, as_whole(cutoff, disease)), policy=policy)
        if indicator is None or behind is None:
            raise Http404(sentence("chỉ số “{figure}” không có danh sách", figure=figure))
        behind = replace(behind, condition=behind.condition & _doubted(request, doubt, missing, area_path, disease, cutoff))
    day = clock.local(cutoff.at if cutoff else request.at).date()
    return Standpoint(request.at, day, disease, pack, policy, area_path, indicator, cutoff, behind)


def records_href(figure: str, *, cutoff: Cutoff, disease: str, area_path: str = "") -> str:
    """The address of the list that holds exactly the records a figure counts; '' for a figure without a list."""
    indicator = BY_KEY[figure]
    if not indicator.records:
        return ""
    said = {"indicator": figure, "area": area_path, "disease": disease, "at": clock.local(cutoff.at).isoformat()}
    if cutoff.known_at != cutoff.at:
        said["known_at"] = clock.local(cutoff.known_at).isoformat()
    if indicator.records in BAC:
        said["degree"] = BAC[indicator.records] or figure[1]
    return f"{reverse(PAGES.get(indicator.records, indicator.records))}?{urlencode({key: value for key, value in said.items() if value})}"


def _doubted(request: OfficerRequest, doubt: str, missing: str, area_path: str, disease: str, cutoff: Cutoff) -> Q:
    """What a doubt of the quality note means by its records; everything without one."""
    part, condition = Slice(request.viewer, area_path, disease, as_whole(cutoff, disease)), Q()
    if doubt:
        try:
            condition &= doubtful_q(doubt, part=part)
        except KeyError as fault:
            raise Http404(sentence("nghi vấn “{doubt}” không có danh sách", doubt=doubt)) from fault
    area = areas_by_path(request.viewer, paths=[area_path]).get(area_path) if missing == "commune" else None
    for commune in communes_of(area, on=cutoff.day) if area else ():
        condition &= ~inside(commune.path)
    return condition


def _moment(text: str | None) -> datetime | None:
    """A moment as an address writes it; a time without a zone is Vietnamese."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as fault:
        raise Http404(sentence("thời điểm “{text}” không đọc được", text=text)) from fault
    if not is_moment(moment):
        raise Http404(sentence("thời điểm “{text}” không đọc được", text=text))
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)
