"""The sign-in page: who may guess at a password, how often, and what a right one opens."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tienphuong.core import audit, clock
from tienphuong.core.access import attempts
from tienphuong.core.access.attempts import Subject
from tienphuong.core.access.codes import has_factor
from tienphuong.core.access.officers import Officer, officer_named
from tienphuong.core.access.terms import FactorKind
from tienphuong.core.access.viewer import system_viewer, viewer_of
from tienphuong.web.account import remember_language, safe_next
from tienphuong.web.devices import device_words
from tienphuong.web.known_browsers import device_of, remember_browser

log = logging.getLogger(__name__)
_PENDING: Final = 600
"""Seconds from the password to the second factor."""


class Credentials(forms.Form):
    """A user name and a password; the refusal does not tell which of the two was wrong."""

    username = forms.CharField(max_length=150, label=gettext_lazy("Tên đăng nhập"))
    password = forms.CharField(max_length=1024, strip=False, label=gettext_lazy("Mật khẩu"), widget=forms.PasswordInput)


@dataclass(frozen=True, slots=True)
class Guess:
    """One look at a password: whose, and what it is counted for."""

    officer: Officer | None
    subjects: Sequence[Subject]
    account: Subject
    now: datetime


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; too many wrong ones wait.

    1 who is signed in goes on
    2 the guess is counted, or told how long to wait
    3 the password is looked at
    """
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = Credentials(request.POST or None)
    if not form.is_valid():
        return _form(request, form)
    guess = _guess(request, form.cleaned_data["username"])
    wait = attempts.reserve(guess.subjects, now=guess.now)
    if wait:
        return waiting(request, wait)
    user = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
    return _wrong(request, form, guess) if user is None else _right(request, form, guess, user)


def _form(request: HttpRequest, form: Credentials) -> HttpResponse:
    return render(request, "account/sign_in.html", {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")})


def _guess(request: HttpRequest, username: str) -> Guess:
    """From a browser where the account has signed in before, only its own guesses count: nobody else can shut this officer out there."""
    officer = officer_named(username)
    account = attempts.of_account(officer, username=username)
    device = device_of(request, officer)
    known = [attempts.of_device(officer, device=device)] if officer and device else []
    unknown = [account, attempts.of_address(client_address(request)), attempts.OF_POST]
    return Guess(officer, known or unknown, account, clock.machine_now())


def _wrong(request: HttpRequest, form: Credentials, guess: Guess) -> HttpResponse:
    """Say it without saying which; the log has the address, the audit has an account that now waits."""
    log.warning("wrong password for account %s from %s", guess.officer.pk if guess.officer else "of nobody", client_address(request))
    if guess.officer and attempts.blocked(guess.subjects[0], now=guess.now):
        audit.note("sign_in.blocked", actor=system_viewer(), at=clock.now(), subject_kind="user", subject_id=guess.officer.pk)
    form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."))
    return _form(request, form)


def _right(request: HttpRequest, form: Credentials, guess: Guess, user: Officer) -> HttpResponse:
    """A right password: of somebody else's giving, it opens the post for a day only."""
    before = attempts.wrong_guesses({guess.account, *guess.subjects[:1]}) - 1
    attempts.succeeded([guess.account, *guess.subjects])
    if user.one_time_until is not None and user.one_time_until <= guess.now:
        form.add_error(None, ValidationError(_("Mật khẩu một lần này đã hết hạn. Đề nghị quản trị hệ thống của đơn vị cấp lại.")))
        return _form(request, form)
    if before > 0:
        messages.warning(request, _wrong_before(before))
    return _to_second_factor(request, user, guess.now) if has_factor(user) else enter(request, user)


def _to_second_factor(request: HttpRequest, user: Officer, now: datetime) -> HttpResponse:
    """The right password is kept for ten minutes, in which the second factor has to come."""
    request.session["pending"], request.session["until"] = str(user.pk), now.timestamp() + _PENDING
    return redirect(f"{reverse('sign_in_factor')}?{urlencode({'next': safe_next(request)})}")


def _wrong_before(count: int) -> str:
    words = _("Từ lần đăng nhập trước có %(count)s lần nhập sai mật khẩu của tài khoản này. Nếu không phải chính mình nhập, hãy đổi mật khẩu và báo quản trị hệ thống.")  # fmt: skip
    return words % {"count": count}


def enter(request: HttpRequest, user: Officer, *, factor: FactorKind | None = None) -> HttpResponse:
    """Open the session, and the page that was asked for. The language chosen at the door stands; leaving forgets it."""
    login(request, user)
    for name in ("since", "number", "pending", "until", "asked_key"):
        request.session.pop(name, None)
    request.session["factor"] = factor.value if factor else ""
    request.session["device"] = device_words(request.META.get("HTTP_USER_AGENT", ""))
    request.session["address"] = client_address(request)[:45]
    at = clock.now()
    facts = {"factor": factor.value} if factor else {}
    audit.record("sign_in", actor=viewer_of(user, on=clock.local(at).date()), at=at, facts=facts)
    response = redirect(safe_next(request))
    remember_browser(request, response, user)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        remember_language(response, language=user.language)
    return response


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: behind the proxy of this machine, the address that the proxy saw.

    The proxy appends what it saw to what it was told; only its own word, the last, is believed.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TLS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def waiting(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """What somebody reads who has to wait: how long, and what to do."""
    seconds = max(1, round(wait.total_seconds()))
    context = {"seconds": seconds if seconds < 60 else 0, "minutes": -(-seconds // 60) if seconds < 2 * 86_400 else 0}
    response = render(request, "account/waiting.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
