"""Whom a row is worth comparing with: a few indexed lookups for the whole batch, each bounded however large the base.

A common name of a common year fills a block that grows with the base. Such a block is counted in the index and not read: looked up
instead are those in it who share the commune or the day of birth, and of these only name and birth, until it is plain that the two
could score enough to be asked about. What was counted says how little the name proves. Whoever shares a paper, a telephone,
a case number or a household is found by that, so leaving out of a block cannot hide them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import log2
from typing import Any, Final, TypeVar

from django.db.models import Count, Max

from tienphuong.core.any_of import AnyOf
from tienphuong.registry.matching.births import births, date_variants, years_slipped
from tienphuong.registry.matching.decisions import DOUBT
from tienphuong.registry.matching.lookups import Key, among, counted, day_of
from tienphuong.registry.matching.names import likeness, reordered
from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.matching.reading import CaseNumbers, FactDays, no_days
from tienphuong.registry.matching.rules import Surroundings, at_best, rarity
from tienphuong.registry.matching.terms import Likeness
from tienphuong.registry.models import Identifier, Person, Phone

WIDE: Final = 3
"""More namesakes than this are counted, not read."""
MOST: Final = 30
"""No key brings a row more candidates than this: a telephone of a hundred people says nothing of any of them but those of one name."""
CROWDED: Final = 8
"""A telephone that more people gave is a landlord's or an office's; namesakes of whom more have no year are nobody."""

K = TypeVar("K", bound=Hashable)
Asked = dict[Key, list[int]]
_NAME_YEAR: Final = ("loose_key", "birth_year")
_NAME_HOME: Final = ("loose_key", "area_path")


class Blocks:
    """For each profile of a batch: the numbers of the records to compare it with, and what surrounds it."""

    def __init__(self, profiles: Sequence[Profile], *, case_numbers: CaseNumbers | None = None, fact_days: FactDays = no_days) -> None:
        self.profiles = profiles
        self.found: list[set[int]] = [set() for _ in profiles]
        self.cases_of: dict[int, frozenset[str]] = {}
        self.undated: dict[int, float] = {}
        self.namesakes: dict[int, int] = {}
        self.among = Person.objects.aggregate(last=Max("pk"))["last"] or 0
        self._by_numbers(case_numbers)
        self.alike = counted(Person, _NAME_YEAR, {(p.loose_key, year) for p in profiles if p.loose_key for year in _near(p)})
        self._by_name_and_year()
        self._by_name_slipped()
        self._by_name_where_a_year_is_missing()
        if fact_days is not no_days:
            self._by_name_and_day(fact_days)
        self._by_birth_and_home()
        self._by_household()

    def around(self, index: int, *, shared_phones: frozenset[str] = frozenset()) -> Surroundings:
        """How rare the name is in its year, and which telephones are everybody's."""
        return Surroundings(self._rarity(index), self.namesakes.get(index, 1), self.crowded, shared_phones)

    def _rarity(self, index: int) -> float:
        profile = self.profiles[index]
        alike = self.alike.get((profile.loose_key, profile.birth_year), 0)
        return rarity(max(alike - 1, 0), self.among) if profile.birth_year else self.undated.get(index, 0.0)

    # --- numbers

    def _by_numbers(self, case_numbers: CaseNumbers | None) -> None:
        """Papers, telephones (of named people only) and case numbers."""
        self._by_number(Identifier.objects, "finding_hash", _wanted((paper.hash, i) for i, p in self._all() for paper in p.papers))
        stored = self._by_number(Phone.objects, "number", _wanted((phone, i) for i, p in self._all() if p.name_key for phone in p.phones))
        self.crowded = frozenset(phone for phone, people in stored.items() if people > CROWDED)
        keys = _wanted((key, i) for i, p in self._all() for key in p.case_numbers)
        if case_numbers and keys:
            self._take_cases(keys, case_numbers(set(keys)))

    def _by_number(self, rows: Any, column: str, wanted: Mapping[str, list[int]]) -> dict[str, int]:
        """Take the holders of each number, those of one name only where it has too many; tells how many hold it."""
        asked = rows.filter(**{f"{column}__in": AnyOf(wanted)})
        stored: dict[str, int] = dict(asked.order_by().values_list(column).annotate(Count("pk")))
        self._take(wanted, _holders(rows, column, "person_id", [number for number, people in stored.items() if people <= MOST]))
        for number in (number for number, people in stored.items() if people > MOST):
            for i in wanted[number]:
                named = rows.filter(**{column: number, "person__loose_key": self.profiles[i].loose_key})
                self.found[i].update(named.order_by("person_id").values_list("person_id", flat=True)[:MOST])
        return stored

    def _take_cases(self, wanted: Mapping[str, list[int]], people_of: Mapping[str, Iterable[int]]) -> None:
        self._take(wanted, {key: sorted(people) for key, people in people_of.items()})
        numbers = defaultdict(set)
        for key, people in people_of.items():
            for person in people:
                numbers[person].add(key)
        self.cases_of = {person: frozenset(keys) for person, keys in numbers.items()}

    # --- names

    def _by_name_and_year(self) -> None:
        """Everybody of one loose name, born in the year or next to it, where they are few; else those of one commune or day of birth."""
        whole, homes, days = _asked(), _asked(), _asked()
        for i, profile in self._dated():
            name = profile.loose_key
            stored = [year for year in _near(profile) if (name, year) in self.alike]
            if sum(self.alike[name, year] for year in stored) <= WIDE:
                _ask(whole, ((name, year) for year in stored), i)
                continue
            if profile.area_path:
                _ask(homes, ((name, year, profile.area_path) for year in stored), i)
            _ask(days, ((name, day.year, day) for day in date_variants(profile.birth_date, beside=True) if day.year in stored), i)
        for key, (pk,) in among(Person, _NAME_YEAR, whole, read=("id",)):
            self._add(whole[key], pk)
        self._take_dated((*_NAME_YEAR, "area_path"), homes)
        self._take_dated((*_NAME_YEAR, "birth_date"), days)

    def _by_name_slipped(self) -> None:
        """Those of one name in another order, or of one birthday in a year that a slip of the pen makes of the other."""
        homes, days = _asked(), _asked()
        for i, profile in self._dated():
            for name in reordered(profile):
                _ask(homes, [(name, profile.birth_year, profile.area_path)], i)
                _ask(days, [(name, profile.birth_year, day) for day in date_variants(profile.birth_date)[:1]], i)
            _ask(days, ((profile.loose_key, day.year, day) for day in years_slipped(profile.birth_date)), i)
        self._take_dated((*_NAME_YEAR, "area_path"), homes)
        self._take_dated((*_NAME_YEAR, "birth_date"), days)

    def _take_dated(self, columns: tuple[str, ...], asked: Asked) -> None:
        """Take those under the keys whose birth does not rule them out."""
        for key, (pk, year, day, precision) in among(Person, columns, asked, read=("id", "birth_year", "birth_date", "birth_precision")):
            other = Profile(birth_year=year, birth_date=day_of(day), birth_precision=precision)
            self._add((i for i in asked[key] if self._may_be(i, Likeness.SAME, other)), pk)

    def _may_be(self, index: int, name: Likeness, other: Profile) -> bool:
        """Whether the two could come to a question, were all else to agree."""
        return at_best(self.profiles[index], name, births(self.profiles[index], other), self._rarity(index)) >= DOUBT

    def _by_name_where_a_year_is_missing(self) -> None:
        """A year missing in the row or in the base: namesakes of the same commune, where they are few and the name is rare."""
        undated, dated = _asked(), _asked()
        for i, profile in self._all():
            if profile.loose_key and profile.area_path:
                _ask(dated if profile.birth_year else undated, [(profile.loose_key, profile.area_path)], i)
        sizes = counted(Person, _NAME_HOME, undated)
        self.undated = {i: -log2(size) for key, size in sizes.items() for i in undated[key]}
        self._take_few(undated, sizes)
        self._take_few(dated, counted(Person, _NAME_HOME, dated, empty="birth_year"), empty="birth_year")

    def _take_few(self, asked: Asked, stored: Mapping[Key, int], *, empty: str = "") -> None:
        few = {key: [i for i in asked[key] if self._may_be(i, Likeness.SAME, Profile())] for key, size in stored.items() if size <= CROWDED}
        for key, (pk,) in among(Person, _NAME_HOME, [key for key, those in few.items() if those], read=("id",), empty=empty):
            self._add(few[key], pk)

    def _by_name_and_day(self, fact_days: FactDays) -> None:
        """A year missing in the row or in the base, and a sample or detection of one day: namesakes wherever they live, else of one commune."""
        undated, dated = _asked(), _asked()
        for i, profile in self._all():
            if profile.loose_key and profile.days:
                _ask(dated if profile.birth_year else undated, [(profile.loose_key,)], i)
        self._take_of_day(undated, fact_days)
        self._take_of_day(dated, fact_days, empty="birth_year")

    def _take_of_day(self, asked: Asked, fact_days: FactDays, *, empty: str = "") -> None:
        sizes = counted(Person, ("loose_key",), asked, empty=empty)
        homes = _asked()
        for key in (key for key, size in sizes.items() if size > MOST):
            for i in asked[key]:
                _ask(homes, [(*key, self.profiles[i].area_path)], i)
        crowds = counted(Person, _NAME_HOME, homes, empty=empty)
        self._share_a_day(("loose_key",), {key: asked[key] for key, size in sizes.items() if size <= MOST}, sizes, fact_days, empty)
        self._share_a_day(_NAME_HOME, {key: homes[key] for key, size in crowds.items() if size <= MOST}, crowds, fact_days, empty)

    def _share_a_day(self, columns: tuple[str, ...], asked: Asked, sizes: Mapping[Key, int], fact_days: FactDays, empty: str) -> None:
        stored = [(key, pk) for key, (pk,) in among(Person, columns, asked, read=("id",), empty=empty)]
        days = fact_days({pk for _, pk in stored})
        for key, pk in stored:
            self._add((i for i in asked[key] if self.profiles[i].days & days.get(pk, frozenset())), pk)
        self.namesakes |= {i: sizes[key] for key, those in asked.items() for i in those}

    # --- birth and home

    def _by_birth_and_home(self) -> None:
        """Whoever was born the same day and lives in the same commune, unless the names are two."""
        asked = _asked()
        for i, profile in self._all():
            if profile.name_key and profile.area_path:
                _ask(asked, ((profile.area_path, day) for day in date_variants(profile.birth_date)), i)
        read = ("id", "full_name", "name_key", "loose_key")
        for (path, day), (pk, *name) in among(Person, ("area_path", "birth_date"), asked, read=read):
            other = Profile(name[0], name[1], name[2], birth_year=day.year, birth_date=day)
            self._add((i for i in asked[path, day] if self._may_be(i, likeness(self.profiles[i], other), other)), pk)

    def _by_household(self) -> None:
        """Whoever lives in the same household, whatever the name."""
        living: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for i, profile in self._all():
            if profile.name_key and profile.household:
                path, _, code = profile.household.partition("/")
                living[path].append((code, i))
        for path, codes in living.items():
            wanted = _wanted(codes)
            self._take(wanted, _holders(Person.objects.filter(household__area_path=path), "household__code", "pk", wanted))

    # --- taking

    def _all(self) -> Iterable[tuple[int, Profile]]:
        return enumerate(self.profiles)

    def _dated(self) -> Iterable[tuple[int, Profile]]:
        return ((i, p) for i, p in enumerate(self.profiles) if p.loose_key and p.birth_year)

    def _add(self, indexes: Iterable[int], pk: int) -> None:
        for i in indexes:
            self.found[i].add(pk)

    def _take(self, wanted: Mapping[K, list[int]], holders: Mapping[K, Sequence[int]]) -> None:
        """Give everybody who asked for a key its holders, the oldest records first, never more than MOST."""
        for key, people in holders.items():
            for i in wanted.get(key, ()):
                self.found[i].update(people[:MOST])


def _near(profile: Profile) -> tuple[int, ...]:
    year = profile.birth_year
    return (year - 1, year, year + 1) if year else ()


def _asked() -> Asked:
    return defaultdict(list)


def _ask(asked: Asked, keys: Iterable[Key], index: int) -> None:
    for key in keys:
        asked[key].append(index)


def _wanted(pairs: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    wanted: dict[K, list[int]] = defaultdict(list)
    for key, index in pairs:
        wanted[key].append(index)
    return wanted


def _holders(rows: Any, column: str, owner: str, wanted: Iterable[K]) -> dict[K, list[int]]:
    """Who holds each wanted value of a column, the oldest records first."""
    groups: dict[K, list[int]] = defaultdict(list)
    for key, pk in rows.filter(**{f"{column}__in": AnyOf(wanted)}).values_list(column, owner):
        groups[key].append(pk)
    return {key: sorted(people) for key, people in groups.items()}
