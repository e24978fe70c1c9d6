"""Quyết định giá trị mâu thuẫn: a later list contradicts a record; an officer keeps the value in force, or takes the list's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tienphuong.cases.entries import CaseEntry
from tienphuong.cases.services.disagreements import read_back
from tienphuong.cases.terms import Evidence
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import local
from tienphuong.core.policy import pack_at
from tienphuong.core.turns import in_turn
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.models import Contradiction
from tienphuong.registry.services.contradictions import reopen, settle
from tienphuong.registry.terms import OF_THE_CASE, Aspect, ContradictionState
from tienphuong.tracing.services.inputs import day_start


def keep_values(found: Sequence[Contradiction], *, actor: Viewer, at: datetime, reason: str = "") -> list[Contradiction]:
    """Giữ giá trị đang có: says of which; those somebody decided before are left as they are."""
    return _settle(found, take=False, actor=actor, at=at, reason=reason)


def take_values(found: Sequence[Contradiction], *, actor: Viewer, at: datetime, reason: str = "") -> list[Contradiction]:
    """Lấy giá trị của danh sách: the record says from now on what the row says; the value it said before is kept beside."""
    return _settle(found, take=True, actor=actor, at=at, reason=reason)


def take_decisions_back(found: Sequence[Contradiction], *, actor: Viewer, at: datetime) -> list[Contradiction]:
    """Hoàn tác: the value before is in force again and the question open; not where another value came into force since."""
    done = []
    for one in found:
        actor.require(Permission.DECIDE_MATCH, one.area_path)
        with in_turn():
            value = one.replaced if one.state == ContradictionState.TAKEN else ""
            if reopen(one):
                _register(one, value, actor=actor, at=at, reason="hoàn tác quyết định về giá trị mâu thuẫn")
                _record("contradiction.reopened", one, actor=actor, at=at)
                done.append(one)
    return done


def _settle(found: Sequence[Contradiction], *, take: bool, actor: Viewer, at: datetime, reason: str) -> list[Contradiction]:
    """Each in a transaction of its own: the value, and the audit entry that says from what to what."""
    done = []
    for one in found:
        actor.require(Permission.DECIDE_MATCH, one.area_path)
        with in_turn():
            if settle(one, take=take, at=at, by=actor.user_id, reason=reason):
                _register(one, one.reported if take else "", actor=actor, at=at, reason=reason or "cán bộ lấy giá trị của danh sách")
                _record("contradiction.taken" if take else "contradiction.kept", one, actor=actor, at=at, reason=reason)
                done.append(one)
    return done


def _register(one: Contradiction, value: str, *, actor: Viewer, at: datetime, reason: str) -> None:
    """Put a value of a case in force: a record with its reason, after which figures and degrees follow."""
    aspect, policy = Aspect(one.aspect), pack_at(local(at).date())
    if not value or aspect not in OF_THE_CASE:
        return
    word, day = read_back(value)
    entry = CaseEntry(disease=one.disease, reported_at=at, reason=reason[:300])
    if aspect is Aspect.CLASSIFICATION:
        entry = replace(entry, classification=word, evidence=Evidence.REVIEW)
    else:
        entry = replace(entry, outcome=word, outcome_at=min(day_start(day), at) if day else None)
    register_cases([(one.person, entry)], actor=actor, at=at, policy=policy)


def _record(act: str, one: Contradiction, *, actor: Viewer, at: datetime, reason: str = "") -> None:
    facts: dict[str, object] = {"person": str(one.person.uid), "aspect": one.aspect, "reason": audit.marked(reason)}
    audit.record(act, actor=actor, at=at, subject_kind="contradiction", subject_id=one.pk, facts=facts)
