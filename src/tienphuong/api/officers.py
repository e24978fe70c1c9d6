"""Who asks: an officer signed in at the pages, or a machine with a token."""

from datetime import datetime

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from tienphuong.api.problems import Impossible
from tienphuong.core import clock
from tienphuong.core.access.before_work import step_before_work
from tienphuong.core.access.tokens import officer_of
from tienphuong.core.access.viewer import Viewer, viewer_of
from tienphuong.core.bounds import is_text
from tienphuong.core.refusal import Refusal


class ApiRequest(HttpRequest):
    """A request as an operation receives it (for annotations): who asks, and the moment of asking."""

    viewer: Viewer
    at: datetime


class Token(HttpBearer):
    """`Authorization: Bearer tp_...`: the token of a machine. A wrong one is refused, even where a session would do."""

    def authenticate(self, request: ApiRequest, token: str) -> bool:
        at = clock.now()
        officer = officer_of(token, at=at)
        if officer is None:
            raise AuthenticationError(message="token")
        return _let_in(request, viewer=viewer_of(officer, on=clock.local(at).date()), at=at)


class Session(SessionAuth):
    """The session of the pages. An act (POST) also shows the page's CSRF token."""

    def __call__(self, request: ApiRequest) -> bool:
        # Whoever is not signed in is told that, not that a CSRF token is missing.
        return bool(request.user.is_authenticated and super().__call__(request))

    def authenticate(self, request: ApiRequest, key: str | None) -> bool:
        at = clock.now()
        viewer = viewer_of(request.user, on=clock.local(at).date())
        if step_before_work(request.user, viewer, factor=request.session.get("factor", "")) is not None:
            return False
        return _let_in(request, viewer=viewer, at=at)


def _body(request: ApiRequest) -> str:
    """The values of a form, or the text of a JSON body with its escapes read; files have a reader of their own."""
    if request.content_type == "application/json":
        return request.body.decode(errors="replace").replace("\\u0000", "\x00")
    if request.content_type == "application/x-www-form-urlencoded":
        return "".join(text for _, texts in request.POST.lists() for text in texts)
    return ""


def _let_in(request: ApiRequest, *, viewer: Viewer, at: datetime) -> bool:
    """Every operation finds the viewer and the moment on its request. What no database can hold is refused before it is looked at."""
    sent = _body(request)
    if not is_text(dict(request.GET.lists())) or not is_text({"": [sent]}):
        raise Impossible(Refusal("Yêu cầu có ký tự không dùng được (ký tự rỗng hoặc nửa ký tự)", remedy="Bỏ các ký tự đó rồi gửi lại."))
    request.viewer, request.at = viewer, at
    return True
