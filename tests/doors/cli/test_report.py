"""`tienphuong report`: what cannot be frozen yet is told in one line."""

import re
from datetime import timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import enrol
from tienphuong.reports.composing import compose_report
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import Paragraph


@pytest.mark.django_db
def test_what_may_be_counted_twice_or_has_no_day_is_told_on_the_paper_in_the_situation_and_by_the_command(
    areas, lan, at, policy, tmp_path, capsys
):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    place, earlier = areas["00682"], at - timedelta(hours=3)
    people = enrol([PersonEntry(full_name="Trần Văn An", area_id=place.pk, area_path=place.path)] * 2, at=earlier, by=None)
    told = CaseEntry(
        disease="covid-19", reported_at=earlier - timedelta(days=1), classification="confirmed", residence_area_id=place.pk, residence_area_path=place.path
    )  # fmt: skip
    register_cases([(person, told) for person in people], actor=lan, at=earlier, policy=policy)
    propose([(*people, 0.8, [])], at=earlier)
    assert main(["report", "--at", "2021-08-24T16:00", "--area", "00682", "--disease", "covid-19", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "nếu đều trùng, số ca mắc giảm 1" in said and "2 ca bổ sung chưa rõ ngày" in said
    paper = [
        "".join(run.text for run in block.runs) for block in compose_report(Snapshot.objects.get()).body if isinstance(block, Paragraph)
    ]
    assert "Trong đó tối đa 1 ca có thể là hồ sơ trùng của cùng một người, đang chờ xác minh." in paper
    assert any("Trong số ca mắc bổ sung có 2 ca chưa rõ ngày." in text for text in paper)
    assert main(["situation", "--at", "2021-08-24T16:00", "--area", "00682", "--disease", "covid-19"]) == 0
    situation = capsys.readouterr().out
    assert "(+2 bổ sung) (chưa rõ ngày: 2)" in situation
    assert re.search(r"Ca có thể trùng nhau, tối đa +1$", situation, re.MULTILINE)


@pytest.mark.django_db
def test_a_report_before_its_hour_is_told_in_one_line(areas, at, tmp_path, capsys):
    clock.set_scenario(stands_at=at.replace(hour=8), scenario="thanh-tri-2021")
    assert main(["report", "--at", "2021-08-24T16:00", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert said.err.startswith("tienphuong report: Chưa đến giờ chốt số liệu 16")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_report_that_was_frozen_is_printed_again_and_replaced_only_when_asked(areas, lan, at, policy, tmp_path, capsys):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    asked = ["report", "--at", "2021-08-24T16:00", "--area", "00682", "--disease", "covid-19", "--out", str(tmp_path)]
    assert main(asked) == 0
    place = areas["00682"]
    (person,) = enrol([PersonEntry(full_name="Trần Văn An", area_id=place.pk, area_path=place.path)], at=at, by=None)
    case = CaseEntry(
        disease="covid-19", reported_at=at, classification="confirmed", residence_area_id=place.pk, residence_area_path=place.path
    )
    register_cases([(person, case)], actor=lan, at=at + timedelta(hours=1), policy=policy)
    clock.set_scenario(stands_at=at + timedelta(hours=2), scenario="thanh-tri-2021")
    capsys.readouterr()
    assert main(asked) == 0
    assert "In lại báo cáo do" in capsys.readouterr().err and Snapshot.objects.count() == 1
    assert main([*asked, "--replace"]) == 0
    assert Snapshot.objects.count() == 2
