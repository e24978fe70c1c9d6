"""Thanh Xuân in March 2020 and November 2026: other date, other practice, other disease."""

import csv
from datetime import date

import openpyxl

from demodistrict import generate


def test_march_2020_has_one_case_returnees_and_five_rings(tmp_path):
    key = generate("thanh-xuan-2020", 1, None, tmp_path)
    figures = key.figures
    assert (figures["cases_total"], figures["communes_total"]) == (1, 11)
    assert figures["returnees_total"] > 100
    assert all(figures[f"f{ring}_total"] > 0 for ring in range(1, 6))
    assert figures["f1_total"] == 9 and figures["f2_total"] == 22


def test_march_2020_has_a_list_from_every_ward_police_in_several_layouts(tmp_path):
    key = generate("thanh-xuan-2020", 1, None, tmp_path)
    police = [file for file in key.files if file["sender"].startswith("Công an")]
    assert len(police) == 11
    assert len({file["layout"] for file in police}) == 4


def test_outer_rings_of_march_2020_go_on_growing_the_next_day(tmp_path):
    today = generate("thanh-xuan-2020", 1, None, tmp_path / "a").figures
    tomorrow = generate("thanh-xuan-2020", 1, date(2020, 3, 20), tmp_path / "b").figures
    rings = [f"f{ring}_total" for ring in range(1, 6)]
    assert [tomorrow[ring] for ring in rings] == [9, 22, 31, 18, 7]
    assert sum(today[ring] for ring in rings) < sum(tomorrow[ring] for ring in rings)
    assert tomorrow["suspected"] == 0 and tomorrow["returnees_total"] > today["returnees_total"]


def test_november_2026_counts_dengue_by_residential_group_and_traces_nobody(tmp_path):
    key = generate("thanh-xuan-2026", 1, None, tmp_path)
    figures = key.figures
    assert list(figures["cases_by_commune"]) == ["00367"]
    assert sum(figures["cases_by_hamlet"].values()) == figures["cases_total"] > 30
    assert figures["cases_total"] == figures["cases_recovered"] + figures["cases_in_treatment"]
    assert not [name for name in figures if name.startswith(("f1", "f2"))]
    assert key.contacts == []


def test_november_2026_lists_hold_every_case_and_the_clinic_repeats_some(tmp_path):
    key = generate("thanh-xuan-2026", 1, None, tmp_path)
    rows = [row for file in key.files for sheet in file["sheets"] for row in sheet["rows"] if row["kind"] == "case"]
    assert {row["person"] for row in rows} == {case["person"] for case in key.cases}
    assert any("true_duplicate" in row["traps"] for row in rows)
    for file in key.files:
        path = tmp_path / "files" / file["file"]
        if path.suffix == ".xlsx":
            assert openpyxl.load_workbook(path).sheetnames
        else:
            assert len(list(csv.reader(path.read_text("utf-8-sig").splitlines()))) == file["sheets"][0]["lines"]


def test_both_days_are_the_same_for_the_same_seed(tmp_path):
    for scenario in ("thanh-xuan-2020", "thanh-xuan-2026"):
        assert generate(scenario, 3, None, tmp_path / "a") == generate(scenario, 3, None, tmp_path / "b")
