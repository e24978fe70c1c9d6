"""An officer's own door: signing out, the language, what the account may do."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.web.middleware import OfficerRequest

A_YEAR = 365 * 24 * 3600


@require_POST
def sign_out(request: OfficerRequest) -> HttpResponse:
    """End the session; the page that follows makes the browser forget half-filled forms."""
    audit.record("sign_out", actor=request.viewer, at=request.at)
    logout(request)
    response = redirect("sign_in")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_GET
def account(request: OfficerRequest) -> HttpResponse:
    """Who the post thinks you are, and what you may do here today."""
    granted = [(permission, request.viewer.may(permission)) for permission in Permission]
    return render(request, "account/account.html", {"granted": granted})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the screens, here and in the account."""
    chosen = request.POST.get("language", "")
    chosen = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response = redirect(safe_next(request))
    remember_language(response, language=chosen)
    return response


def safe_next(request: HttpRequest) -> str:
    """The page the officer came from, if it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


def remember_language(response: HttpResponse, *, language: str) -> None:
    """Keep the choice in the browser for a year."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", httponly=True)
