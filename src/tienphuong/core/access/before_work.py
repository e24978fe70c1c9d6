"""What an officer who has signed in must do before anything else; every door asks."""

from enum import Enum

from django.conf import settings

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models import User
from tienphuong.core.place import demo


class Step(Enum):
    """One thing to do first; the value is the name of its page."""

    NEW_PASSWORD = "password_change"
    SECOND_FACTOR = "second_factor"


def step_before_work(user: User, viewer: Viewer, *, factor: str) -> Step | None:
    """The first thing still to do; None for an officer who may work. `factor`: with what the session was opened beside the password."""
    if user.one_time_until is not None:
        return Step.NEW_PASSWORD
    return Step.SECOND_FACTOR if not factor and needs_second_factor(viewer) else None


def needs_second_factor(viewer: Viewer) -> bool:
    """Whether a role of this officer asks for one. A demo's accounts have a published password: it asks nobody, and its pages say so."""
    return bool(viewer.roles & settings.SECOND_FACTOR_ROLES) and not demo()
