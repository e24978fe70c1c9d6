"""Writing down who came from an affected area, and how the post found out."""

from collections.abc import Sequence

from tienphuong.core.provenance import Provenance
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ArrivalEntry
from tienphuong.tracing.models import Arrival


def record_arrivals(person_entries: Sequence[tuple[Person, ArrivalEntry]], *, stamp: Provenance) -> list[tuple[Arrival, bool]]:
    """The arrivals, and whether each was news. The same person from the same place on the same day is one arrival."""
    people = {person.pk for person, _ in person_entries}
    known = {(a.person_id, a.disease, a.arrived_on, a.from_place): a for a in Arrival.objects.filter(person_id__in=people)}
    recorded: list[tuple[Arrival, bool]] = []
    for person, entry in person_entries:
        key = (person.pk, entry.disease, entry.arrived_on, entry.from_place[:160])
        if (arrival := known.get(key)) is None:
            known[key] = fresh = _arrival(person, entry, stamp)
            recorded.append((fresh, True))
        else:
            recorded.append((arrival, False))
    Arrival.objects.bulk_create((arrival for arrival, news in recorded if news), batch_size=500)
    return recorded


def _arrival(person: Person, entry: ArrivalEntry, stamp: Provenance) -> Arrival:
    return Arrival(
        person=person,
        disease=entry.disease,
        from_place=entry.from_place[:160],
        from_area_id=entry.from_area_id,
        from_abroad=entry.from_abroad,
        transport=entry.transport[:80],
        arrived_on=entry.arrived_on,
        found_how=entry.found_how,
        found_on=entry.found_on,
        found_by=entry.found_by[:120],
        area_path=person.area_path,
        reported_at=entry.reported_at,
        recorded_at=stamp.at,
        recorded_by=stamp.by,
        policy=stamp.policy,
        reason=entry.reason,
        source_row=entry.source_row,
    )
