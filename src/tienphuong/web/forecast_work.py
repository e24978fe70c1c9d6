"""Running a forecast, done by a worker of its own queue so that files go on being taken in meanwhile."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task

from tienphuong.core import clock
from tienphuong.core.access.viewer import viewer_of
from tienphuong.forecast.queries.forecasts import forecast_of
from tienphuong.procedures.forecast_plans import run_forecast
from tienphuong.reports.forecasting.shelf import fill

QUEUE = "forecasts"


@task(queue_name=QUEUE)
def run_in_background(forecast_id: str, officer: str, at: str, language: str) -> str:
    """Run a forecast under the name of the officer who asked, and draw what they will look at; the state it ends in."""
    moment = datetime.fromisoformat(at)
    user = get_user_model().objects.get(pk=UUID(officer))
    viewer = viewer_of(user, on=clock.local(moment).date())
    forecast = forecast_of(viewer, forecast_id=UUID(forecast_id))
    if forecast is None:
        return "gone"
    run_forecast(forecast, actor=viewer, at=moment, draw=partial(fill, language=language))
    return str(forecast.state)
