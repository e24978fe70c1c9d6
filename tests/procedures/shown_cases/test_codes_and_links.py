"""Shown lists about codes and links: a person has every code of their cell, and a link is read in any common form."""

from datetime import timedelta

import pytest

from tienphuong.cases.models import Case, CaseAlias
from tienphuong.intake.models import IntakeRow
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Contact

pytestmark = pytest.mark.django_db
CASES = ("STT,Mã ca,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Ngày phát hiện", "1,TX1,Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2021")
HEAD = "STT,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Tiếp xúc với ca bệnh,Ngày tiếp xúc cuối,Đối tượng"


def contact(number: int, link: str) -> str:
    return f'{number},Mai Thị {"ABCDEFGH"[number]},Nữ,199{number},098100010{number},Liên Ninh,"{link}",19/8/2021,F1'


def sources() -> dict[str, set[str]]:
    """The link as written against the people it was linked to."""
    found: dict[str, set[str]] = {}
    for row in (row for row in IntakeRow.objects.all() if "linked_case" in row.cells):
        linked = Contact.objects.filter(person=row.person).values_list("source__full_name", flat=True)
        found[row.cells["linked_case"][1]] = set(linked)
    return found


def remarks(link: str) -> list[str]:
    return [issue[4] for row in IntakeRow.objects.all() if row.cells.get("linked_case", ["", ""])[1] == link for issue in row.issues]


def test_two_codes_in_one_cell_are_one_persons(take, shown, count):
    """Shown case 17."""
    for path in shown("17-two-codes-in-one-cell"):
        take(path)
    values = count()
    assert (Person.objects.count(), values["cases_total"], values["cases_recovered"], values["cases_in_treatment"]) == (2, 2, 2, 0)
    keys = CaseAlias.objects.filter(case__person__full_name="Lưu Thị Hạ Vy").values_list("key", flat=True)
    assert set(keys) == {"BN-900501", "LN-1"}


def test_links_are_read_in_any_common_form(take, shown, count):
    """Shown case 31."""
    for path in shown("31-link-forms"):
        take(path)
    vy, don = "Lưu Thị Hạ Vy", "Bạch Văn Đôn"
    found = sources()
    assert [found[link] for link in ("BN 900.501", "bn-900501", "lưu thị hạ vy", "Lưu Thị Hạ Vy (SN 1991)", "900501")] == [{vy}] * 5
    assert (found["vợ của BN900502"], found["BN900501; BN900502"], found["BN900501, BN900502 (họp tổ)"]) == ({don}, {vy, don}, {vy, don})
    assert count()["f1_total"] in (8, 9)
    assert remarks("Vy") and remarks("900501")


def test_codes_of_letters_and_zeros_inside_codes_are_kept(take, shown):
    """Shown table r5."""
    for path in shown("r5_codes.csv"):
        take(path)
    assert (Person.objects.count(), Case.objects.count()) == (4, 4)
    assert set(CaseAlias.objects.values_list("key", flat=True)) == {"DDDDEE", "ABCDEF", "A1B2C3", "A01B2C3"}


@pytest.mark.parametrize("cell", ["TX1, LN-0007", "TX1 (LN7)", "TX01/LN007"])
def test_a_second_code_makes_no_second_person(take, cell):
    take(*CASES)
    take(CASES[0], f'1,"{cell}",Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2021')
    assert (Person.objects.count(), Case.objects.count(), set(CaseAlias.objects.values_list("key", flat=True))) == (1, 1, {"TX-1", "LN-7"})


def test_two_numbers_of_one_series_are_a_question_and_no_code(take):
    take(CASES[0], '1,"BN1, BN2",Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2021')
    assert not CaseAlias.objects.exists()
    assert Case.objects.count() == 1
    assert "cùng một dãy" in IntakeRow.objects.get().issues[0][4]


@pytest.mark.parametrize(
    "link", ["family of case TX1", "TX 01", "tx-001", "F1 của TX1", "nhà TX1", "Lưu Thị Hạ Vy - 0981000001", "F0: lưu thị hạ vy"]
)
def test_a_link_finds_its_case(take, link):
    take(*CASES)
    take(HEAD, contact(1, link))
    assert sources() == {link: {"Lưu Thị Hạ Vy"}}


@pytest.mark.parametrize("link", ["không phải TX1", "TX1 hoặc TX2", "TX1?", "Vy", "7", "Mai Động", "TX1-TX9"])
def test_what_is_not_sure_is_remarked_and_links_nobody(take, link):
    take(*CASES)
    take(HEAD, contact(1, link))
    assert sources() == {link: set()}
    assert remarks(link)


@pytest.mark.parametrize("link", ["không phải TX1", "Vy", "Chưa rõ nguồn lây", ""])
def test_beside_words_that_name_nobody_the_senders_f1_is_believed(take, count, link):
    take(*CASES)
    take(HEAD, contact(1, link))
    assert count()["f1_total"] == 1


def test_numbers_of_the_senders_own_list_are_looked_up_there(take):
    take("Mã ca,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Ngày phát hiện", "2,Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2021",
         "3,Bạch Văn Đôn,Nam,12/03/1961,Liên Ninh,20/8/2021")  # fmt: skip
    take(HEAD, contact(1, "2/3"), contact(2, "3"), contact(3, "2, 3, 4"))
    vy, don = "Lưu Thị Hạ Vy", "Bạch Văn Đôn"
    assert sources() == {"2/3": {vy, don}, "3": {don}, "2, 3, 4": {vy, don}}
    assert any("“4”" in submitted for submitted in remarks("2, 3, 4"))


LISTED = "Mã ca,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Ngày phát hiện"


def test_a_code_given_again_in_another_year_is_another_person_and_links_go_to_the_nearer(take, at):
    take(LISTED, "LN001,Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2020", when=at - timedelta(days=365))
    take(LISTED, "LN001,Bạch Văn Đôn,Nam,12/03/1961,Liên Ninh,20/8/2021")
    take(HEAD, contact(1, "LN001"))
    assert (Person.objects.count(), Case.objects.count()) == (3, 2)
    assert sources() == {"LN001": {"Bạch Văn Đôn"}}


def test_a_code_without_a_name_in_another_year_is_no_proof(take, at):
    take("Mã ca,Giới tính,Tuổi,Ngày phát hiện", "LN001,Nữ,30,20/8/2020", when=at - timedelta(days=365))
    take("Mã ca,Giới tính,Tuổi,Ngày phát hiện", "LN001,Nam,61,20/8/2021")
    assert Case.objects.count() == 2


def test_a_code_of_another_disease_is_another_persons(take, at):
    take(LISTED, "LN001,Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh,20/8/2021", disease="dengue")
    take(LISTED, "LN001,Bạch Văn Đôn,Nam,12/03/1961,Liên Ninh,20/8/2021")
    take(HEAD, contact(1, "LN001"))
    assert sources() == {"LN001": {"Bạch Văn Đôn"}}


def test_a_contacts_code_of_another_disease_is_another_persons(take):
    head = f"Mã F1,{HEAD}"
    take(head, "LN-F1-0001," + contact(1, ""), disease="dengue")
    take(head, "LN-F1-0001," + contact(2, ""), "LN-F1-0002," + contact(3, "LN-F1-0001"))
    assert sources()["LN-F1-0001"] == {"Mai Thị C"}
