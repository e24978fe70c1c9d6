"""UUID version 7 (RFC 9562 §5.7): ids that sort by the moment they were made, so indexes grow at one end."""

import os
import time
from uuid import UUID

_last = 0
_random = b""


def _forget() -> None:
    """A forked worker draws its own random bytes."""
    global _random
    _random = b""


os.register_at_fork(after_in_child=_forget)


def uuid7() -> UUID:
    """A fresh time-ordered id; strictly increasing within a process even inside one millisecond."""
    global _last, _random
    # 48 bits of milliseconds, then 12 bits of the fraction of a millisecond (RFC 9562 §6.2 method 3).
    nanoseconds = time.time_ns()
    stamp = (nanoseconds // 1_000_000 << 12) | (nanoseconds % 1_000_000 * 4096 // 1_000_000)
    _last = stamp = max(stamp, _last + 1)
    if not _random:
        _random = os.urandom(4096)  # one call for 512 ids
    random, _random = int.from_bytes(_random[-8:], "big") & 0x3FFF_FFFF_FFFF_FFFF, _random[:-8]
    return UUID(int=(stamp >> 12 << 80) | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random)
