"""Writing contacts down: linked when the case is known, kept pending when it is not, linked by themselves when it comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.cases.models import CaseAlias
from tienphuong.core.any_of import AnyOf
from tienphuong.core.bulk import insert, write
from tienphuong.core.provenance import Provenance
from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ContactEntry, EventEntry
from tienphuong.tracing.models import Contact, ExposureEvent, IsolationRecord, PendingLink
from tienphuong.tracing.moments import EARLIEST, LATEST, minute_of

CHUNK = 500


@dataclass(frozen=True, slots=True)
class RecordedContact:
    """What hearing of a contact came to: a new contact, a link that waits for its case, or nothing new."""

    person: Person
    contact: Contact | None
    pending: PendingLink | None
    known: bool


def record_contacts(person_entries: Sequence[tuple[Person, ContactEntry]], *, stamp: Provenance) -> list[RecordedContact]:
    """Write down who was with whom, in the order given.

    1 find the people the case numbers stand for
    2 leave out what is known already (same two people, same interval)
    3 write contacts for those found, pending links for the rest
    """
    sources = _people_by_alias(
        {(entry.alias_key, entry.given_by) for _, entry in person_entries if entry.alias_key}, disease=_disease(person_entries)
    )
    events = _events(person_entries, stamp=stamp)
    known, waiting = _known(person_entries), _waiting(person_entries)
    recorded: list[RecordedContact] = []
    for person, entry in person_entries:
        source = entry.source_person or sources.get((entry.alias_key, entry.given_by))
        recorded.append(
            _contact(person, entry, source, known, events.get(entry.event), stamp) if source else _pending(person, entry, waiting, stamp)
        )
    insert(h.contact for h in recorded if h.contact and not h.known)
    insert(h.pending for h in recorded if h.pending and not h.known)
    note_isolation(
        [(person, entry.isolated_at, entry.source_row) for person, entry in person_entries], disease=_disease(person_entries), stamp=stamp
    )
    return recorded


def link_pending(*, alias_keys: Iterable[str], disease: str, stamp: Provenance) -> list[Contact]:
    """Link what waited for cases under these numbers, now that they are known."""
    open_links = PendingLink.objects.filter(alias_key__in=AnyOf(alias_keys), disease=disease).select_related("person")
    # Linked ones are left out here, not in the query: a database may walk through everything that still waits.
    waiting = [link for link in open_links if link.contact_id is None]
    sources = _people_by_alias({(link.alias_key, link.given_by) for link in waiting}, disease=disease)
    made: list[Contact] = []
    for link in waiting:
        source = sources.get((link.alias_key, link.given_by))
        if source is None or source == link.person_id:
            continue
        contact = Contact(
            disease=disease,
            source_id=source,
            person=link.person,
            kind=link.kind,
            relation=link.relation,
            first_minute=minute_of(link.first, unknown=EARLIEST),
            last_minute=minute_of(link.last, unknown=LATEST),
            reported_at=link.reported_at,
            recorded_at=stamp.at,
            recorded_by=stamp.by,
            policy=stamp.policy,
            reason=sentence("ca bệnh {number} đã có hồ sơ", number=link.original)[:300],
            source_row=link.source_row,
        )
        link.contact, link.linked_at = contact, stamp.at
        made.append(contact)
    insert(made)
    PendingLink.objects.bulk_update([link for link in waiting if link.contact], ["contact", "linked_at"], batch_size=CHUNK)
    return made


def note_isolation(isolated: Iterable[tuple[Person, datetime | None, int | None]], *, disease: str, stamp: Provenance) -> None:
    """From when on people could pass nothing on; hearing the same moment again appends nothing."""
    wanted = {person.pk: (moment, row) for person, moment, row in isolated if moment}
    known = set(IsolationRecord.objects.filter(person_id__in=AnyOf(wanted), disease=disease).values_list("person_id", "isolated_at"))
    new = ((number, moment, moment, row) for number, (moment, row) in wanted.items() if (number, moment) not in known)
    shared = {"disease": disease, "reported_at": stamp.at, **stamp.columns}
    write(IsolationRecord, ("person_id", "isolated_at", "event_at", "source_row"), new, shared=shared)


def _disease(person_entries: Sequence[tuple[Person, ContactEntry]]) -> str:
    return person_entries[0][1].disease if person_entries else ""


def _people_by_alias(wanted: set[tuple[str, str]], *, disease: str) -> dict[tuple[str, str], int]:
    """Whom (number, numbered by) stands for. A sender's own numbering is asked first; a number two cases bear stands for nobody."""
    if not wanted:
        return {}
    aliases = CaseAlias.objects.filter(key__in=AnyOf({key for key, _ in wanted}), case__disease=disease)
    bearers: dict[str, set[tuple[str, int]]] = {}
    for key, given_by, number, identity in aliases.values_list("key", "given_by", "case__person_id", "case__person__identity_id"):
        bearers.setdefault(key, set()).add((given_by, identity or number))
    found: dict[tuple[str, str], int] = {}
    for key, given_by in wanted:
        own = {number for by, number in bearers.get(key, ()) if by == given_by}
        anybody = {number for _, number in bearers.get(key, ())}
        chosen = own or anybody
        if len(chosen) == 1:
            found[key, given_by] = next(iter(chosen))
    return found


def _interval(entry: ContactEntry) -> tuple[int, int]:
    first, last = minute_of(entry.first, unknown=EARLIEST), minute_of(entry.last, unknown=LATEST)
    return (first, last) if first <= last else (last, first)


def _known(person_entries: Sequence[tuple[Person, ContactEntry]]) -> set[tuple[int, int, int, int]]:
    rows = Contact.objects.filter(
        person_id__in=AnyOf({person.pk for person, _ in person_entries}), disease=_disease(person_entries), withdrawn_at=None
    )
    return set(rows.values_list("source_id", "person_id", "first_minute", "last_minute"))


def _waiting(person_entries: Sequence[tuple[Person, ContactEntry]]) -> set[tuple[int, str, int | None]]:
    rows = PendingLink.objects.filter(person_id__in=AnyOf({person.pk for person, _ in person_entries}), disease=_disease(person_entries))
    waiting = rows.values_list("person_id", "alias_key", "reported_degree", "contact_id")
    return {(person, key, degree) for person, key, degree, contact in waiting if contact is None}


def _contact(
    person: Person, entry: ContactEntry, source: int, known: set[tuple[int, int, int, int]], event: ExposureEvent | None, stamp: Provenance
) -> RecordedContact:
    first, last = _interval(entry)
    key = (source, person.pk, first, last)
    if key in known or source in (person.pk, person.identity_id):
        return RecordedContact(person, None, None, known=True)
    known.add(key)
    contact = Contact(
        disease=entry.disease,
        source_id=source,
        person=person,
        kind=entry.kind,
        relation=entry.relation[:60],
        first_minute=first,
        last_minute=last,
        event=event,
        event_at=entry.last,
        **_stamped(entry, stamp),
    )
    return RecordedContact(person, contact, None, known=False)


def _pending(person: Person, entry: ContactEntry, waiting: set[tuple[int, str, int | None]], stamp: Provenance) -> RecordedContact:
    key = (person.pk, entry.alias_key, entry.reported_degree)
    if key in waiting:
        return RecordedContact(person, None, None, known=True)
    waiting.add(key)
    link = PendingLink(
        disease=entry.disease,
        person=person,
        alias_key=entry.alias_key[:60],
        original=entry.original[:200],
        given_by=entry.given_by[:60],
        reported_degree=entry.reported_degree,
        kind=entry.kind,
        relation=entry.relation[:60],
        first=entry.first,
        last=entry.last,
        area_path=person.area_path,
        **_stamped(entry, stamp),
    )
    return RecordedContact(person, None, link, known=False)


def _stamped(entry: ContactEntry, stamp: Provenance) -> dict[str, object]:
    return {
        "reported_at": entry.reported_at,
        "recorded_at": stamp.at,
        "recorded_by": stamp.by,
        "policy": stamp.policy,
        "reason": entry.reason,
        "source_row": entry.source_row,
    }


def _events(person_entries: Sequence[tuple[Person, ContactEntry]], *, stamp: Provenance) -> dict[EventEntry | None, ExposureEvent]:
    """The exposure events the entries name, each written once."""
    named = {entry.event: entry for _, entry in person_entries if entry.event}
    if not named:
        return {}
    keys = {fold(event.place) for event in named if event}
    known = {(e.place_key, e.first, e.last): e for e in ExposureEvent.objects.filter(place_key__in=keys, disease=_disease(person_entries))}
    events: dict[EventEntry | None, ExposureEvent] = {}
    new: list[ExposureEvent] = []
    for event, entry in named.items():
        assert event is not None
        key = (fold(event.place), event.first, event.last)
        if key not in known:
            known[key] = _event(event, entry, stamp)
            new.append(known[key])
        events[event] = known[key]
    insert(new)
    return events


def _event(event: EventEntry, entry: ContactEntry, stamp: Provenance) -> ExposureEvent:
    ordered = event.first is None or event.last is None or event.first <= event.last
    first, last = (event.first, event.last) if ordered else (event.last, event.first)
    return ExposureEvent(
        disease=entry.disease,
        place=event.place[:200],
        place_key=fold(event.place)[:200],
        address=event.address[:300],
        first=first,
        last=last,
        activity=event.activity[:200],
        setting=event.setting[:30],
        number_present=event.number_present,
        event_at=event.first,
        **_stamped(entry, stamp),
    )
