"""Reading quarantine: the stays the registers list, and one person's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from tienphuong.core import balances
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.models.records import OPEN_END, as_known
from tienphuong.quarantine.models import StayState
from tienphuong.quarantine.terms import StayState as StayWord
from tienphuong.registry.briefs import PersonBrief, brief, inside, unread, written_like


@dataclass(frozen=True, slots=True, kw_only=True)
class StayChoice:
    """Which stays a list holds. Empty means any; `condition` is what a figure counts."""

    disease: str
    known_at: datetime
    condition: Q = field(default_factory=Q)
    area_path: str = ""
    form: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay as believed."""

    id: UUID
    person: PersonBrief
    disease: str
    form: str
    place: str
    ground: str
    state: str
    started_on: date | None
    planned_end: date | None
    ended_on: date | None
    reported_at: datetime
    recorded_at: datetime
    by: UUID | None
    reason: str
    source_row: int | None


BY_DAY = Order("day", ("started_on", "stay_id"), descending=True, empties=True)


def stay_roll(viewer: Viewer, *, choice: StayChoice) -> Roll:
    """The stays of a choice, latest first."""
    wanted = Q(viewer.scope(Permission.SEE_PERSON), inside(choice.area_path), choice.condition, disease=choice.disease)
    wanted &= Q(known_from__lte=choice.known_at, known_to__gt=choice.known_at)
    exact = {"form": choice.form, "state": choice.state}
    wanted &= Q(**{name: value for name, value in exact.items() if value})
    if choice.text.strip():
        wanted &= written_like(choice.text, column="stay__person__name_key") | Q(stay__place__icontains=choice.text.strip())
    return Roll(StayState.objects.all(), wanted, BY_DAY, _lines_by_number, narrow="disease", whole=lambda: _from_closings(viewer, choice))


def _from_closings(viewer: Viewer, choice: StayChoice) -> int | None:
    """How many stays a choice holds that asks for nothing but what the books are kept by."""
    if choice.condition or choice.text.strip():
        return None

    def within(column: str) -> Q:
        return viewer.scope(Permission.SEE_PERSON, column) & inside(choice.area_path, column=column)

    found = balances.believed(StayState, disease=choice.disease, at=choice.known_at, within=within)
    kinds = ((form, state, number) for (_, form, _ground, state, _site), number in found.items())
    return sum(n for form, state, n in kinds if choice.form in ("", form) and choice.state in ("", state))


@dataclass(frozen=True, slots=True)
class Presence:
    """A stay that is going on, without the person: where its place counts, why, in which form, from when, until when as planned."""

    area_path: str
    ground: str
    form: str
    started_on: date | None
    planned_end: date | None


def present_stays(viewer: Viewer, *, area_path: str, disease: str, known_at: datetime) -> tuple[Presence, ...]:
    """The stays of an area that go on, as believed at a moment."""
    rows = as_known(StayState.objects.filter(viewer.scope(Permission.SEE_PERSON), inside(area_path)), at=known_at)
    rows = rows.filter(disease=disease, state=StayWord.STAYING, ended_on=None).order_by("started_on", "stay_id")
    return tuple(Presence(*values) for values in rows.values_list("area_path", "ground", "form", "started_on", "stay__planned_end"))


def stays_of(viewer: Viewer, *, people: Iterable[int]) -> tuple[StayLine, ...]:
    """One person's stays as believed now, latest first."""
    del viewer
    rows = StayState.objects.filter(stay__person_id__in=list(people), known_to=OPEN_END)
    return _lines(rows.order_by("-started_on", "-stay_id"))


def _lines_by_number(numbers: Sequence[int]) -> tuple[StayLine, ...]:
    loaded = StayState.objects.select_related("stay__person__identity", "stay__person__area").defer(*unread("stay__person"))
    rows = loaded.in_bulk(numbers)
    return tuple(_line(rows[number]) for number in numbers if number in rows)


def _lines(rows: Any) -> tuple[StayLine, ...]:
    return tuple(map(_line, rows.select_related("stay__person__identity", "stay__person__area")))


def _line(state: StayState) -> StayLine:
    stay = state.stay
    return StayLine(
        stay.pk,
        brief(stay.person),
        stay.disease,
        state.form,
        stay.place,
        state.ground,
        state.state,
        state.started_on,
        stay.planned_end,
        state.ended_on,
        stay.reported_at,
        stay.recorded_at,
        stay.recorded_by,
        stay.reason,
        stay.source_row,
    )
