"""Shown lists from the terminal: what there is to say of a file is said, and what was not understood is no success."""

from io import BytesIO

import openpyxl
import pytest

from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.intake.models import IntakeSheet
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
NAME = "15-cli-says-nothing"
HEAD = ("STT", "Họ và tên", "Giới tính", "Năm sinh", "Số điện thoại", "Địa chỉ", "Ngày phát hiện")


@pytest.fixture
def send(areas, settings, tmp_path, at):
    """Call the import on files as a commune's station sent them: send(path, *options) -> exit code."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    clock.set_scenario(stands_at=at, scenario="thu")

    def call(path, *options):
        return main(["import", str(path), "--sender", "Trạm Y tế xã Liên Ninh", "--area", "Liên Ninh", "--disease", "covid-19", *options])

    return call


@pytest.fixture
def lists(shown):
    """The files of the case by their names."""
    return {path.name: path for path in shown(NAME)}


def test_a_list_of_symptoms_and_diseases_is_read_and_told_row_by_row(send, lists, capsys):
    """Shown case 15."""
    assert send(lists["h6.csv"], "--dry-run") == 0
    submitted = capsys.readouterr().out
    assert submitted.count("ca bệnh: ca bệnh xác định") == 3 and "Ca mắc lũy kế 0 → 3" in submitted
    assert not Person.objects.exists()


def test_hidden_rows_are_told_and_a_hidden_sheet_waits_for_an_officer(send, lists, capsys):
    """Shown case 15: the draft that the sender hid makes nobody a case, and the terminal says so."""
    assert send(lists["x1_hidden.xlsx"]) == 0
    submitted = capsys.readouterr().out
    assert "“F0” có 1 dòng bị ẩn" in submitted and "“Nháp” đang bị ẩn nên chưa đọc" in submitted
    assert Person.objects.count() == 4 and not Person.objects.filter(full_name="Người Nháp Bỏ").exists()


def test_days_in_the_forms_of_systems_are_read_and_the_rows_are_told(send, lists, capsys, tmp_path):
    """Shown case 15: no day of the six rows is lost."""
    assert send(lists["e2.csv"], "--dry-run", "--errors-to", str(tmp_path / "back")) == 0
    submitted = capsys.readouterr().out
    assert submitted.count("mẫu xét nghiệm: âm tính") == 6 and "Mẫu trong ngày 0 → 1" in submitted
    assert not list((tmp_path / "back").iterdir())


def test_a_report_before_its_hour_is_one_line(send, shown, at, tmp_path, capsys):
    """Shown case 35."""
    (path,) = shown("35-report-too-early")
    assert send(path) == 0
    clock.set_scenario(stands_at=at.replace(hour=8), scenario="thanh-tri-2021")
    capsys.readouterr()
    assert main(["report", "--at", "2021-08-24T16:00", "--out", str(tmp_path / "paper")]) == 2
    submitted = capsys.readouterr()
    assert submitted.out == "" and submitted.err.count("\n") == 1 and "Chưa đến giờ chốt" in submitted.err


def _book(tmp_path, **hidden):
    out, book = BytesIO(), openpyxl.Workbook()
    book.remove(book.active)
    for number, (name, state) in enumerate(hidden.items()):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(HEAD)
        sheet.append((1, f"Trần Văn {'ABC'[number]}", "Nam", 1990 + number, f"098100000{number}", "Thôn Nội, xã Liên Ninh", "20/8/2021"))
    book.save(out)
    (path := tmp_path / "sach.xlsx").write_bytes(out.getvalue())
    return path


def test_a_hidden_sheet_is_read_when_an_officer_gives_its_kind(send, tmp_path):
    path, mapping = _book(tmp_path, F0="visible", Cu="veryHidden"), tmp_path / "m.toml"
    assert send(path, "--dry-run", "--save-mapping", str(mapping)) == 0
    mapping.write_text(mapping.read_text("utf-8").replace('kind = "unknown"', 'kind = "case_list"'), "utf-8")
    assert send(path, "--mapping", str(mapping)) == 0
    assert Person.objects.count() == 2 and not IntakeSheet.objects.filter(kind="unknown").exists()


def test_a_hidden_sheet_beside_one_that_says_nothing_is_read(send, tmp_path):
    book = openpyxl.load_workbook(_book(tmp_path, F0="visible", Cu="hidden"))
    book["F0"].delete_rows(1, 5)
    book["F0"].append(("Ghi chú của người gửi",))
    book.save(tmp_path / "khac.xlsx")
    assert send(tmp_path / "khac.xlsx") == 0
    assert Person.objects.get().full_name == "Trần Văn B"
