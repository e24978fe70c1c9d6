"""Withdrawing an applied file: what it would change, and the act."""

from typing import Any
from uuid import UUID, uuid4

from ninja import Field, Router, Schema

from tienphuong.api.officers import ApiRequest
from tienphuong.api.one_file import kept_file
from tienphuong.api.problems import REFUSED, Impossible, Problem
from tienphuong.core.access.terms import Permission
from tienphuong.intake.services.foreseeing import foresee_withdrawal, kept_people
from tienphuong.intake.services.withdrawing import Withdrawal, WithdrawalRefused, may_be_withdrawn, withdraw_file
from tienphuong.intake.terms import FileState, KeptBecause

router = Router(tags=["files"])


class KeptOut(Schema):
    """Somebody whose rows stay because an officer acted upon them."""

    person: UUID
    why: KeptBecause


class ChangeOut(Schema):
    """A figure of the file's area before and after."""

    indicator: str
    before: int
    after: int


class WithdrawalOut(Schema):
    """What withdrawing comes to: rows, people and cases in force no more, people who stay by other files, people kept."""

    file: UUID
    state: FileState
    rows: int
    people: int
    cases: int
    stay: int
    kept: list[KeptOut]
    figures: list[ChangeOut] = []


class Withdraw(Schema):
    """Why, and the act's own number: the same number twice withdraws once."""

    reason: str = Field("", max_length=250)
    act_id: UUID | None = None


@router.get("/files/{uuid:file_id}/withdrawal", response={200: WithdrawalOut, 409: Problem, **REFUSED}, summary="What withdrawing changes")
def foresee(request: ApiRequest, file_id: UUID) -> WithdrawalOut:
    """What withdrawing the file would change now: nothing is written."""
    file = _allowed(request, file_id)
    if refusal := may_be_withdrawn(file, reason="-"):
        raise Impossible(refusal, status=409)
    foreseen = foresee_withdrawal(file, actor=request.viewer, at=request.at)
    changes = [ChangeOut(indicator=change.indicator.key, before=change.before, after=change.after) for change in foreseen.changes]
    return _withdrawal_out(file, foreseen.withdrawal, figures=changes, kept=foreseen.kept)


@router.post("/files/{uuid:file_id}/withdraw", response={200: WithdrawalOut, 409: Problem, **REFUSED}, summary="Withdraw an applied file")
def withdraw(request: ApiRequest, file_id: UUID, wanted: Withdraw) -> WithdrawalOut:
    """What only this file said is in force no more, what others said stays; the same bytes may then be sent anew."""
    file = _allowed(request, file_id)
    try:
        done = withdraw_file(file, actor=request.viewer, at=request.at, reason=wanted.reason, act_id=wanted.act_id or uuid4())
    except WithdrawalRefused as refused:
        raise Impossible(refused.refusal, status=409) from refused
    return _withdrawal_out(file, done, figures=[], kept=kept_people(request.viewer, withdrawal=done))


def _allowed(request: ApiRequest, file_id: UUID) -> Any:
    file = kept_file(request, file_id)
    request.viewer.require(Permission.WITHDRAW_FILE, file.area_path or None)
    return file


def _withdrawal_out(file: Any, done: Withdrawal, *, figures: list[ChangeOut], kept: Any) -> WithdrawalOut:
    people = [KeptOut(person=one.uid, why=KeptBecause(one.why)) for one in kept]
    numbers = {name: getattr(done, name) for name in ("rows", "people", "cases", "stay")}
    return WithdrawalOut(file=file.pk, state=FileState(file.state), kept=people, figures=figures, **numbers)
