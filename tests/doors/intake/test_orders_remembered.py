"""The order of days an officer set for a column is kept for the sender's later files, shown with the sender's words, changed and taken back."""

import re

import pytest
from tests.doors.intake.test_intake import send

from tienphuong.intake.models import IntakeFile, RememberedWord

HEAD = "Mã BN,Họ và tên,Năm sinh,Giới,Địa chỉ,SĐT,Ngày phát hiện"


def listed(*days, number=1):
    rows = [f"BN90010{number}{n},Lưu Thị Hạ Vy,19{n}1,Nữ,xã Liên Ninh,098100{number}{n}01,{day}" for n, day in enumerate(days)]
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture
def sent(desk, hoa, areas):
    page = desk(hoa)

    def make(name, text, sender="Trạm Y tế xã Liên Ninh"):
        return page, send(page, areas, (name, text), sender=sender).headers["Location"]

    return make


@pytest.fixture
def chosen(sent):
    """A first list whose officer said that its days are month first."""
    page, address = sent("mot.csv", listed("8/9/2021", "8/10/2021"))
    page.post(f"{address}cot/0/", {"kind": "case_list", "order-6": "month_first"})
    return page, address


def order_shown(page, address, column=6):
    shown = page.get(address).content.decode()
    select = re.search(rf'name="order-{column}".*?</select>', shown, re.DOTALL).group()
    return re.search(r'value="(\w+)" selected', select).group(1), shown


def test_later_files_of_the_sender_are_read_in_that_order_and_say_so(sent, chosen):
    page, later = sent("hai.csv", listed("8/11/2021", "8/12/2021", number=2))
    order, shown = order_shown(page, later)
    assert order == "month_first" and "đọc ngày theo thứ tự cán bộ đã chọn cho đơn vị gửi này (tháng/ngày/năm)" in shown


def test_another_layout_of_the_sender_with_the_same_heading_is_read_so_too(sent, chosen):
    text = "Họ và tên,Ngày phát hiện,Năm sinh,SĐT,Địa chỉ,Kết quả xét nghiệm\nĐàm Quốc Tuyển,8/11/2021,1990,0981000044,xã Liên Ninh,Dương tính\n"
    page, later = sent("ba.csv", text)
    assert order_shown(page, later, column=1)[0] == "month_first"


def test_another_sender_and_a_column_that_proves_its_own_order_are_read_as_they_are(sent, chosen):
    page, other = sent("hai.csv", listed("8/7/2021", "8/6/2021", number=2), sender="Trạm Y tế xã Ngọc Hồi")
    assert order_shown(page, other)[0] == "day_first"
    page, proven = sent("ba.csv", listed("23/8/2021", "22/8/2021", number=3))
    order, shown = order_shown(page, proven)
    assert order == "day_first" and "thứ tự cán bộ đã chọn" not in shown


def test_it_is_shown_changed_and_taken_back_with_the_senders_words(sent, chosen):
    page, _ = chosen
    shown = page.get("/tiep-nhan/tu-ngu/").content.decode()
    assert "“Ngày phát hiện”" in shown and "tháng/ngày/năm" in shown and "không nói gì về việc này" not in shown
    page.post(f"/tiep-nhan/tu-ngu/{RememberedWord.objects.get().pk}/", {"word": "day_first"})
    page, later = sent("hai.csv", listed("8/7/2021", "8/6/2021", number=2))
    assert order_shown(page, later)[0] == "day_first"
    page.post(f"/tiep-nhan/tu-ngu/{RememberedWord.objects.get(withdrawn_at=None).pk}/", {"word": ""})
    page, last = sent("ba.csv", listed("8/5/2021", "8/4/2021", number=3))
    assert "thứ tự cán bộ đã chọn" not in page.get(last).content.decode()


def test_an_order_that_was_not_changed_is_not_remembered(sent):
    page, address = sent("mot.csv", listed("8/7/2021", "8/6/2021"))
    page.post(f"{address}cot/0/", {"kind": "case_list", "order-6": "day_first"})
    assert not RememberedWord.objects.exists() and IntakeFile.objects.count() == 1
