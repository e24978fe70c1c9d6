"""Writing many rows of one table at once, without the cost of asking every column of every row how it wants to be written.

What `bulk_create` does for a few rows, for the many of a file: the same rows in the same tables, one prepared statement.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField)


def insert(rows: Iterable[M], *, ignore_conflicts: bool = False) -> list[M]:
    """Insert new rows of one table. Rows numbered by the database get their numbers first, so that others can point at them.

    With `ignore_conflicts`, a row that breaks a unique constraint is left out; its number, if it got one, points at nothing.
    """
    everything = list(rows)
    if not everything:
        return everything
    model = type(everything[0])
    with transaction.atomic(), connection.cursor() as cursor:
        number(everything)
        plan = _plan(model, connection.vendor)
        values = [plan.values(row) for row in everything]
        cursor.executemany(plan.sql + (" ON CONFLICT DO NOTHING" if ignore_conflicts else ""), values)
    for row in everything:
        row._state.adding = False
        row._state.db = "default"
    return everything


def number(rows: Sequence[models.Model]) -> None:
    """Give rows without a number the next ones of their table. Call it where the writer's transaction is already held."""
    waiting = [row for row in rows if row.pk is None]
    if waiting:
        for row, pk in zip(waiting, _numbers(type(waiting[0]), len(waiting)), strict=True):
            row.pk = pk


def _numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """The next numbers of a table: reserved by its sequence, or free because this writer is the only one."""
    table, column = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count])
            return [row[0] for row in cursor.fetchall()]
        # SQLite's transactions are IMMEDIATE here: nobody else numbers rows until this one ends.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + count + 1)


class _Plan:
    """How rows of one table are written."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        self.sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"
        self.read = attrgetter(*(field.attname for field in fields))
        self.writers = [(index, writer) for index, field in enumerate(fields) if (writer := _writer(field)) is not None]

    def values(self, row: models.Model) -> list[Any]:
        """The row as the database takes it."""
        found = list(self.read(row))
        for index, write in self.writers:
            if found[index] is not None:
                found[index] = write(found[index])
        return found


@cache
def _plan(model: type[models.Model], vendor: str) -> _Plan:
    return _Plan(model)


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of a column is turned into the database's own; None where it is the same."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.JSONField):
        return _json if connection.vendor == "sqlite" else lambda value: field.get_db_prep_value(value, connection)
    if isinstance(field, models.DateTimeField):
        return _moments()
    if isinstance(field, models.UUIDField) and connection.vendor == "sqlite":
        return lambda value: value.hex
    if isinstance(field, _PLAIN) or (connection.vendor == "postgresql" and isinstance(field, models.UUIDField | models.BooleanField)):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _moments() -> Callable[[datetime], Any]:
    """Moments repeat from row to row: each is turned once."""
    known: dict[datetime, Any] = {}

    def write(moment: datetime) -> Any:
        found = known.get(moment)
        if found is None:
            if len(known) > 50_000:
                known.clear()
            found = known[moment] = connection.ops.adapt_datetimefield_value(moment)
        return found

    return write
