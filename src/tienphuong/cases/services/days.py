"""The days of what is known of people: by them a person told without a birth is known again."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from tienphuong.cases.models import CaseState, Sample
from tienphuong.core.any_of import AnyOf
from tienphuong.core.models.records import OPEN_END


def fact_days(people: Collection[int]) -> dict[int, frozenset[date]]:
    """The days on which cases of these records were detected and samples of them were taken."""
    found: dict[int, set[date]] = defaultdict(set)
    if not people:
        return {}
    cases = CaseState.objects.filter(case__person_id__in=AnyOf(people), known_to=OPEN_END, detected_on__isnull=False)
    samples = Sample.objects.filter(person_id__in=AnyOf(people), taken_on__isnull=False)
    for person, day in (*cases.values_list("case__person_id", "detected_on"), *samples.values_list("person_id", "taken_on")):
        if day:
            found[person].add(day)
    return {person: frozenset(days) for person, days in found.items()}
