"""Nối hồ sơ không tên: a list knew a case by its number alone; another list tells whose number that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tienphuong.cases.services.duplicates import count_once
from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Person
from tienphuong.registry.services.identities import members, merge


@dataclass(frozen=True, slots=True)
class Named:
    """A person known by name and papers, and the nameless record under whose case number they are listed."""

    person: Person
    nameless: Person
    reason: str
    source_row: int | None = None


def name_nameless(named: Sequence[Named], *, actor: Viewer, at: datetime, policy: Pack) -> frozenset[int]:
    """Let the named person's record speak for the nameless one; says whose surroundings changed.

    A nameless record has nothing of its own but its number, age, sex and place: no fact is lost, and `take_back` undoes it.

    1 registry: one record speaks for both
    2 cases: two cases of one disease count once
    3 audit, with the row that told
    """
    touched: set[int] = set()
    for each in named:
        with in_turn():
            merged = merge(each.person, each.nameless, at=at, by=actor.user_id, reason=each.reason, source_row=each.source_row)
            if merged is None:
                continue
            count_once(members(merged.kept_id), at=at)
            facts: dict[str, object] = {"kept": str(each.person.uid), "nameless": str(each.nameless.uid), "reason": each.reason}
            audit.record("match.named", actor=actor, at=at, subject_kind="merge", subject_id=merged.pk, facts=facts, policy=policy.version)
            touched |= {merged.kept_id, merged.absorbed_id}
    return frozenset(touched)
