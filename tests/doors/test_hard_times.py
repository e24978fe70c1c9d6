"""A disk that is full, a folder that may not be written, a database that is away or of a later version: one plain sentence, nothing half done."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from tienphuong.core import plain as faults
from tienphuong.core.plain import plain
from tienphuong.web.translations import compile_catalogue

SOURCE = Path(__file__).parents[2] / "src"
LIST = "Mã ca;Họ và tên;Ngày sinh;Giới tính;CCCD/CMND;Số điện thoại;Nơi ở hiện nay;Ngày dương tính;Tình trạng\n" + "".join(
    f"LN{n:04};Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26 % 26)};{n % 28 + 1:02}/03/{1950 + n % 50};Nam;0010{50 + n % 50:02}{n:06};09{n:08};Thôn 1, Xã Liên Ninh;20/08/2021;\n"
    for n in range(1, 1501)
)


class Post:
    """A post in a folder, run from the terminal as its users do."""

    def __init__(self, var: Path) -> None:
        self.var, self.base = var, var / "tienphuong.sqlite3"
        self.environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TIENPHUONG_KEY")}
        self.environment |= {"TIENPHUONG_VAR": str(var), "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "tienphuong.config.settings"}

    def run(self, *words: object, module: str = "tienphuong.cli") -> subprocess.CompletedProcess[str]:
        told = [sys.executable, "-m", module, *map(str, words)]
        return subprocess.run(told, env=self.environment, capture_output=True, text=True, timeout=300)

    def people(self) -> tuple[int, int]:
        """How many people and cases there are; the base is whole."""
        with closing(sqlite3.connect(self.base)) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return tuple(base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("registry_person", "cases_case"))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 MB of its own; mounted, or the test is left out where this machine may not."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_in_one_line_and_leaves_the_post_whole(small_disk, tmp_path):
    post = Post(small_disk / "var")
    listed = tmp_path / "danh sach.csv"
    listed.write_text(LIST, encoding="utf-8")
    assert post.run("migrate", "-v0", module="django").returncode == 0
    assert post.run("areas", "load").returncode == post.run("clock", "set", "2021-08-24T16:00").returncode == 0
    before = post.people()
    filler = small_disk / "filler"
    _fill(filler)
    refused = post.run("import", listed, "--sender", "Xã Liên Ninh", "--area", "00682", "--accept-unsure")
    assert refused.returncode == 2 and refused.stderr.strip().count("\n") == 0 and "hết chỗ trên đĩa" in refused.stderr, refused.stderr
    assert post.people() == before and not list((post.var / "files").rglob("*.part"))
    filler.unlink()
    again = post.run("import", listed, "--sender", "Xã Liên Ninh", "--area", "00682", "--accept-unsure")
    assert again.returncode == 0 and post.people()[1] == 1500, again.stderr


def _fill(filler: Path) -> None:
    """Leave the disk with room for some pages and no more."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(b"x" * 65536):
            pass
    os.truncate(filler, filler.stat().st_size - 256 * 1024)


@pytest.mark.slow
def test_a_folder_that_may_not_be_written_is_said_in_one_line(small_disk):
    post = Post(small_disk / "var")
    assert post.run("migrate", "-v0", module="django").returncode == 0
    if subprocess.run(["mount", "-o", "remount,ro", small_disk], capture_output=True).returncode:
        pytest.skip("no disk can be mounted anew here")
    refused = post.run("post", "set", "--area", "00682", "--disease", "covid-19")
    assert refused.returncode == 2 and refused.stderr.strip().count("\n") == 0 and "không được ghi vào thư mục" in refused.stderr, (
        refused.stderr
    )


@pytest.mark.slow
def test_a_database_of_a_later_version_is_left_alone(tmp_path):
    post = Post(tmp_path / "var")
    assert post.run("migrate", "-v0", module="django").returncode == 0
    with closing(sqlite3.connect(post.base)) as base, base:
        base.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0099_what_is_to_come', '2030-01-01')")
    before = post.base.read_bytes()
    for words in (["post", "show"], ["serve", "--port", "0"]):
        refused = post.run(*words)
        assert refused.returncode == 2 and refused.stderr.strip().count("\n") == 0, refused.stderr
        assert "mới hơn" in refused.stderr and "0099_what_is_to_come" in refused.stderr
    assert post.base.read_bytes() == before


def _lost(*_, **__):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize(("language", "words"), [("vi", "Cơ sở dữ liệu chưa trả lời"), ("en", "The database does not answer yet")])
def test_a_page_says_that_the_database_is_away_and_when_to_ask_again(client, db, monkeypatch, language, words):
    compile_catalogue()
    client.cookies["django_language"], client.raise_request_exception = language, False
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", _lost)
    answer = client.post("/dang-nhap/", {"username": "lan", "password": "mat-khau"})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "10"
    assert words in answer.content.decode() and f'lang="{language}"' in answer.content.decode()


def test_a_machine_is_told_in_json_that_the_database_is_away(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", _lost)
    answer = client.get("/api/v1/cases", headers={"authorization": "Bearer abc"})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "10" and "chưa trả lời" in answer.json()["reason"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(28, "No space left on device", "/x"), faults.FULL),
        (OperationalError("database or disk is full"), faults.FULL),
        (OperationalError("attempt to write a readonly database"), faults.SHUT),
        (OperationalError("database is locked"), faults.BUSY),
        (OperationalError("disk I/O error"), faults.BROKEN),
        (OperationalError("no such column: core_user.x"), faults.OLDER),
        (InterfaceError("connection already closed"), faults.AWAY),
        (DatabaseError("something of ours"), None),
        (PermissionError(13, "Permission denied", "/elsewhere/list.xlsx"), None),
        (ValueError("ours"), None),
    ],
)
def test_a_fault_is_the_programs_or_has_its_sentence(fault, said):
    assert plain(fault) is said
    try:
        raise RuntimeError("around it") from fault
    except RuntimeError as around:
        assert plain(around) is said
