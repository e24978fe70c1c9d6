"""Long work on a file is done in short transactions: others write between them, a fall in the middle loses nothing, an officer may stop it."""

from datetime import datetime, timedelta
from itertools import count
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult
from tests.at_once import base_of_many

from tienphuong.cases.models import Case
from tienphuong.cases.services.states import wrong_cases
from tienphuong.core import unfinished
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.alone import Busy
from tienphuong.core.models import AuditEntry, UnfinishedAct
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.previews import file_of
from tienphuong.intake.services import applying, checking
from tienphuong.intake.services.answering import Cell, remember_word
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.file_locks import is_worked_on, worked_on
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.stopping import go_on_checking, stop_work
from tienphuong.jobs.files import go_on_with_file, take_up
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.registry.models import Person
from tienphuong.registry.services.identities import wrong_identities
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.services.degrees import recheck

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "STT;Mã ca;Họ và tên;Ngày sinh;Giới tính;CCCD/CMND;Số điện thoại;Nơi ở hiện nay;Ngày dương tính;Tình trạng"
NAMES = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Linh", "Minh", "Nga", "Oanh", "Phúc"]
ROWS, PART, MATCHED = 240, 20, 80


def a_list(rows):
    """People who all differ in paper, telephone and number; every tenth comes a second time in other words."""
    lines = [HEADER]
    for n in range(1, rows + 1):
        who = n - 1 if n % 10 == 0 else n
        name = f"Nguyễn {NAMES[who // 12 % 12]} {NAMES[who % 12]}"
        born = f"{who % 28 + 1:02}/{who % 12 + 1:02}/{1950 + who % 50}"
        paper, phone = f"0010{50 + who % 50:02}{who:06}", f"09{who:08}"
        lines.append(f"{n};LN{who:04};{name};{born};Nam;{paper};{phone};Thôn 1, Xã Liên Ninh;20/08/2021;Đang điều trị")
    return "\n".join(lines).encode("utf-8-sig")


@pytest.fixture(autouse=True)
def small_parts(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT, settings.VAR = tmp_path / "files", tmp_path / "var"
    monkeypatch.setattr(checking, "PART", PART)
    monkeypatch.setattr(checking, "_MATCHED_AT_ONCE", MATCHED)


@pytest.fixture
def received(areas, lan, at):
    def make(rows=ROWS):
        told = {"area": areas["00682"], "disease": "covid-19", "actor": lan, "at": at}
        return receive_file(a_list(rows), "danh sach.csv", sender="TTYT", **told)

    return make


class Fall(BaseException):
    """The process ends here: no handler of the product's runs for it."""


@pytest.fixture
def falls_after(monkeypatch):
    """Let the process end in the transaction after so many parts: falls_after(checking, "_still_mine", 5)."""

    def after(module, name, parts):
        whole, left = getattr(module, name), [parts]

        def act(*given, **told):
            if left[0] == 0:
                monkeypatch.setattr(module, name, whole)
                raise Fall
            left[0] -= 1
            return whole(*given, **told)

        monkeypatch.setattr(module, name, act)

    return after


def as_judged():
    rows = IntakeRow.objects.order_by("sheet_id", "number", "part")
    return [(one.number, one.part, one.digest, one.verdict, one.match, one.becomes, one.issues) for one in rows]


@pytest.mark.parametrize("parts", [0, 1, 5, 12], ids=lambda parts: f"after {parts} parts")
def test_a_check_that_fell_goes_on_and_judges_as_an_undisturbed_one(received, falls_after, parts):
    check_file(received())
    whole = as_judged()
    IntakeRow.objects.all().delete()
    IntakeFile.objects.update(state="read", check_sense="", checked_rows=0)
    falls_after(checking, "_still_mine", parts)
    with pytest.raises(Fall):
        check_file(IntakeFile.objects.get())
    between = IntakeFile.objects.get()
    assert between.state == "read" and between.checked_rows == IntakeRow.objects.count() == parts * PART
    assert file_of(system_viewer(), file_id=between.pk).rows == 0, "a half-checked file tells no numbers of rows"
    kept = set(IntakeRow.objects.values_list("pk", flat=True))
    check_file(between)
    assert as_judged() == whole and kept <= set(IntakeRow.objects.values_list("pk", flat=True))
    assert between.state == "checked" and between.checked_rows == ROWS


def test_rows_judged_by_what_is_true_no_longer_are_judged_anew(received, falls_after, lan, at):
    file = received()
    falls_after(checking, "_still_mine", 3)
    with pytest.raises(Fall):
        check_file(file)
    remember_word(Cell("TTYT", file.area_path, "outcome", "Đang điều trị"), word="recovered", actor=lan, at=at)
    kept = set(IntakeRow.objects.values_list("pk", flat=True))
    check_file(IntakeFile.objects.get())
    assert IntakeRow.objects.count() == ROWS and not kept & set(IntakeRow.objects.values_list("pk", flat=True))


def test_an_officer_stops_a_check_and_has_it_gone_on_with(received, lan, at, monkeypatch):
    file, whole, parts = received(), checking._still_mine, []

    def stopped_by_lan(now, token):
        parts.append(whole(now, token))
        if len(parts) == 4:
            stop_work(IntakeFile.objects.get(), actor=lan, at=at)

    monkeypatch.setattr(checking, "_still_mine", stopped_by_lan)
    check_file(file)
    assert file.state == "stopped" and "Lan" in str(file.message) and IntakeRow.objects.count() == 4 * PART
    assert AuditEntry.objects.filter(act="file.check_stopped").count() == 1
    assert not stop_work(file, actor=lan, at=at), "there is nothing to stop any more"
    go_on_checking(file, actor=lan)
    check_file(file)
    assert file.state == "checked" and IntakeRow.objects.count() == ROWS


def test_a_check_that_comes_to_a_fault_says_so_and_ends(received, monkeypatch):
    file = received()
    monkeypatch.setattr(checking, "_decided", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        check_file(file)
    file.refresh_from_db()
    assert file.state == "stopped" and "ZeroDivisionError" in str(file.message)


def test_a_file_that_its_process_left_is_taken_up_at_the_second_look(received, falls_after, settings):
    file = received()
    falls_after(checking, "_still_mine", 3)
    with pytest.raises(Fall):
        check_file(file)
    idle = take_up(set())
    assert idle == {file.pk} and not DBTaskResult.objects.exists()
    take_up(idle)
    job = DBTaskResult.objects.get()
    assert take_up(idle) == set(), "it waits for the worker already"
    assert go_on_with_file.call(*job.args_kwargs["args"]) == "checked"
    file.refresh_from_db()
    assert IntakeRow.objects.count() == ROWS and file.effect, "what writing it would change is counted, as if nobody had fallen"


def test_one_process_at_a_time_works_on_a_file(received):
    file = received()
    with worked_on(file):
        assert is_worked_on(file.pk) is True
        with worked_on(file):
            pass
        assert is_worked_on(file.pk), "the inner work was part of the outer"
        other = Thread(target=lambda: _busy(file))
        other.start()
        other.join()
    assert not is_worked_on(file.pk)


def _busy(file):
    with pytest.raises(Busy), worked_on(file, patience=0.1):
        pass


def test_figures_count_a_file_whole_or_not_at_all(received, areas, lan, at, policy, monkeypatch):
    file, hour, seen = received(), timedelta(hours=1), []
    district = areas["00682"]

    def cases():
        cutoff = cutoff_of(at + 2 * hour, policy=policy.disease("covid-19"), known_at=at + 2 * hour)
        found = figures(system_viewer(), area=district, disease="covid-19", cutoff=cutoff, policy=policy)
        return found.values["cases_total"]

    def noted(*told, whole=applying._note_batch, **more):
        whole(*told, **more)
        seen.append((Case.objects.count(), cases()))
        if len(seen) == 3:
            reports.append(freeze_report(district, "covid-19", at + hour, actor=system_viewer(), at=at + 2 * hour, policy=policy))

    reports = []
    monkeypatch.setattr(applying, "_note_batch", noted)
    apply_file(file, actor=lan, at=at + hour, policy=policy, batch_size=PART)
    assert [written for written, _ in seen] == sorted(written for written, _ in seen) and seen[-1][0] > seen[0][0] > 0
    assert {counted for _, counted in seen} == {0}, "none of it counts while it is written"
    assert cases() == Case.objects.count() > 0 and not UnfinishedAct.objects.exists()
    kept = reports[0].figures
    assert kept["values"]["cases_total"] == 0 and datetime.fromisoformat(kept["period"]["known_at"]) < at + hour
    again = cutoff_of(at + hour, policy=policy.disease("covid-19"), known_at=datetime.fromisoformat(kept["period"]["known_at"]))
    told = figures(system_viewer(), area=district, disease="covid-19", cutoff=again, policy=policy)
    assert told.values["cases_total"] == 0, "the report prints the same for ever"


def test_an_officer_stops_the_writing_and_the_part_is_taken_back(received, areas, lan, at, policy, monkeypatch):
    hour, other, seen = timedelta(hours=1), received(40), []
    apply_file(other, actor=lan, at=at, policy=policy)
    before = (Case.objects.count(), Person.objects.count())

    def noted(*told, whole=applying._note_batch, **more):
        whole(*told, **more)
        seen.append(Case.objects.count())
        if len(seen) == 3:
            assert stop_work(IntakeFile.objects.get(pk=file.pk), actor=lan, at=at + hour)

    file = received()
    monkeypatch.setattr(applying, "_note_batch", noted)
    apply_file(file, actor=lan, at=at + hour, policy=policy, batch_size=PART)
    assert len(seen) == 3 and seen[-1] > before[0]
    assert file.state == "withdrawn" and "Lan" in file.withdrawn_reason and not UnfinishedAct.objects.exists()
    for known_at in (at + hour, at + 2 * hour):
        cutoff = cutoff_of(at + hour, policy=policy.disease("covid-19"), known_at=known_at)
        told = figures(system_viewer(), area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy)
        assert told.values["cases_total"] == before[0], "no figure ever counted it"
    assert (wrong_identities(), wrong_cases(), recheck(policy=policy.disease("covid-19"))) == ({}, [], [])
    assert AuditEntry.objects.filter(act="file.stop_asked").count() == AuditEntry.objects.filter(act="file.withdrawn").count() == 1


def test_the_board_says_that_a_file_is_being_applied(client, received, areas, lan, at):
    from tienphuong.core.models import User

    unfinished.begin(uuid4(), name="danh sach.csv", disease="covid-19", since=at)
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get("/", {"disease": "covid-19", "at": at.isoformat()}).content.decode()
    assert "Đang nhập danh sach.csv" in shown


@pytest.mark.parametrize("rows", [ROWS, pytest.param(20_000, marks=pytest.mark.slow)])
def test_officers_write_while_a_file_is_checked_and_applied(received, lan, at, policy, tmp_path, monkeypatch, rows):
    """An act of another officer waits for two parts at most, however many the file has."""
    parts = []
    if rows > ROWS:
        monkeypatch.setattr(checking, "PART", 500)
        monkeypatch.setattr(checking, "_MATCHED_AT_ONCE", 4000)
    for module, name in ((checking, "insert"), (applying, "_note_batch")):
        whole = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, whole=whole, **k: (parts.append(1), whole(*a, **k))[1])
    with base_of_many(tmp_path):
        file, waited, over = received(rows), [], Event()

        def officer():
            for number in count():
                if over.is_set():
                    break
                before = len(parts)
                remember_word(Cell("ai", "", "outcome", f"chữ {number}"), word="recovered", actor=lan, at=at)
                waited.append(len(parts) - before)
            connections.close_all()

        other = Thread(target=officer)
        other.start()
        try:
            check_file(file)
            apply_file(file, actor=lan, at=at, policy=policy, **({"batch_size": PART} if rows == ROWS else {}))
        finally:
            over.set()
            other.join()
        assert file.state == "applied" and IntakeRow.objects.filter(applied_at__isnull=False).count() == rows
        print(f"{len(parts)} parts, {len(waited)} acts, longest wait {max(waited)} parts")
        assert len(parts) >= 24 and len(waited) >= len(parts) / 3 and max(waited) <= 3
