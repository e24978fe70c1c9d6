"""Shown lists about letters that a file lost when it was saved, and about words and numbers that only fill a cell."""

import pytest

from tienphuong.cases.models import Case
from tienphuong.intake.models import IntakeRow, IntakeSheet
from tienphuong.registry.models import Contradiction, Identifier, MatchProposal, Person, Phone

pytestmark = pytest.mark.django_db
HEAD = "STT,Họ và tên,Giới tính,Năm sinh,CCCD,Số điện thoại,Địa chỉ,Ngày phát hiện,Ghi chú"


def _rows(file):
    return list(IntakeRow.objects.filter(sheet__file=file).order_by("number"))


def _remarks(row, words):
    return [issue for issue in row.issues if words in issue[4]]


def test_letters_lost_in_saving_are_said_on_the_file_and_on_each_row(take, shown):
    """Shown case 27."""
    file = take(*shown("27-letters-lost-to-question-marks"))
    assert [kind for kind, _, _ in file.warnings].count("lost_letters") == 1
    rows = _rows(file)
    assert len(rows) == 3
    for row in rows:
        assert [issue[0] for issue in _remarks(row, "mất khi lưu tệp, ở các cột")] == ["warning"]
        assert len(_remarks(row, "Tên đã mất chữ")) == 1
        assert not _remarks(row, "nước ngoài")
        assert ".xlsx" in _remarks(row, "mất khi lưu tệp, ở các cột")[0][5]
    assert list(Person.objects.order_by("pk").values_list("sex", flat=True)) == ["", "M", ""]
    assert [c[2] for c in IntakeSheet.objects.get(file=file).mapping["columns"][:7]] == [
        "row_no", "full_name", "sex", "birth", "phone", "address", "detected_on",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["ascii", "cp1252", "latin-1", "cp1251"])
def test_the_same_people_sent_again_whole_are_the_same_people_and_get_their_names(take, code):
    rows = [
        "1,Lưu Thị Hạ Vy,Nữ,1991,,0981000001,\"Thôn Nội, xã Liên Ninh\",20/8/2021,",
        "2,Đàm Quốc Tuyển,Nam,1990,,0981000002,\"Thôn Nội, xã Liên Ninh\",21/8/2021,",
        "3,Kiều Thị Sương,Nữ,1985,,0981000003,\"Thôn Nội, xã Liên Ninh\",22/8/2021,",
    ]  # fmt: skip
    spoilt = "\n".join([HEAD, *rows]).encode(code, "replace").decode(code)
    take(spoilt)
    assert Person.objects.count() == Case.objects.count() == 3
    take(HEAD, *rows)
    assert Person.objects.count() == Case.objects.count() == 3
    assert MatchProposal.objects.count() == Contradiction.objects.count() == 0
    assert set(Person.objects.values_list("full_name", flat=True)) == {"Lưu Thị Hạ Vy", "Đàm Quốc Tuyển", "Kiều Thị Sương"}


def test_two_of_one_telephone_stay_two_where_what_is_left_of_their_names_differs(take):
    take(
        HEAD.encode("ascii", "replace").decode(),
        "1,L?u Th? H? Vy,N?,1991,,0981000001,xã Liên Ninh,20/8/2021,",
        "2,Tr?n V?n N?m,Nam,1989,,0981000001,xã Liên Ninh,20/8/2021,",
    )
    assert Person.objects.count() == 2


def test_a_question_mark_behind_a_word_is_no_lost_letter(take):
    file = take(HEAD, "1,Nguyễn Văn An,Nam,1990,,0981000001,xã Liên Ninh,20/8/2021,hỏi lại?")
    assert file.warnings == []
    assert _rows(file)[0].issues == []


@pytest.mark.parametrize("nothing", ["N/A", "?", "-", "n/a", "không có", "null", "..."])
def test_what_only_fills_a_cell_is_no_value(take, nothing):
    file = take(
        HEAD,
        f"1,Nguyễn Văn An,{nothing},{nothing},{nothing},{nothing},xã Liên Ninh,20/8/2021,{nothing}",
        f"2,Trần Thị Bình,{nothing},{nothing},{nothing},{nothing},xã Liên Ninh,20/8/2021,{nothing}",
    )
    assert Person.objects.count() == 2
    assert Identifier.objects.count() == Phone.objects.count() == 0
    assert set(Person.objects.values_list("sex", "birth_year")) == {("", None)}
    assert [issue for row in _rows(file) for issue in row.issues if issue[0] != "info"] == []


@pytest.mark.parametrize(
    ("phone", "paper"),
    [("0000000000", "000000000000"), ("9999999999", "999999999"), ("0123456789", "123456789012"), ("0900000000", "111111111")],
)
def test_numbers_typed_to_fill_a_cell_tie_nobody_together(take, phone, paper):
    take(
        HEAD,
        f"1,Nguyễn Văn An,Nam,1990,{paper},{phone},xã Liên Ninh,20/8/2021,",
        f"2,Trần Thị Bình,Nữ,9/9/9999,{paper},{phone},xã Liên Ninh,20/8/2021,",
        f"3,,,,{paper},{phone},,21/8/2021,",
    )
    assert Person.objects.filter(withdrawn_at=None).count() == 2
    assert Identifier.objects.count() == Phone.objects.count() == MatchProposal.objects.count() == 0


@pytest.mark.parametrize("day", ["9/9/9999", "31/12/9999", "1/1/1900", "00/00/0000", "0000-00-00", "9999-12-31", "?", "-", "--/--/----"])
def test_a_day_that_only_fills_a_cell_is_no_day(take, count, day):
    take(HEAD, f"1,Nguyễn Văn An,Nam,1990,,0981000001,xã Liên Ninh,{day},", f"2,Trần Thị Bình,Nữ,{day},,0981000002,xã Liên Ninh,20/8/2021,")
    values = count()
    assert [values["cases_total"], values["cases_new"]] == [2, 0]
    assert Person.objects.get(full_name="Trần Thị Bình").birth_year is None
