"""A forecast from asking to keeping: from the post's records or not, stopped, failed, run again; only for whom the area is their."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from tests.domain.queries.world import build

from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry
from tienphuong.forecast.bridge.running import run_study
from tienphuong.forecast.bridge.version import engine_version
from tienphuong.forecast.entries import CommuneEntry, PeopleEntry, RunsEntry, StartEntry
from tienphuong.forecast.frozen import MAPPINGS
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.queries.forecasts import comparison, forecast_of, forecasts, is_left_behind, pace_of
from tienphuong.forecast.queries.people import people_of
from tienphuong.forecast.queries.studies import studies
from tienphuong.forecast.services import forecasts as kept
from tienphuong.forecast.studies import StudyError, read_study
from tienphuong.forecast.terms import ForecastState, Step
from tienphuong.procedures.forecast_plans import ask_again, ask_forecast, run_forecast, stop_forecast
from tienphuong.procedures.keep_study import keep_study
from tienphuong.registry.areas.queries import children_of
from tienphuong.reports.forecasting.content import compose_page

pytestmark = pytest.mark.django_db
TEXT = """
[study]
title = "Ở nhà hay không"
disease = "covid-19-delta"
records_disease = "covid-19"
day0 = 2021-08-25
days = 8

[start]
infected = 12

[[common]]
kind = "testing"
with_symptoms = 0.6

[[common]]
kind = "isolation"
beds = 2

[[capacity]]
series = "isolated_facility"
limit = 2
name = "giường thu dung"

[[plan]]
name = "Không thêm gì"

[[plan]]
name = "Ở nhà"
[[plan.measure]]
kind = "stay_home"
"""
STUDY = read_study(TEXT)
FROM_RECORDS = replace(STUDY, start=StartEntry(kind="records"), fit_days=6)
HOMES = {"00682": "Xã Liên Ninh", "00640": "Thị trấn Văn Điển", "00643": "Xã Tân Triều", "00652": "Xã Hữu Hoà"}
PEOPLE = PeopleEntry(
    [CommuneEntry(code=code, name=name, population=1500, household_sizes=(100, 150, 200, 100)) for code, name in HOMES.items()],
    "thử nghiệm",
)


@pytest.fixture
def ask(areas, lan, at):
    def asked(study=STUDY, *, actor=lan, code="020", people=PEOPLE, seed=3):
        communes = children_of(actor, area=areas[code], on=study.day0)
        return ask_forecast(areas[code], study, communes=communes, people=people, runs=RunsEntry(4, seed), actor=actor, at=at)

    return asked


def _same(one, other):
    for name in MAPPINGS:
        mine, yours = getattr(one, name), getattr(other, name)
        assert mine.keys() == yours.keys()
        assert all(np.array_equal(mine[word], yours[word], equal_nan=True) for word in mine), name


def test_what_is_kept_is_what_the_engine_found_and_says_the_same_page(ask, lan, at):
    forecast = ask()
    found = run_forecast(forecast, actor=lan, at=at)
    assert (forecast.state, forecast.runs_done, forecast.engine) == (ForecastState.DONE, 8, engine_version())
    thawed = comparison(lan, forecast=Forecast.objects.get(pk=forecast.pk))
    _same(thawed, found)
    _same(thawed, run_study(STUDY, communes_of=PEOPLE.communes, replicates=4, seed=3, on="serial"))
    assert compose_page(thawed) == compose_page(found)
    assert forecast.headlines[0]["name"] == "giường thu dung"


def test_a_forecast_from_records_keeps_days_and_communes_and_the_moment_they_were_known_at(ask, areas, lan, at, policy):
    world = build(areas, lan=lan, at=at, policy=policy)
    forecast = ask(FROM_RECORDS)
    assert forecast.known_at == at, "day 0 is still to come: the records as known now"
    assert len(forecast.line_list["cases"]) > 0
    assert not any(person.full_name in str(forecast.line_list) for person in world.people)
    run_forecast(forecast, actor=lan, at=at)
    thawed = comparison(lan, forecast=Forecast.objects.get(pk=forecast.pk))
    assert thawed.fit is not None and thawed.beginning.cases == len(forecast.line_list["cases"])
    assert "Bắt đầu từ hồ sơ" in str(compose_page(thawed))


def test_a_morning_that_has_passed_is_seen_as_it_was_known_then(ask, areas, lan, at, policy):
    build(areas, lan=lan, at=at, policy=policy)
    forecast = ask(replace(FROM_RECORDS, day0=date(2021, 8, 24)))
    assert forecast.known_at == datetime(2021, 8, 24, tzinfo=clock.VIETNAM)


def test_every_act_stands_in_the_log(ask, areas, lan, at, policy):
    build(areas, lan=lan, at=at, policy=policy)
    forecast = ask(FROM_RECORDS)
    stop_forecast(forecast, actor=lan, at=at)
    ask_again(forecast, actor=lan, at=at)
    run_forecast(forecast, actor=lan, at=at)
    acts = AuditEntry.objects.filter(subject_kind="forecast").order_by("sequence").values_list("act", "subject_id", "actor_name")
    names = ("forecast.asked", "forecast.stopped", "forecast.asked_again", "forecast.kept")
    assert list(acts) == [(name, str(forecast.pk), "Lan") for name in names]
    assert AuditEntry.objects.filter(act="line_list.taken").count() == 1
    assert AuditEntry.objects.get(act="forecast.kept").facts["hash"] == forecast.content_hash


def test_figures_that_were_changed_afterwards_are_not_shown(ask, lan, at):
    forecast = ask()
    run_forecast(forecast, actor=lan, at=at)
    outcome = bytearray(forecast.outcome)
    outcome[len(outcome) // 2] ^= 1
    forecast.outcome = bytes(outcome)
    with pytest.raises(ValueError, match="not those that were kept"):
        comparison(lan, forecast=forecast)


def test_minh_of_another_district_may_neither_ask_nor_see_nor_stop(ask, lan, minh, at):
    forecast = ask()
    with pytest.raises(NotPermitted):
        ask(actor=minh)
    assert forecasts(minh, start=0, size=9).total == 0 and forecast_of(minh, forecast_id=forecast.pk) is None
    for act in (stop_forecast, ask_again, run_forecast):
        with pytest.raises(NotPermitted):
            act(forecast, actor=minh, at=at)
    assert forecast_of(lan, forecast_id=forecast.pk).pk == forecast.pk and forecast_of(lan, forecast_id=uuid4()) is None


def test_a_commune_s_officer_runs_none_and_a_clerk_only_looks(ask, hoa, officer, at):
    forecast = ask()
    with pytest.raises(NotPermitted):
        ask(actor=hoa)
    clerk = officer("Hà", Role.CLERK, "020")
    assert forecasts(clerk, start=0, size=9).total == 1
    with pytest.raises(NotPermitted):
        stop_forecast(forecast, actor=clerk, at=at)


MISTAKES = [
    (replace(FROM_RECORDS, day0=date(2021, 8, 25)), "hồ sơ không có ca xác định nào"),
    (replace(STUDY, fit_days=6), "chỉ khớp được khi bắt đầu từ hồ sơ"),
    (replace(STUDY, disease="cum"), "không có bệnh “cum”"),
    (replace(STUDY, start=StartEntry(kind="guess")), "không có cách bắt đầu “guess”"),
    (replace(STUDY, capacities=(replace(STUDY.capacities[0], series="beds"),)), "không có chuỗi “beds”"),
]


@pytest.mark.parametrize(("study", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_what_cannot_run_is_refused_before_anything_is_kept(ask, study, message):
    with pytest.raises(StudyError, match=message):
        ask(study)
    assert not Forecast.objects.exists()
    assert not AuditEntry.objects.filter(act__startswith="forecast.").exists()


def test_one_that_waits_is_stopped_at_once_and_never_runs(ask, lan, at):
    forecast = ask()
    assert stop_forecast(forecast, actor=lan, at=at)
    assert forecast.state == ForecastState.STOPPED
    assert run_forecast(forecast, actor=lan, at=at) is None
    assert not stop_forecast(forecast, actor=lan, at=at), "it has ended already"


@pytest.mark.parametrize("study", [STUDY, FROM_RECORDS], ids=["while comparing", "while fitting"])
def test_one_that_runs_ends_at_its_next_word(ask, areas, lan, at, policy, study):
    build(areas, lan=lan, at=at, policy=policy)
    forecast, recorded = ask(study), []

    def listens(step, done, total):
        recorded.append((step, done))
        if len(recorded) == 1:
            assert stop_forecast(Forecast.objects.get(pk=forecast.pk), actor=lan, at=at)

    assert run_forecast(forecast, actor=lan, at=at, progress=listens) is None
    assert forecast.state == ForecastState.STOPPED and not forecast.outcome
    assert recorded[0][0] == (Step.FITTING if study.fit_days else Step.COMPARING) and len(recorded) < 90
    assert ask_again(forecast, actor=lan, at=at)
    assert run_forecast(forecast, actor=lan, at=at) is not None and forecast.state == ForecastState.DONE


def test_the_same_forecast_run_again_says_the_same_to_the_byte(ask, lan, at):
    hashes = []
    for _ in range(2):
        forecast = ask()
        run_forecast(forecast, actor=lan, at=at)
        hashes.append(forecast.content_hash)
    assert hashes[0] == hashes[1]


def test_one_left_behind_by_its_worker_is_told_from_one_that_runs_and_can_be_run_again(ask, lan, at):
    forecast = ask()
    assert kept.claim(forecast) and not kept.claim(forecast), "one worker takes it"
    now = clock.machine_now()
    assert not is_left_behind(lan, forecast=forecast, at=now) and not ask_again(forecast, actor=lan, at=at)
    Forecast.objects.filter(pk=forecast.pk).update(seen_at=now - kept.SILENT - timedelta(seconds=1))
    forecast.refresh_from_db()
    assert is_left_behind(lan, forecast=forecast, at=now) and ask_again(forecast, actor=lan, at=at)
    assert run_forecast(forecast, actor=lan, at=at) is not None


def test_how_far_it_is_is_told_by_step(ask, lan):
    forecast = ask()
    kept.claim(forecast)
    hear = kept.listener(forecast)
    hear(Step.FITTING, 40, 0)
    forecast.refresh_from_db()
    fitting = pace_of(lan, forecast=forecast, at=forecast.started_at + timedelta(seconds=4))
    assert (fitting.step, fitting.done, fitting.rate, fitting.seconds_left) == (Step.FITTING, 40, 10.0, None)
    hear(Step.COMPARING, 2, 8)
    forecast.refresh_from_db()
    pace = pace_of(lan, forecast=forecast, at=forecast.started_at + timedelta(seconds=1))
    assert (pace.step, pace.done, pace.total, pace.seconds_left) == (Step.COMPARING, 2, 8, 3.0)


def test_a_fault_of_the_machine_is_kept_with_the_forecast(ask, lan, at):
    forecast = ask()
    with pytest.raises(RuntimeError):
        run_forecast(forecast, actor=lan, at=at, progress=lambda *_: (_ for _ in ()).throw(RuntimeError("hết bộ nhớ")))
    assert forecast.state == ForecastState.FAILED and "hết bộ nhớ" in forecast.message


def test_people_come_from_the_list_of_areas_and_a_commune_without_a_figure_is_named(areas, lan):
    communes = children_of(lan, area=areas["020"], on=date(2021, 8, 25))
    people = people_of(lan, communes=communes)
    assert len(people.communes) == 16 and sum(one.population for one in people.communes) == 275_745 and people.source
    communes[2].population = None
    with pytest.raises(StudyError, match=communes[2].full_name):
        people_of(lan, communes=communes)


def test_a_study_is_kept_once_beside_the_examples(areas, lan, minh, at):
    study, new = keep_study(areas["020"], TEXT.encode(), actor=lan, at=at)
    again, new_again = keep_study(areas["020"], b"\xef\xbb\xbf" + TEXT.encode(), actor=lan, at=at)
    assert (new, new_again, again.pk) == (True, False, study.pk)
    assert AuditEntry.objects.filter(act="study.kept").count() == 1
    known = studies(lan, area=areas["020"])
    assert known[0].key == str(study.pk) and known[0].study == STUDY and len(known) >= 6
    with pytest.raises(NotPermitted):
        keep_study(areas["020"], TEXT.encode(), actor=minh, at=at)


@pytest.mark.parametrize(("data", "message"), [(b"\xff\xfe", "UTF-8"), (b"[study", "không phải TOML"), (b"#" * 300_000, "lớn hơn")])
def test_a_file_that_is_no_study_is_refused_with_the_reason(areas, lan, at, data, message):
    with pytest.raises(StudyError, match=message):
        keep_study(areas["020"], data, actor=lan, at=at)
