"""Before an act of weight: that it is still the officer who sits there. Asked when password or code were not typed for some minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tienphuong.core import clock
from tienphuong.core.access import attempts, codes
from tienphuong.core.access.terms import AttemptKind
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.passwords import password_line
from tienphuong.web.sign_in import waiting

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


class Confirmation(forms.Form):
    """The password, or a code."""

    secret = password_line(gettext_lazy("Mật khẩu, hoặc mã xác thực"), "current-password")


def confirmed(request: HttpRequest) -> bool:
    """Whether password or code were typed in this session within the minutes that are set; signing in is typing it."""
    typed_at = request.session.get("confirmed", request.session.get("since", 0.0))
    return bool(clock.machine_now().timestamp() - typed_at < settings.CONFIRM_WITHIN.total_seconds())


def confirm_first(view: View[P]) -> View[P]:
    """The page behind this one asks first who is there, and comes back. What was to be sent is pressed again."""

    @wraps(view)
    def asked(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if confirmed(request) else to_confirm(request)

    return asked


def to_confirm(request: OfficerRequest, *, back: str = "") -> HttpResponse:
    """To the page that asks; back to the page that was asked for, or, after a form, to the one with the form."""
    if request.method == "POST":
        messages.info(request, _("Xác nhận trước, rồi bấm lại nút vừa bấm."))
        back = back or request.META.get("HTTP_REFERER", "")
    return redirect(f"{reverse('confirm')}?{urlencode({'next': back or request.get_full_path()})}")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: OfficerRequest) -> HttpResponse:
    """Ask for password or code, and go on."""
    form = Confirmation(request.POST or None)
    going = _next(request)
    if form.is_valid():
        user, now = request.user, clock.machine_now()
        subject = [attempts.of_account(user, username=user.username, kind=AttemptKind.CONFIRM)]
        if wait := attempts.reserve(subject, now=now):
            return waiting(request, wait)
        if user.check_password(form.cleaned_data["secret"]) or codes.taken_code(user, typed=form.cleaned_data["secret"], now=now):
            attempts.succeeded(subject)
            request.session["confirmed"] = now.timestamp()
            return (
                redirect(going)
                if not _is_file(going)
                else render(request, "account/confirmed.html", {"next": going, "back": going.partition("?")[0]})
            )
        form.add_error("secret", _("Không đúng mật khẩu, cũng không phải mã đang dùng được. Kiểm tra rồi nhập lại."))
    return render(
        request, "account/confirm.html", {"form": form, "next": going, "minutes": int(settings.CONFIRM_WITHIN.total_seconds() // 60)}
    )


def _next(request: HttpRequest) -> str:
    """The page to go on to, if it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else reverse("account")


def _is_file(address: str) -> bool:
    """Whether an address answers with a file: the browser stays where it is then."""
    return "format=" in address or address.endswith("/tra-lai/")
