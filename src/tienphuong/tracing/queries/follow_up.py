"""Reading the day's follow-up: who is due, who was checked, who was missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.listed import Listed
from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.refusal import Refusal
from tienphuong.registry.briefs import PersonBrief, brief, inside, written_like
from tienphuong.registry.models import Phone
from tienphuong.tracing.models import DegreeRecord, FollowUp
from tienphuong.tracing.rules import follow_up_days
from tienphuong.tracing.services.gather import day_end, day_start
from tienphuong.tracing.terms import FollowUpState

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChoice:
    """Which day's list, and which of its people. `state` is one of FollowUpState, empty for all; `condition` is of checks recorded."""

    disease: str
    day: date
    at: datetime
    area_path: str = ""
    degree: int | None = None
    state: str = ""
    text: str = ""
    condition: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One person to be asked after on a day: which day of how many, whether a sample is due, what became of it."""

    person: PersonBrief
    phone: str
    household: str
    degree: int | None
    last_exposure: datetime | None
    number: int | None
    of: int
    test_due: bool
    state: str
    checked_at: datetime | None


def watch_lines(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy, start: int = 0, size: int | None = 100) -> Listed[WatchLine]:
    """The people due on a day, household by household, in three queries whatever the length."""
    days = _days(policy, on=choice.day)
    rows = _due(viewer, choice, days)
    if choice.degree is not None:
        rows = rows.filter(degree=choice.degree)
    if choice.state:
        rows = rows.filter(day_state=choice.state)
    if choice.text.strip():
        rows = rows.filter(written_like(choice.text, column="person__name_key"))
    ordered = rows.select_related("person__identity", "person__area", "person__household")
    ordered = ordered.order_by("area_path", "person__household__hamlet", "person__household_id", "person__sort_key", "pk")
    page = list(ordered[start : None if size is None else start + size])
    phones = _phones([record.person_id for record in page])
    return Listed(tuple(_line(record, choice.day, days, phones) for record in page), rows.count())


def checked_lines(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy, start: int = 0, size: int | None = 100) -> Listed[WatchLine]:
    """The people checked on a day whose checks meet `choice.condition`, household by household: also those who were not due."""
    days = _days(policy, on=choice.day)
    rows = FollowUp.everything.filter(viewer.scope(Permission.SEE_PERSON, "person__area_path"), choice.condition, day=choice.day)
    rows = rows.filter(inside(choice.area_path, column="person__area_path"), disease=choice.disease)
    rows = rows.filter(state=choice.state) if choice.state else rows
    rows = rows.filter(written_like(choice.text, column="person__name_key")) if choice.text.strip() else rows
    rows = rows.annotate(degree=Subquery(_believed(choice).values("degree")[:1]))
    if choice.degree is not None:
        rows = rows.filter(degree=choice.degree)
    rows = rows.annotate(last_exposure=Subquery(_believed(choice).values("last_exposure")[:1]), day_state=F("state"))
    ordered = rows.annotate(checked_at=F("recorded_at")).select_related("person__identity", "person__area", "person__household")
    ordered = ordered.order_by("person__area_path", "person__household__hamlet", "person__household_id", "person__sort_key", "pk")
    page = list(ordered[start : None if size is None else start + size])
    phones = _phones([check.person_id for check in page])
    return Listed(tuple(_line(check, choice.day, days, phones) for check in page), rows.count())


def _believed(choice: DayChoice) -> Any:
    """The degree believed of the person a check is of, under whichever record he now stands."""
    person = Coalesce(OuterRef("person__identity_id"), OuterRef("person_id"))
    return DegreeRecord.objects.filter(person_id=person, disease=choice.disease, known_from__lte=choice.at, known_to__gt=choice.at)


def day_counts(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy) -> dict[str, int]:
    """How many of the day's people stand where: {state: people}."""
    rows = _due(viewer, choice, _days(policy, on=choice.day))
    return dict(rows.values_list("day_state").annotate(number=Count("*")).order_by())


Days = Mapping[int, tuple[Any, ...]]


def _days(policy: DiseasePolicy, *, on: date) -> Days:
    """The days of watch of each degree the pack follows, counted from any day 0."""
    found = {}
    for degree in range(1, policy.max_degree.value + 1):
        days = follow_up_days(on, policy=policy, degree=degree, on=on)
        if not isinstance(days, Refusal) and days:
            found[degree] = days
    return found


def _due(viewer: Viewer, choice: DayChoice, days: Days) -> Any:
    """Everybody to be asked after on the day, with the day's state. Whose last exposure nobody knows is watched."""
    due = Q(pk__in=[])
    for degree, watch in days.items():
        first = day_start(choice.day - timedelta(days=len(watch)))
        due |= Q(degree=degree) & (Q(last_exposure=None) | Q(last_exposure__gte=first, last_exposure__lt=day_start(choice.day)))
    known_at = min(choice.at, day_end(choice.day))
    rows = DegreeRecord.objects.filter(viewer.scope(Permission.SEE_PERSON), inside(choice.area_path), due, disease=choice.disease)
    rows = rows.filter(known_from__lte=known_at, known_to__gt=known_at)
    return rows.annotate(day_state=_state(choice), checked_at=Subquery(_checks(choice).values("recorded_at")[:1]))


def _checks(choice: DayChoice) -> Any:
    """The checks on the person on the day, the latest first: a correction speaks after what it corrects."""
    of_person = Q(person_id=OuterRef("person_id")) | Q(person__identity_id=OuterRef("person_id"))
    rows = FollowUp.everything.filter(of_person, in_force_at(choice.at), disease=choice.disease, day=choice.day)
    return rows.order_by("-recorded_at", "-id")


def _state(choice: DayChoice) -> Any:
    """The latest check's word. Nobody's check, or one taken back, means due; missed once the day is over."""
    latest = Coalesce(Subquery(_checks(choice).values("state")[:1]), Value(str(FollowUpState.DUE)))
    over = choice.at > day_end(choice.day)
    return Case(When(Exact(latest, str(FollowUpState.DUE)), then=Value(str(FollowUpState.MISSED))), default=latest) if over else latest


def _phones(people: list[int]) -> dict[int, str]:
    return dict(Phone.objects.filter(person_id__in=people).order_by("-pk").values_list("person_id", "number"))


def _line(record: Any, day: date, days: Days, phones: Mapping[int, str]) -> WatchLine:
    watch = days.get(record.degree, ())
    number = (day - record.last_exposure.astimezone(VIETNAM).date()).days if record.last_exposure else None
    household = record.person.household
    return WatchLine(
        person=brief(record.person),
        phone=phones.get(record.person_id, ""),
        household=(household.address or household.hamlet or household.code) if household else "",
        degree=record.degree,
        last_exposure=record.last_exposure,
        number=number,
        of=len(watch),
        test_due=number is not None and 1 <= number <= len(watch) and watch[number - 1].test_due,
        state=record.day_state,
        checked_at=record.checked_at if record.day_state not in (FollowUpState.DUE, FollowUpState.MISSED) else None,
    )
