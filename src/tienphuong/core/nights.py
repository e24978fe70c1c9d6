"""Whose turn is tonight's check? One clock's, however many are running."""

from datetime import date, datetime, timedelta

from tienphuong.core.models import Night
from tienphuong.core.turns import in_turn

FELL = timedelta(hours=6)
"""After so long a check that has not ended is believed to have fallen with its clock."""


def take_night(day: date, *, now: datetime) -> bool:
    """Take a night's check on; False if another clock has, or had. `now` is the machine's clock."""
    with in_turn():
        _night, new = Night.objects.get_or_create(day=day, defaults={"begun_at": now})
        fallen = Night.objects.filter(day=day, checked_at=None, begun_at__lt=now - FELL)
        return new or bool(fallen.update(begun_at=now))


def give_night_back(day: date) -> None:
    """Let the next turn of a clock take a check that failed."""
    Night.objects.filter(day=day, checked_at=None).delete()


def night_is_over(day: date, *, at: datetime) -> None:
    """The night was checked."""
    Night.objects.filter(day=day).update(checked_at=at)
