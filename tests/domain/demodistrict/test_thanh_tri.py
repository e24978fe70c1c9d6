"""Thanh Trì on 24/8/2021: published figures, a graph that gives them, every trap, files that open, days that follow."""

import csv
import hashlib
import json
from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest

from demodistrict import generate
from demodistrict.scenarios.thanh_tri_2021 import world
from demodistrict.traps import EXPECTED

CUT = date(2021, 8, 24)


@pytest.mark.parametrize("seed", [1, 2, 3, 17, 2021])
def test_every_seed_meets_the_published_figures(seed):
    made = world(seed)
    cases = made.confirmed(CUT)
    by_commune = Counter(case.residence for case in cases)
    assert (len(cases), len(by_commune), by_commune["00682"]) == (272, 14, 136)
    assert sum(case.recovered(CUT) for case in cases) == 51
    assert min(case.report for case in cases) >= made.epoch


def test_the_key_carries_the_published_figures(first_day):
    _, key = first_day
    figures = key.figures
    assert (figures["cases_total"], figures["cases_recovered"], figures["cases_in_treatment"], figures["deaths"]) == (272, 51, 221, 0)
    assert (figures["communes_with_cases"], figures["communes_total"], figures["cases_by_commune"]["00682"]) == (14, 16, 136)
    assert sum(figures["cases_by_commune"].values()) == 272
    assert figures["quarantine_places"] == 1416 >= figures["quarantine_present"] > 0


def test_every_infector_was_infectious_on_the_day_of_infection():
    for case in world(1).cases:
        if case.infector:
            start, end = case.infector.window
            assert start <= case.infected <= end
            assert case.infector.number < case.number


def test_degrees_can_be_recomputed_from_the_key_alone(first_day):
    folder, _ = first_day
    key = json.loads((folder / "answer_key.json").read_text("utf-8"))
    ill = {case["person"]: case["window"] for case in key["cases"]}
    pairs = [
        pair for one in key["contacts"] for pair in ((one["source"], one["person"], one["day"]), (one["person"], one["source"], one["day"]))
    ]
    exposed: dict[str, str] = {}
    for source, person, day in pairs:
        if source in ill and person not in ill and ill[source][0] <= day <= ill[source][1]:
            exposed[person] = min(day, exposed.get(person, day))
    second = {
        person
        for source, person, day in pairs
        if source in exposed and person not in ill and person not in exposed and exposed[source] <= day <= key["isolated"].get(source, day)
    }
    figures = key["figures"]
    assert len(exposed) == figures["f1_total"] + figures["f1_elsewhere"] > 500
    assert len(second) == figures["f2_total"] + figures["f2_elsewhere"] > 300
    assert figures["f1_elsewhere"] == len([person for person in exposed if not key["people"][person]["commune"]]) > 0


def test_every_known_contact_and_case_stands_in_some_file(first_day):
    _, key = first_day
    rows = [row for file in key.files for sheet in file["sheets"] for row in sheet["rows"] if "person" in row]
    cases = {row["person"] for row in rows if row["kind"] == "case"}
    assert cases == {case["person"] for case in key.cases}
    contacts = {
        (source, person)
        for row in rows
        if row["kind"] == "contact"
        for person in (row["person"], *row["also"])
        for source in (row["source"], row["facts"].get("second_source"))
    }
    assert {(one["source"], one["person"]) for one in key.contacts} <= contacts


@pytest.mark.parametrize("trap", sorted(EXPECTED))
def test_every_trap_is_laid_at_least_once(first_day, trap):
    _, key = first_day
    assert key.traps.get(trap, 0) > 0


def test_there_are_more_than_ten_layouts(first_day):
    _, key = first_day
    assert len({file["layout"] for file in key.files}) >= 10


def test_duplicates_always_leave_something_to_know_the_person_by(first_day):
    _, key = first_day
    for duplicate in key.duplicates:
        agreed = set(duplicate["evidence"])
        assert agreed & {"bn", "code", "identity"} or {"phone", "name", "birth"} <= agreed, duplicate


def test_two_namesakes_of_one_birth_year_and_hamlet_are_different_people(first_day):
    _, key = first_day
    twins = [
        person
        for person in key.people.values()
        if person["name"] == "Nguyễn Văn Hùng" and person["birth"][:4] == "1985" and person["hamlet"] == "Thọ Am"
    ]
    assert len({twin["id"] for twin in twins}) >= 2
    assert len({twin["cccd"] for twin in twins}) == len(twins) == len({twin["phone"] for twin in twins})


def test_workbooks_open_and_rows_stand_where_the_key_says(first_day):
    folder, key = first_day
    for file in (file for file in key.files if file["file"].endswith(".xlsx")):
        book = openpyxl.load_workbook(folder / "files" / file["file"], data_only=True)
        assert book.sheetnames == [sheet["sheet"] for sheet in file["sheets"]]
        for sheet in file["sheets"]:
            for row in (row for row in sheet["rows"] if row["kind"] == "case" and not row["traps"]):
                written = " ".join(str(cell.value) for cell in book[sheet["sheet"]][row["row"]])
                assert any(paper and paper in written for paper in _known_by(key, row["person"])), (file["file"], row)


def _known_by(key, person):
    case = next(case for case in key.cases if case["person"] == person)
    return case["code"], case["bn"], key.people[person]["phone"]


def test_delimited_files_decode_and_rows_stand_where_the_key_says(first_day):
    folder, key = first_day
    ways = {"Ngu Hiep": ("utf-8-sig", ";"), "Ngoc Hoi": ("utf-16", "\t"), "Van Dien": ("cp1258", ","), "Dong My": ("utf-8", ",")}
    for file in key.files:
        way = next((way for name, way in ways.items() if file["file"].startswith(name)), None)
        if way is None:
            continue
        text = (folder / "files" / file["file"]).read_bytes().decode(way[0])
        lines = list(csv.reader(text.splitlines(), delimiter=way[1]))
        assert len(lines) == file["sheets"][0]["lines"]
        for row in (row for row in file["sheets"][0]["rows"] if row["kind"] == "case" and not row["traps"]):
            assert any(
                word and word in lines[row["row"] - 1] for word in (_known_by(key, row["person"])[0], key.people[row["person"]]["phone"])
            )


def test_the_register_lists_every_person_of_lien_ninh(first_day):
    folder, key = first_day
    register = key.registers[0]
    sheet = openpyxl.load_workbook(folder / "files" / register["file"], read_only=True).active
    lines = list(sheet.iter_rows(min_row=register["first_row"], values_only=True))
    assert (len(lines), len({line[1] for line in lines})) == (16_121, 4_668)
    assert register["last_row"] - register["first_row"] + 1 == 16_121


def test_the_same_file_again_is_the_same_bytes(first_day):
    folder, key = first_day
    again = next(file for file in key.files if file["copy_of"])
    assert (folder / "files" / again["file"]).read_bytes() == (folder / "files" / again["copy_of"]).read_bytes()


def test_the_corrected_file_differs_in_one_row(first_day):
    folder, key = first_day
    right = next(file for file in key.files if file["corrects"])
    cells = [
        [[cell.value for cell in row] for sheet in openpyxl.load_workbook(folder / "files" / name).worksheets for row in sheet.iter_rows()]
        for name in (right["file"], right["corrects"])
    ]
    assert sum(one != other for one, other in zip(*cells, strict=True)) == 1


def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not(first_day, tmp_path):
    folder, _ = first_day
    generate("thanh-tri-2021", 1, None, tmp_path / "again")
    generate("thanh-tri-2021", 2, None, tmp_path / "other")
    assert _digest(tmp_path / "again") == _digest(folder)
    assert _digest(tmp_path / "other") != _digest(folder)


def _digest(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_later_days_bring_only_what_is_new_and_the_totals_go_on(first_day, tmp_path):
    _, before = first_day
    for ahead in range(1, 9):
        day = CUT + timedelta(days=ahead)
        key = generate("thanh-tri-2021", 1, day, tmp_path / str(day))
        figures = key.figures
        assert figures["cases_total"] == before.figures["cases_total"] + figures["cases_today"]
        assert figures["cases_total"] == figures["cases_recovered"] + figures["cases_in_treatment"] + figures["deaths"]
        listed = {row["person"] for file in key.files for sheet in file["sheets"] for row in sheet["rows"] if row["kind"] == "case"}
        assert listed == {case["person"] for case in key.cases if case["report"] == day.isoformat()}
        before = key


def test_a_link_ahead_of_its_case_is_resolved_the_next_day(first_day, tmp_path):
    _, key = first_day
    rows = [
        row for file in key.files for sheet in file["sheets"] for row in sheet["rows"] if "link_to_unknown_case" in row.get("traps", ())
    ]
    known = {case["person"] for case in key.cases}
    assert rows and not {row["source"] for row in rows} & known
    following = generate("thanh-tri-2021", 1, CUT + timedelta(days=1), tmp_path)
    assert {row["source"] for row in rows} <= {case["person"] for case in following.cases}
    assert all(following.degrees[row["person"]]["degree"] == 1 for row in rows)


def test_an_antigen_positive_of_today_is_a_case_or_refuted_tomorrow(first_day, tmp_path):
    _, key = first_day
    assert (key.figures["probable"], key.figures["suspected"], key.figures["refuted"]) == (2, 1, 1)
    following = generate("thanh-tri-2021", 1, CUT + timedelta(days=1), tmp_path)
    assert (following.figures["probable"], following.figures["refuted"]) == (0, 2)


def test_a_case_found_elsewhere_counts_where_it_lives(first_day):
    _, key = first_day
    moved = [case for case in key.cases if case["detected_in"] != case["residence"]]
    assert len(moved) == 4
    assert Counter(case["residence"] for case in key.cases)["00682"] == 136


def test_a_day_outside_the_scenario_is_refused(tmp_path):
    with pytest.raises(ValueError, match="runs from"):
        generate("thanh-tri-2021", 1, date(2021, 10, 1), tmp_path)


@pytest.mark.slow
def test_the_whole_population_is_written(tmp_path):
    key = generate("thanh-tri-2021", 1, None, tmp_path, population="full")
    assert sum(register["people"] for register in key.registers) == 275_745
    lines = (tmp_path / "files" / "So ho 00643.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == key.registers[1]["last_row"]
