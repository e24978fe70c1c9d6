"""UUID version 7 (RFC 9562 §5.7): ids that sort by the moment they were made, so indexes grow at one end."""

import os
import time
from uuid import UUID

_last = 0


def uuid7() -> UUID:
    """A fresh time-ordered id; strictly increasing within a process even inside one millisecond."""
    global _last
    # 48 bits of milliseconds, then 12 bits of the fraction of a millisecond (RFC 9562 §6.2 method 3).
    nanoseconds = time.time_ns()
    stamp = (nanoseconds // 1_000_000 << 12) | (nanoseconds % 1_000_000 * 4096 // 1_000_000)
    _last = stamp = max(stamp, _last + 1)
    random = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=(stamp >> 12 << 80) | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random)
