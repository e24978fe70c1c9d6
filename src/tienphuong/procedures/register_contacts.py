"""Ghi nhận người tiếp xúc: who was with a case or with a contact, where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Person
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.services.contacts import RecordedContact, record_contacts
from tienphuong.tracing.services.degrees import DegreeChange, reclassify_around


@dataclass(frozen=True, slots=True)
class RegisteredContacts:
    """What the act came to."""

    recorded: list[RecordedContact]
    touched: frozenset[int]
    degrees: list[DegreeChange]


def register_contacts(
    person_entries: Sequence[tuple[Person, ContactEntry]], *, actor: Viewer, at: datetime, policy: Pack, later: bool = False
) -> RegisteredContacts:
    """Write contacts of one disease down.

    1 tracing: contacts with those the post knows, pending links for the rest
    2 tracing: degrees around both ends, unless the caller does so once for many acts (`later`)
    3 audit
    """
    if not person_entries:
        return RegisteredContacts([], frozenset(), [])
    disease = person_entries[0][1].disease
    with in_turn():
        recorded = record_contacts(person_entries, stamp=Provenance(at, actor.user_id, policy.version))
        touched = {number for item in recorded if not item.known for number in _ends(item)}
        changes = [] if later else reclassify_around(touched, policy=policy.disease(disease), at=at, cause="late_contact")
        if touched:
            audit.record("contacts.recorded", actor=actor, at=at, facts=_counts(recorded), policy=policy.version)
    return RegisteredContacts(recorded, frozenset(touched), changes)


def _ends(item: RecordedContact) -> tuple[int, ...]:
    return (item.contact.source_id, item.contact.person_id) if item.contact else (item.person.pk,)


def _counts(recorded: Sequence[RecordedContact]) -> dict[str, object]:
    return {
        "reported": len(recorded),
        "contacts": sum(item.contact is not None for item in recorded),
        "pending": sum(item.pending is not None for item in recorded),
    }
