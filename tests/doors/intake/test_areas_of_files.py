"""Which area a file is about, where nobody gave one: by the names, said on its page with the reason, and changed there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeFile
from tienphuong.registry.models import Area

LIST = (
    "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Mã bệnh nhân\n"
    "1,Trần Thị Mai,Nữ,1984,Thôn Nội Am,20/8/2021,Dương tính,BN 101\n"
)  # fmt: skip


@pytest.fixture
def send(desk, lan):
    page = desk(lan)

    def make(name="danh sach.csv", **more):
        file = SimpleUploadedFile(name, (LIST + str(more)).encode())
        answer = page.post("/tiep-nhan/", {"files": [file], "area": "theo-ten", "disease": "covid-19", "duplicates": "queue", **more})
        return page, answer.headers["Location"]

    return make


def area_of(address):
    return IntakeFile.objects.get(pk=address.split("/")[2]).area


@pytest.mark.parametrize(
    ("name", "sender"),
    [
        ("F0 24-8.csv", "Trạm Y tế xã Liên Ninh"),
        ("lien_ninh_F0.csv", ""),
        ("Lien Ninh F0.csv", "Trung tâm Y tế"),
        ("Ngoc Hoi gui.csv", "TYT xã Liên Ninh"),
    ],
)
def test_the_commune_is_the_one_the_sender_else_the_file_is_named_after(send, name, sender):
    page, address = send(name, sender=sender)
    assert area_of(address).name == "Liên Ninh"
    shown = page.get(address).content.decode()
    assert "Địa bàn của tệp lấy theo tên nơi gửi" in shown and '<select id="area" name="area">' in shown


def test_names_that_tell_no_commune_leave_the_officers_own_area_and_say_so(send, areas):
    page, address = send("ra vien.csv", sender="Trung tâm Y tế huyện")
    assert area_of(address).level == "district"
    assert "không nói rõ một xã nào, nên địa bàn của tệp là" in page.get(address).content.decode()


def test_an_area_that_was_chosen_stands_above_the_senders_name(send, lan):
    page, address = send("a.csv", sender="Trạm Y tế xã Liên Ninh", area=lan.home)
    assert area_of(address).level == "district" and "lấy theo tên nơi gửi" not in page.get(address).content.decode()


def test_the_area_is_changed_on_the_page_until_rows_are_written(send, lan):
    page, address = send("a.csv", sender="Trạm Y tế xã Liên Ninh")
    other = Area.objects.exclude(name="Liên Ninh").filter(level="commune", path__startswith=lan.home).first()
    changed = page.post(f"{address}dia-ban/", {"area": other.path}, follow=True).content.decode()
    assert area_of(address) == other and "Địa bàn của tệp do Lan chọn lại" in changed and "lấy theo tên nơi gửi" not in changed
    assert AuditEntry.objects.filter(act="file.area_given").count() == 1
    page.post(f"{address}nhap/")
    refused = page.post(f"{address}dia-ban/", {"area": lan.home}, follow=True).content.decode()
    assert area_of(address) == other and "không đổi cách hiểu được nữa" in refused


def test_an_area_out_of_reach_is_not_given(send, lan, areas):
    page, address = send("a.csv", sender="Trạm Y tế xã Liên Ninh")
    outside = Area.objects.filter(level="commune").exclude(path__startswith=lan.home).first()
    assert page.post(f"{address}dia-ban/", {"area": outside.path}).status_code == 403
    assert area_of(address).name == "Liên Ninh"
