"""Ghi nhận ca bệnh: a case is told to the post, by a row of a list or a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.register import RecordedCase, record_cases
from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Person
from tienphuong.tracing.services.contacts import link_pending, note_isolation
from tienphuong.tracing.services.degrees import DegreeChange, reclassify_around


@dataclass(frozen=True, slots=True)
class RegisteredCases:
    """What the act came to: each case as heard, people whose surroundings changed, and degrees if they were re-computed."""

    recorded: list[RecordedCase]
    touched: frozenset[int]
    degrees: list[DegreeChange]


def register_cases(
    person_entries: Sequence[tuple[Person, CaseEntry]],
    *,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    later: bool = False,
    learned_at: datetime | None = None,
) -> RegisteredCases:
    """Write cases of one disease down.

    1 cases: open or find each, append what is news
    2 tracing: from when on each was isolated; contacts that waited for these numbers are linked
    3 tracing: degrees around whoever changed, unless the caller does so once for many acts (`later`)
    `heard_at`: when the rows were first heard, where they are heard again
    4 audit
    """
    if not person_entries:
        return RegisteredCases([], frozenset(), [])
    disease = person_entries[0][1].disease
    stamp = Provenance(at, actor.user_id, policy.version, learned_at)
    with in_turn():
        recorded = record_cases(person_entries, stamp=stamp, again_after=policy.reinfection_days(disease))
        note_isolation(((p, e.isolated_at, e.source_row) for p, e in person_entries), disease=disease, stamp=stamp)
        linked = link_pending(
            alias_keys={alias.key for _, entry in person_entries for alias in entry.aliases}, disease=disease, stamp=stamp
        )
        touched = {item.person.pk for item in recorded if item.changed} | {n for c in linked for n in (c.source_id, c.person_id)}
        changes = [] if later else reclassify_around(touched, policy=policy.disease(disease), at=at, cause="confirmed")
        _audit(recorded, actor=actor, at=at, policy=policy)
    return RegisteredCases(recorded, frozenset(touched), changes)


def _audit(recorded: Sequence[RecordedCase], *, actor: Viewer, at: datetime, policy: Pack) -> None:
    """One entry for a case by itself, one for a batch: the batch's rows are kept with their file."""
    news = [item for item in recorded if item.changed]
    if len(news) == 1:
        item = news[0]
        facts = {
            "before": item.before.classification if item.before else "",
            "after": item.after.classification,
            "outcome": item.after.outcome,
        }
        audit.record("case.recorded", actor=actor, at=at, subject_kind="case", subject_id=item.case.id, facts=facts, policy=policy.version)
    elif news:
        audit.record("cases.recorded", actor=actor, at=at, facts={"reported": len(recorded), "news": len(news)}, policy=policy.version)
