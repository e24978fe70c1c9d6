"""Conditions by which SQLite shall filter, not choose an index.

It knows nothing of how many rows a value has, takes the first index that fits a condition, and sorts whatever that finds. Where a
list is to be walked along the index of its order, every other condition says so. PostgreSQL has counted, and chooses by itself.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Func, Model, Q, QuerySet

PREFIX = "loose_"


class Loose(Func):
    """The column, of which no index is used."""

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """A plus before a column changes nothing but that."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def loosely(rows: QuerySet[Any], wanted: Q, *, kept: Collection[str]) -> QuerySet[Any]:
    """The rows of a condition, found by no index but those of the kept columns."""
    names = {one.name: one.attname for one in rows.model._meta.concrete_fields if not one.primary_key}
    names |= {attname: attname for attname in names.values()}
    free = {name: attname for name, attname in names.items() if name not in kept}
    return rows.alias(**{PREFIX + name: Loose(F(attname)) for name, attname in free.items()}).filter(_renamed(wanted, free))


def _renamed(wanted: Q, free: Collection[str]) -> Q:
    """The same condition on the columns that no index is used of; one that reaches into another table stays."""
    found = Q(_connector=wanted.connector, _negated=wanted.negated)
    found.children = [_child(child, free) for child in wanted.children]
    return found


def _child(child: Any, free: Collection[str]) -> Any:
    if isinstance(child, Q):
        return _renamed(child, free)
    if not isinstance(child, tuple):
        return child
    name, _, lookup = child[0].partition("__")
    return (f"{PREFIX}{child[0]}", child[1]) if name in free and _is_lookup(lookup) and not _is_row(child[1]) else child


def _is_lookup(rest: str) -> bool:
    return rest in ("", "exact", "in", "gt", "gte", "lt", "lte", "isnull", "contains", "icontains", "startswith")


def _is_row(value: object) -> bool:
    return isinstance(value, Model)
