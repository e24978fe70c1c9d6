"""A commune's spreadsheet goes in by the API: checked first, applied when told, the same bytes once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tienphuong.cases.models import Case
from tienphuong.core.access.terms import Role
from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeFile
from tienphuong.registry.models import Person

HEAD = ["STT", "Mã bệnh nhân", "Họ và tên", "Năm sinh", "Giới tính", "Địa chỉ", "Ngày phát hiện", "Kết quả xét nghiệm"]
ROWS = [
    [1, "BN 9001", "Nguyễn Văn An", 1980, "Nam", "thôn Thọ Am, xã Liên Ninh, huyện Thanh Trì", "22/08/2021", "Dương tính"],
    [2, "BN 9002", "Trần Thị Bình", 1985, "Nữ", "thôn Yên Phú, xã Liên Ninh, huyện Thanh Trì", "23/08/2021", "Dương tính"],
]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _sheet(rows=ROWS, name="danh sách F0.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(["DANH SÁCH CA BỆNH XÃ LIÊN NINH"])
    for row in [HEAD, *rows]:
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return SimpleUploadedFile(name, written.getvalue())


def _again(file: SimpleUploadedFile) -> SimpleUploadedFile:
    file.seek(0)
    return SimpleUploadedFile("tên khác.xlsx", file.read())


def _send(client, *files, **told):
    return client.post("/api/v1/files", {"files": list(files), "disease": "covid-19", **told})


def test_a_sent_file_is_checked_and_nothing_reaches_the_base(machine, hoa):
    answer = _send(machine(hoa), _sheet())
    assert answer.status_code == 200, answer.content.decode()
    (told,) = answer.json()
    assert (told["state"], told["preview"]["rows"], told["preview"]["verdicts"]["new"]) == ("checked", 2, 2)
    assert told["sender"] == "Hoa"
    assert not Person.objects.exists()


def test_a_list_is_given_its_day_of_report_but_never_one_to_come(machine, hoa):
    client = machine(hoa)
    refused = _send(client, _sheet(), reported_on="2099-01-01")
    assert refused.status_code == 422 and refused.json()["faults"][0]["name"] == "reported_on"
    (told,) = _send(client, _sheet(), reported_on="2021-08-24").json()
    assert told["reported_on"] == "2021-08-24"


def test_a_file_is_applied_when_told_to(machine, hoa):
    client = machine(hoa)
    (told,) = _send(client, _sheet(), apply="true").json()
    assert told["state"] == "applied"
    assert told["applied_at"]
    assert client.get("/api/v1/figures", {"disease": "covid-19"}).json()["cases_total"] == 2


def test_the_same_bytes_are_the_same_file_and_change_nothing(machine, hoa):
    client, file = machine(hoa), _sheet()
    (first,) = _send(client, file, apply="true").json()
    before = (Person.objects.count(), Case.objects.count(), AuditEntry.objects.count())
    (second,) = _send(client, _again(file), apply="true").json()
    assert (second["id"], second["name"], second["state"]) == (first["id"], "danh sách F0.xlsx", "applied")
    assert (Person.objects.count(), Case.objects.count(), AuditEntry.objects.count()) == before


def test_several_files_at_once_are_answered_in_their_order(machine, hoa):
    other = [[1, "BN 9003", "Lê Thị Chi", 1990, "Nữ", "xã Liên Ninh, huyện Thanh Trì", "23/08/2021", "Dương tính"]]
    told = _send(machine(hoa), _sheet(), _sheet(other, "bổ sung.xlsx")).json()
    assert [(one["name"], one["preview"]["rows"]) for one in told] == [("danh sách F0.xlsx", 2), ("bổ sung.xlsx", 1)]


def test_a_file_that_is_no_spreadsheet_is_kept_with_the_reason(machine, hoa):
    (told,) = _send(machine(hoa), SimpleUploadedFile("ảnh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))).json()
    assert told["state"] == "unreadable"
    assert told["message"]
    assert told["preview"]["rows"] == 0


def test_an_officer_of_another_district_may_not_send_for_this_one(machine, minh):
    answer = _send(machine(minh), _sheet(), area="00682")
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "send_file"
    assert "Xã Liên Ninh" in answer.json()["reason"]


def test_the_same_bytes_from_another_district_do_not_show_this_ones_file(machine, hoa, minh):
    file = _sheet()
    _send(machine(hoa), file)
    assert _send(machine(minh), _again(file)).status_code == 403


def test_who_may_not_send_files_is_told_so(machine, officer):
    answer = _send(machine(officer("Huy", Role.INSPECTOR, "020")), _sheet())
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "send_file"


def test_a_request_without_a_file_is_told_what_is_missing(machine, hoa):
    answer = _send(machine(hoa))
    assert answer.status_code == 422
    assert [(fault["part"], fault["name"]) for fault in answer.json()["faults"]] == [("file", "files")]


def test_a_word_for_duplicates_that_is_none_is_answered_with_the_list(machine, hoa):
    answer = _send(machine(hoa), _sheet(), duplicates="merge")
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["part"], fault["name"], fault["value"]) == ("form", "duplicates", "merge")
    assert "'queue'" in fault["remedy"]


def test_too_long_a_request_is_refused_before_it_is_read(machine, hoa, settings):
    settings.INTAKE_LARGEST_FILE = 1024
    answer = _send(machine(hoa), _sheet())
    assert answer.status_code == 413
    assert "chia nhỏ" in answer.json()["remedy"]


def test_the_commune_is_the_one_the_sender_is_named_after_and_an_area_sent_later_stands_above_it(machine, lan, areas):
    client, file = machine(lan), _sheet(name="F0.xlsx")
    (told,) = _send(client, file, sender="Trạm Y tế xã Liên Ninh").json()
    assert told["area_path"] == areas["00682"].path and "Địa bàn của tệp lấy theo tên nơi gửi" in told["warnings"][0][2]
    (again,) = _send(client, _again(file), sender="Trạm Y tế xã Liên Ninh", area="020").json()
    assert (again["id"], again["area_path"]) == (told["id"], areas["020"].path)
    assert "do Lan chọn lại" in again["warnings"][0][2]


def test_the_name_of_the_file_tells_the_commune_where_no_sender_is_said(machine, lan, areas):
    (told,) = _send(machine(lan), _sheet(name="lien ninh F0.xlsx")).json()
    assert (told["area_path"], told["sender"]) == (areas["00682"].path, "Lan")


def test_what_writing_would_change_is_counted_by_the_worker_for_the_page(machine, hoa, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    (told,) = _send(machine(hoa), _sheet()).json()
    file = IntakeFile.objects.get(pk=told["id"])
    assert ["cases_total", 0, 2] in file.effect and file.effect_asked_at is None
    assert not Person.objects.exists()
