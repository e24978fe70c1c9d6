"""`tienphuong import`: what a dry run tells and leaves behind, what it answers when nothing was read, when a column must be asked."""

import json

import pytest

from tienphuong.cases.models import CaseState, Sample
from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.intake.models import IntakeFile

pytestmark = pytest.mark.django_db

CASES = 'STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Địa chỉ,Ngày phát hiện\n1,Lưu Thị Hạ Vy,Nữ,1991,0981000001,"Thôn Nội, xã Liên Ninh",22/8/2021\n'
UNSURE = "Mã ca,Họ và tên,Cột lạ,Ngày phát hiện\nCA-1,Lưu Thị Hạ Vy,0981000001,22/8/2021\nCA-2,Đàm Quốc Tuyển,0981000002,22/8/2021\n"


@pytest.fixture
def send(areas, settings, tmp_path, at):
    """Write a file and call the command on it: send(text, *options) -> exit code."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    clock.set_scenario(stands_at=at, scenario="import")

    def call(text, *options):
        path = tmp_path / "tệp.csv"
        path = path.with_suffix(".xlsx") if isinstance(text, bytes) else path
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return main(["import", str(path), "--area", "00682", *map(str, options)])

    return call


def test_a_dry_run_tells_each_sheet_as_data_and_leaves_nothing_behind(send, capsys, tmp_path):
    assert send(CASES, "--dry-run", "--json") == 0
    (sheet,) = json.loads(capsys.readouterr().out)["sheets"]
    assert (sheet["kind"], sheet["header_row"], sheet["rows"]["new"]) == ("case_list", 1, 1)
    assert {column["decision"] for column in sheet["columns"]} == {"sure"}
    assert sheet["columns"][6]["field"] == "detected_on"
    assert not IntakeFile.objects.exists()
    assert not [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]


DAYLESS = 'Mã BN,Họ và tên,Giới tính,Tuổi,Địa chỉ,Tình trạng\nBN900901,Lưu Thị Hạ Vy,Nữ,30,"Thôn Nội, xã Liên Ninh",Khỏi\n'


def test_a_list_without_days_is_marked_and_may_be_given_its_day(send, capsys):
    assert send(DAYLESS, "--dry-run", "--json") == 0
    (sheet,) = json.loads(capsys.readouterr().out)["sheets"]
    assert any("không có cột ngày" in warning for warning in sheet["warnings"])
    assert send(DAYLESS, "--reported-on", "25/8/2021") == 2
    assert "ở sau ngày nhận tệp" in capsys.readouterr().err
    assert send(DAYLESS, "--reported-on", "hôm qua") == 2
    capsys.readouterr()
    assert send(DAYLESS, "--reported-on", "24/8/2021") == 0
    assert "không có cột ngày; ngày báo cáo của cả danh sách là 24/08/2021" in capsys.readouterr().out
    assert IntakeFile.objects.get().reported_on.isoformat() == "2021-08-24"


def test_a_file_that_says_nothing_is_no_success(send, capsys):
    assert send("con gà,con vịt\nmột,hai\nba,bốn\n", "--dry-run") == 2
    assert "chưa rõ là loại danh sách nào" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_no_success_either(send, capsys):
    assert send(b"PK\x03\x04 torn") == 2
    assert "tệp.xlsx: " in capsys.readouterr().err


def test_an_unsure_column_stops_the_file_until_somebody_chooses(send, capsys, tmp_path):
    assert send(UNSURE) == 3
    assert "CẦN HỎI" in capsys.readouterr().out
    assert not IntakeFile.objects.exists()
    mapping = tmp_path / "m.toml"
    assert send(UNSURE, "--dry-run", "--save-mapping", mapping) == 0
    assert 'header = "Cột lạ"' in mapping.read_text("utf-8")
    assert send(UNSURE, "--mapping", mapping) == 0
    assert IntakeFile.objects.get().state == "applied"


def test_the_order_of_days_is_set_in_the_mapping_file(send, tmp_path, capsys):
    mapping, days = tmp_path / "m.toml", CASES.replace("22/8/2021", "8/9/2021")
    assert send(days, "--dry-run", "--save-mapping", mapping) == 0
    assert 'order = "day_first"' in mapping.read_text("utf-8")
    mapping.write_text(mapping.read_text("utf-8").replace("day_first", "month_first"), "utf-8")
    capsys.readouterr()
    assert send(days, "--mapping", mapping, "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["sheets"][0]["rows"]["asked"] == 0
    mapping.write_text(mapping.read_text("utf-8").replace("month_first", "sideways"), "utf-8")
    assert send(days, "--mapping", mapping) == 2


def test_rows_with_a_remark_are_given_back(send, tmp_path):
    send(CASES.replace("22/8/2021", "ngày nào đó"), "--dry-run", "--errors-to", tmp_path / "back")
    assert len(list((tmp_path / "back").iterdir())) == 1


POSITIVE = (
    "STT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Tiếp xúc với ca bệnh,Quan hệ,Diện,Ngày lấy mẫu,Kết quả xét nghiệm\n"
    "1,Phùng Ích Vượng,1980,Nam,xã Liên Ninh,0981000011,BN 900501,vợ,F1,23/8/2021,Dương tính\n"
)


@pytest.mark.parametrize(("answer", "cases", "samples"), [("case", 1, 0), ("sample", 1, 1), ("none", 0, 0), ("", 0, 0)])
def test_what_a_positive_contact_becomes_is_asked_and_answered_in_the_mapping_file(send, capsys, tmp_path, answer, cases, samples):
    mapping = tmp_path / "m.toml"
    assert send(POSITIVE, "--dry-run", "--save-mapping", mapping) == 0
    assert (
        "“Dương tính” ở cột Kết quả xét nghiệm là gì? (case = ghi là ca bệnh, sample = ghi là mẫu xét nghiệm, ca bệnh theo định nghĩa ca,"
        in capsys.readouterr().out
    )
    mapping.write_text(mapping.read_text("utf-8").replace('reading = ""', f'reading = "{answer}"'), "utf-8")
    assert send(POSITIVE, "--mapping", mapping, "--accept-unsure") == 0
    assert (CaseState.objects.filter(classification="confirmed").count(), Sample.objects.count()) == (cases, samples)
