"""The browsers in which an account has signed in before: a signed mark that lets nobody in, and keeps strangers from shutting its officer out."""

import secrets
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tienphuong.core.access.officers import Officer

NAME: Final = "known"
KEPT: Final = 180 * 24 * 3600
_SALT: Final = "tienphuong.known-browser"
_MOST: Final = 20
"""Officers of one machine; the one who has not signed in for longest is forgotten first."""


def device_of(request: HttpRequest, officer: Officer | None) -> str:
    """The mark of this browser if the officer has signed in here before; else nothing."""
    mark, known = _read(request)
    return mark if officer is not None and str(officer.pk) in known else ""


def remember_browser(request: HttpRequest, response: HttpResponse, officer: Officer) -> None:
    """Mark the browser as one in which this officer has signed in. Only the sign-in page is sent the mark."""
    mark, known = _read(request)
    kept = [*(one for one in known if one != str(officer.pk)), str(officer.pk)][-_MOST:]
    value = signing.dumps([mark or secrets.token_urlsafe(16), kept], salt=_SALT, compress=True)
    secure = request.is_secure()
    response.set_cookie(NAME, value, max_age=KEPT, path=reverse("sign_in"), secure=secure, httponly=True, samesite="Strict")


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        mark, known = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(mark), [str(one) for one in known]
