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
    """A person as a record or as a row describes him. Papers, phones and addresses are lists: two of them are no contradiction."""

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


def contradictions(held: Described, told: Described) -> frozenset[Aspect]:
    """In what the two cannot both be right. What either leaves unsaid contradicts nothing."""
    found = {
        Aspect.NAME: _names(held.full_name, told.full_name),
        Aspect.SEX: _words(held.sex, told.sex),
        Aspect.BIRTH: _births(held, told),
        Aspect.NATIONALITY: _words(held.nationality, told.nationality),
    }
    return frozenset(aspect for aspect, clash in found.items() if clash)


def _names(held: str, told: str) -> bool:
    if not held or not told or held == told or is_damaged(held) or is_damaged(told):
        return False
    return likeness(*(Profile(name, fold(name), loose_key(name)) for name in (held, told))) not in _ONE_WRITING


def _words(held: str, told: str) -> bool:
    return bool(held and told) and fold(held) != fold(told)


def _births(held: Described, told: Described) -> bool:
    """Two days differ, or two years do; a year worked out from an age may be one off."""
    if held.birth_date and told.birth_date and held.birth_precision == told.birth_precision == "day":
        return held.birth_date != told.birth_date
    years = [one.birth_date.year if one.birth_date else one.birth_year for one in (held, told)]
    if not years[0] or not years[1]:
        return False
    return abs(years[0] - years[1]) > ("age_derived" in (held.birth_precision, told.birth_precision))
