"""`tienphuong report`: what cannot be frozen yet is told in one line."""

import pytest

from tienphuong.cli.main import main
from tienphuong.core import clock


@pytest.mark.django_db
def test_a_report_before_its_hour_is_told_in_one_line(areas, at, tmp_path, capsys):
    clock.set_scenario(stands_at=at.replace(hour=8), scenario="thanh-tri-2021")
    assert main(["report", "--at", "2021-08-24T16:00", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert said.err.startswith("tienphuong report: Chưa đến giờ chốt số liệu 16")
    assert list(tmp_path.iterdir()) == []
