"""Profiles of rows and of records: read once per batch, never one by one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from tienphuong.core.any_of import AnyOf
from tienphuong.core.identity_cipher import finding_hash
from tienphuong.core.text.fold import fold, loose_key
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching.profile import Paper, Profile, hamlet_keys
from tienphuong.registry.models import Address, Identifier, Person, Phone
from tienphuong.registry.rules.case_numbers import alias_key

CHUNK: Final = 500
T = TypeVar("T")

CaseNumbers = Callable[[Collection[str]], Mapping[str, Collection[int]]]
"""Numbers of the people behind case-number keys: the registry does not know cases, so whoever asks lends this."""

FactDays = Callable[[Collection[int]], Mapping[int, frozenset[date]]]
"""The days of samples and of detection by record: lent too, by whoever knows cases."""


def no_days(numbers: Collection[int]) -> Mapping[int, frozenset[date]]:
    """The days of records where nobody lends them."""
    return {}


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists a database takes as parameters of one query."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def profile_of(entry: PersonEntry) -> Profile:
    """A row as matching sees it."""
    path = entry.area_path or next((address.area_path for address in entry.addresses if address.area_path), "")
    return Profile(
        name=entry.full_name,
        name_key=fold(entry.full_name),
        loose_key=loose_key(entry.full_name),
        sex=entry.sex,
        birth_year=entry.birth_date.year if entry.birth_date else entry.birth_year,
        birth_date=entry.birth_date,
        birth_precision=entry.birth_precision,
        papers=frozenset(
            Paper(paper.kind, finding_hash(paper.kind, paper.value), paper.value[-4:]) for paper in entry.identifiers if paper.value
        ),
        phones=frozenset(phone.number for phone in entry.phones if phone.number),
        area_path=path,
        hamlets=hamlet_keys([(address.area_path or path, address.hamlet) for address in entry.addresses]),
        household=f"{entry.area_path}/{entry.household_code}" if entry.household_code and entry.area_path else "",
        # a key already made stays as it is (`LN-F-1-12` of a list's own numbering is no case number); a number as written is made one
        days=frozenset(entry.fact_days),
        case_numbers=frozenset(entry.aliases) | {key for alias in entry.aliases if (key := alias_key(alias))},
    )


_COLUMNS: Final = (
    "pk", "identity_id", "full_name", "name_key", "loose_key", "sex", "birth_year", "birth_date", "birth_precision", "area_path",
    "household__area_path", "household__code", "household__hamlet",
)  # fmt: skip


class Records:
    """The records a batch is compared with: profiles by record number, and whose identity each stands for."""

    def __init__(self, numbers: Collection[int], *, case_numbers: Mapping[int, frozenset[str]], fact_days: FactDays = no_days) -> None:
        self.profiles: dict[int, Profile] = {}
        self.identities: dict[int, int] = {}
        self._read(sorted(numbers), case_numbers, fact_days(numbers))

    def _read(self, numbers: Sequence[int], case_numbers: Mapping[int, frozenset[str]], days: Mapping[int, frozenset[date]]) -> None:
        papers = _grouped((row[0], Paper(*row[1:])) for row in _of(Identifier, numbers, "kind", "finding_hash", "tail"))
        phones = _grouped(_of(Phone, numbers, "number"))
        places = _grouped((row[0], row[1:]) for row in _of(Address, numbers, "area_path", "hamlet"))
        people = Person.objects.filter(pk__in=AnyOf(numbers), withdrawn_at=None).values_list(*_COLUMNS)
        for pk, identity, name, key, loose, sex, year, day, precision, path, home_path, code, home_hamlet in people:
            hamlets = [(where or path, hamlet) for where, hamlet in places[pk]] + ([(home_path, home_hamlet)] if home_hamlet else [])
            self.identities[pk] = identity or pk
            self.profiles[pk] = Profile(
                name=name,
                name_key=key,
                loose_key=loose,
                sex=sex,
                birth_year=year,
                birth_date=day,
                birth_precision=precision,
                papers=frozenset(papers[pk]),
                phones=frozenset(phones[pk]),
                area_path=path,
                hamlets=hamlet_keys(hamlets),
                household=f"{home_path}/{code}" if code else "",
                case_numbers=case_numbers.get(pk, frozenset()),
                days=days.get(pk, frozenset()),
            )


def _of(model: type[Identifier | Phone | Address], people: Sequence[int], *columns: str) -> Iterable[tuple]:  # type: ignore[type-arg]
    return model.objects.filter(person_id__in=AnyOf(people)).values_list("person_id", *columns)


def _grouped(rows: Iterable[tuple]) -> dict[int, list]:  # type: ignore[type-arg]
    groups: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for key, value in rows:
        groups[key].append(value)
    return groups
