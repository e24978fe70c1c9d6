"""What became of a unit, from the terminal."""

import pytest

from tienphuong.cli.main import main

pytestmark = pytest.mark.django_db


def test_lien_ninh_went_to_two_units_and_a_figure_of_it_is_not_shared_out_without_a_share(areas, capsys):
    assert main(["areas", "successors", "00682", "--code-system", "gso-2025-01", "--on", "2026-11-22", "--figure", "136"]) == 0
    said = capsys.readouterr().out
    assert "Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 54" in said and "không ghi tỷ lệ" in said
    assert "Chưa phân bổ được 136" in said
    assert "Ngày 22/11/2026: " in said and "Xã Nam Phù" in said and "Xã Ngọc Hồi" in said


def test_a_unit_that_stands_is_its_own_successor(areas, capsys):
    assert main(["areas", "successors", "00682", "--on", "2021-08-24"]) == 0
    assert capsys.readouterr().out.strip().endswith("Ngày 24/8/2021: Xã Liên Ninh (00682)".replace("24/8", "24/08"))


def test_an_unknown_code_says_where_to_look(areas, capsys):
    assert main(["areas", "successors", "99999"]) == 2
    assert "tienphuong areas find" in capsys.readouterr().err
