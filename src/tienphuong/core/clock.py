"""What time is it at this post? The one door to the clock: doors ask here and hand `at` down.

A demo or a drill stands at its scenario's hour: then the post's clock is the scenario's, and moves only when told to. Else it runs with the
machine's, and on from where it was where that one is set back: the times of records never go backwards by more than a minute.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from tienphuong.core.models import ClockMark, ScenarioClock

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The post's present moment: the scenario's if one is set, else the machine's."""
    scenario = ScenarioClock.objects.first()
    return scenario.stands_at if scenario else _never_back(ClockMark.objects.first(), machine_now())


def machine_now() -> datetime:
    """The machine's own moment, for measuring work, never for recording facts."""
    return timezone.now()  # noqa: TID251  the only place that may


def _never_back(mark: ClockMark | None, machine: datetime) -> datetime:
    if mark is None or machine >= mark.latest:
        return machine
    return max(mark.latest, machine + mark.ahead)


def mark() -> timedelta:
    """Keep how far the post's time has come; says how far the machine's clock is behind it. The clockwork does this every minute."""
    machine = machine_now()
    before = ClockMark.objects.first()
    latest = _never_back(before, machine)
    ClockMark.objects.update_or_create(pk=1, defaults={"latest": latest, "ahead": latest - machine, "looked_at": machine})
    return latest - machine


def trust_machine() -> timedelta:
    """Let the post's time be the machine's again, after that one stood in the future; says how far it goes back."""
    machine = machine_now()
    back = _never_back(ClockMark.objects.first(), machine) - machine
    ClockMark.objects.update_or_create(pk=1, defaults={"latest": machine, "ahead": timedelta(), "looked_at": machine})
    return back


def behind() -> timedelta:
    """How far the machine's clock is behind the post's time; none on a machine whose clock is right."""
    mark = ClockMark.objects.first()
    return max(_never_back(mark, machine := machine_now()) - machine, timedelta())


def marked_at() -> datetime | None:
    """When the clockwork marked last, by the machine's clock."""
    return ClockMark.objects.values_list("looked_at", flat=True).first()


def set_scenario(*, stands_at: datetime, scenario: str) -> None:
    """Stop the post's clock at a scenario's hour."""
    ScenarioClock.objects.update_or_create(pk=1, defaults={"stands_at": stands_at, "scenario": scenario})


def clear_scenario() -> bool:
    """Let the post's clock run with the machine's again; False if it did."""
    return ScenarioClock.objects.all().delete()[0] > 0


def advance(*, by: timedelta) -> datetime:
    """Move the scenario's clock on and say where it stands now."""
    clock = ScenarioClock.objects.get(pk=1)
    clock.stands_at += by
    clock.save(update_fields=["stands_at"])
    return clock.stands_at


def scenario() -> str | None:
    """The name of the scenario whose hour the clock stands at, or None on a real post."""
    clock = ScenarioClock.objects.first()
    return clock.scenario if clock else None


def local(moment: datetime) -> datetime:
    """The same moment on a Vietnamese wall clock (UTC+7, no summer time)."""
    return moment.astimezone(VIETNAM)


def is_of_receipt(moment: datetime) -> bool:
    """Whether the moment of a fact in a list is that of its receipt: lists tell days, and a day is its first minute."""
    return local(moment).time() != time()
