"""Dự báo các phương án: a study is asked for, run by the machine, stopped or run again; what came out is kept for ever."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import VIETNAM
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn
from tienphuong.forecast.entries import PeopleEntry, RunsEntry, StudyEntry
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.populations import from_plain
from tienphuong.forecast.progress import Progress, no_progress
from tienphuong.forecast.services import forecasts as kept
from tienphuong.forecast.services.forecasts import Records
from tienphuong.forecast.services.records import records_from
from tienphuong.forecast.studies import StudyError, read_study
from tienphuong.forecast.terms import Step
from tienphuong.procedures.take_line_list import take_line_list
from tienphuong.registry.models import Area

#: what is to be drawn of a forecast before it counts as done
Draw = Callable[[UUID, Comparison, Progress], None]


def skip_rendering(forecast: UUID, found: Comparison, progress: Progress) -> None:
    """Nothing: pictures are drawn when somebody looks."""


def ask_forecast(
    area: Area, study: StudyEntry, *, communes: Sequence[Area], people: PeopleEntry, runs: RunsEntry, actor: Viewer, at: datetime
) -> Forecast:
    """A forecast that waits for the machine.

    1 the officer may run forecasts for the area
    2 a study that starts from records: the line list as known on the morning of day 0, or now if that is still to come
    3 study, people and records are checked against each other; nothing is kept of what could not run
    4 everything that goes in is kept
    5 audit
    """
    from tienphuong.forecast.bridge.running import check_study  # here: the engine takes seconds to load

    actor.require(Permission.RUN_FORECAST, area.path)
    with in_turn():
        records = records_of(area, study, communes=communes, actor=actor, at=at)
        check_study(study, communes_of=people.communes, known=records.known if records else None)
        forecast = kept.open_forecast(area, study, people=people, records=records, runs=runs, actor=actor, at=at)
        _audit("forecast.asked", forecast, actor=actor, at=at, plans=[plan.name for plan in study.plans])
    return forecast


def run_forecast(
    forecast: Forecast,
    *,
    actor: Viewer,
    at: datetime,
    on: Any = "threads",
    workers: int = 2,
    progress: Progress = no_progress,
    draw: Draw = skip_rendering,
) -> Comparison | None:
    """Run a forecast that waits; None when it did not wait, was stopped, or could not be run (the forecast says why).

    1 one worker takes it
    2 every plan is run; how far it is, is written down, and it ends when somebody asked for that
    3 what the door wants drawn is drawn
    4 the figures are kept under their hash
    5 audit
    """
    actor.require(Permission.RUN_FORECAST, forecast.area_path)
    if not kept.claim(forecast):
        return None
    try:
        report_progress = _both(kept.listener(forecast), progress)
        found = _run(forecast, on=on, workers=workers, progress=report_progress)
        draw(forecast.pk, found, report_progress)
    except kept.Stopped:
        kept.close_stopped(forecast)
        return None
    except StudyError as error:
        kept.close_failed(forecast, str(error))
        return None
    except Exception as fault:
        kept.close_failed(forecast, sentence("Máy đã dừng giữa chừng: {fault}", fault=f"{type(fault).__name__}: {fault}"))
        raise
    with in_turn():
        if not kept.close_done(forecast, found):
            kept.close_stopped(forecast)
            return None
        _audit("forecast.kept", forecast, actor=actor, at=at, hash=forecast.content_hash)
    return found


def stop_forecast(forecast: Forecast, *, actor: Viewer, at: datetime) -> bool:
    """End one that waits or runs; False when it had ended already."""
    actor.require(Permission.RUN_FORECAST, forecast.area_path)
    with in_turn():
        stopped = kept.ask_to_stop(forecast)
        if stopped:
            _audit("forecast.stopped", forecast, actor=actor, at=at)
    return stopped


def ask_again(forecast: Forecast, *, actor: Viewer, at: datetime) -> bool:
    """Put one that was stopped, failed or left behind back in the queue, with what went in unchanged; False when there is no need."""
    actor.require(Permission.RUN_FORECAST, forecast.area_path)
    with in_turn():
        waits = kept.reopen(forecast)
        if waits:
            _audit("forecast.asked_again", forecast, actor=actor, at=at)
    return waits


def records_of(area: Area, study: StudyEntry, *, communes: Sequence[Area], actor: Viewer, at: datetime) -> Records | None:
    """The line list a study starts from: as known on the morning of day 0, or now if that is still to come. None: it starts from none."""
    if study.start.kind == "infected":
        return None
    if study.start.kind != "records":
        raise StudyError(
            sentence("không có cách bắt đầu “{kind}”", kind=study.start.kind),
            where="[start], kind",
            remedy='Chọn "infected" hoặc "records".',
        )
    known_at = min(at, datetime.combine(study.day0, time(), tzinfo=VIETNAM))
    known = take_line_list(
        area,
        communes=communes,
        disease=study.records_disease,
        day0=study.day0,
        known_at=known_at,
        study=study.title,
        actor=actor,
        at=at,
    )
    return Records(known, known_at)


def _both(written: Progress, progress: Progress) -> Progress:
    """Two listeners as one: who writes it down first, for they may end the work."""

    def report_progress(step: Step, done: int, total: int) -> None:
        written(step, done, total)
        progress(step, done, total)

    return report_progress


def _run(forecast: Forecast, *, on: Any, workers: int, progress: Progress) -> Comparison:
    """Every plan of the study, as it was asked for."""
    from tienphuong.forecast.bridge.running import run_study  # here: the engine takes seconds to load

    return run_study(
        read_study(forecast.study),
        communes_of=from_plain(forecast.communes),
        replicates=forecast.replicates,
        seed=forecast.seed,
        known=records_from(forecast.line_list) if forecast.line_list else None,
        on=on,
        workers=workers,
        progress=progress,
    )


def _audit(act: str, forecast: Forecast, *, actor: Viewer, at: datetime, **more: object) -> None:
    facts: dict[str, object] = {"area": forecast.area.full_name, "study": forecast.title, **more}
    audit.record(act, actor=actor, at=at, subject_kind="forecast", subject_id=forecast.pk, facts=facts)
