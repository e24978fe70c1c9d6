"""Machines of the fixed cast: each holds a token of an officer, issued by the procedure."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.models import User
from tienphuong.procedures.issue_token import issue_token


@pytest.fixture(autouse=True)
def the_hour(db, at: datetime) -> None:
    """The post stands at 16h00 on 24/8/2021."""
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")


@pytest.fixture
def machine(at: datetime):
    """A client that speaks for an officer: machine(hoa).get(...)."""

    def of(officer: Viewer) -> Client:
        username = User.objects.get(pk=officer.user_id).username
        secret = issue_token(username, name="máy thử", expires_at=at + timedelta(days=30), actor=system_viewer(), at=at)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return of
