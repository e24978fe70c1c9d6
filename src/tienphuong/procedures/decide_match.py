"""Quyết định hồ sơ trùng: two records are one person, or they are not; and taking that back."""

from datetime import datetime

from django.db import transaction

from tienphuong.cases.models import Case
from tienphuong.cases.services.duplicates import count_apart, count_once
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.registry.models import MatchProposal, Merge, Person
from tienphuong.registry.services.identities import decide, members, merge, unmerge
from tienphuong.tracing.models import Contact
from tienphuong.tracing.services.degrees import reclassify_around


def declare_same(proposal: MatchProposal, *, actor: Viewer, at: datetime, policy: Pack, reason: str = "") -> Merge | None:
    """Gộp hồ sơ: an officer says that both records are one person.

    1 the decision; None if somebody decided before
    2 registry: one record speaks for both
    3 cases: two cases of one disease count once
    4 tracing: degrees around the person
    5 audit
    """
    actor.require(Permission.DECIDE_MATCH, proposal.area_path)
    with transaction.atomic():
        if not decide(proposal, state="same", at=at, by=actor.user_id, reason=reason):
            return None
        merged = merge(proposal.left, proposal.right, at=at, by=actor.user_id, reason=reason)
        if merged:
            _settle(merged.kept_id, merged.absorbed_id, at=at, policy=policy, cause="merged")
        facts = {"left": str(proposal.left.uid), "right": str(proposal.right.uid), "score": proposal.score, "reason": reason}
        audit.record("match.same", actor=actor, at=at, subject_kind="match", subject_id=proposal.pk, facts=facts, policy=policy.version)
    return merged


def declare_different(proposal: MatchProposal, *, actor: Viewer, at: datetime, reason: str = "") -> bool:
    """Không trùng: an officer says that they are two people; the pair is not proposed again."""
    actor.require(Permission.DECIDE_MATCH, proposal.area_path)
    with transaction.atomic():
        done = decide(proposal, state="different", at=at, by=actor.user_id, reason=reason)
        if done:
            facts = {"left": str(proposal.left.uid), "right": str(proposal.right.uid), "reason": reason}
            audit.record("match.different", actor=actor, at=at, subject_kind="match", subject_id=proposal.pk, facts=facts)
    return done


def take_back(merged: Merge, *, actor: Viewer, at: datetime, policy: Pack, reason: str) -> bool:
    """Tách hồ sơ: the merge was wrong; everything stands as before it."""
    kept = Person.objects.get(pk=merged.kept_id)
    actor.require(Permission.DECIDE_MATCH, kept.area_path)
    with transaction.atomic():
        if not unmerge(merged, at=at, by=actor.user_id, reason=reason):
            return False
        count_apart(sorted(members(merged.kept_id)), merged.moved, at=at)
        MatchProposal.objects.filter(
            left_id__in=(merged.kept_id, merged.absorbed_id), right_id__in=(merged.kept_id, merged.absorbed_id)
        ).update(state="open", decided_at=None, decided_by=None, decision_reason="")
        _reclassify((merged.kept_id, merged.absorbed_id), at=at, policy=policy, cause="unmerged")
        audit.record(
            "match.undone", actor=actor, at=at, subject_kind="merge", subject_id=merged.pk, facts={"reason": reason}, policy=policy.version
        )
    return True


def _settle(kept: int, absorbed: int, *, at: datetime, policy: Pack, cause: str) -> None:
    count_once(members(kept), at=at)
    _reclassify((kept, absorbed), at=at, policy=policy, cause=cause)


def _reclassify(people: tuple[int, int], *, at: datetime, policy: Pack, cause: str) -> None:
    """Degrees around the person, in every disease in which he is a case or a contact. The absorbed record has none of its own."""
    everyone = set(people) | members(people[0]) | members(people[1])
    diseases = set(Case.objects.filter(person_id__in=everyone).values_list("disease", flat=True))
    for end in ("source_id__in", "person_id__in"):
        diseases |= set(Contact.objects.filter(**{end: everyone}).values_list("disease", flat=True))
    for disease in sorted(diseases):
        reclassify_around(people, policy=policy.disease(disease), at=at, cause=cause, whole_past=True)
