"""Records by several columns at once: one question for a whole batch, and one step into an index for each thing asked.

Django has no join with a list of values, and a condition like `a IN (...) AND b IN (...)` reads everything the two lists can be
crossed to. Hence this page of SQL, the same for SQLite and PostgreSQL: the asked values are a table, and the records are joined to it.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from tienphuong.registry.matching.reading import chunks

_STEP: Final = 2_000
"""Keys in one question: a few values each, far below what either database takes as parameters."""

Key = tuple[Any, ...]


def among(
    model: type[Model], columns: tuple[str, ...], wanted: Collection[Key], *, read: tuple[str, ...], empty: str = ""
) -> Iterator[tuple[Key, tuple[Any, ...]]]:
    """Each wanted key with what is to be read of each record that holds it in these columns (and has nothing in the `empty` one)."""
    for keys in chunks(wanted, _STEP):
        for number, *values in _answers(model, columns, keys, ", ".join(read), _is_empty(empty)):
            yield keys[number], tuple(values)


def counted(model: type[Model], columns: tuple[str, ...], wanted: Collection[Key], *, empty: str = "") -> dict[Key, int]:
    """How many records hold each wanted key: counted in the index, not read."""
    found: dict[Key, int] = {}
    for keys in chunks(wanted, _STEP):
        sizes = _answers(model, columns, keys, "COUNT(*)", f"{_is_empty(empty)} GROUP BY asked.column1")
        found |= {keys[number]: size for number, size in sizes}
    return found


def _is_empty(column: str) -> str:
    return f" AND {column} IS NULL" if column else ""


def day_of(value: date | str | None) -> date | None:
    """A day as read by SQL: SQLite keeps days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _answers(model: type[Model], columns: tuple[str, ...], keys: list[Key], what: str, more: str) -> list[tuple[Any, ...]]:
    one = f"({', '.join(['%s'] * (len(columns) + 1))})"
    same = " AND ".join(f"{column} = asked.column{place}" for place, column in enumerate(columns, start=2))
    # Both databases keep the order of a CROSS JOIN or find it themselves: first the values asked, then the index.
    sql = f"SELECT asked.column1, {what} FROM (VALUES {', '.join([one] * len(keys))}) AS asked CROSS JOIN {model._meta.db_table} WHERE {same}{more}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for number, key in enumerate(keys) for value in (number, *key)])
        return list(cursor.fetchall())
