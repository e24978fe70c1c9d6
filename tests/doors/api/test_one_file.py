"""A file is asked for by its id: where it stands, its doubtful rows given back as a workbook, applied after a look."""

from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook, load_workbook

from tienphuong.api.file_work import apply_for_a_machine
from tienphuong.core.access.terms import Role
from tienphuong.core.models import Appointment, AuditEntry
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.terms import FileState
from tienphuong.registry.models import Person

HEAD = ["STT", "Mã bệnh nhân", "Họ và tên", "Năm sinh", "Giới tính", "Địa chỉ", "Ngày phát hiện", "Kết quả xét nghiệm"]
ROWS = [
    [1, "BN 9001", "Nguyễn Văn An", 1980, "Nam", "thôn Thọ Am, xã Liên Ninh, huyện Thanh Trì", "22/08/2021", "Dương tính"],
    [2, "BN 9002", "Trần Thị Bình", 1985, "Nữ", "thôn Yên Phú, xã Liên Ninh, huyện Thanh Trì", "35/08/2021", "Dương tính"],
]
SORMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "sormas" / "sormas_import_test_success.csv"
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "forecasts"]}}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(machine, hoa):
    """The machine of Hoa, who sends for Liên Ninh."""
    return machine(hoa)


@pytest.fixture
def sent(desk) -> str:
    """The address of a checked list of two cases that Hoa sent, one of them found on the 35th of August."""
    book = Workbook()
    for row in [["DANH SÁCH CA BỆNH XÃ LIÊN NINH"], HEAD, *ROWS]:
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return _send(desk, SimpleUploadedFile("danh sách F0.xlsx", written.getvalue()))


def _send(client, file) -> str:
    (told,) = client.post("/api/v1/files", {"files": [file], "disease": "covid-19"}).json()
    return f"/api/v1/files/{told['id']}"


def _stands(address: str, state: FileState) -> None:
    IntakeFile.objects.filter(pk=UUID(address.rsplit("/", 1)[1])).update(state=state)


def test_a_file_asked_for_is_told_as_when_it_was_sent(sent, desk):
    told = desk.get(sent).json()
    assert (told["name"], told["state"], told["sender"]) == ("danh sách F0.xlsx", "checked", "Hoa")
    assert told["preview"]["rows"] == 2
    assert sum(told["preview"]["issues"].values()) >= 1
    assert told["progress"] == {"done": 0, "total": 2, "rate": None, "seconds_left": None}


def _applications() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="apply_for_a_machine").count()


def test_the_district_sees_the_file_of_its_commune(sent, machine, officer):
    assert machine(officer("Binh", Role.HEALTH_STATION, "020")).get(sent).status_code == 200


@pytest.mark.parametrize(("verb", "part"), [("get", ""), ("get", "/errors"), ("post", "/apply"), ("post", "/apply?wait=false")])
def test_a_file_of_another_district_is_not_there(sent, machine, minh, verb, part):
    answer = getattr(machine(minh), verb)(sent + part)
    assert answer.status_code == 404
    assert "trong phạm vi của tài khoản" in answer.json()["reason"]
    assert not Person.objects.exists()


@pytest.mark.parametrize(("verb", "part"), [("get", ""), ("get", "/errors"), ("post", "/apply")])
def test_a_file_nobody_sent_is_not_there(desk, verb, part):
    assert getattr(desk, verb)(f"/api/v1/files/{uuid4()}{part}").status_code == 404


@pytest.mark.parametrize(("verb", "part"), [("get", ""), ("get", "/errors"), ("post", "/apply")])
def test_who_may_not_send_files_is_told_so_before_any_file_is_looked_up(sent, machine, officer, verb, part):
    answer = getattr(machine(officer("Huy", Role.INSPECTOR, "020")), verb)(sent + part)
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "send_file"


def test_the_sheet_comes_back_with_reason_and_remedy_behind_the_doubtful_row(sent, desk):
    answer = desk.get(f"{sent}/errors")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "can%20xem%20lai.xlsx" in answer.headers["Content-Disposition"]
    rows = [[cell for cell in row if cell is not None] for row in load_workbook(BytesIO(answer.content)).active.values]
    assert rows[1][: len(HEAD)] == HEAD
    assert rows[2][: len(HEAD)] == ROWS[0]
    assert len(rows[2]) == len(HEAD), "a good row carries no remark"
    assert rows[3][: len(HEAD)] == ROWS[1]
    assert "35/08/2021" in rows[3][-1]


def test_a_checked_file_is_applied_and_the_answer_waits_for_it(sent, desk):
    answer = desk.post(f"{sent}/apply")
    assert answer.status_code == 200, answer.content.decode()
    told = answer.json()
    assert (told["state"], told["progress"]["done"], told["progress"]["total"]) == ("applied", 2, 2)
    assert set(Person.objects.values_list("full_name", flat=True)) == {"Nguyễn Văn An", "Trần Thị Bình"}
    assert desk.get(sent).json()["applied_at"] == told["applied_at"]


def test_applying_twice_writes_once(sent, desk):
    first = desk.post(f"{sent}/apply").json()
    before = (Person.objects.count(), AuditEntry.objects.count())
    second = desk.post(f"{sent}/apply?wait=false")
    assert second.status_code == 200
    assert second.json()["applied_at"] == first["applied_at"]
    assert (Person.objects.count(), AuditEntry.objects.count()) == before
    assert _applications() == 0


def test_who_does_not_wait_is_answered_before_anything_is_written(sent, desk):
    answer = desk.post(f"{sent}/apply?wait=false")
    assert answer.status_code == 202
    assert answer.json()["state"] == "checked"
    assert not Person.objects.exists()
    assert _applications() == 1


def test_the_worker_writes_what_nobody_waits_for_under_the_name_of_who_asked(sent, desk, hoa, settings):
    settings.TASKS = IMMEDIATE
    assert desk.post(f"{sent}/apply?wait=false").status_code == 200, "a worker that is done at once leaves nothing to wait for"
    assert desk.get(sent).json()["state"] == "applied"
    assert Person.objects.count() == 2
    assert AuditEntry.objects.get(act="file.applied").actor_id == hoa.user_id


def test_the_worker_leaves_a_file_alone_that_is_out_of_reach_of_who_asked(sent, minh, at):
    assert apply_for_a_machine.call(sent.rsplit("/", 1)[1], str(minh.user_id), at.isoformat()) == "gone"
    assert not Person.objects.exists()


def test_a_file_left_in_the_middle_goes_to_the_worker_even_if_somebody_would_wait(sent, desk):
    _stands(sent, FileState.APPLYING)
    assert desk.post(f"{sent}/apply").status_code == 202
    assert _applications() == 1
    assert not Person.objects.exists()


def test_an_account_moved_away_sees_what_it_sent_but_does_not_apply_it(sent, desk, hoa, areas):
    Appointment.objects.filter(user_id=hoa.user_id).update(area_path=areas["009"].path)
    assert desk.get(sent).status_code == 200
    answer = desk.post(f"{sent}/apply")
    assert answer.status_code == 403
    assert "Xã Liên Ninh" in answer.json()["reason"]
    assert not Person.objects.exists()


@pytest.mark.parametrize(("verb", "part"), [("get", "/errors"), ("post", "/apply"), ("post", "/apply?wait=false")])
@pytest.mark.parametrize(
    ("state", "words"), [(FileState.RECEIVED, "đã nhận"), (FileState.READ, "chờ kiểm tra"), (FileState.WITHDRAWN, "đã rút")]
)
def test_a_file_without_a_check_is_neither_given_back_nor_applied(sent, desk, verb, part, state, words):
    _stands(sent, state)
    answer = getattr(desk, verb)(sent + part)
    assert answer.status_code == 409
    assert words in answer.json()["reason"]
    assert answer.json()["remedy"]
    assert not Person.objects.exists()


def test_a_file_that_cannot_be_read_is_told_with_its_reason(desk):
    address = _send(desk, SimpleUploadedFile("ảnh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64)))
    assert desk.get(address).json()["state"] == "unreadable"
    answer = desk.post(f"{address}/apply")
    assert answer.status_code == 409
    assert desk.get(address).json()["message"] in answer.json()["reason"]


@pytest.mark.skipif(not SORMAS.exists(), reason="the import files of ../shared/data are not present")
def test_a_file_another_system_wrote_is_given_back_row_by_row_and_applied(desk):
    address = _send(desk, SimpleUploadedFile(SORMAS.name, SORMAS.read_bytes()))
    told = desk.get(address).json()
    assert told["state"] == "checked"
    book = load_workbook(BytesIO(desk.get(f"{address}/errors").content))
    assert book.active.max_row >= told["preview"]["rows"]
    after = desk.post(f"{address}/apply").json()
    assert after["state"] == "applied"
    assert after["progress"]["done"] == told["progress"]["total"] == Person.objects.count()


def test_a_word_for_wait_that_is_none_is_named(sent, desk):
    (fault,) = desk.post(f"{sent}/apply?wait=sau").json()["faults"]
    assert (fault["part"], fault["name"], fault["value"]) == ("query", "wait", "sau")


def test_an_id_that_is_none_is_no_address(desk):
    assert desk.get("/api/v1/files/1").status_code == 404


def test_what_withdrawing_changes_is_told_and_nothing_is_written(sent, desk):
    desk.post(f"{sent}/apply")
    told = desk.get(f"{sent}/withdrawal").json()
    assert (told["people"], told["cases"], told["kept"], told["state"]) == (2, 2, [], "applied")
    assert {"indicator": "cases_total", "before": 2, "after": 0} in told["figures"]
    assert desk.get(sent).json()["state"] == "applied"


def test_a_file_is_withdrawn_once_with_a_reason(sent, desk):
    assert desk.post(f"{sent}/withdraw", {"reason": "nhầm"}, content_type="application/json").status_code == 409
    desk.post(f"{sent}/apply")
    assert "lý do" in desk.post(f"{sent}/withdraw", {}, content_type="application/json").json()["reason"]
    act = {"reason": "nhầm", "act_id": str(uuid4())}
    for _ in range(2):
        told = desk.post(f"{sent}/withdraw", act, content_type="application/json").json()
        assert (told["state"], told["people"], told["cases"]) == ("withdrawn", 2, 2)
    assert desk.post(f"{sent}/withdraw", {"reason": "nữa"}, content_type="application/json").status_code == 409
    assert desk.post(f"{sent}/apply").status_code == 409


def test_withdrawing_asks_its_own_permission(sent, desk, machine, officer):
    desk.post(f"{sent}/apply")
    clerk = machine(officer("Thư", Role.CLERK, "00682"))
    answer = clerk.post(f"{sent}/withdraw", {"reason": "thử"}, content_type="application/json")
    assert answer.status_code == 403 and answer.json()["permission"]["key"] == "withdraw_file"


def test_a_check_is_stopped_and_sending_the_file_again_goes_on_with_it(sent, desk):
    _stands(sent, FileState.READ)
    assert desk.post(f"{sent}/stop").json()["state"] == "stopped"
    assert desk.post(f"{sent}/stop").status_code == 200, "the same act twice is one"
    _stands(sent, FileState.CHECKED)
    refused = desk.post(f"{sent}/stop")
    assert refused.status_code == 409 and "đã kiểm tra" in refused.json()["reason"]
