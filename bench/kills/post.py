"""The post of the campaign: a commune with some hundred people, its officer, and each act as a child process does it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.kills.lists import case_list, name_of
from django.core.management import call_command
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from tienphuong.core import audit
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import Viewer, system_viewer, viewer_of
from tienphuong.core.clock import machine_now
from tienphuong.core.keys import settle
from tienphuong.core.models import Night, User
from tienphuong.core.policy import pack
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services import checking
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import drop_halves, receive_file
from tienphuong.intake.terms import FileState
from tienphuong.jobs.clockwork import Clockwork
from tienphuong.jobs.files import go_on_with_file, take_up
from tienphuong.jobs.schedule import SCHEDULE
from tienphuong.jobs.worker import recover
from tienphuong.procedures.appoint_officer import appoint, open_account
from tienphuong.procedures.decide_match import declare_same
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.registry.areas.services import load_reference_areas
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import Area, MatchProposal, Person
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ContactEntry, FollowUpEntry
from tienphuong.web.intake_work import apply_in_background, check_in_background

DISEASE = "covid-19"
POLICY = pack("vn-2021-07-30")
BEFORE, AT, NIGHT = datetime(2021, 8, 23, 9, tzinfo=UTC), datetime(2021, 8, 24, 9, tzinfo=UTC), datetime(2021, 8, 24, 19, 30, tzinfo=UTC)
KNOWN, NEW, CONTACTS, PART = 60, 16, 30, 8
"""People of the base, new ones in each list, contacts of the known, rows of a transaction: a kill falls between two parts too."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it needs before (not killed), and the act itself under the number it has however often it is repeated."""

    name: str
    do: Callable[[UUID], str]
    before: Callable[[], str] | None = None


def found() -> str:
    """Make the base, in a child: the parent that is forked keeps no connection and no cache of it."""
    call_command("migrate", verbosity=0)
    settle()
    load_reference_areas()
    by = {"actor": system_viewer(), "at": BEFORE}
    open_account("lan", full_name="Lan", password=None, **by)
    appoint("lan", role=Role.EPIDEMIOLOGIST, area=_area("020"), period=(date(2020, 1, 1), None), **by)
    apply_file(_received(case_list(range(KNOWN)), "ban dau.csv", at=BEFORE), actor=_lan(), at=BEFORE, policy=POLICY)
    _meet()
    return "found"


def _meet() -> None:
    """Contacts of the first cases, and two pairs of cases that may be one person."""
    home, cases = _area("00682"), list(Person.objects.order_by("pk")[:CONTACTS])
    summary = [PersonEntry(full_name=name_of(900 + n), area_id=home.pk, area_path=home.path) for n in range(CONTACTS)]
    people = enrol(summary, at=BEFORE, by=None)
    met = {"first": BEFORE - timedelta(days=4), "last": BEFORE - timedelta(days=4), "kind": "direct"}
    entries = [ContactEntry(disease=DISEASE, reported_at=BEFORE, source_person=case.pk, **met) for case in cases]
    register_contacts(list(zip(people, entries, strict=True)), actor=_lan(), at=BEFORE, policy=POLICY)
    propose([(cases[0], cases[1], 0.9, ["cùng tên"])], at=BEFORE)


def settle_process() -> None:
    """In the parent, before the first fork: small parts, and no lines of the worker between ours."""
    checking.PART = PART
    apply_file.__kwdefaults__["batch_size"] = PART
    logging.disable(logging.WARNING)


def come_back() -> str:
    """What a post does by itself when its processes have come back: the worker's jobs, then the files that nobody is at."""
    _work_off()
    take_up(take_up(set()))
    drop_halves(before=machine_now())  # nobody writes now, so it need not wait an hour
    _work_off()
    return "back"


def _work_off() -> None:
    """The worker, until its queue is empty: what a dead one had begun is put back first."""
    recover("default")
    summary: dict[str, Any] = {"interval": 0.05, "startup_delay": False, "max_tasks": None, "excluded_queue_names": []}
    Worker(queue_names=["default"], batch=True, backend_name="default", worker_id=get_random_string(32), **summary).run()


def _take_in(_number: UUID) -> str:
    file = _received(_LISTS["import"], "nhap.csv")
    _asked_of_the_worker(file, check_in_background, unless=(FileState.CHECKED, FileState.APPLIED, FileState.APPLYING))
    return _asked_of_the_worker(file, apply_in_background, unless=(FileState.APPLIED,))


def _check(_number: UUID) -> str:
    file = IntakeFile.objects.get(name="kiem tra.csv")
    return _asked_of_the_worker(file, go_on_with_file, unless=(FileState.CHECKED,))


def _apply(_number: UUID) -> str:
    return _asked_of_the_worker(IntakeFile.objects.get(name="ap dung.csv"), apply_in_background, unless=(FileState.APPLIED,))


def _receive_for_check() -> str:
    return str(_received(_LISTS["check"], "kiem tra.csv").state)


def _receive_for_apply() -> str:
    return _asked_of_the_worker(_received(_LISTS["apply"], "ap dung.csv"), go_on_with_file)


def _asked_of_the_worker(file: IntakeFile, job: Any, *, unless: tuple[FileState, ...] = ()) -> str:
    """An officer, or the clockwork (`go_on_with_file`), asks for work on a file unless it is done; the worker does it."""
    if file.state not in unless:
        asked = () if job is go_on_with_file else (str(User.objects.get(username="lan").pk), AT.isoformat())
        job.enqueue(str(file.pk), *asked)
    _work_off()
    file.refresh_from_db()
    return str(file.state)


def _follow_up(number: UUID) -> str:
    entry = FollowUpEntry(disease=DISEASE, reported_at=AT, day=AT.date(), state="done")
    people = Person.objects.order_by("pk")[KNOWN : KNOWN + CONTACTS]
    heard = record_follow_up([(person, entry) for person in people], actor=_lan(), at=AT, policy=POLICY, act_id=number)
    return f"{sum(news for _, news in heard)} news"


def _merge(number: UUID) -> str:
    proposal = MatchProposal.objects.select_related("left", "right").order_by("proposed_at", "left_id")[0]
    return "merged" if declare_same(proposal, actor=_lan(), at=AT, policy=POLICY, act_id=number) else "refused"


def _freeze(number: UUID) -> str:
    return str(freeze_report(_area("020"), DISEASE, AT, actor=_lan(), at=AT + timedelta(hours=1), policy=POLICY, act_id=number).cutoff)


def _night(_number: UUID) -> str:
    """A turn of the post's clock in which only the night's check is due."""
    Clockwork(tuple(job for job in SCHEDULE if job.name == "night")).turn(NIGHT, now=datetime.now(UTC))
    return f"{audit.last('night.checked')} {Night.objects.get().checked_at}"


def _received(content: bytes, name: str, *, at: datetime = AT) -> IntakeFile:
    return receive_file(content, name, sender="TTYT", area=_area("00682"), disease=DISEASE, actor=_lan(), at=at)


def _area(code: str) -> Area:
    return Area.objects.get(code_system="gso-2019", code=code)


def _lan() -> Viewer:
    return viewer_of(User.objects.get(username="lan"), on=AT.date())


_LISTS = {
    name: case_list(range(start, start + NEW), recovered=range(known, known + PART))
    for name, start, known in (("import", 200, 10), ("check", 300, 20), ("apply", 400, 30))
}
ACTS = (
    Act("import", _take_in),
    Act("check", _check, before=_receive_for_check),
    Act("apply", _apply, before=_receive_for_apply),
    Act("follow-up", _follow_up),
    Act("merge", _merge),
    Act("freeze", _freeze),
    Act("nightly", _night),
)
