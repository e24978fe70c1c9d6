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


def _mapping(send, tmp_path, text=UNSURE):
    path = tmp_path / "m.toml"
    send(text, "--dry-run", "--save-mapping", path)
    return path, path.read_text("utf-8")


def test_what_is_given_after_a_file_was_applied_is_refused_with_what_to_do(send, capsys, tmp_path):
    path, written = _mapping(send, tmp_path)
    assert send(UNSURE, "--mapping", path) == 0
    assert send(UNSURE, "--mapping", path) == 0  # the same again is no other answer
    path.write_text(written.replace('field = "phone"', 'field = ""'), "utf-8")
    assert written != path.read_text("utf-8")
    capsys.readouterr()
    assert send(UNSURE, "--mapping", path) == 4
    assert f"tienphuong intake withdraw {IntakeFile.objects.get().pk} --reason" in capsys.readouterr().err
    assert send(UNSURE, "--reported-on", "23/8/2021") == 4


def test_a_mapping_file_lists_the_fields_and_a_wrong_one_is_answered_with_the_nearest(send, capsys, tmp_path):
    path, written = _mapping(send, tmp_path)
    assert "#   age: Tuổi" in written and "case_list" in written
    for wrong, near in (("tuoi", "age (Tuổi)"), ("sdt", "phone"), ("ngay lay mau", "sampled_on"), ("gioi", "sex")):
        path.write_text(written.replace('field = "phone"', f'field = "{wrong}"'), "utf-8")
        assert send(UNSURE, "--mapping", path) == 2
        said = capsys.readouterr().err
        assert f"không có trường “{wrong}”" in said and near in said, (wrong, said)
    path.write_text(written.replace('kind = "case_list"', 'kind = "danh sach"'), "utf-8")
    assert send(UNSURE, "--mapping", path) == 2
    assert "case_list (danh sách ca bệnh)" in capsys.readouterr().err


def test_a_mapping_made_for_other_headings_is_refused_with_each_of_them(send, capsys, tmp_path):
    path, _ = _mapping(send, tmp_path)
    assert send(CASES, "--mapping", path, "--accept-unsure") == 2
    said = capsys.readouterr().err
    assert "cột 0: tệp cách hiểu ghi “Mã ca”, tệp là “STT”" in said and "cột 2: tệp cách hiểu ghi “Cột lạ”" in said
    assert not IntakeFile.objects.filter(state="applied").exists()


def test_an_unsure_column_says_why(send, capsys):
    send(UNSURE)
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "CẦN HỎI" in line]
    assert line.rpartition("%: ")[2].strip()


MIXED = (
    CASES.replace("22/8/2021", "08/24/2021")
    + "2,Đàm Quốc Tuyển,Nam,1990,,Thôn Nội,20/08/2021\n3,Kiều Thị Sương,Nữ,1992,,Thôn Nội,08/07/2021\n"
)


def test_a_column_of_both_orders_asks_for_one_order_and_takes_it(send, capsys, tmp_path):
    path, written = _mapping(send, tmp_path, MIXED)
    assert "Chọn thứ tự cho cả cột" in capsys.readouterr().out
    path.write_text(written.replace('order = "cell_by_cell"', 'order = "month_first"'), "utf-8")
    assert send(MIXED, "--mapping", path) == 0
    assert CaseState.objects.filter(detected_on="2021-08-07").count() == 1
