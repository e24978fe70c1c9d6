"""An officer's own door: signing in and out, the password, the language, what the account may do."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.core import audit, clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import viewer_of
from tienphuong.web.middleware import OfficerRequest

A_YEAR = 365 * 24 * 3600


class SignInForm(AuthenticationForm):
    """User name and password; the refusal does not tell which of the two was wrong."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."),
        "inactive": _("Tài khoản này đã khóa. Liên hệ quản trị hệ thống của đơn vị."),
    }


class SignIn(LoginView):
    """The sign-in page.

    A second factor goes between a right password and `super().form_valid`: keep `form.get_user().pk` in the session,
    send the officer to the second page, and let that page make the call. Nothing else of the post has to know.
    """

    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user, at = form.get_user(), clock.now()
        response = super().form_valid(form)
        audit.record("sign_in", actor=viewer_of(user, on=clock.local(at).date()), at=at)
        # The language chosen on the sign-in page stands; leaving forgets it, so it is never that of the officer before.
        if settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            _remember_language(response, language=user.language)
        return response


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: behind the proxy of this machine, the address that the proxy saw, so that its own address locks nobody out.

    The proxy appends what it saw to what it was told; only its own word, the last, is believed.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TLS else ""
    return told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def locked_out(request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, str] | None = None) -> HttpResponse:
    """What somebody reads after too many wrong passwords: how long it lasts and what to do."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    response = render(request, "account/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


@require_POST
def sign_out(request: OfficerRequest) -> HttpResponse:
    """End the session; the page that follows makes the browser forget half-filled forms."""
    audit.record("sign_out", actor=request.viewer, at=request.at)
    logout(request)
    response = redirect("sign_in")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


class ChangePassword(PasswordChangeView):
    """A new password; the other sessions of the account end."""

    template_name = "account/password_change.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: object) -> HttpResponse:
        response = super().form_valid(form)
        audit.record("password_change", actor=self.request.viewer, at=self.request.at)
        messages.success(self.request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc."))
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
    response = redirect(_safe_next(request))
    _remember_language(response, language=chosen)
    return response


def _safe_next(request: HttpRequest) -> str:
    """The page the officer came from, if it is one of ours."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


def _remember_language(response: HttpResponse, *, language: str) -> None:
    """Keep the choice in the browser for a year."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", httponly=True)
