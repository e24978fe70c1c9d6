"""What matching looks at in a person, whether told in a row or known to the post. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.fold import fold

_UNIT: Final = re.compile(r"\b(?:to dan pho|tdp|khu pho|khu dan cu|kdc|thon|xom|ap|ban|buon|doi|cum|to|so)\b\.?")
_LONE_ZEROS: Final = re.compile(r"\b0+(?=\d)")


class Paper(NamedTuple):
    """A paper as it can be compared without being read: its kind, its keyed hash, its last digits."""

    kind: str
    hash: str
    tail: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One person as matching sees them. Empty means untold, and what is untold speaks neither for nor against."""

    name: str = ""
    name_key: str = ""
    loose_key: str = ""
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    birth_precision: str = ""
    papers: frozenset[Paper] = frozenset()
    phones: frozenset[str] = frozenset()
    area_path: str = ""
    hamlets: frozenset[str] = frozenset()
    household: str = ""
    case_numbers: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    """The days of samples and of detection."""


@lru_cache(maxsize=16384)
def hamlet_key(hamlet: str) -> str:
    """The hamlet without its unit word: `Thôn 02`, `thon 2` and `xóm 2` meet as `2`."""
    return " ".join(_LONE_ZEROS.sub("", _UNIT.sub(" ", fold(hamlet))).replace(".", " ").split())


def hamlet_keys(places: list[tuple[str, str]]) -> frozenset[str]:
    """Hamlets as comparable places: a hamlet's name means something inside its commune only."""
    return frozenset(f"{path}/{key}" for path, hamlet in places if path and (key := hamlet_key(hamlet)))
