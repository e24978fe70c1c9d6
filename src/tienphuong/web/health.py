"""Is the post alive, is it ready, how is it doing? Asked by machines, and by a form before it sends what was typed."""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tienphuong.web.metrics import exposition
from tienphuong.web.readiness import parts

FRESH = {"Cache-Control": "no-store"}


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not; says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503, headers=FRESH)
    return JsonResponse({"status": "ok"}, headers=FRESH)


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 while the page answers at all: whoever keeps processes running restarts it when it does not."""
    return JsonResponse({"status": "ok"}, headers=FRESH)


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when every part is ready for work, else 503; each part by its name with `ok`, or why it is not."""
    found = parts()
    well = not any(part.why for part in found)
    answer = {"status": "ok" if well else "not ready", "parts": {part.name: part.why or "ok" for part in found}}
    return JsonResponse(answer, status=200 if well else 503, headers=FRESH)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The post's figures of work for Prometheus, to whoever has the token of the setting; without one there is no such address."""
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8", headers=FRESH)
