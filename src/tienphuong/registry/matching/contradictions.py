"""Where a later list says something else of a person than the post holds: not more, and not the same in another writing."""

from datetime import date
from typing import Protocol

from tienphuong.core.text.fold import fold, loose_key
from tienphuong.core.text.lost import is_damaged
from tienphuong.registry.matching.names import likeness
from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.matching.terms import Likeness
from tienphuong.registry.terms import Aspect

_ONE_WRITING = frozenset(
    {Likeness.SAME, Likeness.UNACCENTED, Likeness.MIDDLE_DROPPED, Likeness.OTHER_ORDER, Likeness.ABBREVIATED, Likeness.MISSING}
)


class Described(Protocol):
    """A person as a record or as a row describes them. Papers, phones and addresses are lists: two of them are no contradiction."""

    @property
    def full_name(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def birth_year(self) -> int | None: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def birth_precision(self) -> str: ...
    @property
    def nationality(self) -> str: ...


def contradictions(current: Described, reported: Described) -> frozenset[Aspect]:
    """In what the two cannot both be right. What either leaves unsaid contradicts nothing."""
    found = {
        Aspect.NAME: _names(current.full_name, reported.full_name),
        Aspect.SEX: _words(current.sex, reported.sex),
        Aspect.BIRTH: _births(current, reported),
        Aspect.NATIONALITY: _words(current.nationality, reported.nationality),
    }
    return frozenset(aspect for aspect, clash in found.items() if clash)


def _names(current: str, reported: str) -> bool:
    if not current or not reported or current == reported or is_damaged(current) or is_damaged(reported):
        return False
    return likeness(*(Profile(name, fold(name), loose_key(name)) for name in (current, reported))) not in _ONE_WRITING


def _words(current: str, reported: str) -> bool:
    return bool(current and reported) and fold(current) != fold(reported)


def _births(current: Described, reported: Described) -> bool:
    """Two days differ, or two years do; a year worked out from an age may be one off."""
    if current.birth_date and reported.birth_date and current.birth_precision == reported.birth_precision == "day":
        return current.birth_date != reported.birth_date
    years = [one.birth_date.year if one.birth_date else one.birth_year for one in (current, reported)]
    if not years[0] or not years[1]:
        return False
    return abs(years[0] - years[1]) > ("age_derived" in (current.birth_precision, reported.birth_precision))
