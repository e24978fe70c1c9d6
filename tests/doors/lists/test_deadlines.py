"""The list of deadlines: what is shown, narrowed and taken away."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from tienphuong.core import clock
from tienphuong.core.access.viewer import system_viewer
from tienphuong.jobs import schedule
from tienphuong.procedures.settle_post import settle_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(world, areas, at):
    settle_post(areas["020"], disease="covid-19", actor=system_viewer(), at=at)
    schedule.open_deadlines(at)
    clock.set_scenario(stands_at=at + timedelta(hours=3), scenario="huyện Thanh Trì, 24/8/2021")
    schedule.process_due(at + timedelta(hours=3))


def test_what_is_overdue_is_listed_and_leads_to_where_it_is_done(opened, at_lans):
    page = at_lans.get(reverse("deadlines"), {"state": "overdue", "kind": "report.daily"})
    words = page.content.decode()
    assert page.status_code == 200 and page.context["total"] == 1
    assert "Báo cáo ngày" in words and "quá hạn" in words and "Thành phố Hà Nội" in words
    assert [row.href for row in page.context["rows"]] == [reverse("reports")]


def test_the_list_is_taken_away_with_each_unit_in_full(opened, at_lans):
    assert at_lans.get(reverse("deadlines"), {"format": "xlsx"}).status_code == 200
    answer = at_lans.get(reverse("deadlines"), {"format": "csv"})
    rows = list(csv.reader(io.StringIO((b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8-sig"))))
    assert any("Xã Liên Ninh, Huyện Thanh Trì" in ",".join(row) for row in rows)


def test_an_empty_list_says_when_deadlines_open(world, at_lans):
    assert "mở vào giờ chốt số liệu" in at_lans.get(reverse("deadlines")).content.decode()
