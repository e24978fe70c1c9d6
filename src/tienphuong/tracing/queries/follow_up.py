"""Reading the day's follow-up: who is due, who was checked, who was missed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.keyset import Order, Roll
from tienphuong.core.models.records import in_force_at
from tienphuong.core.pages import Page
from tienphuong.core.policy import DiseasePolicy
from tienphuong.core.refusal import Refusal
from tienphuong.core.unindexed import loosely
from tienphuong.registry.briefs import PersonBrief, brief, inside, unread, written_like
from tienphuong.registry.models import Person, Phone
from tienphuong.tracing.models import DegreeRecord, FollowUp
from tienphuong.tracing.rules import follow_up_days
from tienphuong.tracing.services.inputs import day_end, day_start
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


Days = Mapping[int, tuple[Any, ...]]
BY_HOUSEHOLD = Order(
    "household",
    ("area_path", "hamlet", "roof", "person__sort_key", "person_id"),
    under=("disease", "degree"),
    group="area_path",
    names={
        "hamlet": Coalesce("person__household__hamlet", Value("")),
        "roof": Coalesce(Cast("person__household_id", CharField()), Value("")),
    },
)


def watch_roll(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy, counts: Mapping[str, int]) -> Roll:
    """The people due on a day, household by household; `counts` is what `day_counts` says of the same day."""
    days = _days(policy, on=choice.day)
    wanted = _due(viewer, choice, days)
    if choice.degree is not None:
        wanted &= Q(degree=choice.degree)
    if choice.state:
        wanted &= _of_state(choice)
    if choice.text.strip():
        wanted &= written_like(choice.text, column="person__name_key")

    known = None if choice.degree is not None or choice.text.strip() or not counts else _known(choice, counts)
    coarse = tuple(_here(viewer, choice) & Q(degree=degree) for degree in days)
    lines_of = partial(_watched, choice, days)
    return Roll(DegreeRecord.objects.all(), wanted, BY_HOUSEHOLD, lines_of, narrow="disease", known=known, coarse=coarse)


def _known(choice: DayChoice, counts: Mapping[str, int]) -> int:
    """How many people a choice holds, of which the day's counts tell."""
    return counts.get(choice.state, 0) if choice.state else sum(counts.values())


def _watched(choice: DayChoice, days: Days, numbers: Sequence[int]) -> tuple[WatchLine, ...]:
    """The lines of these people, each with the day's latest check."""
    loaded = DegreeRecord.objects.select_related("person__identity", "person__area", "person__household")
    rows = loaded.defer("steps", *unread("person")).in_bulk(numbers)
    records = [rows[number] for number in numbers if number in rows]
    people = [record.person_id for record in records]
    phones, checks = _phones(people), _checked(choice, people)
    for record in records:
        state, record.checked_at = checks.get(record.person_id, (FollowUpState.DUE, None))
        record.day_state = _unasked(choice) if state == FollowUpState.DUE else state
    return tuple(_line(record, choice.day, days, phones) for record in records)


def checked_lines(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy, start: int = 0, size: int | None = 100) -> Page[WatchLine]:
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
    return Page(tuple(_line(check, choice.day, days, phones) for check in page), rows.count())


def _believed(choice: DayChoice) -> Any:
    """The degree believed of the person a check is of, under whichever record they now stand."""
    person = Coalesce(OuterRef("person__identity_id"), OuterRef("person_id"))
    return DegreeRecord.objects.filter(person_id=person, disease=choice.disease, known_from__lte=choice.at, known_to__gt=choice.at)


def day_counts(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy) -> dict[str, int]:
    """How many of the day's people stand where: {state: people}. Whoever has no check is due, or missed once the day is over."""
    parts = _due_parts(viewer, choice, _days(policy, on=choice.day))
    if not parts:
        return {}
    first, *rest = (rows.values("person_id") for rows in parts)
    due = first.union(*rest, all=True)
    # Whose checks they are may be asked before the latest of each is chosen; how it stands, only afterwards.
    found = Counter(_latest(_checks(choice).filter(who__in=due)).values_list("state", flat=True))
    del found[FollowUpState.DUE]
    return {**found, _unasked(choice): due.count() - found.total()}


def unasked_by_area(viewer: Viewer, *, choice: DayChoice, policy: DiseasePolicy) -> dict[str, int]:
    """Of the areas where somebody is to be asked after on the day, how many people nobody has asked after yet: {area path: people}."""
    due = DegreeRecord.objects.filter(_due(viewer, choice, _days(policy, on=choice.day)))
    asked = _latest_checks(choice).exclude(state=FollowUpState.DUE).values("who")
    watched, done = (
        dict(rows.values_list("area_path").annotate(number=Count("*")).order_by()) for rows in (due, due.filter(person_id__in=asked))
    )
    return {path: number - done.get(path, 0) for path, number in watched.items()}


def _days(policy: DiseasePolicy, *, on: date) -> Days:
    """The days of watch of each degree the pack follows, counted from any day 0."""
    found = {}
    for degree in range(1, policy.max_degree.value + 1):
        days = follow_up_days(on, policy=policy, degree=degree, on=on)
        if not isinstance(days, Refusal) and days:
            found[degree] = days
    return found


def _due(viewer: Viewer, choice: DayChoice, days: Days) -> Q:
    """Everybody to be asked after on the day. Whose last exposure nobody knows is watched."""
    due = Q(pk__in=[])
    for part in _watches(choice, days):
        due |= part
    # The degrees once more, outside the "or": an index that goes on with the area begins with them.
    return _here(viewer, choice) & Q(degree__in=list(days)) & due


def _watches(choice: DayChoice, days: Days) -> Iterator[Q]:
    """Whose watch covers the day: of each degree those last exposed in its days, and those of whom nobody knows when."""
    for degree, watch in days.items():
        first = day_start(choice.day - timedelta(days=len(watch)))
        yield Q(degree=degree, last_exposure__gte=first, last_exposure__lt=day_start(choice.day))
        yield Q(degree=degree, last_exposure__isnull=True)


def _here(viewer: Viewer, choice: DayChoice) -> Q:
    known_at = min(choice.at, day_end(choice.day))
    here = Q(viewer.within(Permission.SEE_PERSON, choice.area_path), disease=choice.disease)
    return here & Q(known_from__lte=known_at, known_to__gt=known_at)


def _due_parts(viewer: Viewer, choice: DayChoice, days: Days) -> list[Any]:
    """The same people, each part one range of one index: joined by "or" they would be one walk through all of it."""
    kept = ("disease", "degree", "last_exposure")
    return [loosely(DegreeRecord.objects.all(), _here(viewer, choice) & part, kept=kept) for part in _watches(choice, days)]


def _checks(choice: DayChoice) -> Any:
    """The day's checks, each with who it is of: the record that speaks for the person now."""
    rows = FollowUp.everything.filter(in_force_at(choice.at), disease=choice.disease, day=choice.day)
    return rows.annotate(who=Coalesce("person__identity_id", "person_id"))


def _latest_checks(choice: DayChoice) -> Any:
    """Each person's latest check of the day: a correction speaks after what it corrects."""
    latest = _latest(_checks(choice))
    # By their numbers: a condition on the latest would else choose among the earlier ones too.
    return FollowUp.everything.filter(pk__in=latest.values("pk")).annotate(who=Coalesce("person__identity_id", "person_id"))


def _latest(checks: Any) -> Any:
    """Of these checks, the last of each person."""
    place = Window(RowNumber(), partition_by=F("who"), order_by=[F("recorded_at").desc(), F("id").desc()])
    return checks.annotate(place=place).filter(place=1)


def _of_state(choice: DayChoice) -> Q:
    """The people whose day stands so."""
    latest_checks = _latest_checks(choice)
    if choice.state == _unasked(choice):
        return ~Q(person_id__in=latest_checks.exclude(state=FollowUpState.DUE).values("who"))
    return Q(person_id__in=latest_checks.filter(state=choice.state).exclude(state=FollowUpState.DUE).values("who"))


def _checked(choice: DayChoice, people: list[int]) -> dict[int, tuple[str, datetime]]:
    """The latest check of the day on each of these people."""
    records = Person.objects.filter(Q(pk__in=people) | Q(identity_id__in=people)).values("pk")
    rows = _checks(choice).filter(person_id__in=records).order_by("recorded_at", "id")
    return {who: (state, at) for who, state, at in rows.values_list("who", "state", "recorded_at")}


def _unasked(choice: DayChoice) -> str:
    """What nobody's check means: due, or missed once the day is over."""
    return str(FollowUpState.MISSED if choice.at > day_end(choice.day) else FollowUpState.DUE)


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
