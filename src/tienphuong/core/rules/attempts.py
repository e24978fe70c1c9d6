"""How many wrong guesses are free, and how long the next one waits: per account, per browser, per address, for the whole post."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tienphuong.core.access.terms import AttemptKind

_NO_WAIT: Final = timedelta(0)
MOST: Final = 100
"""Wrong guesses in a row after which an account waits for somebody to release it (NIST SP 800-63B-4, 3.2.2)."""
UNTIL_RELEASED: Final = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Budget:
    """Wrong guesses that cost nothing, the wait after the next, which doubles with each, its longest, and after which quiet all is forgotten."""

    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta | None = None


_MINUTE: Final = timedelta(minutes=1)
_OF_ONE: Final = Budget(8, 15 * _MINUTE, timedelta(hours=24))
BUDGETS: Final = {
    AttemptKind.ACCOUNT: _OF_ONE,
    AttemptKind.DEVICE: _OF_ONE,
    AttemptKind.CONFIRM: _OF_ONE,
    AttemptKind.FACTOR: Budget(5, _MINUTE, timedelta(hours=24)),
    # A whole office may stand behind one address: it waits in minutes, and only where nobody has signed in from that browser before.
    AttemptKind.ADDRESS: Budget(50, _MINUTE, 15 * _MINUTE, forgotten_after=timedelta(hours=1)),
    # Names sprayed from everywhere: guesses of all of them together are slowed.
    AttemptKind.POST: Budget(500, timedelta(seconds=2), timedelta(seconds=30), forgotten_after=timedelta(hours=1)),
}


def still_counted(failures: int, *, failed_at: datetime, now: datetime, budget: Budget) -> int:
    """The wrong guesses that are not forgotten yet."""
    over = budget.forgotten_after is not None and now - failed_at >= budget.forgotten_after
    return 0 if over else failures


def wait_after(failures: int, *, budget: Budget) -> timedelta:
    """How long the next guess waits after so many wrong ones."""
    beyond = failures - budget.free
    if beyond < 0:
        return _NO_WAIT
    if failures >= MOST and budget.forgotten_after is None:
        return UNTIL_RELEASED
    return min(budget.first * (1 << min(beyond, 20)), budget.longest)
