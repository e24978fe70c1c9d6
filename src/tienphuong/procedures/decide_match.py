"""Quyết định hồ sơ trùng: two records are one person, or they are not; and taking that back."""

from datetime import datetime
from uuid import UUID

from tienphuong.cases.models import Case
from tienphuong.cases.services.duplicates import count_once
from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import MatchProposal, Merge, Person
from tienphuong.registry.services.identities import canonical_ids_of, decide, members, merge, reopen_decisions, unmerge
from tienphuong.tracing.models import Contact
from tienphuong.tracing.services.degrees import reclassify_around


def declare_same(
    proposal: MatchProposal, *, actor: Viewer, at: datetime, policy: Pack, reason: str = "", act_id: UUID | None = None
) -> Merge | None:
    """Gộp hồ sơ: an officer says that both records are one person. The same act (`act_id`) twice is one.

    1 the decision; None if somebody decided before
    2 registry: one record speaks for both
    3 cases: two cases of one disease count once
    4 tracing: degrees around the person
    5 audit
    """
    _require_both(proposal, actor=actor)
    with in_turn():
        if before := audit.done(act_id, "match.same"):
            return Merge.objects.filter(pk=str(before.facts["merge"])).first() if before.facts["merge"] else None
        if not decide(proposal, state="same", at=at, by=actor.user_id, reason=reason):
            return None
        merged = merge(proposal.left, proposal.right, at=at, by=actor.user_id, reason=reason)
        if merged:
            everyone = members(merged.kept_id)
            count_once(everyone, at=at)
            _reclassify(everyone, at=at, policy=policy, cause="merged")
        facts = _pair(proposal) | {"score": proposal.score, "reason": audit.marked(reason), "merge": str(merged.pk) if merged else ""}
        subject, version = {"subject_kind": "match", "subject_id": str(proposal.pk)}, policy.version
        audit.record("match.same", actor=actor, at=at, **subject, facts=facts, policy=version, act_id=act_id)
    return merged


def declare_different(proposal: MatchProposal, *, actor: Viewer, at: datetime, reason: str = "", act_id: UUID | None = None) -> bool:
    """Không trùng: an officer says that they are two people; the pair is not proposed again."""
    _require_both(proposal, actor=actor)
    with in_turn():
        if audit.done(act_id, "match.different"):
            return True
        done = decide(proposal, state="different", at=at, by=actor.user_id, reason=reason)
        if done:
            subject, facts = {"subject_kind": "match", "subject_id": str(proposal.pk)}, _pair(proposal) | {"reason": audit.marked(reason)}
            audit.record("match.different", actor=actor, at=at, **subject, facts=facts, act_id=act_id)
    return done


def take_back(merged: Merge, *, actor: Viewer, at: datetime, policy: Pack, reason: str, act_id: UUID | None = None) -> bool:
    """Tách hồ sơ: the merge was wrong; everything stands as before it."""
    kept = Person.objects.get(pk=merged.kept_id)
    actor.require(Permission.DECIDE_MATCH, kept.area_path)
    with in_turn():
        if audit.done(act_id, "match.undone"):
            return True
        if not unmerge(merged, at=at, by=actor.user_id, reason=reason):
            return False
        canonical = canonical_ids_of((merged.kept_id, merged.absorbed_id))
        group, apart = (members(canonical_id) for canonical_id in canonical.values())
        count_once(group | apart, at=at)
        reopen_decisions(group, apart)
        _reclassify(group | apart, at=at, policy=policy, cause="unmerged")
        subject, version = {"subject_kind": "merge", "subject_id": str(merged.pk)}, policy.version
        audit.record("match.undone", actor=actor, at=at, **subject, facts={"reason": audit.marked(reason)}, policy=version, act_id=act_id)
    return True


def _require_both(proposal: MatchProposal, *, actor: Viewer) -> None:
    """Whoever makes one person of two learns of both, so they answer for the areas of both. Who lives nowhere known is of the doubt's area."""
    for path in {proposal.left.area_path or proposal.area_path, proposal.right.area_path or proposal.area_path, proposal.area_path}:
        actor.require(Permission.DECIDE_MATCH, path)


def _pair(proposal: MatchProposal) -> dict[str, object]:
    return {"left": str(proposal.left.uid), "right": str(proposal.right.uid)}


def _reclassify(people: set[int], *, at: datetime, policy: Pack, cause: str) -> None:
    """Degrees around the person, in every disease in which they are a case or a contact. An absorbed record has none of its own."""
    diseases = set(Case.objects.filter(person_id__in=people).values_list("disease", flat=True))
    for end in ("source_id__in", "person_id__in"):
        diseases |= set(Contact.objects.filter(**{end: people}).values_list("disease", flat=True))
    for disease in sorted(diseases):
        reclassify_around(people, policy=policy.disease(disease), at=at, cause=cause, whole_past=True)
