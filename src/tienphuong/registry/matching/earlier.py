"""The rows of a batch that share a key with an earlier row of it."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Final

from tienphuong.registry.matching.births import date_variants, years_slipped
from tienphuong.registry.matching.profile import Profile

_MOST: Final = 30
"""No key remembers more rows than this; who comes later is still found under their other keys."""


class Earlier:
    """The rows before this one that share a key with it, remembered while a batch goes by."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, list[int]] = defaultdict(list)

    def like(self, profile: Profile) -> set[int]:
        """The earlier rows worth comparing."""
        return {i for key in _keys(profile, asking=True) for i in self._rows.get(key, ())}

    def remember(self, index: int, profile: Profile) -> None:
        for key in _keys(profile):
            rows = self._rows[key]
            if len(rows) < _MOST:
                rows.append(index)


def _keys(profile: Profile, *, asking: bool = False) -> Iterator[Hashable]:
    """The keys a row is found under; one that asks also looks at the years beside its own."""
    yield from (("paper", paper.hash) for paper in profile.papers)
    yield from (("case", number) for number in profile.case_numbers)
    if not profile.name_key:
        return
    yield from (("phone", phone) for phone in profile.phones)
    if profile.household:
        yield "household", profile.household
    yield from (("born", profile.area_path, day) for day in date_variants(profile.birth_date) if profile.area_path)
    yield from _name_keys(profile, asking=asking)


def _name_keys(profile: Profile, *, asking: bool) -> Iterator[Hashable]:
    name, year, path, day = profile.loose_key, profile.birth_year, profile.area_path, profile.birth_date
    yield from (("day", name, one) for one in profile.days)
    if year is None:
        yield "undated", name
        yield "namesake", name, path
        return
    yield "words", *sorted(profile.name_key.split()), year, path
    yield from (("birthday", name, other) for other in (years_slipped(day) if asking else (day,)))
    yield from (("name", name, year + step) for step in ((-1, 0, 1) if asking else (0,)))
    yield ("undated", name) if asking else ("namesake", name, path)
