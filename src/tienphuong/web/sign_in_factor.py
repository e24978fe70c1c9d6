"""The second page of signing in: a right password was typed, and the account has a second factor."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tienphuong.core import audit, clock
from tienphuong.core.access import attempts, codes
from tienphuong.core.access.officers import Officer, officer_by_id
from tienphuong.core.access.security_keys import asked_to_sign, signed
from tienphuong.core.access.terms import AttemptKind, FactorKind
from tienphuong.core.access.viewer import system_viewer
from tienphuong.web.account import safe_next
from tienphuong.web.security_key import host_of
from tienphuong.web.sign_in import enter, waiting


class Code(forms.Form):
    """A code of the app, or one of those on paper."""

    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
    code = forms.CharField(label=gettext_lazy("Mã xác thực"), max_length=40, widget=forms.TextInput(attrs=attrs))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; guesses at it are counted apart, and only who knows the password can make any."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    officer = officer_by_id(request.session.get("pending"))
    if officer is None:
        return redirect("sign_in")
    answer, form = request.POST.get("answer", ""), Code(request.POST or None)
    if not answer and not form.is_valid():
        return _page(request, form, officer)
    now = clock.machine_now()
    subject = attempts.of_account(officer, username=officer.username, kind=AttemptKind.FACTOR)
    if wait := attempts.reserve([subject], now=now):
        return waiting(request, wait)
    kind = _by_key(request, officer, answer, now) if answer else codes.taken_code(officer, typed=form.cleaned_data["code"], now=now)
    if kind is not None:
        attempts.succeeded([subject])
        return enter(request, officer, factor=kind)
    if attempts.blocked(subject, now=now):
        audit.note("sign_in.blocked", actor=system_viewer(), at=clock.now(), subject_kind="user", subject_id=officer.pk)
    if answer:
        form.errors.clear()
        form.add_error(None, _("Khóa bảo mật không đúng. Dùng khóa đã thêm vào tài khoản này, hoặc nhập mã."))
    else:
        form.add_error("code", _("Mã không đúng, hoặc đã dùng rồi. Chờ mã kế tiếp trong ứng dụng, hoặc dùng một mã dự phòng khác."))
    return _page(request, form, officer)


def _by_key(request: HttpRequest, officer: Officer, answer: str, now: datetime) -> FactorKind | None:
    """What was asked of the key is asked once."""
    state = request.session.pop("asked_key", None)
    fits = state and signed(officer, answer, state=state, host=host_of(request), now=now)
    return FactorKind.KEY if fits else None


def _page(request: HttpRequest, form: Code, officer: Officer) -> HttpResponse:
    """The field of the code, and what the officer's key is asked if there is one."""
    asked = asked_to_sign(officer, host=host_of(request))
    if asked:
        request.session["asked_key"] = asked[1]
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", ""), "key": asked[0] if asked else None}
    return render(request, "account/sign_in_factor.html", context)
