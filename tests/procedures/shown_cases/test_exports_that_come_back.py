"""A list of cases that went out without codes of records and comes back: its people are known, and no figure moves."""

from datetime import date

import pytest

from demodistrict.generator import generate
from tienphuong.cases.models import CaseState
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.terms import Verdict
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
ADDED = {"BN900301", "BN900302", "BN900303"}
"""Cases of Liên Ninh that whoever made the shown export had written into the base by hand."""


def test_an_export_without_codes_knows_its_people(take, shown, count, areas, tmp_path):
    """Shown case 36, for the cases of Liên Ninh as its station, and of one child the neighbouring one, sent them."""
    generate("thanh-tri-2021", 1, None, tmp_path)
    take(tmp_path / "files" / "Lien Ninh ca benh 24-8.xlsx", sender="Xã Liên Ninh")
    take(tmp_path / "files" / "Ngoc Hoi F0 24-8.tsv", sender="Xã Ngọc Hồi", area=areas["00673"])
    before = count()
    file = take(shown("36-own-export-back")[0], sender="TTYT", area=areas["020"])
    rows = [row for row in IntakeRow.objects.filter(sheet__file=file) if row.cells["address"][1] == "Liên Ninh"]
    home = [row for row in rows if row.cells.get("case_no", ["", ""])[1] not in ADDED]
    asked = [row.number for row in home if row.verdict == Verdict.DUPLICATE]
    assert len(home) == 137 and not [row for row in home if row.verdict in (Verdict.NEW, Verdict.REFUSED)]
    assert len(asked) <= 2, "of two the station wrote no day of birth"
    after = count()
    assert after["cases_total"] - after["cases_doubled_at_most"] <= before["cases_total"] + len(ADDED) <= after["cases_total"]


@pytest.mark.parametrize("cell", ["Nữ · 12/3/1991", "Nữ | 1991", "nữ (sn 1991)", "1991 · nữ", "Nữ_1991", "Nữ • 12/3/1991"])
def test_sex_and_birth_are_parted_whatever_stands_between_them(take, cell):
    take('Họ tên,Mã ca,"Giới, năm sinh",Phân loại,Nơi ở lúc phát hiện,Phát hiện', f"Lưu Thị Hạ Vy,LN1,{cell},xác định,Liên Ninh,22/8/2021")
    person = Person.objects.get()
    assert (person.sex, person.birth_year, CaseState.objects.get().detected_on) == ("F", 1991, date(2021, 8, 22))
