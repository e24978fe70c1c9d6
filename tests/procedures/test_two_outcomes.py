"""Rows that say both that somebody went home and that they died: one death, a remark on the row, and a line of the figures' quality."""

from datetime import timedelta

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.quality import quality

pytestmark = pytest.mark.django_db
WHO = 'BN900201,Lưu Thị Hạ Vy,Nữ,12/03/1991,0981000001,"Thôn Nội, xã Liên Ninh",10/8/2021'
HEAD = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Ngày phát hiện"


@pytest.fixture
def take(settings, tmp_path, areas, policy, at):
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines):
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer()}
        file = receive_file("\n".join(lines).encode(), "ca.csv", at=at - timedelta(hours=1), **told)
        return apply_file(file, actor=system_viewer(), at=at - timedelta(hours=1), policy=policy)

    return make


@pytest.fixture
def told(areas, policy, lan, at):
    """The figures of Liên Ninh and the doubts about them."""

    def make():
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        found = figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy)
        return found.values, {doubt.key: doubt.count for doubt in quality(lan, found=found, policy=policy)}

    return make


def warnings():
    return [issue[4] for row in IntakeRow.objects.all() for issue in row.issues if issue[0] == "warning"]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Ngày ra viện,Ngày tử vong", "20/8/2021,22/8/2021"),
        ("Ngày ra viện,Ngày tử vong", "22/8/2021,20/8/2021"),
        ("Tình trạng,Ngày ra viện", "Tử vong,20/8/2021"),
        ("Tình trạng,Ngày tử vong", "Ra viện,22/8/2021"),
        ("Đã khỏi,Đã tử vong", "có,có"),
    ],
)
def test_both_ends_in_one_row_are_one_death_a_remark_and_a_doubt_of_the_figures(take, told, head, cells):
    take(f"{HEAD},{head}", f"{WHO},{cells}")
    values, doubts = told()
    assert (values["deaths"], values["cases_recovered"]) == (1, 0)
    assert doubts["two_outcomes"] == 1
    assert sum("khỏi" in words.lower() or "ra viện" in words.lower() for words in warnings()) == 1


@pytest.mark.parametrize(("head", "cells"), [("Tình trạng,Ngày tử vong", "Tử vong,22/8/2021"), ("Đã khỏi,Đã tử vong", "không,có")])
def test_a_death_alone_is_no_doubt(take, told, head, cells):
    take(f"{HEAD},{head}", f"{WHO},{cells}")
    values, doubts = told()
    assert values["deaths"] == 1 and "two_outcomes" not in doubts
