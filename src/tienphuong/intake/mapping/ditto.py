"""Cells that say "as above": the value of the row above in their column, a habit of lists written by hand."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tienphuong.core.text.fold import fold
from tienphuong.intake.reading.book import Value

from .terms import TargetField as F

DITTO, DITTO_OF_NOTHING = "ditto", "ditto_of_nothing"
_SAME = re.compile(r"n\.?/?t|n t|nhu tren|nhu (?:dong|hang|o|muc) tren|giong (?:dong |hang )?tren|ditto|idem|same as above|as above|same")
_MARKS = frozenset({'"', "''", "“", "”", "“”", "〃", "″", "´´", "``", ",,", "‟", "„", '""', "’’", "‘‘"})
OF_ONE_PERSON = frozenset(
    {F.CASE_NO, F.NATIONAL_NO, F.EPID, F.SYSTEM_CODE, F.IDENTITY_NO, F.PASSPORT_NO, F.INSURANCE_NO, F.SAMPLE_CODE, F.OWN_CODE, F.ROW_NO}
)
"""What no two rows share: a code that is "as above" is asked about."""


def is_ditto(value: Value) -> bool:
    """Whether a cell says nothing of its own but that it is as the one above."""
    return isinstance(value, str) and len(value) <= 24 and _is_mark(value)


@lru_cache(maxsize=65536)
def _is_mark(value: str) -> bool:
    bare = value.strip(" \t\n.()[]-–—_:")
    return bare in _MARKS or _SAME.fullmatch(fold(bare)) is not None


def values_below(cells: Sequence[Value], above: Mapping[int, Value], merged: Mapping[int, Value]) -> dict[int, Value]:
    """What each column of a row holds for the row below it: its own value, the one above it where it says so, the merged one."""
    own = {column: above.get(column) if is_ditto(value) else value for column, value in enumerate(cells) if value is not None}
    return {**merged, **own}
