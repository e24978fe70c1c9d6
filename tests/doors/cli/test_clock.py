"""`tienphuong clock`: a drill's hour is set, shown and cleared, by an act that is permitted and written down."""

import pytest

from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.core.place import Place, demo, keep_own_place
from tienphuong.procedures.set_clock import clear_clock, set_clock

pytestmark = pytest.mark.django_db


def test_the_clock_is_set_shown_and_cleared(at, capsys):
    assert main(["clock", "set", "2021-08-24T16:00"]) == 0
    assert "16h00 ngày 24/08/2021" in capsys.readouterr().out
    assert clock.now() == at
    assert main(["clock", "show"]) == 0
    assert "Đồng hồ diễn tập" in capsys.readouterr().out
    assert main(["clock", "clear"]) == 0
    assert "Giờ thật" in capsys.readouterr().out
    assert clock.scenario() is None
    assert list(AuditEntry.objects.order_by("sequence").values_list("act", flat=True)) == ["clock.set", "clock.cleared"]


def test_a_demo_stays_the_same_demo(at):
    clock.set_scenario(stands_at=at, scenario="thanh-xuan-2020")
    assert main(["clock", "set", "2020-03-20T16:00"]) == 0
    assert clock.scenario() == "thanh-xuan-2020"


def test_a_demo_whose_clock_was_cleared_is_the_same_demo_when_it_is_set_again(areas, at):
    keep_own_place(Place("009", "covid-19", "gso-2019", "Quận Thanh Xuân", "thanh-xuan-2020"))
    clock.set_scenario(stands_at=at, scenario="thanh-xuan-2020")
    assert main(["clock", "clear"]) == main(["clock", "set", "2020-03-19T16:00"]) == 0
    assert clock.scenario() == "thanh-xuan-2020"
    assert main(["post", "set", "--area", "009", "--disease", "covid-19"]) == 0
    assert demo() == "thanh-xuan-2020"


def test_a_demo_whose_clock_is_cleared_says_how_to_go_on(areas, capsys, monkeypatch):
    keep_own_place(Place("009", "covid-19", "gso-2019", "Quận Thanh Xuân", "thanh-xuan-2020"))
    monkeypatch.setattr("tienphuong.cli.demo.prepare", lambda: None)
    assert main(["demo", "--scenario", "thanh-xuan-2020", "--no-serve"]) == 2
    assert "tienphuong clock set 2020-03-19T16:00" in capsys.readouterr().err


def test_what_is_no_moment_is_told_in_one_line(capsys):
    assert main(["clock", "set", "hôm nay"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_clearing_twice_says_so_and_writes_nothing(capsys):
    assert main(["clock", "clear"]) == 0
    assert "Không có đồng hồ diễn tập" in capsys.readouterr().out
    assert not AuditEntry.objects.exists()


def test_an_officer_without_the_right_moves_no_clock(lan, at):
    with pytest.raises(NotPermitted):
        set_clock(at, actor=lan, at=at)
    with pytest.raises(NotPermitted):
        clear_clock(actor=lan, at=at)
    assert clock.scenario() is None
