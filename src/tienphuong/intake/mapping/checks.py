"""Whether the columns of days of a sheet hold daily checks of people, and what kind of sheet that makes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tienphuong.core.text.fold import fold
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext

from .days import LEAST
from .kinds import COUNTS, KindGuess
from .layout import Mapping
from .terms import SheetKind as K
from .terms import TargetField as F

_NAMED: Final = frozenset({F.FULL_NAME, F.GIVEN_NAME, F.FAMILY_NAME, F.CASE_NO, F.NATIONAL_NO, F.IDENTITY_NO, F.PHONE})
_HEALTH: Final = re.compile(
    r"\b(?:3[5-9]|4[0-2])(?:[.,]\d+)?\b|sot|ho\b|binh thuong|\bbt\b|trieu chung|khoe|on dinh|kho tho|lien lac|normal|fever|cough"
)
_ANY_DAY: Final = CellContext(date(2021, 1, 1))
NO_CHECKS: Final = "mỗi cột một ngày, nhưng trong ô không ghi điều gì hiểu được là theo dõi sức khỏe"
NO_DAYS: Final = "mỗi cột một ngày theo dõi nhưng tên cột chỉ ghi ngày thứ mấy; cần ghi ngày tháng ở tên cột"
DAILY: Final = "mỗi cột một ngày theo dõi"


def are_checks(cells: Sequence[str]) -> bool:
    """Whether cells read as daily checks: most are understood, and some say more than a mark."""
    readings = [read_words("follow_up", cell, context=_ANY_DAY) for cell in cells]
    understood = sum(1 for reading in readings if not reading.asked)
    health = sum(1 for cell in cells if _HEALTH.search(fold(cell)))
    return bool(cells) and understood >= 0.7 * len(cells) and health >= 0.2 * len(cells)


def with_days(kind: KindGuess, mapping: Mapping, *, checks: Sequence[str], days: int, counted: int) -> KindGuess:
    """The kind of a sheet with a column a day: checks, or whatever else it is with checks beside; never people without checks."""
    if counted >= LEAST and kind.kind in (K.UNKNOWN, K.FOLLOW_UP) and F.FOLLOW_UP_ON not in mapping.targets:
        return KindGuess(K.UNKNOWN, 0.9, (NO_DAYS,))
    if not days:
        return kind
    if not mapping.targets & _NAMED:
        return KindGuess(K.UNKNOWN, 0.9, COUNTS)
    if are_checks(checks):
        return KindGuess(K.FOLLOW_UP, 0.9, (DAILY,)) if kind.kind in (K.UNKNOWN, K.FOLLOW_UP, K.HOUSEHOLD_REGISTER) else kind
    return KindGuess(K.UNKNOWN, 0.9, (NO_CHECKS,)) if kind.kind in (K.UNKNOWN, K.FOLLOW_UP) else kind
