"""Many values in one question: `filter(person_id__in=AnyOf(numbers))`.

A list given to `__in` becomes a parameter a value, each looked at several times on its way, in a statement of a new length each time.
This one is a single parameter, so it needs no parts and the statement stays the same.
"""

import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Expression

_ARRAYS: Final = {int: "bigint[]", str: "text[]", UUID: "uuid[]"}


class AnyOf(Expression):
    """Numbers, texts or ids a column may hold, as the right-hand side of `__in`."""

    contains_aggregate = False

    def __init__(self, values: Iterable[int] | Iterable[str] | Iterable[UUID]) -> None:
        super().__init__()
        self.values: list[Any] = list(values)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite reads them from JSON, where an id is written as in its tables."""
        return "(SELECT value FROM json_each(%s))", (json.dumps(self._asked(), ensure_ascii=False, default=lambda value: value.hex),)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL takes an array, and has to be told of what."""
        array = next(array for kind, array in _ARRAYS.items() if isinstance(self._asked()[0], kind))
        return f"(SELECT unnest(%s::{array}))", (self.values,)

    def _asked(self) -> list[Any]:
        """Of no values no question is asked."""
        if not self.values:
            raise EmptyResultSet
        return self.values
