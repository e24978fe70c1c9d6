"""Taking back what rows of a file said: the records stay where they are, and are in force no more."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from tienphuong.core import balances
from tienphuong.core.any_of import AnyOf
from tienphuong.core.models import OPEN_END, Known, Withdrawable


def take_back(
    model: type[Withdrawable], rows: Collection[int], *, at: datetime, columns: tuple[str, ...] = ("pk",), **also: Any
) -> list[tuple[Any, ...]]:
    """Take back the records of one table that these source rows gave; their `columns`. `also`: other columns to set on them."""
    found = model.objects.filter(source_row__in=AnyOf(rows))
    withdrawn = list(found.order_by("pk").values_list(*columns))
    found.update(withdrawn_at=at, **also)
    return withdrawn


def stop_believing(model: type[Known], which: Q, *, at: datetime) -> None:
    """End the present intervals of these beliefs. One that began at this very moment was never held by anybody: it goes."""
    open_rows = model._default_manager.filter(which, known_to=OPEN_END)
    balances.reopen(model, diseases=set(open_rows.order_by().values_list("disease", flat=True).distinct()), since=at)
    open_rows.filter(known_from=at).delete()
    open_rows.update(known_to=at)
