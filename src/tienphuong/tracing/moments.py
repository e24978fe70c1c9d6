"""Moments as the engine counts them: whole minutes since 1970-01-01 UTC in 32 bits."""

from datetime import UTC, datetime, timedelta

EARLIEST = -(2**31)
LATEST = 2**31 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute_of(moment: datetime | None, *, unknown: int) -> int:
    """The minute of a moment; `unknown` (EARLIEST or LATEST) when there is none."""
    return unknown if moment is None else int((moment - _EPOCH).total_seconds() // 60)


def moment_of(minute: int) -> datetime | None:
    """The moment of a minute; None for the two ends, which stand for unknown."""
    return None if minute in (EARLIEST, LATEST) else _EPOCH + timedelta(minutes=minute)
