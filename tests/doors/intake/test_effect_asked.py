"""The page of a checked file asks again for the figures before and after only while the worker counts them."""

from datetime import timedelta

import pytest
from tests.doors.intake.test_intake import LIST, send

from tienphuong.core.clock import machine_now
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services import effect

POLLS = 'id="effect" hx-get'


@pytest.fixture
def uncounted(desk, hoa, areas, monkeypatch):
    """A file that was checked without its effect, as one that came by another door long ago."""
    monkeypatch.setattr(effect, "note_effect", lambda *told, **more: None)
    page = desk(hoa)
    return page, send(page, areas, ("a.csv", LIST)).headers["Location"]


def test_the_page_asks_again_while_the_worker_is_at_it(uncounted):
    page, address = uncounted
    assert POLLS in page.get(address).content.decode()


@pytest.mark.parametrize("asked", [None, machine_now() - timedelta(hours=1)])
def test_the_page_does_not_ask_again_where_nobody_is_at_it(uncounted, asked):
    page, address = uncounted
    IntakeFile.objects.update(effect_asked_at=asked)
    shown = page.get(address).content.decode()
    assert POLLS not in shown and "Chưa tính số liệu trước và sau" in shown


def test_a_check_that_ends_leaves_nothing_asked(desk, hoa, areas):
    page = desk(hoa)
    shown = page.get(send(page, areas, ("a.csv", LIST)).headers["Location"]).content.decode()
    assert POLLS not in shown and "Ghi vào thì" in shown
    assert IntakeFile.objects.get().effect_asked_at is None
