"""The page on which an officer gives the own account a new password."""

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tienphuong.core.passwords import PostPassword
from tienphuong.procedures.change_password import change_password
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.sessions import number_of


def password_line(label: str, kind: str, **more: object) -> forms.CharField:
    """A field that a password manager knows, that takes what is pasted, and whose letters can be shown."""
    widget = forms.PasswordInput(attrs={"autocomplete": kind, "data-reveal": gettext_lazy("Hiện"), "data-conceal": gettext_lazy("Ẩn")})
    return forms.CharField(label=label, strip=False, max_length=1024, widget=widget, **more)  # type: ignore[arg-type]


class NewPassword(forms.Form):
    """The password of now once, the new one twice. Whether the new one will do is the procedure's to say."""

    old = password_line(gettext_lazy("Mật khẩu hiện tại"), "current-password")
    new = password_line(gettext_lazy("Mật khẩu mới"), "new-password", help_text=lazy(PostPassword().get_help_text, str)())
    again = password_line(gettext_lazy("Nhập lại mật khẩu mới"), "new-password")

    def clean_again(self) -> str:
        """Two equal ones."""
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau."))
        return str(self.cleaned_data["again"])


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: OfficerRequest) -> HttpResponse:
    """Ask for the passwords; the other sessions of the account end with the old one."""
    form = NewPassword(request.POST or None)
    if form.is_valid() and _changed(request, form):
        messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc."))
        return redirect("account")
    return render(request, "account/password_change.html", {"form": form, "one_time": request.user.one_time_until is not None})


def _changed(request: OfficerRequest, form: NewPassword) -> bool:
    """Whether the account has the new password; what stands in the way is a remark at its line."""
    if not request.user.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("Mật khẩu hiện tại không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."))
        return False
    refusal = change_password(form.cleaned_data["new"], actor=request.viewer, at=request.at, session=number_of(request))
    if refusal is not None:
        form.add_error("new", str(refusal))
        return False
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    return True
