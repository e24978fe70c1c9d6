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


def write(model: type[models.Model], rows: Iterable[dict[str, Any]], *, ignore_conflicts: bool = False) -> int:
    """Insert rows nobody needs as objects, each told by its columns; what is not told takes the column's default. Says how many."""
    plan = _plan(model, connection.vendor, numbered=False)
    values = [plan.told(row) for row in rows]
    if values:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(plan.sql + (" ON CONFLICT DO NOTHING" if ignore_conflicts else ""), values)
    return len(values)


def number(rows: Sequence[models.Model]) -> None:
    """Give rows without a number the next ones of their table. Call it where the writer's transaction is already held."""
    waiting = [row for row in rows if row.pk is None]
    if waiting:
        for row, pk in zip(waiting, _numbers(type(waiting[0]), len(waiting)), strict=True):
            row.pk = pk


def _numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """The next numbers of a table: reserved by its sequence, or free because this writer is the only one."""
    table, column = model._meta.db_table, model._meta.pk.column
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

    def __init__(self, model: type[models.Model], *, numbered: bool) -> None:
        fields = [column for column in model._meta.concrete_fields if numbered or not isinstance(column, models.AutoField)]
        columns = ", ".join(connection.ops.quote_name(str(column.column)) for column in fields)
        marks = ", ".join(["%s"] * len(fields))
        self.sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"
        self.read = attrgetter(*(column.attname for column in fields))
        self.names = frozenset(column.attname for column in fields)
        self.columns = [(column.attname, _maker(column), _constant(column)) for column in fields]
        self.writers = [(index, writer) for index, column in enumerate(fields) if (writer := _writer(column)) is not None]

    def told(self, row: dict[str, Any]) -> list[Any]:
        """A row told by its columns, as the database takes it."""
        found = [row[name] if name in row else make() if make is not None else constant for name, make, constant in self.columns]
        if not row.keys() <= self.names:
            raise TypeError(f"{self.sql.partition('(')[0]}: no column {sorted(row.keys() - self.names)}")
        return self.turned(found)

    def values(self, row: models.Model) -> list[Any]:
        """The row as the database takes it."""
        return self.turned(list(self.read(row)))

    def turned(self, found: list[Any]) -> list[Any]:
        """Values in the database's own form."""
        for index, write in self.writers:
            if found[index] is not None:
                found[index] = write(found[index])
        return found


@cache
def _plan(model: type[models.Model], vendor: str, *, numbered: bool = True) -> _Plan:
    """The plan of a table; without its number column where the database is to give the number."""
    return _Plan(model, numbered=numbered)


def _maker(column: models.Field[Any, Any]) -> Callable[[], Any] | None:
    """What makes the value of a column nobody told anything of, if each row has its own."""
    return column.default if column.has_default() and callable(column.default) else None


def _constant(column: models.Field[Any, Any]) -> Any:
    """What a column holds that nobody told anything of: the empty text where it may not be unknown."""
    if column.has_default():
        return None if callable(column.default) else column.default
    return None if column.null or not column.empty_strings_allowed else ""


def _writer(column: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of a column is turned into the database's own; None where it is the same."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.JSONField):
        return _json if connection.vendor == "sqlite" else lambda value: column.get_db_prep_value(value, connection)
    if isinstance(column, models.DateTimeField):
        return _moments()
    if isinstance(column, models.UUIDField) and connection.vendor == "sqlite":
        return lambda value: value.hex
    if isinstance(column, _PLAIN) or (connection.vendor == "postgresql" and isinstance(column, models.UUIDField | models.BooleanField)):
        return None
    return lambda value: column.get_db_prep_save(value, connection)


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
