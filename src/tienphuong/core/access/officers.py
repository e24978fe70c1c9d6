"""Who has an account here: what doors ask of accounts before anybody is signed in, and who manages whose."""

from datetime import date
from uuid import UUID

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import NotPermitted, Viewer
from tienphuong.core.models import Appointment, User
from tienphuong.core.text.collate import sort_key

Officer = User


def officer_named(username: str) -> Officer | None:
    """The account of a user name, closed ones too."""
    return User.objects.filter(username=username).first()


def officer_by_id(number: object) -> Officer | None:
    """An open account by its number."""
    return User.objects.filter(pk=str(number), is_active=True).first() if number else None


def require_manages(viewer: Viewer, officer: Officer, *, on: date) -> None:
    """Raise unless every appointment of an officer, of today or to come, lies where the viewer manages accounts.

    Whoever may give an account a new password may sign in with it, so an administrator of a commune does not manage the district's officers.
    """
    for path in _paths([officer.pk], on=on).get(officer.pk, [None]):
        if not viewer.may(Permission.MANAGE_USERS, path):
            raise NotPermitted(Permission.MANAGE_USERS, path or "")


def managed(viewer: Viewer, *, on: date) -> list[Officer]:
    """The accounts whose every appointment lies where the viewer manages accounts; those without one are anybody's who does."""
    officers = sorted(User.objects.all(), key=lambda one: (sort_key(one.full_name), one.username))
    paths = _paths([one.pk for one in officers], on=on)
    return [one for one in officers if all(viewer.may(Permission.MANAGE_USERS, path) for path in paths.get(one.pk, [None]))]


def _paths(officers: list[UUID], *, on: date) -> dict[UUID, list[str | None]]:
    """Where the appointments of officers lie that have not ended."""
    found: dict[UUID, list[str | None]] = {}
    rows = Appointment.objects.exclude(valid_to__lt=on).filter(user__in=officers).values_list("user_id", "area_path")
    for officer, path in rows:
        found.setdefault(officer, []).append(path)
    return found
