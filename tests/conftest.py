"""The fixed cast: An (F0), Bình (F1), Chi (F2), Dũng (unrelated); officers Hoa (commune), Lan (district), Minh (another district)."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from tienphuong.core.policy import Pack, pack

# What a hash costs is no subject of the tests; that a post pays it is one (tests/doors/web_base/test_passwords.py).
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests sign in with a password; those of the second factor ask for it themselves.
settings.SECOND_FACTOR_ROLES = frozenset()
# Tests that seal numbers without a database have no post whose key was made.
settings.IDENTITY_KEY = settings.IDENTITY_KEY or "khoa-chi-dung-trong-thu-nghiem-0123456789"


@pytest.fixture(autouse=True)
def vietnamese():
    """Every test begins in Vietnamese, whatever language the one before it read."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def at() -> datetime:
    """16h00 on 24/8/2021, Vietnamese time."""
    return datetime(2021, 8, 24, 9, tzinfo=UTC)


@pytest.fixture
def policy() -> Pack:
    """The rules of that day."""
    return pack("vn-2021-07-30")


@pytest.fixture
def areas(db):
    """The reference areas, by their code in the list of 2019."""
    from tienphuong.registry.areas.services import load_reference_areas
    from tienphuong.registry.models import Area

    load_reference_areas()
    return {area.code: area for area in Area.objects.filter(code_system="gso-2019")}


@pytest.fixture
def officer(db, areas):
    """Make an officer: officer("Hoa", Role.HEALTH_STATION, "00682") -> Viewer."""
    from tienphuong.core.access.viewer import viewer_of
    from tienphuong.core.models import Appointment, User

    def make(name, role, code):
        user = User.objects.create_user(name.lower(), "mat-khau-thu-nghiem", full_name=name)
        area = areas[code]
        Appointment.objects.create(user=user, role=role, area_path=area.path, area_name=area.name, valid_from=date(2020, 1, 1))
        return viewer_of(user, on=date(2021, 8, 24))

    return make


@pytest.fixture
def hoa(officer):
    from tienphuong.core.access.terms import Role

    return officer("Hoa", Role.HEALTH_STATION, "00682")


@pytest.fixture
def lan(officer):
    from tienphuong.core.access.terms import Role

    return officer("Lan", Role.EPIDEMIOLOGIST, "020")


@pytest.fixture
def minh(officer):
    from tienphuong.core.access.terms import Role

    return officer("Minh", Role.EPIDEMIOLOGIST, "009")
