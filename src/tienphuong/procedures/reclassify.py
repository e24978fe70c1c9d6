"""Phân loại lại: degrees after many acts at once, and the nightly check of everybody."""

from collections.abc import Iterable
from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.tracing.services.degrees import DegreeChange, Difference, recheck, reclassify_around


def reclassify(
    changed: Iterable[int], *, disease: str, actor: Viewer, at: datetime, policy: Pack, cause: str, whole_past: bool = False
) -> list[DegreeChange]:
    """Re-compute degrees around these people in one act."""
    with in_turn():
        changes = reclassify_around(changed, policy=policy.disease(disease), at=at, cause=cause, whole_past=whole_past)
        if changes:
            audit.record("degrees.changed", actor=actor, at=at, facts={"cause": cause, "people": len(changes)}, policy=policy.version)
    return changes


def recheck_degrees(*, disease: str, actor: Viewer, at: datetime, policy: Pack) -> list[Difference]:
    """Re-compute everybody, report what differs from the stored degrees, and correct it."""
    differences = recheck(policy=policy.disease(disease))
    facts = {"differences": len(differences), "first": [d.person for d in differences[:20]]}
    audit.record("degrees.rechecked", actor=actor, at=at, facts=facts, policy=policy.version)
    if differences:
        people = [difference.person for difference in differences]
        reclassify(people, disease=disease, actor=actor, at=at, policy=policy, cause="recheck", whole_past=True)
    return differences
