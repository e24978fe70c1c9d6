"""One base for the whole walk, and an officer of every role at every seat."""

import pytest
from django.conf import settings
from django.db import transaction

from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.policy import pack
from tienphuong.registry.areas.services import load_reference_areas
from tienphuong.registry.models import Area

from . import known

OFFICERS = [(role, where) for role in Role for where in known.SEATS]
WAITING = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "forecasts"]}}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The base is built once; what a request writes is taken back, and the base itself when the module ends."""
    kept = settings.MEDIA_ROOT, settings.TASKS
    settings.MEDIA_ROOT, settings.TASKS = tmp_path_factory.mktemp("files"), WAITING
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_areas()
        areas = {area.code: area for area in Area.objects.filter(code_system="gso-2019")}
        clock.set_scenario(stands_at=known.AT, scenario="thanh-tri-2021")
        built = known.build(areas, pack("vn-2021-07-30"))
        built.officers = {key: known.seat(*key, areas) for key in OFFICERS}
        posts = {"here": (Role.HEALTH_STATION, "commune"), "district": (Role.CLERK, "district"), "beyond": (Role.CLERK, "elsewhere")}
        built.ids["officer_id"] = {place: [built.officers[key].pk] for place, key in posts.items()}
        yield built
        transaction.set_rollback(True)
    settings.MEDIA_ROOT, settings.TASKS = kept
