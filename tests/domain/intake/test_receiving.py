"""A file is kept once, by whoever may send it."""

import pytest

from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import stored_bytes, stored_path

from .conftest import AN, HEADER

pytestmark = pytest.mark.django_db


def test_the_same_bytes_twice_are_one_file(received):
    first = received(HEADER, AN, name="một.csv")
    again = received(HEADER, AN, name="hai.csv")
    assert again.pk == first.pk
    assert IntakeFile.objects.count() == 1
    assert AuditEntry.objects.filter(act="file.received").count() == 1
    assert stored_bytes(first).startswith("\ufeffSTT".encode()) and b"STT" not in stored_path(first).read_bytes()


def test_an_officer_sends_for_his_own_area_only(received, officer):
    hoa = officer("Hoa", Role.HEALTH_STATION, "00682")
    with pytest.raises(NotPermitted):
        received(HEADER, AN, area="00667", actor=hoa)
    assert received(HEADER, AN, area="00682", actor=hoa).received_by_name == "Hoa"


def test_a_file_that_is_no_spreadsheet_says_so_and_is_kept(received):
    file = received(b"\x89PNG\r\n\x1a\n" + bytes(200), name="anh.xlsx")
    assert check_file(file).rows == 0
    file.refresh_from_db()
    assert file.state == "unreadable"
    assert "bảng tính" in file.message
    assert stored_path(file).exists()
