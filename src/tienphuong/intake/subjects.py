"""Trả lời người hỏi dữ liệu của mình: everything the post holds of one person as one paper, and what they ask to have corrected."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.access_report import accesses_of
from tienphuong.core.turns import in_turn
from tienphuong.intake.queries import provenance_of
from tienphuong.procedures.open_person import Dossier, open_person
from tienphuong.registry.models import CorrectionRequest, Person
from tienphuong.registry.queries.contradictions import contradictions_of
from tienphuong.registry.queries.identities import person_behind

NEEDED: Final = (Permission.SEE_PERSON, Permission.SEE_IDENTITY, Permission.SEE_CLINICAL)
LONGEST: Final = 500
# Inner numbers, and what would identify somebody else: the paper is the person's own.
_LEFT_OUT: Final = frozenset(
    {"number", "numbers", "source_row", "row_id", "by", "uid", "id", "other", "members", "merges", "via", "person", "hidden", "reason"}
)


def data_of(uid: UUID, *, actor: Viewer, at: datetime) -> dict[str, Any] | None:
    """What the post holds of a person, in plain values; None when there is none or they are out of reach.

    1 the officer may see all of it where the person lives: half a paper is no answer
    2 every package's part; of others only that there was somebody, of which area
    3 what senders wrote, what contradicts, what was asked to be corrected, who looked
    4 audit
    """
    records = person_behind(actor, uid=uid)
    if not records or not actor.may(Permission.SEE_PERSON, records[0].area_path):
        return None
    for permission in NEEDED:
        actor.require(permission, records[0].area_path)
    dossier = open_person(uid, viewer=actor, at=at)
    assert dossier is not None, "in reach, as asked above"
    audit.note("subject.answered", actor=actor, at=at, subject_kind="person", subject_id=dossier.identity.person.uid, facts={"rows": 1})
    return _paper(dossier, records, actor=actor, at=at)


def _paper(dossier: Dossier, records: tuple[Person, ...], *, actor: Viewer, at: datetime) -> dict[str, Any]:
    identity, people = dossier.identity, list(records)
    sources = provenance_of(actor, people=people)
    looks = accesses_of(actor, subjects=[str(record.uid) for record in people], words=_marks(dossier))
    return {
        "made_at": at.isoformat(),
        "made_by": actor.name,
        "person": {"name": identity.person.name, "sex": identity.person.sex, "birth": _plain(identity.person.birth), "area": identity.person.area},
        "nationality": identity.nationality,
        "occupation": identity.occupation,
        "papers": _plain(identity.papers),
        "phones": _plain(identity.phones),
        "addresses": _plain(identity.addresses),
        "household": identity.household.code if identity.household else "",
        "records": _plain(identity.records),
        "cases": _plain(dossier.cases),
        "samples": _plain(dossier.samples),
        "degrees": _plain(dossier.degrees),
        "contacts": [{**_plain(line), "with": line.other.area} for line in dossier.meetings],
        "arrivals": _plain(dossier.arrivals),
        "checks": _plain(dossier.checks),
        "stays": _plain(dossier.stays),
        "contradictions": _plain(contradictions_of(actor, numbers=identity.numbers)),
        "lists": [{"file": one.file, "sender": one.sender, "received_at": one.received_at.isoformat(), "cells": {target: text for target, (_column, text) in one.cells.items()}} for one in sources],
        "corrections": [{"asked_at": one.asked_at.isoformat(), "request": one.request, "state": one.state, "answer": one.answer} for one in corrections_of(actor, people=people)],
        "looked_at": [{"at": one.at.isoformat(), "officer": one.officer, "area": one.area, "act": one.act} for one in looks],
    }  # fmt: skip


def _marks(dossier: Dossier) -> list[str]:
    """The marks that a search for the person left in the audit."""
    identity = dossier.identity
    words = {identity.person.name, *(line.number for line in identity.phones), *(line.number for line in identity.papers)}
    return [audit.marked(word) for word in sorted(words) if word]


def _plain(value: Any) -> Any:
    """Dates and words as text, and only what is of the person."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            key: _plain(one)
            for key, one in ((name, getattr(value, name)) for name in asdict(value))
            if (key not in _LEFT_OUT or _is_of_a_paper(key, one)) and one not in ("", None, ())
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if key not in _LEFT_OUT}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def _is_of_a_paper(key: str, value: Any) -> bool:
    """Whether a number is that of a paper or telephone, which is text, and not that of a record."""
    return key == "number" and isinstance(value, str)


def corrections_of(viewer: Viewer, *, people: list[Person]) -> list[CorrectionRequest]:
    """What was asked about these records, oldest first."""
    del viewer  # asked of whoever may open the person
    return list(CorrectionRequest.objects.filter(person__in=people).order_by("asked_at", "pk"))


def ask_correction(uid: UUID, request: str, *, actor: Viewer, at: datetime, act_id: UUID | None = None) -> CorrectionRequest | None:
    """Write down what a person asks to have corrected; None when there is none or they are out of reach. The same act twice is one.

    1 the officer answers for the records of the area
    2 the request, open until somebody decided
    3 audit
    """
    records = person_behind(actor, uid=uid)
    if not records or not actor.may(Permission.SEE_PERSON, records[0].area_path):
        return None
    person = records[0]
    actor.require(Permission.DECIDE_MATCH, person.area_path)
    with in_turn():
        known = CorrectionRequest.objects.filter(act_id=act_id).first() if act_id else None
        if known is None:
            asked = {"asked_at": at, "asked_by": actor.user_id, "asked_by_name": actor.name[:120], "act_id": act_id}
            known = CorrectionRequest.objects.create(person=person, area_path=person.area_path, request=request.strip()[:LONGEST], **asked)
            audit.record(
                "correction.asked",
                actor=actor,
                at=at,
                subject_kind="person",
                subject_id=person.uid,
                facts={"request": audit.marked(request)},
            )
    return known


def answer_correction(request_id: UUID, *, done: bool, answer: str, actor: Viewer, at: datetime) -> UUID | None:
    """Whether a request was followed or not, with the answer; whose it was, None if there is none in reach or it was answered before.

    1 the officer answers for the records of the area
    2 the answer, once
    3 audit
    """
    found = (
        CorrectionRequest.objects.filter(actor.scope(Permission.DECIDE_MATCH), pk=request_id, state="open").select_related("person").first()
    )
    if found is None:
        return None
    with in_turn():
        decided = {
            "state": "done" if done else "refused",
            "answer": answer.strip()[:LONGEST],
            "decided_at": at,
            "decided_by_name": actor.name[:120],
        }
        if not CorrectionRequest.objects.filter(pk=found.pk, state="open").update(**decided):
            return None
        facts = {"state": decided["state"], "answer": audit.marked(answer)}
        audit.record("correction.answered", actor=actor, at=at, subject_kind="person", subject_id=found.person.uid, facts=facts)
    return found.person.uid
