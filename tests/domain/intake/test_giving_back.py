"""The sender's own sheet back; who told of a person; who is silent."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tienphuong.core.access.terms import Role
from tienphuong.intake.errors import COLUMN, error_file
from tienphuong.intake.queries import provenance_of, silent_communes
from tienphuong.intake.services.checking import check_file
from tienphuong.registry.models import Person

from .conftest import AN, HEADER

pytestmark = pytest.mark.django_db


def page(file):
    return load_workbook(io.BytesIO(error_file(file))).worksheets[0]


def test_rows_stand_where_they_stood_with_the_reason_behind_them(received):
    bad = [*AN[:6], "1.09E+11", "không", *AN[8:]]
    file = received(["DANH SÁCH CA BỆNH"], HEADER, AN, bad)
    check_file(file)
    sheet = page(file)
    assert sheet.cell(2, 13).value == COLUMN
    assert [cell.value for cell in sheet[3]][:4] == AN[:4]
    assert sheet.cell(3, 13).value is None
    assert "Cột G “1.09E+11”" in sheet.cell(4, 13).value


def test_a_cell_that_would_run_comes_back_as_text(received):
    file = received(HEADER, [*AN[:8], "=HYPERLINK(1)", *AN[9:11], "+84 912 345 678"])
    check_file(file)
    cell = page(file).cell(2, 9)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")
    assert page(file).cell(2, 12).data_type == "s"


def test_a_persons_rows_are_shown_to_who_may_see_him_and_his_papers(taken_in, officer):
    taken_in(HEADER, AN)
    person = Person.objects.get()
    hoa, minh = officer("Hoa", Role.HEALTH_STATION, "00682"), officer("Minh", Role.EPIDEMIOLOGIST, "009")
    team = officer("Tám", Role.COVID_TEAM, "00682")
    (told,) = provenance_of(hoa, people=[person])
    assert (told.number, told.cells["identity_no"][1]) == (2, "001085012345")
    assert provenance_of(team, people=[person])[0].cells["identity_no"][1] == "•••"
    assert provenance_of(minh, people=[person]) == []


def test_communes_that_sent_nothing_since_the_last_cut_off_are_named(taken_in, areas, at, lan):
    taken_in(HEADER, AN)
    silent = {area.name for area in silent_communes(lan, area=areas["020"], disease="covid-19", at=at)}
    assert "Liên Ninh" not in silent
    assert len(silent) == 15


def test_a_day_of_birth_written_by_excel_keeps_its_type(received):
    from tests.rules.intake.sheets import xlsx

    file = received(xlsx([HEADER, [*AN[:4], date(1985, 3, 12), *AN[5:]]]), name="a.xlsx")
    check_file(file)
    assert page(file).cell(2, 5).value.date() == date(1985, 3, 12)
