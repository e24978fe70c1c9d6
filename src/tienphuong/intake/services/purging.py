"""Xóa dữ liệu hết thời hạn lưu giữ: the machine proposes by counts, a named officer decides, the worker purges in short acts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django_tasks_db.models import DBTaskResult

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer, is_widest
from tienphuong.core.clock import local
from tienphuong.core.models import Purge
from tienphuong.core.policy import Pack, pack
from tienphuong.core.policy.terms import Kept
from tienphuong.core.refusal import Refusal
from tienphuong.core.turns import in_turn
from tienphuong.intake.services.due import Ground, counted, due_lists, due_people
from tienphuong.intake.services.forgetting import forget_file, forget_people

LONGEST_REASON = 300


class PurgeRefused(Exception):
    """A purge that cannot be proposed or decided as asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def propose_purge(area: Any, *, actor: Viewer, at: datetime, policy: Pack) -> Purge:
    """What of an area has been kept for its time, as counts, for an officer to decide; the one that waits already, if there is one.

    1 counted by the rules of the day
    2 kept with its day: it purges what was over on that day
    3 audit
    """
    actor.require(Permission.PURGE, area.path)
    day = local(at).date()
    if waiting := Purge.objects.filter(area_path=area.path, state__in=("proposed", "decided")).first():
        return waiting
    due = counted(Ground(area.path, is_widest(area.path), policy, day))
    with in_turn():
        values = {"area_name": area.full_name, "policy": policy.version, "day": day, "due": due, "proposed_at": at}
        by = {"proposed_by": actor.user_id, "proposed_by_name": actor.name[:120]}
        found, new = Purge.objects.get_or_create(area_path=area.path, state="proposed", defaults=values | by)
        if new:
            audit.record(
                "purge.proposed", actor=actor, at=at, subject_kind="purge", subject_id=found.pk, facts=dict(due), policy=policy.version
            )
    return found


def decide_purge(purge: Purge, *, accept: bool, actor: Viewer, at: datetime, reason: str, act_id: UUID | None = None) -> Purge:
    """A named officer decides a proposed purge, with a reason. The same act twice is one.

    1 a person, not the post: what is purged does not come back
    2 the decision; one that was decided before stays so
    3 audit
    """
    actor.require(Permission.PURGE, purge.area_path)
    if actor.user_id is None:
        raise PurgeRefused(Refusal("Việc xóa phải do một cán bộ có tên quyết định", remedy="Ghi --officer, hoặc quyết định trên trang."))
    if not reason.strip():
        raise PurgeRefused(Refusal("Chưa ghi căn cứ", remedy="Ghi căn cứ của quyết định."))
    act = "purge.decided" if accept else "purge.refused"
    with in_turn():
        if not audit.done(act_id, "purge.decided", "purge.refused"):
            _decide(purge, act, actor=actor, at=at, reason=reason, act_id=act_id)
    purge.refresh_from_db()
    return purge


def _decide(purge: Purge, act: str, *, actor: Viewer, at: datetime, reason: str, act_id: UUID | None) -> None:
    values = {"decided_at": at, "decided_by": actor.user_id, "decided_by_name": actor.name[:120], "reason": reason.strip()[:LONGEST_REASON]}
    state = "decided" if act == "purge.decided" else "refused"
    if not Purge.objects.filter(pk=purge.pk, state="proposed").update(state=state, **values):
        raise PurgeRefused(Refusal("Đề nghị này đã được quyết định trước đó", remedy="Lập đề nghị mới."))
    facts = {"reason": audit.marked(reason)}
    audit.record(act, actor=actor, at=at, subject_kind="purge", subject_id=purge.pk, facts=facts, policy=purge.policy, act_id=act_id)


def run_purge(purge: Purge, *, actor: Viewer, at: datetime) -> Purge:
    """Purge what was decided, in short acts; after a fall it goes on with what is left.

    1 people, some at a time; whoever was recorded again meanwhile is not due any more
    2 lists, one at a time
    3 traces of work that is over
    4 the report of it: counts by kind, and the audit
    """
    actor.require(Permission.PURGE, purge.area_path)
    if purge.state == "decided":
        _leave_no_traces()
        ground = Ground(purge.area_path, is_widest(purge.area_path), pack(purge.policy), purge.day)
        _purge_people(purge, ground, at=at)
        _purge_lists(purge, ground)
        _finish(purge, actor=actor, at=at)
        _clean_up()
    return purge


def _purge_people(purge: Purge, ground: Ground, *, at: datetime) -> None:
    for part in due_people(ground):
        with in_turn():
            for kept in (Kept.CASE, Kept.PERSON):
                found = [one for one in part if one.kept is kept]
                rows = forget_people([number for one in found for number in one.records], at=at) if found else 0
                _count(purge, {str(kept): len(found), "rows": rows})


def _purge_lists(purge: Purge, ground: Ground) -> None:
    while file := due_lists(ground).first():
        with in_turn():
            _count(purge, {str(Kept.LIST): 1, "rows": forget_file(file)})


def _count(purge: Purge, more: dict[str, int]) -> None:
    purge.done = {**purge.done, **{kind: purge.done.get(kind, 0) + number for kind, number in more.items()}}
    Purge.objects.filter(pk=purge.pk).update(done=purge.done)


def _finish(purge: Purge, *, actor: Viewer, at: datetime) -> None:
    with in_turn():
        DBTaskResult.objects.finished().filter(finished_at__lt=at).delete()
        purge.state, purge.finished_at = "done", at
        if Purge.objects.filter(pk=purge.pk, state="decided").update(state=purge.state, finished_at=at):
            audit.record(
                "purge.done", actor=actor, at=at, subject_kind="purge", subject_id=purge.pk, facts=dict(purge.done), policy=purge.policy
            )


def _leave_no_traces() -> None:
    """What goes is overwritten: SQLite would leave it in pages that are free."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _clean_up() -> None:
    """What earlier changes left in free pages, in the log of writes or as dead rows goes too."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
