"""A post opened by docs/how-to/open-a-post.md: its own area and disease are what every command means."""

from datetime import UTC, datetime

import pytest

from tienphuong.cli.demo_plan import post
from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.core.place import own_place
from tienphuong.procedures.settle_post import settle_post

pytestmark = pytest.mark.django_db


def test_the_steps_of_the_how_to_open_a_post_on_the_machines_own_day(capsys, tmp_path):
    assert main(["areas", "load"]) == 0
    assert main(["post", "set", "--area", "00367", "--disease", "dengue"]) == 0
    assert "Thanh Xuân" in capsys.readouterr().out
    assert (post().area_code, post().disease) == ("00367", "dengue")
    assert main(["situation"]) == 0
    assert "Thanh Xuân" in capsys.readouterr().out
    assert main(["report", "--out", str(tmp_path)]) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".docx", ".pdf"}
    assert AuditEntry.objects.filter(act="post.settled").count() == 1


def test_a_post_that_was_not_told_its_area_asks_for_it_in_one_line(areas, capsys):
    assert main(["situation"]) == 2
    said = capsys.readouterr().err
    assert "tienphuong post set" in said and said.count("\n") == 1


def test_a_drill_on_a_post_of_its_own_stays_in_its_area(areas, at):
    clock.set_scenario(stands_at=at, scenario="dien-tap")
    assert main(["post", "set", "--area", "009", "--disease", "covid-19"]) == 0
    assert post().area_code == "009"


def test_a_disease_that_no_rule_knows_is_refused(areas, at, capsys):
    clock.set_scenario(stands_at=at, scenario="dien-tap")
    assert main(["post", "set", "--area", "009", "--disease", "cum"]) == 2
    assert own_place() is None and capsys.readouterr().err.count("\n") == 1


def test_an_officer_settles_no_post_beyond_his_area(lan, areas, at):
    with pytest.raises(NotPermitted):
        settle_post(areas["009"], disease="covid-19", actor=lan, at=at)


def test_a_code_that_named_another_unit_on_that_day_is_not_taken_for_the_posts_own(areas, capsys):
    """00640 is Văn Điển town in the list of 2019 and the commune of Thanh Trì in the list of 2025."""
    clock.set_scenario(stands_at=datetime(2026, 11, 16, 9, tzinfo=UTC), scenario="dien-tap")
    assert main(["post", "set", "--area", "00640", "--disease", "covid-19"]) == 0
    assert "Xã Thanh Trì" in capsys.readouterr().out
    assert main(["clock", "set", "2021-08-24T16:00"]) == 0
    assert main(["situation"]) == 2
    said = capsys.readouterr().err
    assert "Xã Thanh Trì (00640), chưa có hoặc không còn vào ngày 24/08/2021" in said and said.count("\n") == 1
    assert main(["situation", "--area", "00640"]) == 0
    assert "Văn Điển" in capsys.readouterr().out
