"""Whom a name in a list means: the one person of that name in the sender's district, a case before others."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from tienphuong.cases.models import Case
from tienphuong.core.any_of import AnyOf
from tienphuong.core.text.fold import fold, tone_key
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Contact, PendingLink


class Named(NamedTuple):
    """A name as it is written, and who may be meant by it: `case` a case only, `traced` only a case or somebody's contact.

    An F1 of somebody who is no case, or an F2 of somebody who is nobody's contact, would be nobody's contact themselves.
    """

    name: str
    year: int | None = None
    case: bool = False
    traced: bool = False


class _Bearer(NamedTuple):
    number: int
    name: str
    year: int | None


def named(name: str, *, year: int | None, patient: bool, degree: int | None) -> Named:
    """A name with what the words and the degree beside it say of its bearer."""
    return Named(name, year, case=patient or degree == 1, traced=bool(degree and degree > 1))


def bearers_of(wanted: Collection[Named], *, near: str, disease: str, beside: Collection[int] = ()) -> dict[Named, list[int]]:
    """The people each name may mean. `beside`: people whose contacts are being written down now."""
    if not wanted:
        return {}
    candidates = _bearers({fold(one.name) for one in wanted}, near=near)
    everybody = {bearer.number for bearers in candidates.values() for bearer in bearers}
    cases = set(Case.objects.filter(person_id__in=AnyOf(everybody), disease=disease).values_list("person_id", flat=True))
    traced = _traced(everybody, disease=disease) | (everybody & set(beside))
    return {one: _chosen(one, candidates[fold(one.name)], cases, traced) for one in wanted}


def _bearers(keys: set[str], *, near: str) -> dict[str, list[_Bearer]]:
    """Everybody of these names in an area, marks left aside."""
    columns = ("pk", "identity_id", "name_key", "full_name", "birth_year", "area_path")
    found: dict[str, list[_Bearer]] = defaultdict(list)
    for pk, identity, key, name, year, path in Person.objects.filter(name_key__in=AnyOf(keys), withdrawn_at=None).values_list(*columns):
        if path.startswith(near):
            found[key].append(_Bearer(identity or pk, name, year))
    return found


def _traced(people: set[int], *, disease: str) -> set[int]:
    """Of these people, those who are contacts of somebody, whether known here or waited for."""
    sources = (Contact.objects.filter(withdrawn_at=None), PendingLink.objects.all())
    return {
        number
        for rows in sources
        for number in rows.filter(person_id__in=AnyOf(people), disease=disease).values_list("person_id", flat=True)
    }


def _chosen(one: Named, candidates: list[_Bearer], cases: set[int], traced: set[int]) -> list[int]:
    """Those of the very marks before those typed without any; the cases before contacts, and these before others."""
    of_year = [bearer for bearer in candidates if one.year is None or bearer.year == one.year]
    written = tone_key(one.name)
    same = {bearer.number for bearer in of_year if tone_key(bearer.name) == written}
    bare = {bearer.number for bearer in of_year if written.isascii() or tone_key(bearer.name).isascii()}
    people = same or bare
    if one.case:
        return sorted(people & cases)
    return sorted((people & cases) or (people & traced) or (set() if one.traced else people))
