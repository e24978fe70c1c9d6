"""How a page names a person, and where the name leads."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def person_href(person: Any) -> str:
    """The page of a person; none for somebody of whom the officer may only know that there is one."""
    return "" if person.hidden else reverse("person", args=[person.uid])


def name_of(person: Any) -> str:
    """A person's name; a de-identified record has none, somebody of another area is named by their area."""
    if person.hidden:
        return _("người ở %(area)s") % {"area": person.area} if person.area else _("người ngoài địa bàn")
    return str(person.name) or _("Không ghi tên")
