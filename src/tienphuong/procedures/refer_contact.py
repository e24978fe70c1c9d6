"""Chuyển người tiếp xúc cho địa phương khác: sent, and acknowledged or returned by the other side."""

from datetime import datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.deadlines import Subject, meet_deadlines, open_deadlines
from tienphuong.core.policy import Pack
from tienphuong.core.provenance import Provenance
from tienphuong.core.rules.deadlines import DueDate, deadline_for
from tienphuong.core.rules.terms import DeadlineKind
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area, Person
from tienphuong.tracing.models import Referral
from tienphuong.tracing.services.follow_up import write_answer, write_referral
from tienphuong.tracing.terms import ReferralState


def refer_contact(
    person: Person, *, to: Area, disease: str, degree: int | None, actor: Viewer, at: datetime, policy: Pack, reason: str = ""
) -> Referral:
    """Hand a person to the locality where they live."""
    actor.require(Permission.RECORD_CONTACT)
    with in_turn():
        stamp = Provenance(at, actor.user_id, policy.version)
        referral, new = write_referral(person, to=to, from_path=actor.home, disease=disease, degree=degree, stamp=stamp, reason=reason)
        facts = {"to": to.name, "degree": degree}
        if new:
            _open_answer(referral, to, at=at, policy=policy)
            audit.record(
                "referral.sent", actor=actor, at=at, subject_kind="person", subject_id=person.uid, facts=facts, policy=policy.version
            )
    return referral


def _open_answer(referral: Referral, to: Area, *, at: datetime, policy: Pack) -> None:
    """The receiving locality has its time to answer, where the pack gives one."""
    due = deadline_for(DeadlineKind.REFERRAL, started_at=at, policy=policy)
    if isinstance(due, DueDate):
        open_deadlines([(Subject(kind="referral", id=referral.pk, area_path=to.path, escalates_to=to.full_name), due)])


def answer_referral(referral: Referral, *, accept: bool, answer: str, actor: Viewer, at: datetime) -> bool:
    """The receiving locality takes the person on, or returns them with the reason; False if it had answered before."""
    actor.require(Permission.RECORD_CONTACT, referral.to_path)
    state = ReferralState.ACKNOWLEDGED if accept else ReferralState.RETURNED
    with in_turn():
        done = write_answer(referral, state=state, at=at, by=actor.name, answer=answer)
        if done:
            meet_deadlines(DeadlineKind.REFERRAL, subject_kind="referral", subjects=[referral.pk], at=at)
            facts = {"state": state, "answer": audit.marked(answer)}
            audit.record("referral.answered", actor=actor, at=at, subject_kind="referral", subject_id=referral.pk, facts=facts)
    return done
