"""What a request may bring, decided before anything of it is read: a stranger's body is never kept, and nobody's is endless."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]
OF_A_STRANGER: Final = 64 * 1024
"""Bytes: a sign-in form is a few hundred."""
_POLICY: Final = ", ".join(f"{what}=()" for what in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb"))


class BodyMiddleware:
    """Refuses a body that is too long for who sends it; stands behind the authentication and before whatever reads bodies."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if _length(request) <= _most(request) else _too_long(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response


def _length(request: HttpRequest) -> int:
    """The length a request announces; one that announces none and sends in pieces may be of any."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdecimal():
        return int(announced)
    return settings.INTAKE_LARGEST_REQUEST + 1 if request.META.get("HTTP_TRANSFER_ENCODING") else 0


def _most(request: HttpRequest) -> int:
    """Who is signed in may send lists; an operation of the API asks for the account itself before it reads what comes."""
    own = request.path_info.startswith("/api/") and "HTTP_AUTHORIZATION" in request.META
    return settings.INTAKE_LARGEST_REQUEST if own or request.user.is_authenticated else OF_A_STRANGER


def _too_long(request: HttpRequest) -> HttpResponse:
    reason = _("Nội dung gửi lên quá lớn. Hãy đăng nhập trước khi gửi tệp, và gửi mỗi lần không quá %(most)s MB.") % {
        "most": settings.INTAKE_LARGEST_REQUEST // 2**20
    }
    if request.path_info.startswith("/api/"):
        return JsonResponse({"reason": reason, "remedy": "", "document": "", "permission": None, "faults": []}, status=413)
    return render(request, "413.html", {"reason": reason}, status=413)
