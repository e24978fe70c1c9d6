"""The process is killed in the middle of a file: nothing is lost, nothing is there twice, and a restart finishes exactly the rest."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
ROWS, BATCH = 2000, 100
pytestmark = pytest.mark.slow

PROGRAM = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tienphuong.config.settings"
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.policy import pack
from tienphuong.intake.models import IntakeBatch, IntakeFile, IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.areas.services import load_reference_areas
from tienphuong.registry.models import Area, Person
from tienphuong.tracing.models import DegreeRecord

at, policy = datetime(2021, 8, 24, 9, tzinfo=UTC), pack("vn-2021-07-30")
match sys.argv[1]:
    case "receive":
        call_command("migrate", verbosity=0)
        load_reference_areas()
        area = Area.objects.get(code="00682", code_system="gso-2019")
        file = receive_file(sys.argv[2], "danh sach.csv", sender="TTYT", area=area, disease="covid-19", actor=system_viewer(), at=at)
        if sys.argv[3] == "checked":
            check_file(file)
    case "apply":
        apply_file(IntakeFile.objects.get(), actor=system_viewer(), at=at, policy=policy, batch_size=int(sys.argv[2]))
    case "tell":
        models = (Person, Case, CaseAlias, CaseState, DegreeRecord)
        file = IntakeFile.objects.get()
        told = {model.__name__: model.objects.count() for model in models}
        told |= {"applied": IntakeRow.objects.filter(applied_at__isnull=False).count(), "state": file.state, "due": file.degrees_due}
        told |= {"without_person": IntakeRow.objects.filter(applied_at__isnull=False, person=None).count()}
        told |= {"batches": IntakeBatch.objects.count(), "total": file.rows_total}
        print(json.dumps(told))
"""


@pytest.fixture
def run(tmp_path):
    """Run one step of the program in a process of its own, on a SQLite base of the test."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    around = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    around |= {"TIENPHUONG_VAR": str(tmp_path / "var"), "PYTHONPATH": str(SOURCE)}

    def start(*arguments):
        return subprocess.Popen([sys.executable, str(program), *map(str, arguments)], env=around, stdout=subprocess.PIPE, text=True)

    def finish(*arguments):
        process = start(*arguments)
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return json.loads(out) if out.strip() else None

    def batches():
        """How many batches are committed, asked of the base itself: starting a process for it would take too long."""
        with closing(sqlite3.connect(tmp_path / "var" / "tienphuong.sqlite3", timeout=30)) as base:
            return base.execute("SELECT COUNT(*) FROM intake_intakebatch").fetchone()[0]

    start.finish, start.batches = finish, batches
    return start


@pytest.fixture
def listed(tmp_path):
    """A list of people who all differ in paper, telephone and number."""
    path = tmp_path / "danh sach.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(
            [
                "STT",
                "Mã ca",
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "CCCD/CMND",
                "Số điện thoại",
                "Nơi ở hiện nay",
                "Ngày dương tính",
                "Tình trạng",
            ]
        )
        names = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Linh", "Minh", "Nga", "Oanh", "Phúc"]
        for number in range(1, ROWS + 1):
            name = f"Nguyễn {names[number // 12 % 12]} {names[number % 12]}"
            birth = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1950 + number % 50}"
            paper = f"0010{50 + number % 50:02}{number:06}"
            writer.writerow(
                [
                    number,
                    f"LN{number:04}",
                    name,
                    birth,
                    "Nam",
                    paper,
                    f"09{number:08}",
                    "Thôn 1, Xã Liên Ninh",
                    "20/08/2021",
                    "Đang điều trị",
                ]
            )
    return path


@pytest.mark.parametrize("checked", ["checked", "unchecked"])
def test_a_killed_import_is_finished_by_a_restart(run, listed, checked):
    run.finish("receive", listed, checked)
    for _ in range(2):
        _kill_after_some_batches(run)
        between = run.finish("tell")
        assert between["state"] == "applying"
        assert between["applied"] == between["Person"] == between["Case"] == between["batches"] * BATCH
        assert 0 < between["applied"] < ROWS
        assert between["due"]
    run.finish("apply", BATCH)
    end = run.finish("tell")
    assert end["state"] == "applied"
    assert not end["due"]
    assert (
        end["applied"]
        == end["total"]
        == end["Person"]
        == end["Case"]
        == end["CaseAlias"]
        == end["CaseState"]
        == end["DegreeRecord"]
        == ROWS
    )
    assert end["without_person"] == 0


def _kill_after_some_batches(run):
    """Start applying and kill the process without warning once it has committed something more."""
    before = run.batches()
    process = run("apply", BATCH)
    while process.poll() is None and run.batches() <= before:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
