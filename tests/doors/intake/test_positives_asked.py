"""Positive results in lists that write none down, and words no figure of a case hangs on: grouped questions, answered once for the sender."""

import pytest
from tests.doors.intake.test_intake import send

from tienphuong.cases.models import CaseState, Sample
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow, RememberedWord
from tienphuong.quarantine.models import Stay
from tienphuong.tracing.models import Contact, DegreeRecord

CONTACTS = (
    "DANH SÁCH NGƯỜI TIẾP XÚC\nSTT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Tiếp xúc với ca bệnh,Quan hệ,Diện,Ngày lấy mẫu,Kết quả xét nghiệm\n"
    "1,Phùng Ích Vượng,1980,Nam,xã Liên Ninh,0981000011,BN 900501,{relation},F1,23/8/2021,Dương tính\n"
    "2,Kiều Thị Sương,1969,Nữ,xã Liên Ninh,0981000012,BN 900501,{relation},F1,23/8/2021,Dương tính\n"
    "3,Lê Thị Như Ý,1975,Nữ,xã Liên Ninh,0981000013,BN 900501,{relation},F1,23/8/2021,Âm tính\n"
)
STAYS = (
    "SỔ THEO DÕI CÁCH LY\nSTT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Hình thức cách ly,Cách ly từ ngày,Tình trạng,Ngày lấy mẫu lần 2,Kết quả lần 2\n"
    "1,Phùng Ích Vượng,1980,Nam,xã Liên Ninh,0981000011,Tập trung,20/8/2021,Đang cách ly,23/8/2021,Dương tính\n"
)


@pytest.fixture
def sent(desk, hoa, areas):
    page = desk(hoa)

    def make(text, name="ds.csv"):
        return page, send(page, areas, (name, text)).headers["Location"]

    return make


def cases():
    return dict(CaseState.objects.filter(known_to=OPEN_END).values_list("case__person__full_name", "classification"))


def test_positive_people_of_a_list_of_contacts_are_one_question_with_the_right_answers(sent):
    page, address = sent(CONTACTS.format(relation="vợ"))
    shown = page.get(address).content.decode()
    assert "1 kiểu ô chưa hiểu" in shown and "ghi là ca bệnh" in shown and "ghi là mẫu xét nghiệm" in shown
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert cases() == {} and Sample.objects.count() == 1


def test_they_become_cases_where_the_officer_says_so(sent):
    page, address = sent(CONTACTS.format(relation="vợ"))
    page.post(f"{address}tu-ngu/", {"kind": "positive", "text": "Dương tính", "word": "case"})
    assert "kiểu ô chưa hiểu" not in page.get(address).content.decode()
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert cases() == {"Phùng Ích Vượng": "confirmed", "Kiều Thị Sương": "confirmed"}
    assert {state.detected_on.day for state in CaseState.objects.all()} == {23}
    assert Sample.objects.count() == 1


def test_they_become_samples_where_the_officer_says_so_and_the_word_is_taken_back(sent):
    page, address = sent(CONTACTS.format(relation="vợ"))
    page.post(f"{address}tu-ngu/", {"kind": "positive", "text": "Dương tính", "word": "sample"})
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert Sample.objects.filter(taken_on__day=23).count() == 3
    page.post(f"/tiep-nhan/tu-ngu/{RememberedWord.objects.get().pk}/", {"word": ""})
    page, later = sent(CONTACTS.format(relation="con"), name="ds2.csv")
    assert "1 kiểu ô chưa hiểu" in page.get(later).content.decode()


def test_a_positive_person_of_a_register_becomes_a_case_and_keeps_the_stay(sent):
    page, address = sent(STAYS)
    page.post(f"{address}tu-ngu/", {"kind": "positive", "text": "Dương tính", "word": "case"})
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert cases() == {"Phùng Ích Vượng": "confirmed"}
    assert Stay.objects.get().started_on.day == 20
    assert [issue for row in IntakeRow.objects.all() for issue in row.issues if issue[0] == "warning"] == []


@pytest.mark.parametrize(
    ("heading", "kind", "word", "head", "row"),
    [
        ("Nơi phát hiện", "setting", "community", "Ngày phát hiện,Kết quả xét nghiệm,{}", "23/8/2021,Dương tính,QZX"),
        ("Nguồn lây", "source", "unknown", "Ngày phát hiện,Kết quả xét nghiệm,{}", "23/8/2021,Dương tính,QZX"),
        ("Phương pháp xét nghiệm", "method", "pcr", "Ngày lấy mẫu,Mã mẫu,Kết quả xét nghiệm,{}", "23/8/2021,M{n},Dương tính,QZX"),
        ("Phát hiện qua", "found", "police_check", "Về từ đâu,Ngày về địa phương,{}", "Bắc Giang,23/8/2021,QZX"),
        ("Quan hệ", "contact_kind", "household", "Tiếp xúc với ca bệnh,Diện,{}", "BN 900501,F1,QZX"),
    ],
)
def test_the_other_kinds_of_words_are_grouped_questions_too(sent, heading, kind, word, head, row):
    names = ("Phùng Ích Vượng", "Kiều Thị Sương")
    lines = [f"{n},{name},19{n}0,Nam,xã Liên Ninh,098100001{n},{row.format(n=n)}" for n, name in enumerate(names, 6)]
    text = "\n".join([f"STT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,{head.format(heading)}", *lines]) + "\n"
    page, address = sent(text)
    shown = page.get(address).content.decode()
    assert "1 kiểu ô chưa hiểu" in shown and "“QZX”" in shown and ">2 <span" in shown
    page.post(f"{address}tu-ngu/", {"kind": kind, "text": "QZX", "word": word})
    assert "kiểu ô chưa hiểu" not in page.get(address).content.decode()
    page.post(f"/tiep-nhan/tu-ngu/{RememberedWord.objects.get().pk}/", {"word": ""})
    page, later = sent(text.replace("23/8", "22/8").replace("F1", "F1 "), name="ds2.csv")
    assert "1 kiểu ô chưa hiểu" in page.get(later).content.decode()


def test_an_answer_about_a_setting_or_a_relation_is_what_the_rows_say(sent):
    page, address = sent(CONTACTS.format(relation="QZX"))
    page.post(f"{address}tu-ngu/", {"kind": "contact_kind", "text": "QZX", "word": "workplace"})
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    page, later = sent(
        "STT,Họ tên,Năm sinh,Giới,Địa chỉ,SĐT,Mã bệnh nhân,Ngày phát hiện,Kết quả xét nghiệm,Nơi phát hiện\n"
        "1,Hà Kiều Anh,1990,Nữ,xã Liên Ninh,0981000019,BN 900501,20/8/2021,Dương tính,QZX\n",
        name="ca.csv",
    )
    page.post(f"{later}tu-ngu/", {"kind": "setting", "text": "QZX", "word": "cordon"})
    page.post(f"{later}nhap/", {"accept_unsure": "1"})
    assert CaseState.objects.get(known_to=OPEN_END).detection_setting == "cordon"
    assert {contact.kind for contact in Contact.objects.all()} == {"workplace"}
    assert DegreeRecord.objects.filter(known_to=OPEN_END, degree=1).count() == 3
