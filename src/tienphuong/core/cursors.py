"""A place in an ordered list as an address carries it: sealed, because it holds the name of whoever stands there.

It says where to go on, not what may be seen: every page asks for the officer's rights anew.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError

from tienphuong.core.identity_cipher import seal_bytes, unseal_bytes

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Beside which line, which way the page lies, and the number of the page's line next to it."""

    values: tuple[Any, ...]
    backward: bool
    number: int


def written(place: Place, *, order: str) -> str:
    """The cursor of a place in the list and order of that name."""
    packed = json.dumps([order, [None if value is None else str(value) for value in place.values], place.backward, place.number])
    return base64.urlsafe_b64encode(seal_bytes(packed.encode())).decode().rstrip("=")


def read(cursor: str, *, order: str, fields: Sequence[Any]) -> Place | None:
    """The place of a cursor; None for one that this post did not make for this list and order."""
    if len(cursor) > LONGEST:
        return None
    try:
        sealed = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        name, values, backward, number = json.loads(unseal_bytes(sealed))
        if name != order or len(values) != len(fields):
            return None
        known = (None if value is None else kind.to_python(value) for kind, value in zip(fields, values, strict=True))
        return Place(tuple(known), bool(backward), int(number))
    except (ValueError, TypeError, InvalidTag, ValidationError):
        return None
