"""Handing a contact to the locality where they live: the locality is looked for, then the person is sent there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.procedures.refer_contact import refer_contact
from tienphuong.registry.areas.queries import areas_by_path, find_areas
from tienphuong.registry.areas.rules import ancestor_paths
from tienphuong.registry.queries.people import person_records
from tienphuong.tracing.queries.histories import degree_history
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.scope import list_scope_of

LEVELS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class Place:
    """A locality to choose: its name, and what it lies in."""

    path: str
    words: str
    inside: str


@dataclass(frozen=True, slots=True)
class Sending:
    """Whom the form is about, what was typed, and the localities it may mean."""

    uid: UUID
    name: str
    text: str = ""
    places: tuple[Place, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def referral_send(request: OfficerRequest, uid: UUID) -> HttpResponse:
    """GET looks for the locality; POST sends the person there."""
    person = person_records(request.viewer, uids=[uid]).get(uid)
    if person is None or not request.viewer.may(Permission.RECORD_CONTACT, person.area_path):
        raise Http404
    scope = list_scope_of(request)
    if request.method != "POST":
        text = request.GET.get("place", "").strip()
        places = places_like(request.viewer, text=text, on=scope.day, apart_from=person.area_path)
        return render(request, "people/send.html", {"sent": Sending(uid, person.full_name or _("Không ghi tên"), text, places)})
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "").strip()
    area = areas_by_path(request.viewer, paths=[to]).get(to)
    if area is None or area.level not in LEVELS or to == person.area_path or not reason:
        messages.error(request, _("Chưa chuyển: chọn nơi nhận khác nơi đang quản lý và ghi lý do chuyển."))
        return redirect("referral_send", uid=uid)
    lines = degree_history(request.viewer, person=person.identity_id or person.pk, area_path=person.area_path)
    degree = next((line for line in lines if line.known_to is None), None)
    disease, number = (degree.disease, degree.degree) if degree else (scope.disease, None)
    refer_contact(
        person, to=area, disease=disease, degree=number, actor=request.viewer, at=request.at, policy=scope.policy, reason=reason[:300]
    )
    messages.success(request, _("Đã chuyển cho %(place)s; chờ nơi nhận trả lời.") % {"place": area.full_name})
    return redirect(f"{reverse('referrals')}?direction=out")


def places_like(viewer: Viewer, *, text: str, on: date, apart_from: str) -> tuple[Place, ...]:
    """The localities in force that a few typed words may mean, best first, each with what it lies in."""
    found = [one.area for one in find_areas(viewer, text=text, on=on, limit=20)]
    standing = [area for area in found if area.level in LEVELS and area.valid_from <= on and (area.valid_to is None or on <= area.valid_to)]
    chosen = [area for area in standing if area.path != apart_from][:8]
    above = areas_by_path(viewer, paths=[path for area in chosen for path in ancestor_paths(area.path)[1:]])
    return tuple(
        Place(
            area.path, area.full_name, ", ".join(above[path].full_name for path in reversed(ancestor_paths(area.path)[1:]) if path in above)
        )
        for area in chosen
    )
