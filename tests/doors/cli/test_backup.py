"""The restore drill: a post is backed up while it is used, loses what came after, and stands again with the figures of that hour."""

import fcntl

import pytest
from tests.doors.cli.posts import Post, own_database

HEADER = "STT,Mã ca,Họ và tên,Năm sinh,Giới tính,CCCD,Nơi ở,Ngày phát hiện,Tình trạng"
NUMBER = "001175004501"


class Drilled(Post):
    """The drill's post, which takes one case after another."""

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
    with own_database("restore_drill", django_db_blocker) as address:
        yield address


@pytest.fixture(scope="module")
def drill(tmp_path_factory, url):
    """A post with one case, and a backup of it."""
    folder = tmp_path_factory.mktemp("drill")
    post = Drilled(folder / "var", url)
    post.migrate()
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
    other.migrate()
    assert "khóa khác" in other("backup", "verify", str(backup), code=2)


def test_a_post_that_is_served_is_not_replaced(drill):
    post, _, backup = drill
    with (post.var / "locks" / "serve").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "đang chạy" in post("backup", "restore", str(backup), code=2)


def test_a_backup_is_never_written_over(drill):
    post, _, backup = drill
    assert "đã có tệp" in post("backup", "make", str(backup), code=2)
