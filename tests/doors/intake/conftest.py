"""The desk from which files are sent: the worker works at once, files are kept apart, the clock stands at the drill's hour."""

from datetime import UTC, datetime

import pytest

from tienphuong.core import clock
from tienphuong.core.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT = datetime(2021, 8, 24, 9, 5, tzinfo=UTC)


@pytest.fixture
def desk(client, areas, settings, tmp_path):
    """The worker works at once, files are kept apart."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "forecasts"]}}
    settings.MEDIA_ROOT = tmp_path
    clock.set_scenario(stands_at=AT, scenario="thanh-tri-2021")

    def sign_in(viewer, language="vi"):
        client.force_login(User.objects.get(pk=viewer.user_id), backend=BACKEND)
        client.cookies["django_language"] = language
        return client

    return sign_in
