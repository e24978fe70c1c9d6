"""The scope of a page from its address, and the addresses that keep a scope: one table of parameters for every page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from tienphuong.cases.queries.lists import main_disease
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.bounds import is_moment
from tienphuong.core.place import own_place
from tienphuong.core.policy import Pack, pack_at
from tienphuong.core.sentences import sentence
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.registry.briefs import inside
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.cutoff import Cutoff, cutoff_of, last_cutoff
from tienphuong.reports.figures import communes_of
from tienphuong.reports.quality import doubtful_q
from tienphuong.reports.records import filter_for
from tienphuong.reports.scope import Scope
from tienphuong.reports.whole import as_whole
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address, may_open

# The parameters that make a scope. Those of the figure stand on lists alone.
AREA, DISEASE, AT, KNOWN_AT = "area", "disease", "at", "known_at"
INDICATOR, DOUBT, MISSING, DEGREE = "indicator", "doubt", "missing", "degree"
#: The value of `known_at` that means: with what the post knows today.
NOW = "now"
# Kinds of records whose list is a tab of another page, and the tab.
PAGES = {"links": "contacts", "files": "intake"}
TABS = {"links": "waiting", "contacts": ""}


def scope_of(request: OfficerRequest, *, permission: Permission = Permission.SEE_BOARD) -> Scope | None:
    """The scope of a page of figures: by default the officer's own area at the present moment; None on a post without areas."""
    area = _area(request, permission=permission)
    if area is None:
        return None
    asked = moment_of(request.GET.get(AT))
    at = min(asked, request.at) if asked else request.at
    policy = pack_at(clock.local(at).date())
    if (disease := request.GET.get(DISEASE)) and disease not in policy.diseases:
        raise Http404
    disease = _disease(request, policy=policy)
    cutoff = cutoff_of(at, policy=policy.disease(disease), known_at=max(_known_at(request) or at, at))
    return Scope(request.viewer, area.path, disease, policy, cutoff, request.at, live=asked is None, area=area)


def list_scope_of(request: OfficerRequest) -> Scope:
    """The scope of a list: all that the officer may see, as known at the present moment, unless a figure is followed to its records."""
    asked = moment_of(request.GET.get(AT))
    policy = pack_at(clock.local(asked or request.at).date())
    disease = _disease(request, policy=policy)
    area_path = path if (path := request.GET.get(AREA, "")).isdecimal() else ""
    scope = Scope(request.viewer, area_path, disease, policy, cutoff_of(request.at, policy=policy.disease(disease)), request.at)
    doubted = request.GET.get(DOUBT) or request.GET.get(MISSING)
    figure = request.GET.get(INDICATOR) or ("cases_total" if doubted else "")
    return _of_figure(request, scope, figure, asked=asked) if figure else scope


def moment_of(text: str | None) -> datetime | None:
    """A moment as an address writes it, a time without a zone being Vietnamese; None for no text.

    Raises Http404 for a text that is no moment, or one that no record can have.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as fault:
        raise Http404(sentence("thời điểm “{text}” không đọc được", text=text)) from fault
    if not is_moment(moment):
        raise Http404(sentence("thời điểm “{text}” không đọc được", text=text))
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)


def query_of(scope: Scope, **changes: str | None) -> str:
    """The scope as parameters of an address, some of them changed or dropped; the present moment is left out."""
    parameters: dict[str, str | None] = {AREA: scope.area_path, DISEASE: scope.disease}
    if not scope.live:
        parameters |= {AT: iso(scope.cutoff.at), KNOWN_AT: NOW if scope.as_known_now else None}
    return urlencode({key: value for key, value in (parameters | changes).items() if value})


def rows_of(scope: Scope, figure: str, *, area_path: str = "") -> str:
    """The list that holds exactly the records a figure counts.

    '' for one that counts no records or has no list yet, and for an officer who may not open the list.
    """
    records, path = BY_KEY[figure].records, area_path or scope.area_path
    if not records or not may_open(scope.viewer, name=PAGES.get(records, records), area_path=path):
        return ""
    return records_href(figure, cutoff=scope.cutoff, disease=scope.disease, area_path=path)


def list_of(scope: Scope, records: str, *, params: Mapping[str, str]) -> str:
    """The list a doubt about the figures names, narrowed by the doubt's own parameters; '' for an officer who may not open it."""
    if "figure" in params:
        return rows_of(scope, params["figure"], area_path=params.get(AREA, ""))
    name = PAGES.get(records, records)
    page = address(name) if records and may_open(scope.viewer, name=name) else None
    where = {AREA: scope.area_path, DISEASE: scope.disease, AT: iso(scope.cutoff.at)}
    return f"{page}?{urlencode({**where, **params})}" if page else ""


def records_href(figure: str, *, cutoff: Cutoff, disease: str, area_path: str = "") -> str:
    """The address of the list that holds exactly the records a figure counts; '' for a figure without a list."""
    indicator = BY_KEY[figure]
    if not indicator.records:
        return ""
    parameters = {INDICATOR: figure, AREA: area_path, DISEASE: disease, AT: iso(cutoff.at)}
    if cutoff.known_at != cutoff.at:
        parameters[KNOWN_AT] = iso(cutoff.known_at)
    if indicator.records in TABS:
        parameters[DEGREE] = TABS[indicator.records] or figure[1]
    page = reverse(PAGES.get(indicator.records, indicator.records))
    return f"{page}?{urlencode({key: value for key, value in parameters.items() if value})}"


def iso(moment: datetime) -> str:
    """A moment as an address writes it, in Vietnamese time."""
    return clock.local(moment).isoformat()


def _area(request: OfficerRequest, *, permission: Permission) -> Any:
    """The area asked for, if the officer may look there; else the widest of the officer's own."""
    asked = request.GET.get(AREA, "")
    if asked:
        request.viewer.require(permission, asked)
    own = sorted(request.viewer.reach.get(permission, ()), key=lambda path: (len(path), path))
    wanted = asked or (request.viewer.home if request.viewer.may(permission, request.viewer.home) else own[0] if own else "")
    found = areas_by_path(request.viewer, paths=[wanted]).get(wanted)
    if found is None and asked:
        raise Http404
    return found


def _known_at(request: OfficerRequest) -> datetime | None:
    """As the post knew it when; None for as it knew it at the cut-off."""
    text = request.GET.get(KNOWN_AT)
    return request.at if text == NOW else moment_of(text)


def _disease(request: OfficerRequest, *, policy: Pack) -> str:
    """The disease asked for, else that of the latest case, else the post's own; where the pack has none of them, the first it names."""
    own = own_place()
    wanted = request.GET.get(DISEASE) or main_disease(request.viewer) or (own.disease if own else "")
    return wanted if wanted in policy.diseases else next(iter(policy.diseases))


def _of_figure(request: OfficerRequest, scope: Scope, figure: str, *, asked: datetime | None) -> Scope:
    """The scope narrowed to the records that a figure counts at its cut-off."""
    rules = scope.rules
    cutoff = cutoff_of(asked or last_cutoff(request.at, policy=rules), policy=rules, known_at=_known_at(request))
    part = CountScope(request.viewer, scope.area_path, scope.disease, as_whole(cutoff, scope.disease))
    indicator, behind = BY_KEY.get(figure), filter_for(figure, part=part, policy=rules)
    if indicator is None or behind is None:
        raise Http404(sentence("chỉ số “{figure}” không có danh sách", figure=figure))
    behind = replace(behind, condition=behind.condition & _doubted(request, part))
    return replace(scope, cutoff=cutoff, live=False, indicator=indicator, behind=behind)


def _doubted(request: OfficerRequest, part: CountScope) -> Q:
    """What a doubt of the quality note means by its records; everything without one."""
    doubt, condition = request.GET.get(DOUBT, ""), Q()
    if doubt:
        try:
            condition &= doubtful_q(doubt, part=part)
        except KeyError as fault:
            raise Http404(sentence("nghi vấn “{doubt}” không có danh sách", doubt=doubt)) from fault
    missing = request.GET.get(MISSING) == "commune"
    area = areas_by_path(request.viewer, paths=[part.area_path]).get(part.area_path) if missing else None
    for commune in communes_of(area, on=part.cutoff.day) if area else ():
        condition &= ~inside(commune.path)
    return condition
