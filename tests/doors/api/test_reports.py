"""A frozen report is told the same for ever, as values and as paper."""

from datetime import timedelta
from uuid import uuid4
from zipfile import ZipFile

import pytest

from tienphuong.core.access.terms import Role
from tienphuong.procedures.freeze_report import freeze_report


@pytest.fixture
def frozen(areas, lan, at, policy):
    return freeze_report(
        areas["020"], "covid-19", at, actor=lan, at=at + timedelta(minutes=30), policy=policy, narrative={"tasks": "Lấy mẫu."}
    )


def test_the_list_names_the_report(frozen, machine, lan):
    (line,) = machine(lan).get("/api/v1/reports").json()
    assert (line["id"], line["area"], line["disease"], line["frozen_by"]) == (str(frozen.pk), "Huyện Thanh Trì", "covid-19", "Lan")
    assert line["content_hash"] == frozen.content_hash


def test_reports_of_another_disease_are_left_out(frozen, machine, lan):
    assert machine(lan).get("/api/v1/reports", {"disease": "dengue"}).json() == []


def test_a_report_as_values_is_what_was_frozen(frozen, machine, lan):
    told = machine(lan).get(f"/api/v1/reports/{frozen.pk}.json").json()
    assert told["figures"] == frozen.figures
    assert told["narrative"] == {"tasks": "Lấy mẫu."}
    assert told["quality"] == frozen.quality


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_as_paper_opens(frozen, machine, lan, tmp_path, kind, begins):
    answer = machine(lan).get(f"/api/v1/reports/{frozen.pk}.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'.{kind}"' in answer.headers["Content-Disposition"]
    if kind == "docx":
        (tmp_path / "report.docx").write_bytes(answer.content)
        with ZipFile(tmp_path / "report.docx") as parts:
            assert "Lấy mẫu." in parts.read("word/document.xml").decode()


def test_a_paper_that_is_neither_docx_nor_pdf_is_answered_with_the_list(frozen, machine, lan):
    answer = machine(lan).get(f"/api/v1/reports/{frozen.pk}.odt")
    assert answer.status_code == 422
    assert "'docx'" in answer.json()["faults"][0]["remedy"]


def test_a_report_of_another_district_is_not_there(frozen, machine, minh):
    ask = machine(minh).get
    assert ask(f"/api/v1/reports/{frozen.pk}.json").status_code == 404
    assert ask("/api/v1/reports", {"area": "020"}).status_code == 403


def test_a_report_nobody_froze_is_not_there(machine, lan):
    answer = machine(lan).get(f"/api/v1/reports/{uuid4()}.pdf")
    assert answer.status_code == 404
    assert "báo cáo" in answer.json()["reason"]


def test_who_may_not_see_reports_is_told_so(frozen, machine, officer):
    answer = machine(officer("Manh", Role.AREA_POLICE, "00682")).get("/api/v1/reports")
    assert answer.status_code == 403
    assert answer.json()["permission"]["key"] == "see_report"
