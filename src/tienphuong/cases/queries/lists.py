"""Reading cases as lists show them, as believed at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import is_of_receipt
from tienphuong.core.listed import Listed
from tienphuong.registry.briefs import PersonBrief, brief, inside, written_like
from tienphuong.registry.rules.case_numbers import alias_key, alias_variants

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoice:
    """Which cases a list holds. Empty means any; `condition` is what a figure counts."""

    disease: str
    known_at: datetime
    condition: Q = field(default_factory=Q)
    area_path: str = ""
    classification: str = ""
    outcome: str = ""
    setting: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a list, as believed."""

    id: UUID
    person: PersonBrief
    aliases: tuple[str, ...]
    area: str
    classification: str
    outcome: str
    setting: str
    source_status: str
    onset_on: date | None
    detected_on: date | None
    classified_at: datetime | None
    outcome_at: datetime | None

    @property
    def undated(self) -> bool:
        """Whether no list gave a day of it: the moment of its class is that of a list's receipt."""
        return not (self.onset_on or self.detected_on) and self.classified_at is not None and is_of_receipt(self.classified_at)


ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("case__person__sort_key", "case_id"),
    "date": ("-classified_at", "case_id"),
    "detected": ("-detected_on", "case_id"),
    "area": ("area_path", "case__person__sort_key", "case_id"),
}


def case_lines(viewer: Viewer, *, choice: CaseChoice, order: str = "date", start: int = 0, size: int | None = 50) -> Listed[CaseLine]:
    """The cases of a choice the officer may see the diagnoses of, in three queries whatever the length."""
    rows = _rows(viewer, choice)
    page = rows.select_related("area", "case__person__identity", "case__person__area").order_by(*ORDERS[order])
    states = list(page[start : None if size is None else start + size])
    aliases = _aliases([state.case_id for state in states])
    return Listed(tuple(_line(state, aliases.get(state.case_id, ())) for state in states), rows.count())


def main_disease(viewer: Viewer) -> str | None:
    """The disease of the case last written down: what a post is busy with when nobody says which."""
    del viewer
    return Case.objects.order_by("-recorded_at", "-pk").values_list("disease", flat=True).first()


def aliases_of_people(viewer: Viewer, *, people: Iterable[int], disease: str) -> dict[int, str]:
    """The case number by which each of these people is known, for those whose diagnosis the officer may see."""
    numbers = list(people)
    rows = CaseAlias.objects.filter(Q(case__person_id__in=numbers) | Q(case__person__identity_id__in=numbers), case__disease=disease)
    seen = rows.filter(viewer.scope(Permission.SEE_CLINICAL, "case__person__area_path")).order_by("-kind", "pk")
    found: dict[int, str] = {}
    for number, identity, text in seen.values_list("case__person_id", "case__person__identity_id", "text"):
        found.setdefault(identity or number, text)
    return found


def people_numbered(viewer: Viewer, *, text: str) -> list[int]:
    """The people whose case a number means, however it is written, by the record that speaks for each; diagnoses need their right."""
    key = alias_key(text)
    if key is None:
        return []
    rows = CaseAlias.objects.filter(viewer.scope(Permission.SEE_CLINICAL, "case__person__area_path"), key__in=(key, *alias_variants(key)))
    return [identity or number for number, identity in rows.values_list("case__person_id", "case__person__identity_id")[:NUMBERED]]


def _rows(viewer: Viewer, choice: CaseChoice) -> Any:
    known = CaseState.objects.filter(viewer.scope(Permission.SEE_CLINICAL), disease=choice.disease)
    rows = known.filter(choice.condition, known_from__lte=choice.known_at, known_to__gt=choice.known_at)
    exact = {"classification": choice.classification, "outcome": choice.outcome, "detection_setting": choice.setting}
    rows = rows.filter(inside(choice.area_path), **{name: value for name, value in exact.items() if value})
    if choice.since:
        rows = rows.filter(classified_at__gte=_start(choice.since))
    if choice.until:
        rows = rows.filter(classified_at__lt=_start(choice.until + timedelta(days=1)))
    return rows.filter(_said(choice.text)) if choice.text.strip() else rows


def _said(text: str) -> Q:
    """A case number however written, or words of a name."""
    key = alias_key(text)
    if key is None:
        return written_like(text, column="case__person__name_key")
    numbered = CaseAlias.objects.filter(key__in=(key, *alias_variants(key))).values("case_id")
    return Q(case_id__in=numbered)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _aliases(cases: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for case, text in CaseAlias.objects.filter(case_id__in=cases).order_by("-kind", "pk").values_list("case_id", "text"):
        if text not in found.get(case, ()):
            found[case] = (*found.get(case, ()), text)
    return found


def _line(state: CaseState, aliases: tuple[str, ...]) -> CaseLine:
    return CaseLine(
        state.case_id,
        brief(state.case.person),
        aliases,
        state.area.name if state.area else "",
        state.classification,
        state.outcome,
        state.detection_setting,
        state.source_status,
        state.onset_on,
        state.detected_on,
        state.classified_at,
        state.outcome_at,
    )
