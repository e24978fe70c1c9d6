"""The pages on which an officer sets up a second factor: an authenticator app, and codes on paper."""

import base64

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tienphuong.core import clock
from tienphuong.core.access import codes
from tienphuong.core.access.before_work import needs_second_factor
from tienphuong.core.access.security_keys import keys_of
from tienphuong.core.access.terms import FactorKind, Role
from tienphuong.core.identity_cipher import seal_bytes, unseal_bytes
from tienphuong.core.place import demo
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.add_factor import add_app, remove_app, renew_recovery_codes
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.sessions import number_of


class AppCode(forms.Form):
    """Six figures as the app shows them."""

    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    code = forms.CharField(label=gettext_lazy("Mã 6 số trong ứng dụng"), max_length=20, widget=forms.TextInput(attrs=attrs))


@require_GET
def second_factor(request: OfficerRequest) -> HttpResponse:
    """What the officer has, what their role asks for, and what can be added."""
    asked = sorted((Role(role) for role in settings.SECOND_FACTOR_ROLES), key=list(Role).index)
    context = {
        "app": codes.has_app(request.user),
        "keys": keys_of(request.user),
        "left": codes.recovery_codes_left(request.user),
        "needed": needs_second_factor(request.viewer),
        "owed": needs_second_factor(request.viewer) and not request.session.get("factor"),
        "any": codes.has_factor(request.user),
        "demo": bool(demo()),
        "roles": asked,
    }
    return render(request, "account/second_factor.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@confirm_first
def factor_app(request: OfficerRequest) -> HttpResponse:
    """Show a fresh secret until the app has proved that it holds it."""
    secret = _waiting_secret(request)
    form = AppCode(request.POST or None)
    if form.is_valid():
        session, now = number_of(request), clock.machine_now()
        paper = add_app(secret, typed=form.cleaned_data["code"], actor=request.viewer, at=request.at, now=now, session=session)
        if not isinstance(paper, Refusal):
            request.session.pop("waiting_secret", None)
            return proved(request, FactorKind.TOTP, paper)
        form.add_error("code", str(paper))
    address = codes.app_address(secret, username=request.user.username)
    return render(request, "account/factor_app.html", {"form": form, "picture": _picture(address), "typed": codes.typed_secret(secret)})


def proved(request: OfficerRequest, kind: FactorKind, paper: list[str]) -> HttpResponse:
    """From here on this session is one with a second factor; new codes for paper are shown once."""
    request.session["factor"] = request.session.get("factor") or kind.value
    if paper:
        return render(request, "account/recovery_codes.html", {"codes": paper})
    messages.success(request, _("Đã thêm. Từ lần sau, đăng nhập cần cả mật khẩu và cách này."))
    return redirect("second_factor")


def _waiting_secret(request: HttpRequest) -> bytes:
    """The secret that waits in this session, sealed, for the app to prove it."""
    kept = request.session.get("waiting_secret")
    if kept:
        return unseal_bytes(base64.b64decode(kept))
    secret = codes.fresh_secret()
    request.session["waiting_secret"] = base64.b64encode(seal_bytes(secret)).decode()
    return secret


def _picture(address: str) -> SafeString:
    """The address as a picture for the telephone, drawn here: no other machine learns the secret."""
    svg = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff")
    return mark_safe(svg)


@require_POST
@confirm_first
def factor_app_remove(request: OfficerRequest) -> HttpResponse:
    """Take the app away, unless the role needs it."""
    refusal = remove_app(actor=request.viewer, at=request.at)
    if refusal is not None:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ ứng dụng xác thực."))
    return redirect("second_factor")


@require_POST
@confirm_first
def factor_codes(request: OfficerRequest) -> HttpResponse:
    """Ten new codes for paper, shown once."""
    if not codes.has_factor(request.user):
        return redirect("second_factor")
    return render(request, "account/recovery_codes.html", {"codes": renew_recovery_codes(actor=request.viewer, at=request.at)})
