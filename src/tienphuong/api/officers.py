"""Who asks: an officer signed in at the pages, or a machine with a token."""

from datetime import datetime

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from tienphuong.core import clock
from tienphuong.core.access.tokens import officer_of
from tienphuong.core.access.viewer import Viewer, viewer_of


class Asked(HttpRequest):
    """A request as an operation receives it (for annotations): who asks, and the moment of asking."""

    viewer: Viewer
    at: datetime


class Token(HttpBearer):
    """`Authorization: Bearer tp_...`: the token of a machine. A wrong one is refused, even where a session would do."""

    def authenticate(self, request: Asked, token: str) -> bool:
        at = clock.now()
        officer = officer_of(token, at=at)
        if officer is None:
            raise AuthenticationError(message="token")
        return _let_in(request, viewer=viewer_of(officer, on=clock.local(at).date()), at=at)


class Session(SessionAuth):
    """The session of the pages. An act (POST) also shows the page's CSRF token."""

    def __call__(self, request: Asked) -> bool:
        # Whoever is not signed in is told that, not that a CSRF token is missing.
        return bool(request.user.is_authenticated and super().__call__(request))

    def authenticate(self, request: Asked, key: str | None) -> bool:
        at = clock.now()
        return _let_in(request, viewer=viewer_of(request.user, on=clock.local(at).date()), at=at)


def _let_in(request: Asked, *, viewer: Viewer, at: datetime) -> bool:
    """Every operation finds the viewer and the moment on its request."""
    request.viewer, request.at = viewer, at
    return True
