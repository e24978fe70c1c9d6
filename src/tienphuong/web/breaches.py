"""Ai đã xem, ai đã lấy ra: the report of a breach from the audit, between two moments, to be printed."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tienphuong.core import audit, clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.access_report import RecordAccess, accesses_between
from tienphuong.registry.queries.people import person_records
from tienphuong.web.audit_words import LISTS, act_words, subject_words
from tienphuong.web.listing import day_of
from tienphuong.web.middleware import OfficerRequest


@require_GET
def breaches(request: OfficerRequest) -> HttpResponse:
    """Who looked at whom and took what out, by officer, area and person; the report itself is in the audit."""
    since, until = _between(request)
    officer, subject = request.GET.get("q", ""), _uuid(request.GET.get("subject", ""))
    found = accesses_between(request.viewer, since=since, until=until, officer=officer, subject=subject)
    facts = {"from": since.isoformat(), "to": until.isoformat(), "total": found.total}
    audit.note("breach.reported", actor=request.viewer, at=request.at, facts=facts)
    names = _names(request, [who for who, _times, _by in found.people])
    context = {
        "found": found,
        "since": clock.local(since).date(),
        "until": clock.local(until).date() - timedelta(days=1),  # it ends where the next day begins
        "officer": officer,
        "subject": subject,
        "people": [(names.get(who, f"…{who[-6:]}"), times, by) for who, times, by in found.people],
        "lines": [(line, act_words(line.act), _what(line, names)) for line in found.lines],
    }
    return render(request, "audit/breaches.html", context)


def _between(request: OfficerRequest) -> tuple[datetime, datetime]:
    """From the beginning of a day to the end of another; the last thirty days where none is said."""
    today = clock.local(request.at).date()
    first, last = day_of(request.GET.get("since", "")) or today - timedelta(days=30), day_of(request.GET.get("until", "")) or today
    return _moment(first), _moment(last + timedelta(days=1))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), clock.VIETNAM)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


def _names(request: OfficerRequest, people: list[str]) -> dict[str, str]:
    """Names for officers who may see people there; others read the end of a number."""
    if not request.viewer.may(Permission.SEE_PERSON):
        return {}
    uids = [UUID(who) for who in people if _uuid(who)]
    return {str(uid): person.full_name for uid, person in person_records(request.viewer, uids=uids).items() if person.full_name}


def _what(line: RecordAccess, names: dict[str, str]) -> str:
    """Of whom, of which file, or of which list."""
    if line.people:
        return ", ".join(names.get(who, f"…{who[-6:]}") for who in line.people)
    if line.subject_kind == "file":
        return f"{subject_words(line.subject_kind)} …{line.subject_id[-6:]}"
    return LISTS[line.list]() if line.list in LISTS else line.list
