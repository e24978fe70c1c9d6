"""One person's page: everything the post holds of them, for this officer; and finding people from anywhere."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tienphuong.cases.queries.lists import people_numbered
from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import Pack
from tienphuong.intake.queries import provenance_of
from tienphuong.procedures.open_person import Dossier, open_person
from tienphuong.procedures.person_requirements import Requirement, meetings_by_definition, person_requirements
from tienphuong.procedures.terms import Matter
from tienphuong.registry.queries.identities import person_behind
from tienphuong.registry.queries.people import people_roll
from tienphuong.registry.terms import Paper, Residence
from tienphuong.tracing.terms import ContactKind
from tienphuong.web import formats
from tienphuong.web.cells import Column, name_of, person_cell, sex_and_birth, word_cell
from tienphuong.web.contacts import reason_words, watch_ends
from tienphuong.web.contradictions import contradicted
from tienphuong.web.list_page import ListPage
from tienphuong.web.listing import answer
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.people_story import cause_words, person_pictures, record_kind_words, story
from tienphuong.web.scope import list_scope_of
from tienphuong.web.sending import Sending


@require_GET
def person(request: OfficerRequest, uid: UUID) -> HttpResponse:
    """The dossier; out of reach looks like not there."""
    dossier = open_person(uid, viewer=request.viewer, at=request.at)
    if dossier is None:
        raise Http404
    scope = list_scope_of(request)
    degree, close = dossier.degree, meetings_by_definition(dossier, pack=scope.policy)
    context = {
        "dossier": dossier,
        "person": dossier.identity.person,
        "name": name_of(dossier.identity.person),
        "born": sex_and_birth(dossier.identity.person).words,
        "degree": degree,
        "watch_ends": watch_ends(degree.last_exposure, scope=scope, degree=degree.degree) if degree else None,
        "today": scope.day,
        "papers": [(word_cell(line.kind, Paper).words, line) for line in dossier.identity.papers],
        "addresses": [(word_cell(line.kind, Residence).words, line) for line in dossier.identity.addresses],
        "degrees": _degrees(dossier),
        "chain": _chain(dossier),
        "cases": _cases(dossier),
        "requirements": _requirements(request, dossier, pack=scope.policy),
        "meetings": [(line, word_cell(line.kind, ContactKind).words, close.get(line.id)) for line in dossier.meetings],
        "judged": bool(close),
        "waiting": [(line, word_cell(line.kind, ContactKind).words) for line in dossier.waiting],
        "story": story(dossier),
        "contradicted": contradicted(request, sorted(dossier.identity.numbers)),
        "sources": provenance_of(request.viewer, people=person_behind(request.viewer, uid=uid)),
        "sent": _sending(request, dossier),
        "pictures": person_pictures(dossier),
    }
    return render(request, "people/person.html", context)


@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """People by name, telephone number, case number or the whole number of a paper."""
    text = request.GET.get("q", "")
    numbered = people_numbered(request.viewer, text=text)
    page = ListPage(
        name="search",
        title=_("Tìm người"),
        columns=[
            Column("name", _("Họ tên"), person_cell),
            Column("birth", _("Giới, năm sinh"), sex_and_birth),
            Column("area", _("Địa bàn"), lambda line: line.area),
        ],
        choices=(),
        roll=lambda order: people_roll(request.viewer, text=text, also=numbered),
        key=lambda line: str(line.uid),
        person=lambda line: line,
        href=lambda line: person_cell(line).href,
        title_of=name_of,
        extra={"text": text},
    )
    return answer(request, page, template="people/search.html")


def _sending(request: OfficerRequest, dossier: Dossier) -> Sending | None:
    """The form that hands a contact to another locality, for an officer who may write of contacts where they live."""
    person = dossier.identity.person
    if not dossier.degree or not dossier.degree.degree or not request.viewer.may(Permission.RECORD_CONTACT, person.area_path):
        return None
    return Sending(person.uid, name_of(person))


def _requirements(request: OfficerRequest, dossier: Dossier, *, pack: Pack) -> list[tuple[str, Requirement]]:
    """What the rules ask, each under its heading."""
    asked = person_requirements(dossier, viewer=request.viewer, pack=pack, at=request.at)
    return [(word_cell(one.matter, Matter).words, one) for one in asked]


def _degrees(dossier: Dossier) -> list[dict[str, object]]:
    """The degrees believed, newest first, in words."""
    language = get_language() or "vi"
    return [
        {"line": line, "why": reason_words(line.reason, degree=line.degree, language=language), "cause": cause_words(line.cause)}
        for line in dossier.degrees
    ]


def _chain(dossier: Dossier) -> list[dict[str, object]]:
    """The steps from the person to the case the degree is counted from."""
    language = get_language() or "vi"
    return [
        {"person": step.person, "degree": step.degree, "why": reason_words(step.reason, degree=step.degree, language=language)}
        for step in dossier.chain
    ]


def _cases(dossier: Dossier) -> list[dict[str, object]]:
    """Each case with its records in words."""
    return [
        {
            "case": case,
            "records": [
                {
                    "line": record,
                    "kind": record_kind_words(record.kind),
                    "days": _days(record.days),
                    "by": dossier.officers.get(record.by) if record.by else "",
                }
                for record in case.records
            ],
        }
        for case in dossier.cases
    ]


def _days(days: tuple[tuple[str, date | datetime], ...]) -> str:
    language = get_language() or "vi"
    names = {"onset_on": _("khởi phát"), "detected_on": _("phát hiện"), "isolated_at": _("cách ly")}
    written = (
        (names[name], formats.moment(day, language=language) if isinstance(day, datetime) else formats.day(day, language=language))
        for name, day in days
    )
    return ", ".join(f"{name} {day}" for name, day in written)
