"""Whom a row is worth comparing with: a few indexed lookups for the whole batch, each bounded.

A common name of a common year fills a block that grows with the base. Such a block is counted in the index and not read: only those in
it who share the day of birth or the commune are fetched. What was counted says how little the name proves.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import log2
from typing import Final, TypeVar

from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Concat

from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.matching.reading import CaseNumbers, chunks
from tienphuong.registry.matching.rules import Surroundings, rarity
from tienphuong.registry.models import Identifier, Person, Phone

WIDE: Final = 3
"""More namesakes than this are counted, not read."""
MOST: Final = 30
"""No key brings a row more candidates than this: a telephone of a hundred people says nothing of any of them."""
CROWDED: Final = 8
"""A telephone that more people gave is a landlord's or an office's."""

K = TypeVar("K", bound=Hashable)
NameYear = tuple[str, int]


class Blocks:
    """For each profile of a batch: the numbers of the records to compare it with, and what surrounds it."""

    def __init__(self, profiles: Sequence[Profile], *, case_numbers: CaseNumbers | None = None) -> None:
        self.profiles = profiles
        self.found: list[set[int]] = [set() for _ in profiles]
        self.cases_of: dict[int, frozenset[str]] = {}
        self.alike: dict[NameYear, int] = {}
        self.undated: dict[int, float] = {}
        self.crowded: frozenset[str] = frozenset()
        self.among = Person.objects.aggregate(last=Max("pk"))["last"] or 0
        self._by_numbers(case_numbers)
        self._by_name_and_year()
        self._by_name_where_a_year_is_missing()
        self._by_birth_and_home()

    def around(self, index: int) -> Surroundings:
        """How rare the name is in its year, and which telephones are everybody's."""
        profile = self.profiles[index]
        alike = self.alike.get((profile.loose_key, profile.birth_year or 0), 0)
        return Surroundings(rarity(max(alike - 1, 0), self.among) if profile.birth_year else self.undated.get(index, 0.0), self.crowded)

    def _by_numbers(self, case_numbers: CaseNumbers | None) -> None:
        """Papers, telephones (of named people only) and case numbers."""
        papers = _wanted((paper.hash, i) for i, p in enumerate(self.profiles) for paper in p.papers)
        self._take(papers, _holders(Identifier.objects, "finding_hash", "person_id", papers))
        phones = _wanted((phone, i) for i, p in enumerate(self.profiles) if p.name_key for phone in p.phones)
        holders = _holders(Phone.objects, "number", "person_id", phones)
        self.crowded = frozenset(phone for phone, people in holders.items() if len(people) > CROWDED)
        self._take(phones, holders)
        keys = _wanted((key, i) for i, p in enumerate(self.profiles) for key in p.case_numbers)
        if case_numbers and keys:
            self._take_cases(keys, case_numbers(set(keys)))

    def _take_cases(self, wanted: Mapping[str, list[int]], people_of: Mapping[str, Iterable[int]]) -> None:
        self._take(wanted, {key: sorted(people) for key, people in people_of.items()})
        numbers = defaultdict(set)
        for key, people in people_of.items():
            for person in people:
                numbers[person].add(key)
        self.cases_of = {person: frozenset(keys) for person, keys in numbers.items()}

    def _by_name_and_year(self) -> None:
        """Everybody of one loose name, born in the year or next to it; one pair of queries for each year of birth."""
        years: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i, profile in enumerate(self.profiles):
            if profile.loose_key and profile.birth_year:
                years[profile.birth_year][profile.loose_key].append(i)
        for year, wanted in years.items():
            for names in chunks(wanted):
                self._of_year(year, {name: wanted[name] for name in names})

    def _of_year(self, year: int, wanted: dict[str, list[int]]) -> None:
        near = Person.objects.filter(birth_year__in=(year - 1, year, year + 1), loose_key__in=list(wanted))
        sizes: dict[str, int] = defaultdict(int)
        for name, born, size in near.order_by().values_list("loose_key", "birth_year").annotate(Count("pk")):
            sizes[name] += size
            if born == year:
                self.alike[name, year] = size
        narrow = [name for name, size in sizes.items() if size <= WIDE]
        if narrow:
            self._take(wanted, _grouped(near.filter(loose_key__in=narrow).values_list("loose_key", "pk")))
        wide = [name for name, size in sizes.items() if size > WIDE]
        if wide:
            self._take_near(near.filter(loose_key__in=wide), {name: wanted[name] for name in wide})

    def _take_near(self, people, wanted: dict[str, list[int]]) -> None:  # type: ignore[no-untyped-def]
        """Out of a wide block, those who share a commune or a day of birth with one who asks."""
        indexes = [i for those in wanted.values() for i in those]
        days = {day for i in indexes for day in _days(self.profiles[i])}
        paths = {self.profiles[i].area_path for i in indexes if self.profiles[i].area_path}
        rows = people.filter(Q(area_path__in=paths) | Q(birth_date__in=days)).values_list("loose_key", "pk", "area_path", "birth_date")
        taken: dict[int, int] = defaultdict(int)
        for name, pk, path, day in rows:
            for i in wanted[name]:
                profile = self.profiles[i]
                if taken[i] < MOST and (path == profile.area_path or (day and day in _days(profile))):
                    taken[i] += 1
                    self.found[i].add(pk)

    def _by_name_where_a_year_is_missing(self) -> None:
        """A year missing in the row: namesakes of the same commune. A year missing in the base: namesakes anywhere."""
        named = [(i, p) for i, p in enumerate(self.profiles) if p.loose_key]
        dated = _wanted((p.loose_key, i) for i, p in named if p.birth_year)
        self._take(dated, _holders(Person.objects.filter(birth_year=None), "loose_key", "pk", dated))
        undated = defaultdict(list)
        for i, profile in named:
            if not profile.birth_year and profile.area_path:
                undated[profile.area_path].append((profile.loose_key, i))
        for path, keys in undated.items():
            wanted = _wanted(keys)
            # An expression of the path keeps databases from walking the whole commune instead of the namesakes.
            inside = Person.objects.annotate(inside=Concat("area_path", Value(""))).filter(inside=path)
            holders = _holders(inside, "loose_key", "pk", wanted)
            self._take(wanted, holders)
            self.undated |= {i: -log2(len(people)) for name, people in holders.items() for i in wanted[name]}

    def _by_birth_and_home(self) -> None:
        """Whoever was born the same day and lives in the same commune, or lives in the same household, whatever the name."""
        born: dict[str, list[tuple[Hashable, int]]] = defaultdict(list)
        living: dict[str, list[tuple[Hashable, int]]] = defaultdict(list)
        for i, profile in enumerate(self.profiles):
            if not profile.name_key:
                continue
            born[profile.area_path] += [(day, i) for day in _days(profile)]
            if profile.household:
                path, _, code = profile.household.partition("/")
                living[path].append((code, i))
        for path, days in born.items():
            if path:
                wanted = _wanted(days)
                self._take(wanted, _holders(Person.objects.filter(area_path=path), "birth_date", "pk", wanted))
        for path, codes in living.items():
            wanted = _wanted(codes)
            self._take(wanted, _holders(Person.objects.filter(household__area_path=path), "household__code", "pk", wanted))

    def _take(self, wanted: Mapping[K, list[int]], holders: Mapping[K, Sequence[int]]) -> None:
        """Give everybody who asked for a key its holders, the oldest records first, never more than MOST."""
        for key, people in holders.items():
            for i in wanted.get(key, ()):
                self.found[i].update(people[:MOST])


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
            if len(rows) < MOST:
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
    yield from (("born", profile.area_path, day) for day in _days(profile) if profile.area_path)
    yield from _name_keys(profile, asking=asking)


def _name_keys(profile: Profile, *, asking: bool) -> Iterator[Hashable]:
    name, year, path = profile.loose_key, profile.birth_year, profile.area_path
    if year is None:
        yield "undated", name
        yield "namesake", name, path
        return
    yield from (("name", name, year + step) for step in ((-1, 0, 1) if asking else (0,)))
    yield ("undated", name) if asking else ("namesake", name, path)


def _days(profile: Profile) -> tuple[date, ...]:
    """The day of birth, and what it is when day and month are exchanged. 01/01 is a filled form and finds half a commune."""
    day = profile.birth_date
    if day is None or (day.day, day.month) == (1, 1):
        return ()
    return (day, date(day.year, day.day, day.month)) if day.day <= 12 and day.day != day.month else (day,)


def _wanted(pairs: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    wanted: dict[K, list[int]] = defaultdict(list)
    for key, index in pairs:
        wanted[key].append(index)
    return wanted


def _holders(rows, column: str, owner: str, wanted: Iterable[K]) -> dict[K, list[int]]:  # type: ignore[no-untyped-def]
    """Who holds each wanted value of a column."""
    found: dict[K, list[int]] = {}
    for chunk in chunks(wanted):
        found |= _grouped(rows.filter(**{f"{column}__in": chunk}).values_list(column, owner))
    return found


def _grouped(rows: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    groups: dict[K, list[int]] = defaultdict(list)
    for key, pk in rows:
        groups[key].append(pk)
    return {key: sorted(people) for key, people in groups.items()}
