"""Writing many rows of one table at once, without the cost of asking every column of every row how it wants to be written.

What `bulk_create` does for a few rows, for the many of a file: the same rows in the same tables, one prepared statement.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from tienphuong.core import planner

M = TypeVar("M", bound=models.Model)
Turn = Callable[[Sequence[Any]], list[Any]]
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BooleanField)


def insert(rows: Iterable[M], *, ignore_conflicts: bool = False) -> list[M]:
    """Insert new rows of one table. Rows numbered by the database get their numbers first, so that others can point at them.

    With `ignore_conflicts`, a row that breaks a unique constraint is left out; its number, if it got one, points at nothing.
    """
    everything = list(rows)
    if not everything:
        return everything
    model = type(everything[0])
    names = tuple(column.attname for column in model._meta.concrete_fields)
    with transaction.atomic():
        number(everything)
        write(model, names, map(attrgetter(*names), everything), ignore_conflicts=ignore_conflicts)
    for row in everything:
        row._state.adding = False
        row._state.db = "default"
    return everything


def write(
    model: type[models.Model],
    columns: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
    *,
    shared: Mapping[str, Any] | None = None,
    ignore_conflicts: bool = False,
) -> int:
    """Insert rows nobody needs as objects; says how many. Each is told by the values of `columns`, all of them by what they have in common.

    What is not told takes the column's default.
    """
    given = list(zip(*rows, strict=True))
    if not given:
        return 0
    shared = shared or {}
    plan = _plan(model, columns, tuple(shared), connection.vendor)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(plan.sql + (" ON CONFLICT DO NOTHING" if ignore_conflicts else ""), plan.lines(given, tuple(shared.values())))
        planner.wrote(model, len(given[0]))
    return len(given[0])


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


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its name, what makes a value nobody told, and how values become the database's own."""

    name: str
    make: Callable[[], Any]
    turn: Turn


class _Plan:
    """How rows of one table are written, column by column: values repeat down a column, and most need no turning at all."""

    def __init__(self, model: type[models.Model], columns: tuple[str, ...], shared: tuple[str, ...]) -> None:
        fields = {column.attname: column for column in model._meta.concrete_fields}
        if unknown := {*columns, *shared} - fields.keys():
            raise TypeError(f"{model._meta.db_table}: no column {sorted(unknown)}")
        self.given, self.shared = (tuple(_column(fields[name]) for name in names) for names in (columns, shared))
        defaulted = [
            column for name, column in fields.items() if name not in {*columns, *shared} and not isinstance(column, models.AutoField)
        ]
        self.defaulted = tuple(_column(column) for column in defaulted)
        names = [str(fields[column.name].column) for column in (*self.given, *self.shared, *self.defaulted)]
        self.sql = (
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} "
            f"({', '.join(map(connection.ops.quote_name, names))}) VALUES ({', '.join(['%s'] * len(names))})"
        )

    def lines(self, given: Sequence[tuple[Any, ...]], shared: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """The rows as the database takes them."""
        count = len(given[0])
        columns = [column.turn(values) for column, values in zip(self.given, given, strict=True)]
        columns += [column.turn((value,)) * count for column, value in zip(self.shared, shared, strict=True)]
        columns += [column.turn([column.make() for _ in range(count)]) for column in self.defaulted]
        return list(zip(*columns, strict=True))


@cache
def _plan(model: type[models.Model], columns: tuple[str, ...], shared: tuple[str, ...], vendor: str) -> _Plan:
    return _Plan(model, columns, shared)


def _column(column: models.Field[Any, Any]) -> _Column:
    return _Column(column.attname, _maker(column), _turn(column))


def _maker(column: models.Field[Any, Any]) -> Callable[[], Any]:
    """What makes the value of a column nobody told anything of: the empty text where it may not be unknown."""
    default = column.default if column.has_default() else None if column.null or not column.empty_strings_allowed else ""
    return default if callable(default) else lambda: default


def _turn(column: models.Field[Any, Any]) -> Turn:
    """How the values of a column become the database's own."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, _PLAIN) or (connection.vendor == "postgresql" and isinstance(column, models.UUIDField)):
        return list
    if isinstance(column, models.UUIDField):
        return lambda values: [None if value is None else value.hex for value in values]
    if isinstance(column, models.BinaryField):  # sealed: no two values are the same
        return lambda values: [column.get_db_prep_save(value, connection) for value in values]
    if isinstance(column, models.JSONField):
        return _json if connection.vendor == "sqlite" else lambda values: [column.get_db_prep_value(value, connection) for value in values]
    return _each(lambda value: column.get_db_prep_save(value, connection))


def _each(write: Callable[[Any], Any]) -> Turn:
    """Moments and days repeat from row to row: each is turned once."""

    def turn(values: Sequence[Any]) -> list[Any]:
        known = {value: None if value is None else write(value) for value in set(values)}
        return [known[value] for value in values]

    return turn


_encode: Final = DjangoJSONEncoder().encode


def _json(values: Sequence[Any]) -> list[Any]:
    return [None if value is None else _encode(value) for value in values]
