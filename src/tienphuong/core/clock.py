"""What time is it at this post? The one door to the clock: doors ask here and hand `at` down.

A demo or a drill stands at its scenario's hour: then the post's clock is the scenario's, and moves only when told to.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from tienphuong.core.models import ScenarioClock

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The post's present moment: the scenario's if one is set, else the machine's."""
    scenario = ScenarioClock.objects.first()
    return scenario.stands_at if scenario else machine_now()


def machine_now() -> datetime:
    """The machine's own moment, for measuring work, never for recording facts."""
    return timezone.now()  # noqa: TID251  the only place that may


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
