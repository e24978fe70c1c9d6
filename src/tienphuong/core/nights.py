"""Whose is tonight's check? One process's, and once, however many clocks are running."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from tienphuong.core.alone import Busy, alone
from tienphuong.core.models import Night
from tienphuong.core.turns import in_turn


@contextmanager
def night_to_check(day: date, *, now: datetime) -> Iterator[bool]:
    """Whether a night's check is this process's to make: it is not over, and no process that lives is at it. `now` is the machine's clock.

    One that fell, with a fault or with its process, is taken up at the next turn of a clock: the kernel gives its lock back at once.
    """
    with ExitStack() as held:
        try:
            held.enter_context(alone(Path(settings.VAR) / "locks" / "night"))
            mine = _begun(day, now=now)
        except Busy:
            mine = False
        yield mine


def night_is_over(day: date, *, at: datetime) -> None:
    """The night was checked. Call it in the transaction in which that is written down."""
    Night.objects.filter(day=day).update(checked_at=at)


def _begun(day: date, *, now: datetime) -> bool:
    """Note that a night's check begins; False if it is over. The caller holds the lock, so a beginning without an end has fallen."""
    with in_turn():
        Night.objects.get_or_create(day=day, defaults={"begun_at": now})
        return bool(Night.objects.filter(day=day, checked_at=None).update(begun_at=now))
