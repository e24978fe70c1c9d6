"""Rút tệp đã nhập: what only this file said is taken back, what others said stays, and who was acted upon since is left whole."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tienphuong.cases.services.withdrawing import rows_of_pools
from tienphuong.core import audit, collector, unfinished
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.any_of import AnyOf
from tienphuong.core.policy import pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.withdrawing import take_back
from tienphuong.intake.models import IntakeFile, IntakeRow, ListCode
from tienphuong.intake.services.batches import Empty
from tienphuong.intake.services.file_locks import locked_in_turn
from tienphuong.intake.services.rehearing import Rehearing, accept_repeated_files
from tienphuong.intake.terms import FileState
from tienphuong.procedures.withdraw_records import (
    acted_upon,
    forget_people,
    part_merged,
    settle_rows,
    take_links_back,
    take_rows_back,
)
from tienphuong.registry.models import Person
from tienphuong.registry.services.withdrawing import enrolled_by, records_of
from tienphuong.tracing.services.withdrawing import met_by, rows_of_contacts

SOURCE = "source"
"""Why somebody is kept upon whom nobody acted: they are the source of a contact that is kept."""


class WithdrawalRefused(ValueError):
    """The file cannot be withdrawn now; the refusal says why and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What withdrawing a file came to. `kept`: [page number of the person, why] for those acted upon since, whose rows stay."""

    rows: int = 0
    people: int = 0
    cases: int = 0
    stay: int = 0
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def as_json(self) -> dict[str, Any]:
        """How the file keeps it."""
        return {"rows": self.rows, "people": self.people, "cases": self.cases, "stay": self.stay, "kept": [list(one) for one in self.kept]}


def withdrawal_of(file: IntakeFile) -> Withdrawal:
    """What withdrawing a file came to, as kept with it."""
    stated = file.withdrawal
    return Withdrawal(**{**stated, "kept": tuple((uid, why) for uid, why in stated["kept"])}) if stated else Withdrawal()


def withdraw_file(file: IntakeFile, *, actor: Viewer, at: datetime, reason: str, act_id: UUID) -> Withdrawal:
    """Rút tệp: the books stand as if the file had not come, and it may be taken in anew.

    1 rights and reason; the file is held, and no other is written meanwhile; the same act twice is one
    2 whoever an officer has acted upon since is kept whole, with the sources of their contacts
    3 what its rows said is taken back, and with it what other files said of the same people
    4 the others' rows are heard again in their order: what they say stays, now as theirs
    5 cases nobody says any more go; degrees follow
    6 rows and file are marked; audit
    """
    actor.require(Permission.WITHDRAW_FILE, file.area_path or None)
    with locked_in_turn(file) as now, collector.gc_paused():
        if now.withdrawal_act == act_id:
            return withdrawal_of(now)
        if refusal := may_be_withdrawn(now, reason=reason):
            raise WithdrawalRefused(refusal)
        done = _Withdrawing(now, actor, at, reason.strip()).run()
        _close(now, done, actor=actor, at=at, reason=reason.strip(), act_id=act_id)
    file.refresh_from_db()
    return done


def withdraw_part(file: IntakeFile) -> Withdrawal:
    """What was written of a file is taken back, as of the moment it was written: no figure ever counted it."""
    with locked_in_turn(file) as now, collector.gc_paused():
        if now.state != FileState.APPLYING or now.stop_asked_at is None or now.applying_at is None:
            return withdrawal_of(now)
        # The officer may send for the area; taking back what was never to be seen asks for no right beyond that.
        actor = replace(system_viewer(now.stop_asked_by_name), user_id=now.stop_asked_by)
        reason = sentence("{officer} dừng khi đang nhập", officer=actor.name)
        done = _Withdrawing(now, actor, now.applying_at, reason).run()
        now.degrees_due = False
        _close(now, done, actor=actor, at=now.stop_asked_at, reason=reason, act_id=uuid4())
        unfinished.end(now.pk)
    file.refresh_from_db()
    return done


def may_be_withdrawn(file: IntakeFile, *, reason: str) -> Refusal | None:
    """Why a file cannot be withdrawn; None if it can."""
    if not reason.strip():
        return Refusal("Chưa ghi lý do rút tệp", remedy="Ghi ngắn gọn vì sao rút, ví dụ: gửi nhầm danh sách ngày hôm trước.")
    if file.state == FileState.WITHDRAWN:
        stated = {"name": file.name, "officer": file.withdrawn_by_name}
        return Refusal(sentence("Tệp “{name}” đã được {officer} rút trước đó", **stated), remedy="Không cần làm gì thêm.")
    if file.state == FileState.APPLYING:
        return Refusal(sentence("Tệp “{name}” đang được nhập", name=file.name), remedy="Chờ nhập xong rồi rút.")
    if file.state != FileState.APPLIED:
        return Refusal(
            sentence("Tệp “{name}” chưa nhập nên không có gì để rút", name=file.name), remedy="Sửa cách hiểu cột hoặc gửi tệp khác."
        )
    return None


class _Withdrawing:
    """One withdrawal: which rows go, which are taken in again, whom it concerns."""

    def __init__(self, file: IntakeFile, actor: Viewer, at: datetime, reason: str) -> None:
        self.file, self.actor, self.at = file, actor, at
        self.reason = sentence("rút tệp “{name}”: {reason}", name=file.name, reason=reason)[:300]
        self.act: dict[str, Any] = {"actor": actor, "at": at}
        self.policy = pack(file.policy)
        stated = IntakeRow.objects.filter(sheet__file=file, applied_at__isnull=False, withdrawn_at=None)
        self.people_of: dict[int, int | None] = dict(stated.values_list("pk", "person_id"))

    def run(self) -> Withdrawal:
        """The steps; says what they came to."""
        kept = self._kept()
        rows = {row for row, person in self.people_of.items() if person not in kept}
        parted = part_merged(rows, **self.act, reason=self.reason)
        stated = {person for row in rows if (person := self.people_of[row]) is not None} | enrolled_by(rows)
        others = self._others(records_of(stated))
        gone = enrolled_by(rows) - set(others.values())
        linked = self._linked(rows, stated, whole=set(others))
        taken = take_rows_back({*rows, *others}, **self.act, reason=self.reason)
        take_back(ListCode, {*rows, *others}, at=self.at)
        touched = set(taken.people) | parted | stated | take_links_back(linked, **self.act, reason=self.reason)
        linked |= self._of_pools(taken.pools, rows) - set(others)
        empty = self._emptied(gone, stated - gone, rows, others)
        IntakeRow.objects.filter(pk__in=AnyOf(rows)).update(withdrawn_at=self.at)
        again = Rehearing(frozenset(others), frozenset(linked), self.actor, self.at)
        touched |= accept_repeated_files(again, empty=empty)
        forget_people(empty.people, (), (), **self.act, reason=self.reason)
        cases = settle_rows(taken, {*rows, *others}, touched, disease=self.file.disease, **self.act, policy=self.policy, reason=self.reason)
        gone |= empty.people
        return Withdrawal(len(rows), len(gone), len(cases), len(stated - gone), self._named(kept))

    def _emptied(self, gone: set[int], stated: set[int], rows: set[int], others: dict[int, int]) -> Empty:
        """Take the records of `gone` back and empty those of `stated`; the rows of others whose people this file named first are
        nobody's until they are taken in again."""
        first = enrolled_by(rows) - gone
        people = forget_people(gone, stated, {*rows, *others}, **self.act, reason=self.reason)
        undecided = {row: person for row, person in others.items() if person in first & people}
        IntakeRow.objects.filter(pk__in=AnyOf(undecided)).update(person=None)
        return Empty(people, undecided)

    def _kept(self) -> dict[int, str]:
        """Whose rows stay, and why: those acted upon since the file was applied, and the sources of their contacts."""
        since = self.file.applied_at or self.at
        rows = set(self.people_of)
        alone = enrolled_by(rows) - set(self._others(enrolled_by(rows)).values())
        kept = acted_upon(alone, rows, since=since)
        while new := met_by([row for row, person in self.people_of.items() if person in kept]) & alone - kept.keys():
            kept |= dict.fromkeys(new, SOURCE)
        return kept

    def _others(self, people: Collection[int]) -> dict[int, int]:
        """The rows of other files that speak of these people: row -> person."""
        rows = IntakeRow.objects.filter(person_id__in=AnyOf(people), applied_at__isnull=False, withdrawn_at=None)
        return dict(rows.exclude(sheet__file=self.file).values_list("pk", "person_id"))

    def _linked(self, rows: Collection[int], stated: Collection[int], *, whole: Collection[int]) -> set[int]:
        """The rows of others that say who was with these people, or speak of nobody: their contacts are made anew."""
        linked = rows_of_contacts(records_of(stated))
        if any(self.people_of[row] is None for row in rows):
            nobody = IntakeRow.objects.filter(person=None, applied_at__isnull=False, withdrawn_at=None)
            linked |= set(nobody.exclude(sheet__file=self.file).values_list("pk", flat=True))
        return linked - set(rows) - set(whole) - set(self.people_of)

    def _of_pools(self, pools: Collection[str], rows: Collection[int]) -> set[int]:
        return rows_of_pools(pools) - set(rows) - set(self.people_of)

    def _named(self, kept: dict[int, str]) -> tuple[tuple[str, str], ...]:
        """The page numbers of those kept, with why."""
        mine = {person for person in self.people_of.values() if person in kept}
        uids = dict(Person.objects.filter(pk__in=AnyOf(mine)).order_by("sort_key", "pk").values_list("pk", "uid"))
        return tuple((str(uid), kept[pk]) for pk, uid in uids.items())


def _close(file: IntakeFile, done: Withdrawal, *, actor: Viewer, at: datetime, reason: str, act_id: UUID) -> None:
    """The file is withdrawn, by whom and why, in the audit too."""
    file.state, file.withdrawn_at, file.withdrawn_reason = FileState.WITHDRAWN, at, reason[:300]
    file.withdrawn_by, file.withdrawn_by_name = actor.user_id, actor.name[:120]
    file.withdrawal_act, file.withdrawal = act_id, done.as_json
    file.save()
    facts = {"name": file.name, "reason": audit.marked(reason), **replace(done, kept=()).as_json, "kept": len(done.kept)}
    audit.record("file.withdrawn", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts=facts, policy=file.policy)
