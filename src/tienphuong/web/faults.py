"""What is answered when something fails: a plain sentence where the fault is none of the program's, else that the act was given up."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core.plain import Plain, plain


def server_fault(request: HttpRequest) -> HttpResponse:
    """The answer to a request that ended in a fault; it asks the database nothing."""
    fault = sys.exc_info()[1]
    known = plain(fault) if fault is not None else None
    if known is not None:
        return unavailable(request, known)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest, known: Plain) -> HttpResponse:
    """503 with when to ask again: a page, or JSON under /api."""
    headers = {"Retry-After": str(known.again_in), "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        body = {"reason": known.reason, "remedy": "", "document": "", "permission": None, "faults": []}
        return JsonResponse(body, status=503, headers=headers)
    context = {"reason": _(known.reason), "again_in": known.again_in, "language": get_language()}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)
