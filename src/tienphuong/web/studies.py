"""Asking for a forecast: the studies the post knows, the plans of one, from which morning, how often; taking in a study."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.forecast.choosing import chosen
from tienphuong.forecast.entries import PeopleEntry, RunsEntry, StudyEntry
from tienphuong.forecast.populations import read_population
from tienphuong.forecast.queries.people import people_of
from tienphuong.forecast.queries.studies import StudyLine, studies
from tienphuong.forecast.services.studies import LARGEST
from tienphuong.forecast.studies import StudyError
from tienphuong.procedures.forecast_plans import ask_forecast
from tienphuong.procedures.keep_study import keep_study
from tienphuong.registry.areas.queries import children_of
from tienphuong.reports.scope import Scope
from tienphuong.web.forecasts import hand_over
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.scope import scope_of

RUNS = (50, 200, 500, 1000)
USUAL_RUNS = 200
USUAL_SEED = 1
FIT_DAYS = (0, 7, 14, 21)
USUAL_FIT = 21
# a table of the people of every commune of the country is smaller
LARGEST_TABLE = 2_000_000


@dataclass(frozen=True)
class Asked:
    """What an officer chose in the form; what was left empty is the usual."""

    plans: list[int]
    from_records: bool
    day0: date
    fit_days: int
    runs: RunsEntry


@require_http_methods(["GET", "POST"])
def forecast_new(request: OfficerRequest) -> HttpResponse:
    """Choose a study and its plans; asking for a forecast of them."""
    scope = scope_of(request, permission=Permission.RUN_FORECAST)
    if scope is None:
        return render(request, "forecasts/new.html", {"scope": None})
    known = studies(request.viewer, area=scope.area)
    if request.method == "POST":
        return _ask(request, scope, known)
    return render(request, "forecasts/new.html", _form(request, scope, known))


@require_POST
def study_keep(request: OfficerRequest) -> HttpResponse:
    """Take in a study from a file; what is wrong with it is told with its place."""
    scope, upload = _scope(request), request.FILES.get("study")
    if upload is None:
        messages.error(request, _("Chưa chọn tệp."))
        return redirect("forecast_new")
    try:
        study, new = keep_study(scope.area, upload.read(LARGEST + 1), actor=request.viewer, at=request.at)
    except StudyError as error:
        return _refused(request, scope, error, name=upload.name)
    text = _("Đã nhận nghiên cứu “%(title)s”.") if new else _("Nghiên cứu “%(title)s” đã có từ trước.")
    messages.success(request, text % {"title": study.title})
    return redirect("forecast_new")


def _ask(request: OfficerRequest, scope: Scope, known: list[StudyLine]) -> HttpResponse:
    line = next((one for one in known if one.key == request.POST.get("study")), None)
    if line is None:
        raise Http404
    try:
        asked = _asked(request, line.study)
        study = _study(asked, line.study, disease=scope.disease)
        communes = children_of(request.viewer, area=scope.area, on=study.day0) or [scope.area]
        people = _people(request, communes)
        made = ask_forecast(scope.area, study, communes=communes, people=people, runs=asked.runs, actor=request.viewer, at=request.at)
    except StudyError as error:
        return _refused(request, scope, error, name=line.study.title, typed=request.POST)
    hand_over(request, made)
    return redirect("forecast", forecast_id=made.pk)


def _study(asked: Asked, study: StudyEntry, *, disease: str) -> StudyEntry:
    """The study as it is asked for: of the post's disease where the study names none."""
    narrowed = chosen(study, plans=asked.plans, day0=asked.day0, from_records=asked.from_records, fit_days=asked.fit_days)
    return replace(narrowed, records_disease=study.records_disease or disease)


def _asked(request: OfficerRequest, study: StudyEntry) -> Asked:
    """What the form says. Raises StudyError for a day or number that is none."""
    form = request.POST
    from_records = form.get("start") != "written" or study.start.kind == "records"
    try:
        day0 = date.fromisoformat(form["day0"]) if from_records else study.day0
    except (KeyError, ValueError) as error:
        raise StudyError("ngày bắt đầu không phải một ngày", where="bắt đầu", remedy="Chọn ngày trên lịch.") from error
    runs, seed, fit = form.get("runs", ""), form.get("seed", ""), form.get("fit", "0")
    if not (fit.isdecimal() and runs.isdecimal() and 1 <= int(runs) <= max(RUNS) and seed.isdecimal() and int(seed) < 2**31):
        raise StudyError(
            "số lần chạy hoặc số gieo không đúng", where="cách chạy", remedy="Chọn lại số lần chạy; số gieo là số nguyên từ 0."
        )
    plans = [int(plan) for plan in form.getlist("plan") if plan.isdecimal()]
    return Asked(plans, from_records, day0, int(fit), RunsEntry(int(runs), int(seed)))


def _people(request: OfficerRequest, communes: Any) -> PeopleEntry:
    """The people of the list of areas, or of the table that was sent along."""
    table = request.FILES.get("people")
    if table is None:
        return people_of(request.viewer, communes=communes)
    try:
        return PeopleEntry(read_population(table.read(LARGEST_TABLE).decode("utf-8-sig")), table.name)
    except UnicodeDecodeError as error:
        raise StudyError("tệp không phải văn bản UTF-8", where="dân cư", remedy="Lưu tệp .csv với mã UTF-8.") from error


def _scope(request: OfficerRequest) -> Scope:
    scope = scope_of(request, permission=Permission.RUN_FORECAST)
    if scope is None:
        raise Http404
    return scope


def _refused(
    request: OfficerRequest, scope: Scope, error: StudyError, *, name: str, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The form again with what was typed, and what is wrong in it."""
    known = studies(request.viewer, area=scope.area)
    context = _form(request, scope, known) | {"error": error, "error_in": name, "typed": typed}
    if typed is not None:
        context["ticked"] = {int(plan) for plan in request.POST.getlist("plan") if plan.isdecimal()}
    return render(request, "forecasts/new.html", context, status=422)


def _form(request: OfficerRequest, scope: Scope, known: list[StudyLine]) -> dict[str, object]:
    """What the form offers: tomorrow morning, from what is known now."""
    day = clock.local(request.at).date()
    communes = children_of(request.viewer, area=scope.area, on=day) or [scope.area]
    return {
        "scope": scope,
        "studies": known,
        "tomorrow": day + timedelta(days=1),
        "runs": RUNS,
        "usual_runs": USUAL_RUNS,
        "usual_seed": USUAL_SEED,
        "fits": FIT_DAYS,
        "usual_fit": USUAL_FIT,
        "people": sum(commune.population or 0 for commune in communes),
        "communes": len(communes),
        "uncounted": [commune.full_name for commune in communes if not commune.population],
    }
