"""Withdrawing a file on its page: what it changes is shown first, a reason is asked, and the same bytes may be taken in anew."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tienphuong.core.access.terms import Role
from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeFile
from tienphuong.registry.models import Person
from tienphuong.web import withdrawals

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT = datetime(2021, 8, 24, 9, 5, tzinfo=UTC)
LIST = (
    "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Phương pháp,Mã bệnh nhân\n"
    "1,Trần Thị Mai,Nữ,1984,912345678,\"Thôn Nội Am, xã Liên Ninh\",24/8/2021,Dương tính,RT-PCR,BN 101\n"
    "2,Lê Văn Bình,Nam,1979,0912345679,\"Thôn Phương Nhị, xã Liên Ninh\",24/8/2021,Dương tính,RT-PCR,BN 102\n"
)  # fmt: skip


@pytest.fixture
def applied(areas):
    """Send and apply the list; the address of its page."""

    def make(page):
        sent = {
            "files": [SimpleUploadedFile("ca.csv", LIST.encode())],
            "area": areas["00682"].path,
            "disease": "covid-19",
            "duplicates": "queue",
        }
        address = page.post("/tiep-nhan/", sent).headers["Location"]
        page.post(f"{address}nhap/")
        return address

    return make


def test_what_changes_is_shown_before_anything_is_withdrawn(desk, hoa, applied):
    page = desk(hoa)
    address = applied(page)
    assert "Rút tệp này…" in page.get(address).content.decode()
    shown = page.get(f"{address}rut/").content.decode()
    assert "<b>2</b> ca bệnh không còn" in shown and "Ca mắc lũy kế" in shown and "Lý do rút" in shown
    assert IntakeFile.objects.get().state == "applied" and not AuditEntry.objects.filter(act="file.withdrawn").exists()


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "by the worker"])
def test_a_file_is_withdrawn_with_a_reason_and_says_so_everywhere(desk, hoa, applied, at_once, monkeypatch):
    monkeypatch.setattr(withdrawals, "AT_ONCE", 5000 if at_once else 0)
    page = desk(hoa)
    address = applied(page)
    refused = page.post(f"{address}rut/", {"reason": " "}, follow=True).content.decode()
    assert "Chưa ghi lý do" in refused and IntakeFile.objects.get().state == "applied"
    after = page.post(f"{address}rut/", {"reason": "gửi nhầm ngày"}, follow=True)
    if not at_once:
        after = page.get(address)
    told = after.content.decode()
    assert "Hoa đã rút tệp này" in told and "gửi nhầm ngày" in told and "2 ca không còn hiệu lực" in told
    assert "đã rút" in page.get("/tiep-nhan/").content.decode()
    assert "Chưa có số liệu" in page.get("/").content.decode()
    assert "rút tệp" in page.get(address).content.decode()


def test_the_bytes_are_taken_in_anew_from_its_page(desk, hoa, applied):
    page = desk(hoa)
    address = applied(page)
    page.post(f"{address}rut/", {"reason": "hiểu sai cột"})
    anew = page.post(f"{address}nhap-lai/", follow=True).content.decode()
    assert "Đọc thử xong 2 dòng, chưa ghi gì" in anew
    assert sorted(IntakeFile.objects.values_list("state", flat=True)) == ["checked", "withdrawn"]
    again = page.post(f"{address}nhap-lai/")
    assert IntakeFile.objects.count() == 2 and again.status_code == 302


def test_a_second_press_is_the_same_act(desk, hoa, applied):
    page = desk(hoa)
    address = applied(page)
    act = {"reason": "gửi nhầm", "act_id": "01a22b9f-43df-7425-8f34-28495797b236"}
    page.post(f"{address}rut/", act)
    assert "đã rút tệp này" in page.post(f"{address}rut/", act, follow=True).content.decode()
    assert AuditEntry.objects.filter(act="file.withdrawn").count() == 1


def test_who_may_send_but_not_withdraw_has_no_button_and_is_refused(desk, officer, applied):
    page = desk(officer("Thư", Role.CLERK, "00682"))
    address = applied(page)
    assert "Rút tệp này" not in page.get(address).content.decode()
    assert page.post(f"{address}rut/", {"reason": "thử"}).status_code == 403
    assert not Person.objects.exclude(withdrawn_at=None).exists()


def test_the_page_in_english(desk, hoa, applied):
    page = desk(hoa, language="en")
    address = applied(page)
    shown = page.get(f"{address}rut/").content.decode()
    assert "What will change" in shown and "Cumulative cases" in shown
    told = page.post(f"{address}rut/", {"reason": "x"}, follow=True).content.decode()
    assert "withdrew this file" in told and "Take this file in anew" in told
