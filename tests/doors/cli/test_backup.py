"""The restore drill: a post is backed up while it is used, loses what came after, and stands again with the figures of that hour."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[3]
HEADER = "STT,Mã ca,Họ và tên,Năm sinh,Giới tính,CCCD,Nơi ở,Ngày phát hiện,Tình trạng"
NUMBER = "001175004501"


class Post:
    """A post of its own, spoken to by its commands."""

    def __init__(self, var, url):
        self.var = var
        self.environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TIENPHUONG_KEY")}
        self.environment |= {"TIENPHUONG_VAR": str(var), "PYTHONPATH": str(ROOT / "src")} | ({"DATABASE_URL": url} if url else {})

    def __call__(self, *words, module="tienphuong.cli", code=0):
        done = subprocess.run([sys.executable, "-m", module, *words], env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def takes(self, folder, number):
        path = folder / f"f0-{number}.csv"
        path.write_text(
            f"{HEADER}\n1,LN{number:03d},Đỗ Thị Hoa{number},1975,Nữ,0011750045{number:02d},Thôn 1 xã Liên Ninh,24/08/2021,Đang điều trị\n",
            encoding="utf-8-sig",
        )
        self("import", str(path), "--sender", "Trạm Y tế xã Liên Ninh", "--accept-unsure")

    @property
    def figures(self):
        return self("situation", "--at", "2021-08-24T16:00", "--area", "020")


@pytest.fixture(scope="module")
def url(django_db_setup, django_db_blocker):
    """A database of this drill's own beside the tests' one; empty where a post keeps its database in its folder."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            yield ""
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS restore_drill")
            cursor.execute("CREATE DATABASE restore_drill")
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path="/restore_drill").geturl()


@pytest.fixture(scope="module")
def drill(tmp_path_factory, url):
    """A post with one case, and a backup of it."""
    folder = tmp_path_factory.mktemp("drill")
    post = Post(folder / "var", url)
    post("migrate", "-v0", "--settings", "tienphuong.config.settings", module="django")
    post("areas", "load")
    post("clock", "set", "2021-08-24T16:00")
    post("post", "set", "--area", "020", "--disease", "covid-19")
    post.takes(folder, 1)
    post("backup", "make", str(folder / "post.backup"))
    return post, folder, folder / "post.backup"


def test_what_came_after_the_backup_is_gone_and_the_figures_are_those_of_its_hour(drill):
    post, folder, backup = drill
    before = post.figures
    post.takes(folder, 2)
    assert post.figures != before
    said = post("backup", "restore", str(backup))
    assert post.figures == before and "Đã phục hồi" in said
    assert [path for path in post.var.iterdir() if path.name.startswith("before-restore-")]
    assert "chuỗi toàn vẹn" in post("audit", "verify")
    post.takes(folder, 2)  # the post goes on, and the file that the backup did not know is new to it
    assert post.figures != before


def test_a_whole_backup_says_so_and_shows_nothing_without_the_key(drill):
    post, _, backup = drill
    assert "còn nguyên" in post("backup", "verify", str(backup))
    raw = backup.read_bytes()
    assert NUMBER.encode() not in raw and "Đỗ Thị Hoa".encode() not in raw and b"SQLite format" not in raw
    assert backup.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("harm", ["changed", "cut", "other"])
def test_a_backup_that_is_not_whole_is_refused(drill, harm):
    post, folder, backup = drill
    raw = backup.read_bytes()
    spoilt = folder / "spoilt.backup"
    harmed = {
        "changed": raw[:900] + bytes([raw[900] ^ 1]) + raw[901:],
        "cut": raw[:-7],
        "other": b"PK" + raw[2:],
    }
    spoilt.write_bytes(harmed[harm])
    for act in ("verify", "restore"):
        assert "không đọc được bản lưu" in post("backup", act, str(spoilt), code=2)


def test_another_posts_key_opens_nothing(drill, tmp_path, url):
    _, _, backup = drill
    other = Post(tmp_path / "var", "")
    other("migrate", "-v0", "--settings", "tienphuong.config.settings", module="django")
    assert "khóa khác" in other("backup", "verify", str(backup), code=2)


def test_a_post_that_is_served_is_not_replaced(drill):
    post, _, backup = drill
    with (post.var / "locks" / "serve").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "đang chạy" in post("backup", "restore", str(backup), code=2)


def test_a_backup_is_never_written_over(drill):
    post, _, backup = drill
    assert "đã có tệp" in post("backup", "make", str(backup), code=2)
