"""Writing quarantine registers down."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tienphuong.core import balances
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.provenance import Provenance
from tienphuong.core.text.fold import fold
from tienphuong.quarantine.entries import StayEntry
from tienphuong.quarantine.models import Facility, Stay, StayState
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.registry.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class RecordedStay:
    """What hearing of a stay came to."""

    person: Person
    stay: Stay
    new: bool
    changed: bool


def record_stays(person_entries: Sequence[tuple[Person, StayEntry]], *, stamp: Provenance) -> list[RecordedStay]:
    """Write stays down, in the order given: a person's stay in one form that began on one day is one stay.

    Nobody is in two places: what a list of contacts says of a stay is written down for people no register tells of, and is believed no
    more when one does.
    """
    facilities = _facilities([entry for _, entry in person_entries], stamp)
    stays, states = _known(person_entries)
    recorded: list[RecordedStay] = []
    opened: list[StayState] = []
    by_key = _stays_by_key(stays.values(), states)
    for person, entry in person_entries:
        others = by_key[person.pk, entry.disease]
        if entry.beside and others:
            recorded.append(RecordedStay(person, others[0], new=False, changed=False))
            continue
        if not entry.beside:
            _supersede(others, states, stamp)
        key = (person.pk, entry.disease, entry.form, entry.started_on)
        new = key not in stays
        stay = stays.setdefault(key, _stay(person, entry, facilities, stamp))
        changed = new or _differs(states.get(stay.pk), entry)
        if changed:
            _close(states.get(stay.pk), stamp)
            states[stay.pk] = state = _state(stay, person, entry, stamp)
            opened.append(state)
        by_key[person.pk, entry.disease] = [stay, *(other for other in others if other is not stay)]
        recorded.append(RecordedStay(person, stay, new, changed and not new))
    balances.reopen(StayState, diseases=(state.disease for state in opened), since=stamp.at)
    Stay.objects.bulk_create((h.stay for h in recorded if h.new), batch_size=500)
    StayState.objects.bulk_create((state for state in opened if states.get(state.stay_id) is state), batch_size=500)
    return recorded


Key = tuple[int, str, str, date | None]


def _known(person_entries: Sequence[tuple[Person, StayEntry]]) -> tuple[dict[Key, Stay], dict[UUID, StayState]]:
    rows = list(Stay.objects.filter(person_id__in={person.pk for person, _ in person_entries}))
    stays = {(stay.person_id, stay.disease, stay.form, stay.started_on): stay for stay in rows}
    return stays, {state.stay_id: state for state in StayState.objects.filter(stay__in=rows, known_to=OPEN_END)}


def _stays_by_key(stays: Iterable[Stay], states: dict[UUID, StayState]) -> defaultdict[tuple[int, str], list[Stay]]:
    """The stays of each person that are believed."""
    found: defaultdict[tuple[int, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.pk in states:
            found[stay.person_id, stay.disease].append(stay)
    return found


def _supersede(others: Sequence[Stay], states: dict[UUID, StayState], stamp: Provenance) -> None:
    """What lists of contacts said of the person's stays is believed no more: a register tells of them now."""
    for stay in others:
        if stay.beside:
            _close(states.pop(stay.pk, None), stamp)


def _differs(state: StayState | None, entry: StayEntry) -> bool:
    return (
        state is None
        or (bool(entry.state) and state.state != entry.state)
        or (entry.ended_on is not None and state.ended_on != entry.ended_on)
    )


def _close(state: StayState | None, stamp: Provenance) -> None:
    """End a belief; one that began at this very moment was never held and goes."""
    if state is None or state.pk is None:
        return
    if state.known_from == stamp.at:
        state.delete()
    else:
        StayState.objects.filter(pk=state.pk).update(known_to=stamp.at)


def _stay(person: Person, entry: StayEntry, facilities: dict[str, Facility], stamp: Provenance) -> Stay:
    return Stay(
        person=person,
        disease=entry.disease,
        form=entry.form,
        place=entry.place[:200],
        facility=facilities.get(fold(entry.place)) if entry.form == QuarantineForm.CENTRAL else None,
        ground=entry.ground,
        day0=entry.day0,
        day0_basis=entry.day0_basis,
        started_on=entry.started_on,
        planned_end=entry.planned_end,
        reported_at=entry.reported_at,
        recorded_at=stamp.at,
        recorded_by=stamp.by,
        policy=stamp.policy,
        reason=entry.reason,
        source_row=entry.source_row,
        beside=entry.beside,
    )


def _state(stay: Stay, person: Person, entry: StayEntry, stamp: Provenance) -> StayState:
    return StayState(
        stay=stay,
        disease=entry.disease,
        form=entry.form,
        ground=entry.ground or stay.ground,
        state=entry.state,
        facility_id=stay.facility_id,
        started_on=entry.started_on,
        ended_on=entry.ended_on,
        area_path=person.area_path,
        known_from=stamp.at,
    )


def _facilities(entries: Sequence[StayEntry], stamp: Provenance) -> dict[str, Facility]:
    """The central sites the registers name, written down once."""
    names = {fold(e.place): e.place for e in entries if e.place and e.form == QuarantineForm.CENTRAL}
    if not names:
        return {}
    new = [Organisation(name=n[:160], name_key=k[:160], kind="quarantine_site", recorded_at=stamp.at) for k, n in names.items()]
    Organisation.objects.bulk_create(new, ignore_conflicts=True)
    places = Organisation.objects.filter(kind="quarantine_site", name_key__in=list(names))
    Facility.objects.bulk_create([Facility(organisation=place) for place in places], ignore_conflicts=True)
    return {f.organisation.name_key: f for f in Facility.objects.filter(organisation__in=places).select_related("organisation")}
