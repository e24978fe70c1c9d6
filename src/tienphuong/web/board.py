"""The command board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tienphuong.web.middleware import OfficerRequest


@require_GET
def board(request: OfficerRequest) -> HttpResponse:
    """What a commander reads in ten seconds."""
    return render(request, "board/board.html")
