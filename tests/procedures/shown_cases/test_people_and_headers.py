"""Shown lists about who is who, a header among many columns, and encodings."""

from datetime import date

import pytest

from tienphuong.cases.models import Case, CaseState
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.terms import FileState
from tienphuong.registry.models import Contradiction, Person
from tienphuong.tracing.models import DegreeRecord, PendingLink

pytestmark = pytest.mark.django_db


def named():
    return set(Person.objects.exclude(full_name="").values_list("full_name", flat=True))


def test_a_row_without_a_name_makes_nobody_of_two_people(take, shown):
    """Shown case 03."""
    for path in shown("03-nameless-row-joins-two-people"):
        take(path)
    assert {"Kiều Thị Sương", "Tô Bá Lộc"} <= named()
    assert Case.objects.filter(duplicate_of=None).count() >= 2


def test_a_header_is_found_among_thirty_columns_nobody_knows(take, shown, count):
    """Shown case 13."""
    for path in shown("13-header-among-many-columns"):
        take(path)
    assert (count()["cases_total"], count()["cases_recovered"]) == (3, 1)


def test_twins_under_one_telephone_stay_two_people(take, shown):
    """Shown case P1."""
    for path in shown("P1-family-phone-twins"):
        take(path)
    assert Person.objects.count() == 8


def test_the_same_list_in_eleven_encodings_is_three_people(take, shown):
    """Shown case P3."""
    for path in shown("P3-encodings"):
        take(path)
    assert len(named()) == 3


def _degrees():
    return dict(DegreeRecord.objects.filter(known_to=OPEN_END).values_list("person__full_name", "degree"))


def test_a_contact_becomes_a_case_and_a_refuted_source_takes_its_contacts_along(take, shown, count):
    """Shown case P2."""
    case, contacts, becomes, refuted = shown("P2-contact-becomes-case")
    take(case), take(contacts)
    assert (_degrees()["Đàm Quốc Tuyển"], _degrees()["Kiều Thị Sương"], count()["cases_total"]) == (1, 2, 1)
    take(becomes)
    assert (_degrees()["Đàm Quốc Tuyển"], count()["cases_total"], Person.objects.count()) == (0, 2, 6)
    take(refuted)
    values = count()
    assert (values["cases_total"], values["links_pending"], _degrees()) == (1, 1, {"Đàm Quốc Tuyển": 0})
    assert PendingLink.objects.get().person.full_name == "Cù Huy Khải"
    assert any("chính người" in issue[4] for issue in IntakeRow.objects.get(person__full_name="Ngô Thị Én").issues)


CASE = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Ngày phát hiện"
REFUTED = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Địa chỉ,Phân loại ca bệnh,Kết quả xét nghiệm,Ghi chú"
VY = "BN900001,Lưu Thị Hạ Vy,Nữ,12/03/1991,Liên Ninh"


@pytest.mark.parametrize("cells", ["Loại trừ,Âm tính,", "Không phải ca bệnh,,PCR lại âm tính 24/8"])
def test_an_excluded_case_with_its_negative_test_is_no_case(take, count, cells):
    take(CASE, f"{VY},20/8/2021")
    take(REFUTED, f"{VY},{cells}")
    assert (count()["cases_total"], Contradiction.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "cells", ["Loại trừ,,", "Loại trừ,,chuyển viện", ",Âm tính,", "Loại trừ?,Âm tính,", "Loại trừ,,chờ kết quả âm tính"]
)
def test_without_the_reason_an_officer_is_asked(take, count, cells):
    take(CASE, f"{VY},20/8/2021")
    take(REFUTED, f"{VY},{cells}")
    assert count()["cases_total"] == 1


def test_workbooks_of_excel_with_their_quirks(take, shown):
    """Shown case P4."""
    formula, old_epoch, empty, text, swapped = shown("P4-excel")
    file = take(formula)
    assert any("chưa được tính" in submitted for _, _, submitted in file.warnings)
    assert all(row.issues for row in IntakeRow.objects.filter(sheet__file=file))
    take(old_epoch)
    assert set(CaseState.objects.filter(case__person__full_name="Tô Bá Lộc").values_list("detected_on", flat=True)) == {date(2021, 8, 20)}
    file = take(text)
    assert any("không khớp nội dung" in submitted for _, _, submitted in file.warnings)
    assert any("đảo ngày và tháng" in submitted for _, _, submitted in take(swapped).warnings)
    days = CaseState.objects.filter(case__person__full_name="Cù Huy Khải").values_list("detected_on", flat=True)
    assert list(days) == [date(2021, 8, 12)]
    file = take(empty)
    assert (file.state, file.message.startswith("Tệp rỗng")) == (FileState.UNREADABLE, True)
