"""A small district, told by procedures, and three officers at its pages: Lan (district), Hoa (a hamlet team of it), Minh (another district)."""

import importlib.util
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.models import User
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.tracing.entries import FollowUpEntry

WORLD = Path(__file__).parents[2] / "domain/queries/world.py"


def _built():
    spec = importlib.util.spec_from_file_location("world", WORLD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def make_world(areas, lan, at, policy):
    clock.set_scenario(stands_at=at, scenario="huyện Thanh Trì, 24/8/2021")
    build = _built().build
    return lambda **size: build(areas, lan=lan, at=at, policy=policy, **size)


@pytest.fixture
def world(make_world):
    return make_world()


@dataclass
class Checked:
    """Who was checked on the day, by the latest word."""

    done: list
    unreachable: list


@pytest.fixture
def checked(world, lan, at, policy):
    """Checks of the day: of people due, of one who was never a contact, one corrected, one taken back."""
    near, stranger = world.contacts, world.people[-4]

    def tell(people, state, hours):
        entry = FollowUpEntry(disease="covid-19", reported_at=at, day=date(2021, 8, 24), state=state)
        record_follow_up([(person, entry) for person in people], actor=lan, at=at - timedelta(hours=hours), policy=policy)

    tell([*near[:3], stranger], "done", 5)
    tell(near[3:5], "unreachable", 5)
    tell([near[4]], "done", 4)
    tell([near[0]], "due", 3)
    return Checked(done=[*near[1:3], near[4], stranger], unreachable=[near[3]])


def _signed_in(username, language="vi"):
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def at_lans(world, lan):
    return _signed_in("lan")


@pytest.fixture
def at_lans_in_english(world, lan):
    return _signed_in("lan", "en")


@pytest.fixture
def at_minhs(world, minh):
    return _signed_in("minh")


@pytest.fixture
def at_the_teams(world, officer):
    officer("Hoa", Role.COVID_TEAM, "00682")
    return _signed_in("hoa")


@pytest.fixture
def at_the_inspectors(world, officer):
    officer("Oanh", Role.INSPECTOR, "020")
    return _signed_in("oanh")
