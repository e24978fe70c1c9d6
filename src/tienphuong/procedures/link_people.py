"""Nối tiếp xúc đang chờ: contacts that waited for somebody a list calls by code or by name, now that they are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.tracing.entries import ContactEntry
from tienphuong.tracing.models import Contact, PendingLink


@dataclass(frozen=True, slots=True)
class Answered:
    """A link that waited, and the number of the person it waited for."""

    link: PendingLink
    source: int


def link_people(answered: Sequence[Answered], *, actor: Viewer, at: datetime, policy: Pack, later: bool = False) -> frozenset[int]:
    """Make contacts of the links that waited; says whose surroundings changed.

    1 tracing: a contact for each link, with the interval and the words of the link
    2 the links keep the contact they became
    """
    answers = [answer for answer in answered if answer.source != answer.link.person_id]
    if not answers:
        return frozenset()
    with in_turn():
        pairs = [(answer.link.person, _entry(answer)) for answer in answers]
        made = register_contacts(pairs, actor=actor, at=at, policy=policy, later=later)
        for answer, item in zip(answers, made.recorded, strict=True):
            answer.link.contact = item.contact or _known(answer)
            answer.link.linked_at = at
        PendingLink.objects.bulk_update(
            [answer.link for answer in answers if answer.link.contact], ["contact", "linked_at"], batch_size=500
        )
    return made.touched | {answer.link.person_id for answer in answers}


def _entry(answer: Answered) -> ContactEntry:
    link = answer.link
    return ContactEntry(
        disease=link.disease,
        reported_at=link.reported_at,
        kind=link.kind,
        relation=link.relation,
        first=link.first,
        last=link.last,
        source_person=answer.source,
        original=link.original,
        source_row=link.source_row,
        reason=link.reason,
    )


def _known(answer: Answered) -> Contact | None:
    """The contact between the two that another row had told already."""
    return Contact.objects.filter(source_id=answer.source, person_id=answer.link.person_id, disease=answer.link.disease).first()
