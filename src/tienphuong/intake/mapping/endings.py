"""Lists of deaths and of discharges, known by their titles: their plain day is that of the end, and an officer is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold

from .layout import Mapping
from .profile import Profile
from .terms import Basis
from .terms import TargetField as F
from .wording import bare

_TITLES: Final = (
    (F.DIED_ON, re.compile(r"\b(?:tu vong|deaths?|died|deceased|deces|fallecid\w+|obitos)\b")),
    (F.RECOVERED_ON, re.compile(r"\b(?:ra vien|xuat vien|khoi benh|ca (?:benh )?khoi|recovered|discharge[ds]?)\b")),
)
_SAID: Final = frozenset({F.OUTCOME, F.OUTCOME_ON, F.DIED_ON, F.DIED, F.RECOVERED_ON, F.RECOVERED, F.OWN_CODE})
_PLAIN: Final = frozenset({"ngay", "ngay thang", "ngay gio", "thoi gian", "ngay ra", "date", "day", "fecha", "data", "datum", "date out"})
_ASKED: Final = 0.5


def end_in_title(mapping: Mapping, texts: Iterable[str]) -> F | None:
    """The end that the titles give every row, where no column says how anybody fared; none where they name both."""
    folded = fold(" | ".join(texts).replace("_", " "))
    ends = [target for target, pattern in _TITLES if pattern.search(folded)]
    return ends[0] if len(ends) == 1 and not mapping.targets & _SAID and mapping.targets else None


def ended(mapping: Mapping, profiles: Sequence[Profile], *, texts: Iterable[str]) -> Mapping:
    """The mapping with the one plain day of such a list asked about as the day of the end, rather than taken for that of detection."""
    end = end_in_title(mapping, texts)
    days = [guess for guess in mapping.columns if bare(guess.label) in _PLAIN and profiles[guess.column].share("date") >= _ASKED]
    if end is None or len(days) != 1 or days[0].basis is Basis.OFFICER:
        return mapping
    reason = sentence("tiêu đề nói về «{meaning}» mà danh sách chỉ có một cột ngày", meaning=end.label)
    asked = replace(days[0], target=end, confidence=_ASKED, basis=Basis.HEADER, reason=reason)
    return Mapping(tuple(asked if guess.column == asked.column else guess for guess in mapping.columns))
