"""Forecasts of plans: those that were run, one that is running, what came out, its pictures and files."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.forecast.populations import from_plain, population_text
from tienphuong.forecast.queries.forecasts import BUSY, comparison, forecast_of, forecasts, is_left_behind, pace_of
from tienphuong.forecast.terms import ForecastState, Series
from tienphuong.procedures.forecast_plans import ask_again, stop_forecast
from tienphuong.reports.forecasting.answers import questions
from tienphuong.reports.forecasting.charts import Style
from tienphuong.reports.forecasting.content import compose_page
from tienphuong.reports.forecasting.page import Section
from tienphuong.reports.forecasting.pictures import skip_rendering
from tienphuong.reports.forecasting.shelf import FILES, file_of, picture_of
from tienphuong.web.forecast_headlines import headlines
from tienphuong.web.forecast_work import run_in_background
from tienphuong.web.listing import page_number
from tienphuong.web.middleware import OfficerRequest

A_PAGE = 30
SVG = "image/svg+xml"
INPUTS = ("study.toml", "population.csv")
# A kept forecast never changes: its files may stay in the officer's own browser.
FOR_EVER = "private, max-age=31536000, immutable"


@require_GET
def forecast_list(request: OfficerRequest) -> HttpResponse:
    """The forecasts within reach, newest first; the table alone when it is asked for again."""
    number = page_number(request)
    found = forecasts(request.viewer, start=(number - 1) * A_PAGE, size=A_PAGE)
    context = {
        "forecasts": [(one, headlines(one.headlines)) for one in found.lines],
        "page": Paginator(range(found.total), A_PAGE).get_page(number),
        "busy": any(one.state in BUSY for one in found.lines),
        "may_run": request.viewer.may(Permission.RUN_FORECAST),
    }
    part = "forecasts/rows.html" if request.htmx and not request.htmx.boosted else "forecasts/list.html"
    return render(request, part, context)


@require_GET
def forecast(request: OfficerRequest, forecast_id: UUID) -> HttpResponse:
    """One forecast: how far it is, why it did not run, or what came out: the question first."""
    kept = _kept(request, forecast_id)
    now = clock.machine_now()
    context: dict[str, object] = {
        "forecast": kept,
        "busy": kept.state in BUSY,
        "pace": pace_of(request.viewer, forecast=kept, at=now),
        "left_behind": is_left_behind(request.viewer, forecast=kept, at=now),
        "may_run": request.viewer.may(Permission.RUN_FORECAST, kept.area_path),
    }
    if kept.state == ForecastState.DONE:
        context |= _outcome(request, kept)
    if request.htmx and kept.state not in BUSY:
        # the whole page is another one now: what can be done with it stands at its head
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    part = "forecasts/body.html" if request.htmx and not request.htmx.boosted else "forecasts/forecast.html"
    return render(request, part, context)


@require_POST
def forecast_stop(request: OfficerRequest, forecast_id: UUID) -> HttpResponse:
    """End a forecast that waits or runs."""
    if not stop_forecast(_kept(request, forecast_id), actor=request.viewer, at=request.at):
        messages.info(request, _("Dự báo này đã kết thúc trước khi yêu cầu dừng đến nơi."))
    return redirect("forecast", forecast_id=forecast_id)


@require_POST
def forecast_again(request: OfficerRequest, forecast_id: UUID) -> HttpResponse:
    """Put a forecast that was stopped, failed or left behind back in the queue."""
    kept = _kept(request, forecast_id)
    if ask_again(kept, actor=request.viewer, at=request.at):
        hand_over(request, kept)
    return redirect("forecast", forecast_id=forecast_id)


@require_GET
def forecast_picture(request: OfficerRequest, forecast_id: UUID, name: str) -> HttpResponse:
    """One picture as SVG; `narrow=1` is the one for a phone, `language` its language."""
    kept = _done(request, forecast_id)
    style = Style("en" if request.GET.get("language") == "en" else "vi", narrow=request.GET.get("narrow") == "1")
    try:
        path = picture_of(kept.pk, name, style=style, load=partial(comparison, request.viewer, forecast=kept))
    except KeyError as unknown:
        raise Http404 from unknown
    return _sent(path.read_bytes(), kind=SVG)


@require_GET
def forecast_file(request: OfficerRequest, forecast_id: UUID, name: str) -> Any:
    """A file to take away: the report, a table, or what went in."""
    kept = _kept(request, forecast_id)
    named = f"{clock.local(kept.asked_at):%Y-%m-%d}-{name}"
    if name in INPUTS:
        return _sent(_input(kept, name).encode(), kind="text/plain; charset=utf-8", named=named)
    if name not in FILES or kept.state != ForecastState.DONE:
        raise Http404
    load = partial(comparison, request.viewer, forecast=kept)
    path = file_of(kept.pk, name, language=get_language() or "vi", load=load)
    return FileResponse(Path(path).open("rb"), as_attachment=True, filename=named)


def hand_over(request: OfficerRequest, kept: Any) -> None:
    """Give a waiting forecast to the worker."""
    run_in_background.enqueue(str(kept.pk), str(request.viewer.user_id), request.at.isoformat(), get_language() or "vi")


def _kept(request: OfficerRequest, forecast_id: UUID) -> Any:
    kept = forecast_of(request.viewer, forecast_id=forecast_id)
    if kept is None:
        raise Http404
    return kept


def _done(request: OfficerRequest, forecast_id: UUID) -> Any:
    kept = _kept(request, forecast_id)
    if kept.state != ForecastState.DONE:
        raise Http404
    return kept


def _outcome(request: OfficerRequest, kept: Any) -> dict[str, object]:
    """The answers, and the parts of the report whose pictures the browser asks for by name."""
    found, language = comparison(request.viewer, forecast=kept), get_language() or "vi"
    page = compose_page(found, language=language, draw=skip_rendering)
    return {
        "questions": questions(found, language=language),
        # not in the template: there a per cent sign hides a sentence from its translation
        "range_words": _("Khoảng 90% của ngày hết"),
        "lead": page.lead,
        "sections": [section for section in page.sections if section.key != "overruns"],
        "parts": _parts(page.sections),
        "files": FILES,
        "inputs": INPUTS,
    }


def _parts(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """Where the page can be entered: each part, the daily pictures together."""
    daily = [section.key for section in sections if section.key in set(Series)]
    contents = [(section.key, section.heading) for section in sections if section.key not in ("overruns", *daily[1:])]
    return [(key, _("Hình từng ngày") if key in daily else heading) for key, heading in contents]


def _input(kept: Any, name: str) -> str:
    return kept.study if name == "study.toml" else population_text(from_plain(kept.communes))


def _sent(data: bytes, *, kind: str, named: str = "") -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Cache-Control"] = FOR_EVER
    if named:
        response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return response
