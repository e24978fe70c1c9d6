"""`tienphuong intake`: the files, and withdrawing one after looking at what that changes."""

from uuid import uuid4

import pytest

from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.intake.models import IntakeFile
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
ROWS = """Mã BN,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng
BN900201,Lưu Thị Hạ Vy,Nữ,12/03/1991,0981000001,"Thôn Nội, xã Liên Ninh",24/8/2021,Đang điều trị
BN900202,Đàm Quốc Tuyển,Nam,02/05/1990,0981000002,"Thôn Nội, xã Liên Ninh",24/8/2021,Đang điều trị
"""


@pytest.fixture
def file(tmp_path, settings, areas, at):
    settings.MEDIA_ROOT = tmp_path / "kept"
    clock.set_scenario(stands_at=at, scenario="thu")
    path = tmp_path / "ca.csv"
    path.write_text(ROWS, "utf-8")
    assert main(["import", str(path), "--sender", "Trạm Y tế xã Liên Ninh", "--area", "00682", "--disease", "covid-19"]) == 0
    return IntakeFile.objects.get()


def test_what_would_change_is_shown_and_nothing_is_written(file, capsys):
    assert main(["intake", "withdraw", str(file.pk), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "2 dòng, 2 người và 2 ca không còn" in out and "Ca mắc lũy kế: 2 → 0" in out
    assert IntakeFile.objects.get().state == "applied" and not Person.objects.exclude(withdrawn_at=None).exists()


def test_a_file_is_withdrawn_with_a_reason_and_the_list_says_so(file, capsys):
    assert main(["intake", "withdraw", str(file.pk)]) == 2
    assert "Chưa ghi lý do" in capsys.readouterr().err
    act = str(uuid4())
    for _ in range(2):
        assert main(["intake", "withdraw", str(file.pk), "--reason", "gửi nhầm", "--act-id", act]) == 0
    assert "Đã rút tệp “ca.csv”: 2 dòng, 2 người, 2 ca" in capsys.readouterr().out
    assert main(["intake", "list"]) == 0
    assert "đã rút" in capsys.readouterr().out
    assert main(["intake", "withdraw", str(file.pk), "--reason", "lần nữa"]) == 2
    assert "rút trước đó" in capsys.readouterr().err


def test_a_file_nobody_knows_is_said_so(file, capsys):
    assert main(["intake", "withdraw", "ffff", "--reason", "thử"]) == 2
    assert "không có tệp" in capsys.readouterr().err
