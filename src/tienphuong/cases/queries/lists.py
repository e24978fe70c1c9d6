"""Reading cases as lists show them, as believed at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.core import balances
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.clock import is_of_receipt, local
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.unindexed import loosely
from tienphuong.registry.briefs import PersonBrief, brief, inside, unread, written_like
from tienphuong.registry.models import Person
from tienphuong.registry.rules.case_numbers import alias_key, alias_variants

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
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
    area_path: str = ""

    @property
    def outcome_on(self) -> date | None:
        """The day of the outcome; None where no list gave one, and the moment is only that of a list's receipt."""
        return local(self.outcome_at).date() if self.outcome_at and not is_of_receipt(self.outcome_at) else None

    @property
    def undated(self) -> bool:
        """Whether no list gave a day of it: the moment of its class is that of a list's receipt."""
        return not (self.onset_on or self.detected_on) and self.classified_at is not None and is_of_receipt(self.classified_at)


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order("name", ("case__person__sort_key", "case__person_id", "case_id"), lead="case__person"),
        Order("date", ("classified_at", "case_id"), descending=True, empties=True),
        Order("detected", ("detected_on", "case_id"), descending=True, empties=True),
        Order("area", ("area_path", "case__person__sort_key", "case__person_id", "case_id"), lead="case__person", group="area_path"),
    )
}


def case_roll(viewer: Viewer, *, choice: CaseFilter, order: str = "date") -> Roll:
    """The cases of a choice the officer may see the diagnoses of, in an order."""
    rows, wanted = CaseState.objects.all(), _wanted(viewer, choice)
    if numbers := _numbered(choice.text):
        # By the cases of the number, not by any index that would have every case of the disease looked at.
        rows, wanted = loosely(rows, wanted, kept=()).filter(case_id__in=AnyOf(numbers)), Q()
    whole, costly = partial(_from_closings, viewer, choice), bool(choice.text.strip())
    return Roll(rows, wanted, ORDERS[order], _lines, narrow="disease", whole=whole, costly=costly)


def _lines(numbers: Sequence[Any]) -> tuple[CaseLine, ...]:
    """The lines of these states, as they stand in order."""
    loaded = CaseState.objects.select_related("area", "case__person__identity", "case__person__area")
    rows = loaded.defer(*unread("case__person", "area")).in_bulk(numbers)
    states = [rows[number] for number in numbers if number in rows]
    aliases = _aliases([state.case_id for state in states])
    return tuple(_line(state, aliases.get(state.case_id, ())) for state in states)


def main_disease(viewer: Viewer) -> str | None:
    """The disease of the case last written down: what a post is busy with when nobody says which."""
    del viewer
    return Case.objects.order_by("-recorded_at", "-pk").values_list("disease", flat=True).first()


def aliases_of_people(viewer: Viewer, *, people: Iterable[int], disease: str) -> dict[int, str]:
    """The case number by which each of these people is known, for those whose diagnosis the officer may see."""
    numbers = list(people)
    # Their records first: a condition on two tables at once has the database read every number there is.
    records = list(Person.objects.filter(Q(pk__in=numbers) | Q(identity_id__in=numbers)).values_list("pk", flat=True))
    rows = CaseAlias.objects.filter(case__person_id__in=AnyOf(records), case__disease=disease)
    visible = rows.filter(viewer.scope(Permission.SEE_CLINICAL, "case__person__area_path")).order_by("-kind", "pk")
    found: dict[int, str] = {}
    for number, identity, text in visible.values_list("case__person_id", "case__person__identity_id", "text"):
        found.setdefault(identity or number, text)
    return found


def people_numbered(viewer: Viewer, *, text: str) -> list[int]:
    """The people whose case a number means, however it is written, by the record that speaks for each; diagnoses need their right."""
    key = alias_key(text)
    if key is None:
        return []
    rows = CaseAlias.objects.filter(viewer.scope(Permission.SEE_CLINICAL, "case__person__area_path"), key__in=(key, *alias_variants(key)))
    return [identity or number for number, identity in rows.values_list("case__person_id", "case__person__identity_id")[:NUMBERED]]


def _wanted(viewer: Viewer, choice: CaseFilter) -> Q:
    wanted = Q(viewer.scope(Permission.SEE_CLINICAL), inside(choice.area_path), choice.condition, disease=choice.disease)
    wanted &= Q(known_from__lte=choice.known_at, known_to__gt=choice.known_at)
    exact = {"classification": choice.classification, "outcome": choice.outcome, "detection_setting": choice.setting}
    wanted &= Q(**{name: value for name, value in exact.items() if value})
    if choice.since:
        wanted &= Q(classified_at__gte=_start(choice.since))
    if choice.until:
        wanted &= Q(classified_at__lt=_start(choice.until + timedelta(days=1)))
    if alias_key(choice.text):
        return wanted if _numbered(choice.text) else wanted & Q(pk__in=[])
    return wanted & written_like(choice.text, column="case__person__name_key") if choice.text.strip() else wanted


def _from_closings(viewer: Viewer, choice: CaseFilter) -> int | None:
    """How many cases a choice holds that asks for nothing but what the books are kept by."""
    if choice.condition or choice.setting or choice.since or choice.until or choice.text.strip():
        return None

    def within(column: str) -> Q:
        return viewer.scope(Permission.SEE_CLINICAL, column) & inside(choice.area_path, column=column)

    found = balances.believed(CaseState, disease=choice.disease, at=choice.known_at, within=within)
    kinds = ((kind, outcome, number) for (_, kind, outcome), number in found.items())
    return sum(n for kind, outcome, n in kinds if choice.classification in ("", kind) and choice.outcome in ("", outcome))


def _numbered(text: str) -> list[UUID]:
    """The cases that a number means, however it is written; none for text that is no number."""
    key = alias_key(text)
    if key is None:
        return []
    return list(CaseAlias.objects.filter(key__in=(key, *alias_variants(key))).values_list("case_id", flat=True))


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
        state.area_path if state.area_id else "",
    )
