"""Keeping forecasts: opened with all that goes in, claimed by one worker, told how far it is, closed with all that came out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import machine_now
from tienphuong.forecast.bridge.version import engine_version
from tienphuong.forecast.entries import LineListEntry, PeopleEntry, RunsEntry, StudyEntry
from tienphuong.forecast.frozen import dump
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.populations import plain
from tienphuong.forecast.progress import Progress
from tienphuong.forecast.services.records import plain_records
from tienphuong.forecast.terms import ForecastState, Step
from tienphuong.forecast.writing import study_text
from tienphuong.registry.models import Area

#: A worker that has said nothing for so long is gone.
SILENT = timedelta(minutes=3)
#: How far it is, is written down this often in a step of known length, and after every so many runs in one of unknown length.
NOTED = 100
EVERY = 20


class Stopped(Exception):
    """Somebody asked the work to end."""


@dataclass(frozen=True, slots=True)
class Records:
    """The line list a forecast begins with, and as believed when."""

    known: LineListEntry
    known_at: datetime


def open_forecast(
    area: Area, study: StudyEntry, *, people: PeopleEntry, records: Records | None, runs: RunsEntry, actor: Viewer, at: datetime
) -> Forecast:
    """A forecast that waits for the machine, with everything that it will be made from."""
    return Forecast.objects.create(
        area=area,
        area_path=area.path,
        title=study.title[:200],
        study=study_text(study),
        communes=plain(people.communes),
        people_source=people.source[:200],
        line_list=plain_records(records.known) if records else None,
        known_at=records.known_at if records else None,
        replicates=runs.replicates,
        seed=runs.seed,
        state=ForecastState.WAITING,
        runs_total=runs.replicates * len(study.plans),
        asked_at=at,
        asked_by=actor.user_id,
        asked_by_name=actor.name[:120],
    )


def claim(forecast: Forecast) -> bool:
    """Take a waiting forecast for this worker; False when it does not wait any more."""
    now = machine_now()
    waiting = Forecast.objects.filter(pk=forecast.pk, state=ForecastState.WAITING)
    taken = waiting.update(state=ForecastState.RUNNING, started_at=now, seen_at=now, engine=engine_version(), message="", runs_done=0)
    forecast.refresh_from_db()
    return bool(taken)


def listener(forecast: Forecast) -> Progress:
    """Who writes down how far the work is. Raises Stopped when somebody asked for its end."""
    noted: dict[Step, int] = {}

    def report_progress(step: Step, done: int, total: int) -> None:
        mark = done * NOTED // total if total else done // EVERY
        if noted.get(step) != mark:
            _note(forecast, step, done, total=total, begins=step not in noted)
            noted[step] = mark

    return report_progress


def _note(forecast: Forecast, step: Step, done: int, *, total: int, begins: bool) -> None:
    now = machine_now()
    begun = {"started_at": now} if begins else {}
    running = Forecast.objects.filter(pk=forecast.pk, state=ForecastState.RUNNING)
    if not running.update(step=step, runs_done=done, runs_total=total, seen_at=now, **begun):
        raise Stopped(str(forecast.pk))


def close_done(forecast: Forecast, found: Comparison) -> bool:
    """Keep what came out, under its hash; False when somebody stopped it at the last moment."""
    outcome = dump(found)
    kept = Forecast.objects.filter(pk=forecast.pk, state=ForecastState.RUNNING).update(
        state=ForecastState.DONE,
        runs_done=found.replicates * len(found.plans),
        runs_total=found.replicates * len(found.plans),
        finished_at=machine_now(),
        outcome=outcome,
        headlines=_headlines(found),
        content_hash=hashlib.sha256(outcome).hexdigest(),
    )
    forecast.refresh_from_db()
    return bool(kept)


def close_failed(forecast: Forecast, message: str) -> None:
    """It could not be run, and why."""
    Forecast.objects.filter(pk=forecast.pk).update(state=ForecastState.FAILED, message=message[:2000], finished_at=machine_now())
    forecast.refresh_from_db()


def close_stopped(forecast: Forecast) -> None:
    """It ended because somebody asked for it."""
    Forecast.objects.filter(pk=forecast.pk).update(state=ForecastState.STOPPED, finished_at=machine_now())
    forecast.refresh_from_db()


def ask_to_stop(forecast: Forecast) -> bool:
    """A waiting one ends at once, a running one at its next word; False when it has ended already."""
    row = Forecast.objects.filter(pk=forecast.pk)
    ended = row.filter(state=ForecastState.WAITING).update(state=ForecastState.STOPPED, finished_at=machine_now())
    asked = ended or row.filter(state=ForecastState.RUNNING).update(state=ForecastState.STOPPING)
    forecast.refresh_from_db()
    return bool(asked)


def reopen(forecast: Forecast) -> bool:
    """Put one that was stopped, failed or left behind by its worker back in the queue; False when there is nothing to put back."""
    gone = Q(state__in=(ForecastState.RUNNING, ForecastState.STOPPING), seen_at__lt=machine_now() - SILENT)
    ended = Q(state__in=(ForecastState.STOPPED, ForecastState.FAILED))
    taken = Forecast.objects.filter(gone | ended, pk=forecast.pk).update(state=ForecastState.WAITING, step="", message="", runs_done=0)
    forecast.refresh_from_db()
    return bool(taken)


def _headlines(found: Comparison) -> list[dict[str, object]]:
    """For each capacity and plan: how surely it is exceeded, and the median first day."""
    return [
        {
            "name": over.capacity.name,
            "plan": plan,
            "probability": float(over.probability[row]),
            "first_day": found.dates[round(float(over.first_day[2, row]))].isoformat() if over.probability[row] else "",
        }
        for over in found.overruns
        for row, plan in enumerate(found.plans)
    ]
