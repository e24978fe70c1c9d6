"""A post of an earlier version, brought to this one: its people, figures and paper are those of before, and what is kept safer now is so for old records too."""

import gzip
import json
import subprocess
import tarfile
from pathlib import Path

import docx
import pytest
from tests.doors.cli.posts import Post, own_database

EARLIER = Path(__file__).parent / "earlier_posts"
NUMBERS = [f"001{rest}" for rest in ("175004501", "068004502", "190004503", "201004504", "203004511", "170004512", "188004513")]
AT = ("--at", "2021-08-24T16:00")
NIGHT = """
import json
from dataclasses import asdict
from datetime import datetime
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.policy import pack_at
from tienphuong.procedures.nightly_check import nightly_check
at = datetime.fromisoformat("2021-08-25T02:00+07:00")
print(json.dumps(asdict(nightly_check(actor=system_viewer(), at=at, policy=pack_at(at.date())))))
"""


@pytest.fixture(scope="module", params=sorted(folder.name for folder in EARLIER.iterdir() if folder.is_dir()))
def earlier(request):
    return EARLIER / request.param


@pytest.fixture(scope="module")
def url(django_db_setup, django_db_blocker):
    with own_database("upgraded", django_db_blocker) as address:
        yield address


@pytest.fixture(scope="module")
def post(tmp_path_factory, earlier, url):
    """The post before the upgrade: it says what is to be done, and prints nothing from tables that it does not know."""
    post = Post(tmp_path_factory.mktemp("earlier") / "var", url)
    with tarfile.open(earlier / ("var-postgresql.tar.gz" if url else "var.tar.gz")) as kept:
        kept.extractall(post.var, filter="data")
    if url:
        dump = gzip.decompress((earlier / "post.sql.gz").read_bytes())
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", url], input=dump, check=True, capture_output=True)
    assert "chưa nâng lên bản của chương trình" in post("situation", *AT, code=2)
    post.migrate()
    return post


def test_every_figure_of_before_is_the_same(post, earlier):
    before, now = json.loads((earlier / "figures.json").read_text("utf-8")), json.loads(post("situation", *AT, "--json"))
    assert {key: now.get(key) for key in before} == before


def test_the_paper_frozen_before_prints_word_for_word(post, earlier, tmp_path):
    assert "In lại báo cáo" in post("report", *AT, "--out", str(tmp_path))
    (paper,) = tmp_path.glob("*.docx")
    assert _text(paper) == (earlier / "paper.txt").read_text("utf-8").rstrip("\n")


def _text(paper):
    document = docx.Document(str(paper))
    rows = (row for table in document.tables for row in table.rows)
    return "\n".join([each.text for each in document.paragraphs] + ["|".join(cell.text for cell in row.cells) for row in rows]).rstrip("\n")


def test_the_first_night_finds_nothing_wrong(post):
    found = json.loads(post.python(NIGHT))
    assert {key: count for key, count in found.items() if count} == {}
    assert "chuỗi toàn vẹn" in post("audit", "verify")
    assert "0 lần khóa sổ sai" in post("books", "verify")


def test_lists_of_before_are_known_and_the_next_one_is_taken_in(post, tmp_path):
    head = "STT,Mã ca,Họ và tên,Năm sinh,Giới tính,CCCD,Số điện thoại,Nơi ở,Ngày phát hiện,Tình trạng"
    (tmp_path / "f0.csv").write_text(
        f"{head}\n1,LN001,Đỗ Thị Hoa,1975,Nữ,001175004501,0912345601,Thôn 1 xã Liên Ninh,22/08/2021,Đang điều trị\n"
        "2,LN009,Ngô Văn Khoa,1981,Nam,001081004599,0912345699,Thôn 2 xã Liên Ninh,24/08/2021,Đang điều trị\n",
        "utf-8",
    )
    said = post("import", str(tmp_path / "f0.csv"), "--sender", "Trạm Y tế xã Liên Ninh", "--area", "Liên Ninh", "--accept-unsure")
    assert "1 mới" in said and "1 đã biết" in said


def test_no_number_that_lay_open_still_does(post, url):
    kept = [path for path in post.var.rglob("*") if path.is_file()]
    if url:
        dump = subprocess.run(["pg_dump", url], check=True, capture_output=True).stdout
        assert not [number for number in NUMBERS if number.encode() in dump]
    for path in kept:
        content = path.read_bytes()
        assert not [number for number in NUMBERS if number.encode() in content], path.name


def test_only_the_owner_opens_what_stands_in_the_folder(post):
    others = [path.relative_to(post.var) for path in post.var.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert others == []
