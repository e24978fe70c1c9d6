"""Cells that are not understood: asked once for all rows, remembered for the sender, changed and taken back on a page."""

import pytest
from tests.doors.intake.test_intake import send

from tienphuong.cases.models import CaseState, SampleState
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeFile, IntakeRow, RememberedWord

HEADER = "STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Mã mẫu\n"
NAMES = ("Trần Thị Mai", "Lê Văn Bình", "Phạm Văn Chi")


def test_an_answer_about_how_a_stay_stands_is_read_by_the_register(desk, hoa, areas):
    text = ("SỔ THEO DÕI CÁCH LY\nSTT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Hình thức cách ly,Cách ly từ ngày,Tình trạng\n"
            '1,Trần Thị Mai,Nữ,1984,"Thôn Nội, xã Liên Ninh",Tập trung,20/8/2021,QZX\n')  # fmt: skip
    page = desk(hoa)
    address = send(page, areas, ("cl.csv", text)).headers["Location"]
    page.post(f"{address}tu-ngu/", {"kind": "state", "text": "QZX", "word": "completed"})
    assert "kiểu ô chưa hiểu" not in page.get(address).content.decode()
    assert RememberedWord.objects.get().kind == "state"


def listed(*results, day="22/8/2021"):
    rows = [f'{n},{name},Nữ,199{n},"Thôn Nội, xã Liên Ninh",{day},{result},M{n}'
            for n, (name, result) in enumerate(zip(NAMES, results, strict=False), 1)]  # fmt: skip
    return "DANH SÁCH KẾT QUẢ XÉT NGHIỆM\n" + HEADER + "\n".join(rows) + "\n"


@pytest.fixture
def sent(desk, hoa, areas):
    """A list sent by the station: the page and the file's address."""

    def make(*results, name="xn.csv", **more):
        page = desk(hoa)
        return page, send(page, areas, (name, listed(*results, **more))).headers["Location"]

    return make


def test_one_question_for_all_rows_with_the_same_words(sent):
    page, address = sent("QZX", "QZX", "Dương tính")
    preview = page.get(address).content.decode()
    assert "1 kiểu ô chưa hiểu" in preview and preview.count('name="word"') == 1
    assert "“QZX”" in preview and ">2 <span" in preview


def test_an_answer_is_remembered_for_the_sender_and_the_file_is_read_by_it(sent):
    page, address = sent("QZX", "Dương tính")
    page.post(f"{address}tu-ngu/", {"kind": "result", "text": "QZX", "word": "negative"})
    assert "kiểu ô chưa hiểu" not in page.get(address).content.decode()
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert dict(SampleState.objects.filter(known_to=OPEN_END).values_list("sample__code", "answer")) == {
        "M1": "negative",
        "M2": "positive",
    }
    page, later = sent("Âm tính", "qzx", name="xn2.csv", day="23/8/2021")
    assert "kiểu ô chưa hiểu" not in page.get(later).content.decode()


def test_what_is_remembered_is_shown_changed_and_taken_back(sent):
    page, address = sent("QZX")
    page.post(f"{address}tu-ngu/", {"kind": "result", "text": "QZX", "word": "negative"})
    word = RememberedWord.objects.get()
    shown = page.get("/tiep-nhan/tu-ngu/").content.decode()
    assert "“QZX”" in shown and "Hoa" in shown
    page.post(f"/tiep-nhan/tu-ngu/{word.pk}/", {"word": "positive"})
    standing = RememberedWord.objects.get(withdrawn_at=None)
    assert (standing.word, RememberedWord.objects.count()) == ("positive", 2)
    page.post(f"/tiep-nhan/tu-ngu/{standing.pk}/", {"word": ""})
    assert not RememberedWord.objects.filter(withdrawn_at=None).exists()
    page, later = sent("QZX", name="xn3.csv", day="23/8/2021")
    assert "1 kiểu ô chưa hiểu" in page.get(later).content.decode()


def test_the_same_answer_twice_is_one_and_an_answer_outside_the_words_is_refused(sent):
    page, address = sent("QZX")
    for word in ("negative", "negative", "maybe"):
        answer = page.post(f"{address}tu-ngu/", {"kind": "result", "text": "QZX", "word": word}, follow=True)
    assert "không có trong danh mục" in answer.content.decode()
    assert RememberedWord.objects.values_list("word", flat=True).get() == "negative"


def test_an_officer_of_another_area_sees_and_changes_no_word(sent, desk, minh):
    page, address = sent("QZX")
    page.post(f"{address}tu-ngu/", {"kind": "result", "text": "QZX", "word": "negative"})
    word = RememberedWord.objects.get()
    page = desk(minh)
    assert "QZX" not in page.get("/tiep-nhan/tu-ngu/").content.decode()
    assert page.post(f"/tiep-nhan/tu-ngu/{word.pk}/", {"word": "positive"}).status_code == 404
    page.post(f"/tiep-nhan/tu-ngu/{word.pk}/", {"word": ""})
    assert RememberedWord.objects.get().withdrawn_at is None


def test_the_preview_says_what_each_row_becomes_and_what_writing_changes(desk, hoa, areas):
    text = ("STT,Họ và tên,Giới tính,Năm sinh,Địa chỉ,Ngày phát hiện,Phân loại,Tình trạng\n"
            '1,Trần Thị Mai,Nữ,1984,"Thôn Nội, xã Liên Ninh",24/8/2021,Xác định,Đang điều trị\n'
            '2,Lê Văn Bình,Nam,1979,"Thôn Nội, xã Liên Ninh",24/8/2021,Chưa phân loại,\n')  # fmt: skip
    page = desk(hoa)
    address = send(page, areas, ("ca.csv", text)).headers["Location"]
    preview = page.get(f"{address}?verdict=new").content.decode()
    assert "Ca mắc lũy kế" in preview and "0 → <b>1</b>" in preview
    assert "hồ sơ chưa phân loại, chưa tính là ca" in preview
    assert not CaseState.objects.exists(), "a preview writes nothing"
    assert ["cases_total", 0, 1] in IntakeFile.objects.get().effect
    becomes = dict(IntakeRow.objects.values_list("number", "becomes"))
    assert becomes[2] == [["case", "confirmed"], ["outcome", "in_treatment"]] and becomes[3] == [["unclassified", ""]]


def test_a_column_that_is_not_sure_is_confirmed_before_anything_is_written(desk, hoa, areas):
    text = "STT,Họ và tên,Giới tính,Năm sinh,Ngày phát hiện bệnh nhân hôm đó,Mã BN\n1,Trần Thị Mai,Nữ,1984,20/8/2021,BN101\n"
    page = desk(hoa)
    address = send(page, areas, ("ca.csv", text)).headers["Location"]
    assert "cột chưa chắc chắn" in page.get(address).content.decode()
    refused = page.post(f"{address}nhap/", follow=True).content.decode()
    assert "Còn cột chưa chắc chắn" in refused and not CaseState.objects.exists()
    page.post(f"{address}nhap/", {"accept_unsure": "1"})
    assert CaseState.objects.exists()
