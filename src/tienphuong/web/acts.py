"""The number of an act: a form carries it, so that a second press of its button is the same act."""

from uuid import UUID, uuid4

from tienphuong.web.middleware import OfficerRequest


def act_of(request: OfficerRequest) -> UUID:
    """The number the form carries; a new one if it carries none."""
    try:
        return UUID(request.POST.get("act_id", ""))
    except ValueError:
        return uuid4()
