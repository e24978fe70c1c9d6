"""Daily checks done, and people handed to another locality."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tienphuong.core.provenance import Provenance
from tienphuong.registry.models import Area, Person
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.models import FollowUp, Referral
from tienphuong.tracing.terms import FollowUpState, ReferralState


def write_follow_up(
    person_entries: Sequence[tuple[Person, FollowUpEntry]], *, stamp: Provenance, act_id: UUID | None = None
) -> list[tuple[FollowUp, bool]]:
    """The checks, and whether each was news: one person, one day, one state is told once; of an act told twice, what was news then.

    The word "due" takes back what was recorded for the day; what is told after that is news again.
    """
    people, days = {person.pk for person, _ in person_entries}, {entry.day for _, entry in person_entries}
    rows = FollowUp.objects.filter(person_id__in=people, day__in=days).order_by("recorded_at", "id")
    known = {(row.person_id, row.disease, row.day, row.state): row for row in rows}
    latest = {(row.person_id, row.disease, row.day): row.state for row in rows}
    numbers = Counter({(row.person_id, row.disease, row.day): row.number for row in rows.order_by("number")})
    recorded: list[tuple[FollowUp, bool]] = []
    for person, entry in person_entries:
        day = (person.pk, entry.disease, entry.day)
        last = latest.get(day, FollowUpState.DUE)
        news = (*day, entry.state) not in known if last != FollowUpState.DUE else entry.state != FollowUpState.DUE
        if news or (entry.state == FollowUpState.DUE and last != FollowUpState.DUE):
            news, latest[day] = True, entry.state
            numbers[day] += 1
            known[*day, entry.state] = _follow_up(person, entry, stamp, number=numbers[day], act_id=act_id)
        recorded.append((known.get((*day, entry.state)) or _follow_up(person, entry, stamp), news))
    FollowUp.objects.bulk_create((row for row, news in recorded if news), batch_size=500)
    return [(row, news or (act_id is not None and row.act_id == act_id)) for row, news in recorded]


def _follow_up(person: Person, entry: FollowUpEntry, stamp: Provenance, *, number: int = 1, act_id: UUID | None = None) -> FollowUp:
    return FollowUp(
        number=number,
        act_id=act_id,
        person=person,
        disease=entry.disease,
        day=entry.day,
        state=entry.state,
        temperature=entry.temperature,
        symptoms=entry.symptoms[:200],
        reported_at=entry.reported_at,
        recorded_at=stamp.at,
        recorded_by=stamp.by,
        policy=stamp.policy,
        reason=entry.reason,
        source_row=entry.source_row,
    )


def write_referral(
    person: Person, *, to: Area, from_path: str, disease: str, degree: int | None, stamp: Provenance, reason: str = ""
) -> tuple[Referral, bool]:
    """Hand a person to another locality, and whether it is new: sending the same one again finds the open hand-over."""
    return Referral.objects.get_or_create(
        person=person,
        disease=disease,
        to_area=to,
        state=ReferralState.SENT,
        defaults={
            "degree": degree,
            "from_path": from_path,
            "to_path": to.path,
            "reason": reason,
            "reported_at": stamp.at,
            "recorded_at": stamp.at,
            "recorded_by": stamp.by,
            "policy": stamp.policy,
        },
    )


def write_answer(referral: Referral, *, state: ReferralState, at: datetime, by: str, answer: str = "") -> bool:
    """The other side's answer; False if it had answered before."""
    open_one = Referral.objects.filter(pk=referral.pk, state=ReferralState.SENT)
    return bool(open_one.update(state=state, answered_at=at, answered_by=by[:120], answer=answer[:300]))
