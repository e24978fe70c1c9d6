"""Officers who send one file, or apply it, at one moment: every one of them is answered, and the base holds it once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.at_once import at_once, base_of_many, faults
from tests.doors.api.test_files import _sheet

from tienphuong.cases.models import Case
from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeFile, IntakeRow, IntakeSheet
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 300
ROWS = [
    [n, f"BN {n}", f"Nguyễn Văn {chr(65 + n % 23)} {chr(65 + n // 23)}", 1950 + n % 60, "Nam", "xã Liên Ninh", "22/08/2021", "Dương tính"]
    for n in range(1, MANY + 1)
]


@pytest.fixture
def many(tmp_path, hoa, lan, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    with base_of_many(tmp_path):
        yield


def _answers(came):
    assert faults(came) == []
    assert {one["Content-Type"].partition(";")[0] for one in came} == {"application/json"}, [one.content[:200] for one in came]
    return [(one.status_code, one.json()) for one in came]


def _send(client, content, **told):
    return client.post(
        "/api/v1/files", {"files": [SimpleUploadedFile("danh sách F0.xlsx", content)], "disease": "covid-19", "sender": "Trạm Y tế", **told}
    )


def test_four_officers_who_send_one_file_at_once_are_told_the_same(machine, hoa, many):
    content, clients = _sheet(ROWS).read(), [machine(hoa)]
    answers = _answers(at_once(*[lambda: _send(clients[0], content)] * 4))
    assert [status for status, _ in answers] == [200] * 4, answers
    assert len({told[0]["id"] for _, told in answers}) == 1
    assert {told[0]["state"] for _, told in answers} == {"checked"}
    assert {told[0]["preview"]["rows"] for _, told in answers} == {MANY}
    assert (IntakeFile.objects.count(), IntakeSheet.objects.count(), IntakeRow.objects.count()) == (1, 1, MANY)
    assert AuditEntry.objects.filter(act="file.received").count() == 1


@pytest.mark.parametrize("wait", ["true", "false"])
def test_a_file_applied_eight_times_at_once_is_written_once(machine, hoa, many, wait):
    client = machine(hoa)
    sent = _send(client, _sheet(ROWS).read()).json()[0]
    assert sent["unsure_columns"] == []
    address = f"/api/v1/files/{sent['id']}/apply?wait={wait}"
    answers = _answers(at_once(*[lambda: client.post(address)] * 8))
    assert {status for status, _ in answers} <= {200, 202}, answers
    if wait == "true":
        assert {told["state"] for _, told in answers} <= {"applied", "applying"}, "who came second may be told that it is being written"
        assert client.get(f"/api/v1/files/{sent['id']}").json()["state"] == "applied"
        assert (Person.objects.count(), Case.objects.count()) == (MANY, MANY)
        assert AuditEntry.objects.filter(act="file.applied").count() == 1


def test_a_file_sent_to_be_applied_by_four_at_once_is_written_once(machine, hoa, many):
    content, client = _sheet(ROWS).read(), machine(hoa)
    answers = _answers(at_once(*[lambda: _send(client, content, apply="true")] * 4))
    assert {(status, told[0]["state"]) for status, told in answers} <= {(200, "applied"), (200, "applying")}
    assert IntakeFile.objects.get().state == "applied"
    assert (Person.objects.count(), Case.objects.count()) == (MANY, MANY)
