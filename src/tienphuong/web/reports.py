"""The report pages: frozen reports, today's draft, freezing, the paper and its files."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import pack
from tienphuong.procedures.freeze_report import freeze_report, preview_report
from tienphuong.procedures.write_draft import write_draft
from tienphuong.reports.catalogue import BY_KEY, INDICATORS, Indicator
from tienphuong.reports.composing import compose_report, render_report
from tienphuong.reports.cutoff import cutoff_of, last_cutoff
from tienphuong.reports.figures import figures
from tienphuong.reports.papers import Heading, ListItem, Paragraph, Run, Table
from tienphuong.reports.quality import quality
from tienphuong.reports.queries import draft, snapshot
from tienphuong.reports.queries import reports as frozen_reports
from tienphuong.reports.scope import Scope
from tienphuong.reports.services import ReportRefused, mark_of, replaces
from tienphuong.reports.sum_checks import IDENTITIES
from tienphuong.reports.terms import Change, Section, Severity
from tienphuong.web.acts import act_of
from tienphuong.web.board import LEVELS, sum_of
from tienphuong.web.board_work import Remark, silent
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.navigation import address
from tienphuong.web.phrasebook import translated
from tienphuong.web.scope import list_of, query_of, rows_of, scope_of

KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@dataclass(frozen=True)
class FigureRow:
    """One figure of a report with its rows as of that cut-off."""

    indicator: Indicator
    value: int
    href: str


@require_GET
def reports(request: OfficerRequest) -> HttpResponse:
    """The frozen reports of the officer's area, and where today's stands."""
    scope = scope_of(request, permission=Permission.SEE_REPORT)
    if scope is None:
        return render(request, "reports/list.html", {"reports": []})
    today = _at_last_cutoff(scope)
    found = frozen_reports(request.viewer, area=scope.area)
    done = next(
        (one for one in found if one.area_path == scope.area.path and one.cutoff == today.cutoff.at and one.disease == scope.disease), None
    )
    replaced = {one.previous_id for one in found if replaces(one)}
    return render(
        request, "reports/list.html", {"scope": today, "reports": found, "today": done, "replaced": replaced, "draft": _draft_href(today)}
    )


@require_GET
def report_draft(request: OfficerRequest) -> HttpResponse:
    """Today's report before it is frozen: the officer's words beside the figures they speak of."""
    scope = _scope(request)
    found = figures(request.viewer, area=scope.area, disease=scope.disease, cutoff=scope.cutoff, policy=scope.policy)
    findings = quality(request.viewer, found=found, policy=scope.policy, silent_communes=silent(request.viewer, scope=scope))
    may = request.viewer.may(Permission.FREEZE_REPORT, scope.area.path)
    words = draft(request.viewer, area=scope.area, disease=scope.disease, day=scope.cutoff.day)
    context = {
        "scope": scope,
        "sections": [(section, words.get(section)) for section in Section],
        "may_write": may,
        "figures": _figure_rows(found.values, scope=scope),
        "sums": [sum_of(identity, scope=scope, found=found) for identity in IDENTITIES],
        "doubts": [_remark(one.severity, one.text, one.text_en, list_of(scope, one.records, params=one.params)) for one in findings],
        "keep": f"{reverse('report_keep')}?{query_of(scope)}",
        "board": f"{address('board')}?{query_of(scope)}" if request.viewer.may(Permission.SEE_BOARD) else "",
    }
    return render(request, "reports/draft.html", context)


@require_POST
def report_keep(request: OfficerRequest) -> HttpResponse:
    """Keep the words sent; a section not sent stays as it was."""
    scope = _scope(request)
    words = {section: request.POST[section] for section in Section if section in request.POST}
    write_draft(scope.area, scope.disease, scope.cutoff.day, words, actor=request.viewer, at=request.at)
    if request.htmx:
        return render(request, "reports/kept.html", {"sections": [Section(word) for word in words]})
    if request.POST.get("next") == "preview":
        return redirect(_preview_href(scope))
    messages.success(request, _("Đã lưu phần lời của báo cáo."))
    return redirect(_draft_href(scope))


@require_GET
def report_preview(request: OfficerRequest) -> HttpResponse:
    """The paper as it would be frozen now, before the officer is asked once."""
    scope = _scope(request)
    try:
        shown = preview_report(scope.area, scope.disease, scope.cutoff.at, **_asked(request, scope))
    except ReportRefused as refused:
        messages.error(request, translated(str(refused.refusal)))
        return redirect(_draft_href(scope))
    if not shown._state.adding:
        return redirect("report", report_id=shown.pk)
    context = _paper(shown, scope=_scope_of_report(request, shown)) | {
        "mark": mark_of(shown),
        "freeze": f"{reverse('report_freeze')}?{query_of(scope)}",
        "draft": _draft_href(scope),
    }
    return render(request, "reports/preview.html", context)


@require_POST
@confirm_first
def report_freeze(request: OfficerRequest) -> HttpResponse:
    """Freeze the report of the cut-off; a refusal says why."""
    scope = _scope(request)
    try:
        made = freeze_report(
            scope.area,
            scope.disease,
            scope.cutoff.at,
            **_asked(request, scope),
            act_id=act_of(request),
            previewed=request.POST.get("mark", ""),
        )
    except ReportRefused as refused:
        messages.error(request, translated(str(refused.refusal)))
        return redirect(_preview_href(scope) if request.POST.get("mark") else _draft_href(scope))
    messages.success(request, _("Đã chốt báo cáo. In lại lúc nào cũng ra đúng số liệu này."))
    return redirect("report", report_id=made.pk)


@require_GET
def report(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """A frozen report as it was sent; every figure leads to its records as of that cut-off and that knowledge."""
    kept = _kept(request, report_id)
    scope = _scope_of_report(request, kept)
    return render(
        request, "reports/report.html", _paper(kept, scope=scope) | {"figures": _figure_rows(kept.figures["values"], scope=scope)}
    )


@require_GET
def report_file(request: OfficerRequest, report_id: UUID, kind: str) -> HttpResponse:
    """The paper as .docx or .pdf; `version=working` is the working copy with the quality note, which is not to be signed."""
    kept = _kept(request, report_id)
    if kind not in KINDS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        working = request.GET.get("version") == "working"
        (path,) = render_report(kept, folder=Path(folder), formats=(kind,), working_copy=working)
        headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
        return HttpResponse(path.read_bytes(), content_type=KINDS[kind], headers=headers)


def _paper(kept: Any, *, scope: Scope) -> dict[str, object]:
    """What the page of a report shows, frozen or about to be."""
    paper, english = compose_report(kept), get_language() == "en"
    return {
        "report": kept,
        "scope": scope,
        "replaces": replaces(kept),
        "paper": paper,
        "blocks": [_block(block, scope=scope) for block in paper.text],
        "communes": [_commune(line, scope=scope) for line in kept.figures["communes"]],
        "corrections": [_correction(one, english=english) for one in kept.corrections],
        "doubts": [_remark(one["severity"], one["text"], one["text_en"], list_of(scope, one["records"], params=one["params"])) for one in kept.quality],
    }  # fmt: skip


def _asked(request: OfficerRequest, scope: Scope) -> dict[str, Any]:
    """Who asks for a report and under which rules, with the communes that were silent."""
    return {"actor": request.viewer, "at": request.at, "policy": scope.policy, "silent_communes": silent(request.viewer, scope=scope)}


def _kept(request: OfficerRequest, report_id: UUID) -> Any:
    kept = snapshot(request.viewer, report=report_id)
    if kept is None:
        raise Http404
    return kept


def _scope(request: OfficerRequest) -> Scope:
    """The cut-off a draft is written for: the one asked for, else the last official one, as known at this moment."""
    scope = scope_of(request, permission=Permission.SEE_REPORT)
    if scope is None:
        raise Http404
    return scope if not scope.live else _at_last_cutoff(scope)


def _at_last_cutoff(scope: Scope) -> Scope:
    at = last_cutoff(scope.now, policy=scope.rules)
    return replace(scope, cutoff=cutoff_of(at, policy=scope.rules, known_at=max(scope.now, at)), live=False)


def _scope_of_report(request: OfficerRequest, kept: Any) -> Scope:
    """The very moment and knowledge a report was frozen at."""
    rules = pack(kept.policy)
    known_at = datetime.fromisoformat(kept.figures["period"]["known_at"])
    cutoff = cutoff_of(kept.cutoff, policy=rules.disease(kept.disease), known_at=known_at)
    return Scope(request.viewer, kept.area.path, kept.disease, rules, cutoff, request.at, live=False, area=kept.area)


def _preview_href(scope: Scope) -> str:
    return f"{reverse('report_preview')}?{query_of(scope)}"


def _draft_href(scope: Scope) -> str:
    return f"{reverse('report_draft')}?{query_of(scope)}"


def _figure_rows(values: Mapping[str, int], *, scope: Scope) -> list[FigureRow]:
    """Every figure that says something: zeros only where they answer a question everybody asks."""
    always = {"cases_total", "cases_new", "deaths"}
    return [
        FigureRow(one, values[one.key], rows_of(scope, one.key))
        for one in INDICATORS
        if one.key in values and (values[one.key] or one.key in always)
    ]


def _remark(severity: str, text: str, text_en: str, href: str) -> Remark:
    return Remark(LEVELS[Severity(severity)], text_en if get_language() == "en" else text, "", href)


COMMUNE_COLUMNS = {
    "new": "cases_new",
    "total": "cases_total",
    "recovered": "cases_recovered",
    "in_treatment": "cases_in_treatment",
    "deaths": "deaths",
}


def _commune(line: Mapping[str, Any], *, scope: Scope) -> dict[str, object]:
    """One commune of the appendix: each number with its list; a zero counts nobody."""
    cells = [(line[name], rows_of(scope, key, area_path=line["path"]) if line[name] else "") for name, key in COMMUNE_COLUMNS.items()]
    return {"name": line["name"], "cells": cells}


def _block(block: object, *, scope: Scope) -> dict[str, object]:
    """A piece of the paper as the page prints it: words, and numbers with the list of what they count."""
    match block:
        case Heading():
            return {"kind": f"h-{block.level.name.lower()}", "text": block.text}
        case Paragraph() | ListItem():
            return {
                "kind": "item" if isinstance(block, ListItem) else "para",
                "runs": [(run.text, _records(run, scope=scope)) for run in block.runs],
            }
        case Table():
            return {"kind": "table", "table": block}
    return {"kind": "para", "runs": []}


def _records(run: Run, *, scope: Scope) -> str:
    """The list of what a number of the text counts; '' for words, for none, and for what has no list."""
    key, area_path, form = (*run.figure.split("/"), "", "")[:3]
    if key.startswith("communes"):
        return "#communes"
    href = rows_of(scope, key, area_path=area_path) if key in BY_KEY and run.text != "0" else ""
    return f"{href}&form={form}" if href and form else href


def _correction(stored: Mapping[str, Any], *, english: bool) -> dict[str, object]:
    indicator, change = BY_KEY[stored["key"]], Change(stored["change"])
    return {
        "indicator": indicator,
        "about": datetime.fromisoformat(stored["about"]),
        "reported": stored["reported"],
        "known": stored["known"],
        "change": change.label_en if english else change.label,
    }
