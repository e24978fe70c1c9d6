"""The forecasts an officer may see, and what came out of one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.pages import Page
from tienphuong.forecast.frozen import load
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.populations import from_plain
from tienphuong.forecast.services.forecasts import SILENT
from tienphuong.forecast.studies import read_study
from tienphuong.forecast.terms import ForecastState, Step

BUSY = (ForecastState.WAITING, ForecastState.RUNNING, ForecastState.STOPPING)
LARGE = ("study", "communes", "line_list", "outcome")


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a forecast is: runs done, in all (0: not known), a second, and seconds left."""

    step: Step | None
    done: int
    total: int
    rate: float | None
    seconds_left: float | None


def forecasts(viewer: Viewer, *, start: int, size: int) -> Page[Forecast]:
    """One page of the forecasts within reach, newest first, without what is large."""
    rows = _visible(viewer).defer(*LARGE)
    return Page(tuple(rows[start : start + size]), rows.count())


def forecast_of(viewer: Viewer, *, forecast_id: UUID) -> Forecast | None:
    """One forecast; None when there is none or it is not the officer's to see."""
    return _visible(viewer).filter(pk=forecast_id).first()


def comparison(viewer: Viewer, *, forecast: Forecast) -> Comparison:
    """What came out of a forecast that has run. Raises ValueError when the figures are not those that were kept."""
    viewer.require(Permission.SEE_FORECAST, forecast.area_path)
    outcome = bytes(forecast.outcome or b"")
    if hashlib.sha256(outcome).hexdigest() != forecast.content_hash:
        raise ValueError(f"the figures of forecast {forecast.pk} are not those that were kept")
    return load(outcome, study=read_study(forecast.study), communes_of=from_plain(forecast.communes))


def pace_of(viewer: Viewer, *, forecast: Forecast, at: datetime) -> Pace:
    """How far a forecast is at a moment of the machine's clock."""
    del viewer
    done, total, began = forecast.runs_done, forecast.runs_total, forecast.started_at
    passed = (at - began) / timedelta(seconds=1) if began else 0.0
    rate = done / passed if done and passed > 0 else None
    left = (total - done) / rate if rate and total else None
    return Pace(Step(forecast.step) if forecast.step else None, done, total, rate, left)


def is_left_behind(viewer: Viewer, *, forecast: Forecast, at: datetime) -> bool:
    """Whether its worker has said nothing for so long that it must be gone."""
    del viewer
    at_work = forecast.state in (ForecastState.RUNNING, ForecastState.STOPPING)
    return at_work and forecast.seen_at is not None and forecast.seen_at < at - SILENT


def _visible(viewer: Viewer) -> QuerySet[Forecast]:
    return Forecast.objects.filter(viewer.scope(Permission.SEE_FORECAST)).select_related("area").order_by("-asked_at", "-pk")
