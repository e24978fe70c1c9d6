"""`tienphuong simulate`: a study in, tables and a report out; mistakes told in one line."""

import csv
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pyarrow import parquet
from tests.architecture.house import ROOT
from tests.domain.queries.world import build

from tienphuong.cli.main import main
from tienphuong.cli.populations import population_of
from tienphuong.core import clock
from tienphuong.forecast.queries.forecasts import comparison, forecast_of
from tienphuong.forecast.studies import read_study
from tienphuong.reports.forecasting import write_comparison

EXAMPLES = sorted((ROOT / "examples" / "plans").glob("*.toml"))

SMALL = """
[study]
title = "Ở nhà hay không"
disease = "covid-19-delta"
day0 = 2021-08-25
days = 20

[start]
infected = 12
communes = { "A" = 12 }

[[common]]
kind = "testing"
with_symptoms = 0.6

[[common]]
kind = "isolation"
beds = 5

[[capacity]]
series = "isolated_facility"
limit = 5
name = "giường thu dung"

[[plan]]
name = "Không thêm gì"

[[plan]]
name = "Ở nhà"
[[plan.measure]]
kind = "stay_home"
start = 2021-08-28
communes = ["Xã An"]
"""
PEOPLE = "code,name,population,size_1,size_2,size_3,size_4\nA,Xã An,1500,100,150,200,100\nB,Xã Bình,1500,100,150,200,100\n"


@pytest.fixture
def told(tmp_path):
    """The study and its people as files; runs the command with what else is given."""
    (tmp_path / "nghien-cuu.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "dan-cu.csv").write_text(PEOPLE, encoding="utf-8")

    def run(*more):
        files = [str(tmp_path / "nghien-cuu.toml"), "--population", str(tmp_path / "dan-cu.csv"), "--out", str(tmp_path / "out")]
        return main(["simulate", *files, "--replicates", "6", *more])

    return run


def test_a_study_becomes_tables_and_a_report(told, tmp_path, capsys):
    assert told() == 0
    said = capsys.readouterr().out
    assert "Ở nhà:" in said
    assert "ca mới xác định trong 20 ngày" in said
    daily = parquet.read_table(tmp_path / "out" / "daily.parquet").to_pylist()
    days = [row for row in daily if row["plan"] == "Ở nhà" and row["figure"] == "infections"]
    assert [days[0]["date"], days[-1]["date"], len(days)] == [date(2021, 8, 25), date(2021, 9, 13), 20]
    assert all(row["q05"] <= row["q25"] <= row["q50"] <= row["q75"] <= row["q95"] for row in daily)
    with (tmp_path / "out" / "daily.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(daily)
    assert {row["commune"] for row in parquet.read_table(tmp_path / "out" / "communes.parquet").to_pylist()} == {"Xã An", "Xã Bình"}
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_page_needs_nothing_from_elsewhere_and_speaks_the_language_asked_for(told, tmp_path):
    told("--language", "en")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?!#)', page.replace('xlink:href="#', "")) == []
    assert '<html lang="en">' in page
    assert "Plans side by side" in page
    assert "Phương án" not in page


def test_the_same_study_says_the_same_again_wherever_it_runs(told, tmp_path):
    told()
    first = (tmp_path / "out" / "daily.csv").read_bytes(), (tmp_path / "out" / "report.html").read_bytes()
    told("--on", "serial")
    assert ((tmp_path / "out" / "daily.csv").read_bytes(), (tmp_path / "out" / "report.html").read_bytes()) == first


MISTAKES = [
    ('kind = "stay_home"', 'kind = "stay_hom"', "không có loại biện pháp “stay_hom”"),
    ("start = 2021-08-28", "compliance = 1.5", "compliance = 1.5. Giá trị cho phép"),
    ("start = 2021-08-28", "complience = 1", "khóa lạ “complience”"),
    ('communes = ["Xã An"]', 'communes = ["Xã Ân"]', "không có xã “Xã Ân”"),
    ('disease = "covid-19-delta"', 'disease = "cum"', "không có bệnh “cum”"),
    ("limit = 5", 'limit = "5"', "không phải kiểu int"),
    ('series = "isolated_facility"', 'series = "beds"', "không có chuỗi “beds”"),
    ('communes = { "A" = 12 }', 'communes = { "Z" = 12 }', "không có xã “Z”"),
    ("infected = 12", "infected = 6", "nhiều hơn"),
]


@pytest.mark.parametrize(("written", "mistake", "message"), MISTAKES)
def test_a_mistake_is_told_in_one_line_with_the_file(told, tmp_path, capsys, written, mistake, message):
    (tmp_path / "nghien-cuu.toml").write_text(SMALL.replace(written, mistake, 1), encoding="utf-8")
    assert told() == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "nghien-cuu.toml" in said
    assert message in said


def test_people_who_are_nowhere_are_told(told, capsys):
    assert main(["simulate", str(EXAMPLES[0]), "--population", "ha-noi"]) == 2
    assert "không có dân cư “ha-noi”" in capsys.readouterr().err


def test_there_are_at_least_four_examples():
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_study_that_runs_by_the_line_it_names(path: Path, tmp_path, capsys):
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "tienphuong simulate" in line)
    assert f"examples/plans/{path.name}" in line
    if read_study(text).start.kind == "records":
        pytest.skip("starts from records: see test_a_study_starts_from_the_records_and_matches_what_was_counted")
    population = line.split("--population ")[1].split()[0]
    assert population_of(population)
    short = tmp_path / path.name
    short.write_text(re.sub(r"^days = \d+$", "days = 5", text, flags=re.MULTILINE), encoding="utf-8")
    assert main(["simulate", str(short), "--population", population, "--replicates", "1", "--out", str(tmp_path / "out")]) == 0


FROM_RECORDS = (
    SMALL.replace("2021-08-28", "2021-08-26")
    .replace('infected = 12\ncommunes = { "A" = 12 }', 'kind = "records"')
    .replace("days = 20", 'days = 5\nrecords_disease = "covid-19"\nfit_days = 6')
    .replace("Xã An", "Xã Liên Ninh")
)
HOMES = {"00682": "Xã Liên Ninh", "00640": "Thị trấn Văn Điển", "00643": "Xã Tân Triều", "00652": "Xã Hữu Hoà"}


@pytest.mark.django_db
def test_a_study_starts_from_the_records_and_matches_what_was_counted(told, tmp_path, areas, lan, at, policy, capsys):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    build(areas, lan=lan, at=at, policy=policy)
    (tmp_path / "nghien-cuu.toml").write_text(FROM_RECORDS, encoding="utf-8")
    lines = [f"{code},{name},1500,100,150,200,100" for code, name in HOMES.items()]
    head = PEOPLE.splitlines()[0]
    (tmp_path / "dan-cu.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    assert told() == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Bắt đầu từ hồ sơ:" in page
    assert "Khớp với số đã đếm" in page
    assert re.search(r"Lây truyền nhân với \d+(,\d)? \(khoảng 90%", page)
    (tmp_path / "dan-cu.csv").write_text("\n".join([head, lines[0]]) + "\n", encoding="utf-8")
    assert told() == 2
    assert "dân cư của nghiên cứu không có các xã đó" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_study_is_kept_in_the_post_and_says_what_its_files_say(told, tmp_path, areas, lan, at, capsys):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    assert told("--keep") == 0
    (address,) = re.findall(r"/du-bao/([0-9a-f-]{36})/", capsys.readouterr().out)
    forecast = forecast_of(lan, forecast_id=UUID(address))
    assert forecast.asked_by_name.startswith("dòng lệnh") and forecast.state == "done"
    write_comparison(comparison(lan, forecast=forecast), tmp_path / "again")
    for name in ("report.html", "daily.csv", "plans.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    (tmp_path / "nghien-cuu.toml").write_text(SMALL.replace("Xã An", "Xã Ân"), encoding="utf-8")
    assert told("--keep") == 2
    assert "nghien-cuu.toml: [[plan]] thứ 2" in capsys.readouterr().err
