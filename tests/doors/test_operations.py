"""How a post is watched: whether each part is ready, figures for Prometheus, logs without people, a clock that never goes back."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from tienphuong.core import audit, clock
from tienphuong.core.alone import hold
from tienphuong.core.keys import settle
from tienphuong.core.logs import JsonLines
from tienphuong.core.models import ClockMark
from tienphuong.jobs.schedule import mark_the_clock
from tienphuong.web import readiness

pytestmark = pytest.mark.django_db
TOKEN = "ma-cua-may-do-0123456789"


@pytest.fixture
def well(settings, tmp_path, monkeypatch):
    """A post of which every part is ready."""
    import os

    settings.VAR = tmp_path
    settle()
    clock.mark()
    monkeypatch.setattr(readiness, "LEAST_FREE", 1)
    lock = hold(tmp_path / "locks" / "worker-default")
    yield lock
    os.close(lock)


def test_a_post_is_ready_when_every_part_is(client, well):
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": dict.fromkeys(["database", "key", "clock", "worker", "disk"], "ok")}


@pytest.mark.parametrize(
    ("part", "spoil", "why"),
    [
        ("clock", lambda: ClockMark.objects.update(looked_at=clock.machine_now() - timedelta(minutes=9)), "stopped"),
        ("clock", lambda: ClockMark.objects.update(latest=clock.machine_now() + timedelta(days=3)), "behind the records"),
    ],
)
def test_a_part_that_is_not_ready_says_why(client, well, part, spoil, why):
    spoil()
    answer = client.get("/health/ready/")
    assert answer.status_code == 503 and answer.json()["parts"][part] == why
    assert client.get("/health/").status_code == client.get("/health/live/").status_code == 200


def test_a_worker_a_key_and_a_disk_that_are_gone_are_named(client, well, settings, monkeypatch):
    import os

    os.truncate(well, 0)
    (settings.VAR / "locks" / "worker-default").unlink()
    settings.IDENTITY_KEY = ""
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 62)
    fields = client.get("/health/ready/").json()["parts"]
    assert (fields["worker"], fields["key"], fields["disk"]) == ("stopped", "missing", "nearly full")


def test_a_database_that_is_away_leaves_a_plain_answer(client, well, monkeypatch):
    from django.db import OperationalError

    def lost(*_, **__):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", lost)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503 and answer.json()["parts"]["database"] == "database away" and answer.json()["parts"]["disk"] == "ok"
    assert client.get("/health/live/").status_code == 200


def test_figures_of_work_are_for_whoever_has_the_token(client, well, settings):
    assert client.get("/metrics/").status_code == 404, "no token is set: there is no such address"
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics/").status_code == client.get("/metrics/", headers={"authorization": "Bearer x"}).status_code == 404
    fields = client.get("/metrics/", headers={"authorization": f"Bearer {TOKEN}"})
    assert fields.status_code == 200 and fields.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = fields.content.decode().splitlines()
    figures = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}
    assert figures['tienphuong_ready{part="database"}'] == 1 and figures["tienphuong_clock_behind_seconds"] == 0
    assert figures['tienphuong_requests_total{method="GET",status="4xx"}'] >= 3
    assert figures['tienphuong_request_seconds_bucket{le="+Inf"}'] == figures["tienphuong_request_seconds_count"] >= 3
    assert figures["tienphuong_disk_free_bytes"] > 0


def line_of(record):
    return json.loads(JsonLines().format(record))


def made(name, message, *args, exc_info=None, **more):
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, exc_info)
    record.__dict__.update(more)
    return record


def test_a_line_of_json_holds_nothing_of_a_person():
    try:
        raise ValueError("Key (value)=(001085012345) already exists: Nguyễn Văn An")
    except ValueError:
        import sys

        fault = sys.exc_info()
    fields = line_of(
        made("django.request", "Internal Server Error: %s", "/ho-so/nguyen-van-an/?q=001085012345", exc_info=fault, status_code=500)
    )
    assert fields["fault"] == "ValueError" and fields["status"] == 500 and fields["event"] == "Internal Server Error: %s"
    assert not any(word in json.dumps(fields, ensure_ascii=False) for word in ("001085012345", "Nguyễn", "nguyen-van-an"))
    assert line_of(made("tienphuong.jobs", "service=%s ended", "lists"))["event"] == "service=lists ended"


def test_every_request_has_a_line_with_the_name_of_its_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="tienphuong.access"):
        client.get("/ho-so/0198d2c4-5b7e-7a10-8f00-000000000001/?q=Nguyễn")
        client.get("/health/")
    fields = [record.fields for record in caplog.records if record.name == "tienphuong.access"]
    assert [(one["route"], one["status"]) for one in fields][-1] == ("health", 200)
    assert "0198d2c4" not in str(fields) and "Nguyễn" not in str(fields)


@pytest.fixture
def machine(monkeypatch):
    """A machine whose clock is set: machine(moment)."""
    return lambda moment: monkeypatch.setattr(clock, "machine_now", lambda: moment)


def test_the_posts_time_goes_on_where_the_machines_clock_is_set_back(machine):
    noon, day = datetime(2026, 11, 30, 12, tzinfo=UTC), timedelta(days=1)
    machine(noon)
    clock.mark()
    machine(noon - 3 * day)
    assert clock.now() == noon, "before the clockwork has looked"
    assert clock.mark() == clock.behind() == 3 * day
    machine(noon - 3 * day + timedelta(hours=2))
    assert clock.now() == noon + timedelta(hours=2), "it goes on, it does not stand"
    clock.mark()
    machine(noon - 5 * day)
    assert clock.now() == noon + timedelta(hours=2) and clock.mark() == 5 * day + timedelta(hours=2)
    machine(noon + day)
    assert clock.now() == noon + day and clock.mark() == timedelta(), "the clock was set right again"


def test_a_clock_that_once_stood_in_the_future_is_trusted_again_by_an_officers_word(machine, capsys):
    from argparse import Namespace

    from tienphuong.cli.clock import run as clock_command

    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    machine(now + timedelta(days=3650))
    clock.mark()
    machine(now)
    assert clock.now().year == 2036
    clock_command(Namespace(act="show"))
    assert "Chỉnh lại giờ máy" in capsys.readouterr().out
    clock_command(Namespace(act="trust"))
    assert clock.now() == now and audit.last("clock.trusted") is not None


def test_the_clockwork_marks_and_a_scenarios_hour_stays_its_own(machine, at):
    clock.set_scenario(stands_at=at, scenario="x")
    mark_the_clock(at)
    assert clock.now() == at and ClockMark.objects.exists()
