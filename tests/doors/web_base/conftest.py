"""The fixed cast: Lan works in the district, Hoa in a commune, and somebody whose appointment has ended."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.models import Appointment, User
from tienphuong.web.translations import compile_catalogue

PASSWORD = "khong-phai-mat-khau-that"
AT = datetime(2021, 8, 24, 16, tzinfo=clock.VIETNAM)
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    compile_catalogue()


@pytest.fixture
def scenario(db) -> None:
    clock.set_scenario(stands_at=AT, scenario="huyện Thanh Trì, 24/8/2021")


@pytest.fixture
def lan(scenario) -> User:
    return officer("lan", full_name="Nguyễn Thị Lan", role=Role.EPIDEMIOLOGIST, area_path="0001")


@pytest.fixture
def hoa(scenario) -> User:
    return officer("hoa", full_name="Trần Thị Hoa", role=Role.COVID_TEAM, area_path="00010007")


def officer(username: str, *, full_name: str, role: Role, area_path: str, valid_to: date | None = None) -> User:
    user = User.objects.create_user(username, PASSWORD, full_name=full_name, position=role.label)
    period = {"valid_from": date(2020, 1, 1), "valid_to": valid_to}
    Appointment.objects.create(user=user, role=role, area_path=area_path, area_name="huyện Thanh Trì", **period)
    return user
