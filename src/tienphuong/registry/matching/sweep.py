"""Records the post holds twice: a sweep that finds doubts for an officer, and merges nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from tienphuong.core.access.rules import next_path
from tienphuong.registry.matching.blocks import Blocks
from tienphuong.registry.matching.decisions import DOUBT
from tienphuong.registry.matching.reading import FactDays, Records, chunks, no_days
from tienphuong.registry.matching.rules import Comparison, compare
from tienphuong.registry.models import MatchProposal, Person

Pair = tuple[Person, Person, float, list[str]]
"""As `services.identities.propose` takes them."""

_STEP: Final = 2_000


def find_doubts(area_path: str, *, since: datetime | None = None, limit: int = 1_000, fact_days: FactDays = no_days) -> Iterator[Pair]:
    """Pairs of records that may be one person, one of them in the area (recorded since a moment, when one is given), at most `limit`.

    Pairs that already speak for one identity or were put before an officer, whatever was decided, are not told again.
    """
    inside = Person.objects.filter(area_path__gte=area_path, area_path__lt=next_path(area_path), withdrawn_at=None)
    if since is not None:
        inside = inside.filter(recorded_at__gte=since)
    numbers = inside.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_STEP)
    return islice(_pairs(numbers, fact_days), limit)


def pairs_in_doubt(numbers: Sequence[int], *, fact_days: FactDays = no_days) -> set[tuple[int, int]]:
    """Which of these records may be one person with another record, by what stands in the records now."""
    return {pair for step in chunks(iter(numbers), _STEP) for pair, _ in _doubts_of(step, fact_days)}


def _pairs(numbers: Iterator[int], fact_days: FactDays) -> Iterator[Pair]:
    pairs: set[tuple[int, int]] = set()
    for step in chunks(numbers, _STEP):
        found = {pair: comparison for pair, comparison in _doubts_of(step, fact_days) if pair not in pairs}
        asked = set(MatchProposal.objects.filter(left_id__in={left for left, _ in found}).values_list("left_id", "right_id"))
        pairs |= found.keys()
        people = Person.objects.in_bulk({number for pair in found for number in pair})
        for (left, right), comparison in found.items():
            if (left, right) not in asked:
                yield people[left], people[right], comparison.score, list(comparison.reasons)


def _doubts_of(numbers: Sequence[int], fact_days: FactDays) -> Iterator[tuple[tuple[int, int], Comparison]]:
    """The pairs of these records with any others that are worth an officer's time."""
    own = Records(numbers, case_numbers={}, fact_days=fact_days)
    swept = list(own.profiles)
    blocks = Blocks([own.profiles[number] for number in swept], fact_days=fact_days)
    others = Records(set().union(*blocks.found) - own.profiles.keys() if swept else (), case_numbers={}, fact_days=fact_days)
    profiles, identities = own.profiles | others.profiles, own.identities | others.identities
    for i, number in enumerate(swept):
        for other in sorted(blocks.found[i] & profiles.keys()):
            if identities[number] == identities[other]:
                continue
            comparison = compare(own.profiles[number], profiles[other], blocks.around(i))
            if comparison.score >= DOUBT or comparison.contradicted:
                yield (min(number, other), max(number, other)), comparison
