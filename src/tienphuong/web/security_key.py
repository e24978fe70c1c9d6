"""The page on which an officer adds a security key: a USB key, or the fingerprint of a laptop or a telephone."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tienphuong.core.access.security_keys import asked_to_make
from tienphuong.core.access.terms import FactorKind
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.add_factor import add_key, remove_key
from tienphuong.web.confirm import confirm_first
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.second_factor import proved
from tienphuong.web.sessions import number_of


class NewKey(forms.Form):
    """What the officer calls the key, and what the browser brings of it."""

    name = forms.CharField(label=gettext_lazy("Gọi khóa này là"), max_length=60)
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
@confirm_first
def factor_key(request: OfficerRequest) -> HttpResponse:
    """Ask the browser for a key, and keep its public half. What was asked is asked once."""
    form = NewKey(request.POST or None)
    state = request.session.pop("asked_key", None)
    if state and form.is_valid():
        pending = {"state": state, "host": host_of(request), "name": form.cleaned_data["name"]}
        paper = add_key(form.cleaned_data["answer"], **pending, actor=request.viewer, at=request.at, session=number_of(request))
        if not isinstance(paper, Refusal):
            return proved(request, FactorKind.KEY, paper)
        form.add_error(None, str(paper))
    asked, request.session["asked_key"] = asked_to_make(request.user, host=host_of(request))
    return render(request, "account/factor_key.html", {"form": form, "key": asked})


@require_POST
@confirm_first
def factor_key_remove(request: OfficerRequest, number: UUID) -> HttpResponse:
    """Take a key away, unless the role needs it."""
    refusal = remove_key(number, actor=request.viewer, at=request.at)
    if refusal is not None:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ khóa bảo mật."))
    return redirect("second_factor")


def host_of(request: HttpRequest) -> str:
    """The name of the host without its port: what keys are bound to."""
    return request.get_host().partition(":")[0]
