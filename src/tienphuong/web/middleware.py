"""Every page request passes here: its language, its officer, its moment, and whether the officer may."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation

from tienphuong.core import clock
from tienphuong.core.access.before_work import Step, step_before_work
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import NotPermitted, Viewer, viewer_of
from tienphuong.core.bounds import is_text
from tienphuong.web.navigation import menu_for
from tienphuong.web.permissions import Gate, gate_of
from tienphuong.web.sessions import note_use

Answer = Callable[[HttpRequest], HttpResponse]
NOBODY = Viewer(None, "")
# Sent with what a page asks by itself: nobody need be there.
POLL = "X-Poll"
# Where an officer may go who has something to do first.
_ALWAYS = frozenset({"password_change", "sign_out", "language", "session_left"})
_WITHOUT_FACTOR = _ALWAYS | {"second_factor", "factor_app", "factor_key", "confirm", "sessions", "session_end"}
OPEN_BEFORE = {Step.NEW_PASSWORD: _ALWAYS, Step.SECOND_FACTOR: _WITHOUT_FACTOR}


class OfficerRequest(HttpRequest):
    """A request as a page receives it (for annotations): the officer who asks, and the moment of asking."""

    viewer: Viewer
    at: datetime


class LanguageMiddleware:
    """The language the officer chose, else Vietnamese: a browser set to English is no wish for English papers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ViewerMiddleware:
    """Asks the matrix before any page runs, so that no page can forget to."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficerRequest) -> HttpResponse:
        request.viewer = NOBODY
        response = self.get_response(request)
        if request.viewer.user_id:
            # Names and addresses of people: not for the next user of a shared machine's Back button.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: OfficerRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Nothing when the officer may pass; else the sign-in page or the refusal."""
        gate = gate_of(request.resolver_match)
        if not is_text(dict(request.GET.lists())) or not (_is_of_machines(request) or is_text(dict(request.POST.lists()))):
            raise Http404
        if gate is Gate.OPEN:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.resolver_match.view_name != "session_left" and not (request.method == "GET" and POLL in request.headers):
            note_use(request)
        request.at = clock.now()
        request.viewer = viewer_of(request.user, on=clock.local(request.at).date())
        step = step_before_work(request.user, request.viewer, factor=request.session.get("factor", ""))
        if step is not None and request.resolver_match.view_name not in OPEN_BEFORE[step]:
            return _to_page(request, step.value)
        if isinstance(gate, Permission) and not request.viewer.may(gate):
            return _first_place(request) or refused(request, permission=gate)
        return None

    def process_exception(self, request: OfficerRequest, exception: Exception) -> HttpResponse | None:
        """A procedure or query that said no, as a page."""
        return refused(request, permission=exception.permission) if isinstance(exception, NotPermitted) else None


def _is_of_machines(request: HttpRequest) -> bool:
    """Whether an operation of the API reads the body itself."""
    return request.path_info.startswith("/api/")


def _first_place(request: OfficerRequest) -> HttpResponse | None:
    """Who may not see the board comes in at the first page of the own menu: the way in is not a refusal."""
    places = menu_for(request.viewer, path=request.path) if request.get_full_path() == "/" else []
    return redirect(places[0].url) if places else None


def refused(request: HttpRequest, *, permission: Permission) -> HttpResponse:
    """The page that names the missing permission and who can grant it."""
    return render(request, "403.html", {"needed": permission}, status=403)


def _to_page(request: OfficerRequest, name: str) -> HttpResponse:
    """To a page of ours; a page fragment tells the whole page to go."""
    address = resolve_url(name)
    return HttpResponse(status=401, headers={"HX-Redirect": address}) if getattr(request, "htmx", False) else redirect(address)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; a page fragment tells the whole page to go."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
