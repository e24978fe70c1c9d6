"""Counting what was believed at a moment, at any size: the balance of the last closing before it, and what moved since.

As in a ledger. A belief opens at `known_from` and closes at `known_to`; so the number believed at T is the number believed at an
earlier C, plus what opened in (C, T], less what closed in it. That is true of every T to the microsecond, whatever was corrected,
merged or withdrawn. Nothing is written when something is recorded, but that an act dated before a closing opens the books again.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, Value
from django.db.models.functions import Coalesce

from tienphuong.core.models import Balance, Known

Groups = Counter[tuple[Any, ...]]
"""(area path, *grouping columns) -> number."""
Within = Callable[[str], Q]
"""The rows meant, as a condition on the column of that name with an area path."""
DAY = timedelta(days=1)


def everywhere(column: str) -> Q:
    """No area left out."""
    del column
    return Q()


def believed(model: type[Known], *, disease: str, at: datetime, within: Within = everywhere) -> Groups:
    """How many of each area and group were believed at a moment."""
    closing = last_closing(model, disease=disease, at=at)
    found = _balances(model, disease=disease, closing=closing, within=within)
    opened, closed = _moved(model, disease=disease, since=closing, until=at, within=within)
    return _settled(found, opened, closed)


def recounted(model: type[Known], *, disease: str, at: datetime) -> Groups:
    """The same from every belief there is: the slow twin of `believed`."""
    rows = model._default_manager.filter(disease=disease, known_from__lte=at, known_to__gt=at)
    return grouped(rows, *model.GROUPED)


def close(model: type[Known], *, disease: str, at: datetime) -> bool:
    """Write down what was believed at a past moment, if at least as much has moved since the last closing as there is to write.

    So counting reads at most about twice a balance, and the balances never outgrow the beliefs.
    """
    since = last_closing(model, disease=disease, at=at)
    opened, closed = _moved(model, disease=disease, since=since, until=at, within=everywhere)
    found = _settled(_balances(model, disease=disease, closing=since, within=everywhere), opened, closed)
    if since == at or opened.total() + closed.total() < max(len(found), 1):
        return False
    shared = {"table": _table(model), "disease": disease, "closed_at": at}
    rows = (Balance(area_path=path, words=_written(words), number=n, **shared) for (path, *words), n in sorted(found.items(), key=repr))
    Balance.objects.bulk_create(rows, batch_size=2_000)
    return True


def reopen(model: type[Known], *, diseases: Iterable[str], since: datetime) -> None:
    """Throw away every closing that an act dated `since` makes untrue. Whoever writes beliefs calls it, in the same transaction."""
    for disease in sorted(set(diseases)):
        Balance.objects.filter(table=_table(model), disease=disease, closed_at__gte=since).delete()


def rebuild(model: type[Known], *, disease: str, until: datetime) -> int:
    """Throw all closings away and close again, day by day from the first belief on; says how many closings there are."""
    beliefs = model._default_manager.filter(disease=disease)
    first = beliefs.aggregate(first=Min("known_from"))["first"]
    Balance.objects.filter(table=_table(model), disease=disease).delete()
    days = range((until - first) // DAY, -1, -1) if first else ()
    return sum(close(model, disease=disease, at=until - n * DAY) for n in days)


def faults(model: type[Known], *, disease: str, latest: int | None = None) -> Iterator[datetime]:
    """The closings, latest first, whose balances are not what the beliefs say; of the `latest` so many only, if told."""
    for at in closings(model, disease=disease)[:latest]:
        if _balances(model, disease=disease, closing=at, within=everywhere) != recounted(model, disease=disease, at=at):
            yield at


def closings(model: type[Known], *, disease: str) -> list[datetime]:
    """When the books were closed, latest first."""
    rows = Balance.objects.filter(table=_table(model), disease=disease)
    return list(rows.order_by("-closed_at").values_list("closed_at", flat=True).distinct())


def last_closing(model: type[Known], *, disease: str, at: datetime) -> datetime | None:
    """The latest closing that is not after a moment."""
    rows = Balance.objects.filter(table=_table(model), disease=disease, closed_at__lte=at)
    return rows.order_by("-closed_at").values_list("closed_at", flat=True).first()


def grouped(rows: Any, *columns: str, path: str = "area_path") -> Groups:
    """How many of these rows there are by area path and by some columns."""
    counted = rows.values_list(path, *columns).annotate(number=Count("*")).order_by()
    return Counter({tuple(str(word) if isinstance(word, UUID) else word for word in words): n for *words, n in counted})


def _balances(model: type[Known], *, disease: str, closing: datetime | None, within: Within) -> Groups:
    if closing is None:
        return Counter()
    rows = Balance.objects.filter(within("area_path"), table=_table(model), disease=disease, closed_at=closing)
    return Counter({(path, *_read(words)): n for path, words, n in rows.values_list("area_path", "words", "number")})


def _moved(model: type[Known], *, disease: str, since: datetime | None, until: datetime, within: Within) -> tuple[Groups, Groups]:
    """What opened and what closed in (since, until]. A belief that would end before it begins was never held by anybody."""
    # The area is a filter here, not a range that tempts a database to walk the whole area instead of the few that moved.
    rows = model._default_manager.annotate(here=Coalesce("area_path", Value(""))).filter(within("here"), disease=disease)
    rows = rows.filter(known_from__lt=F("known_to"))
    return (
        grouped(_between(rows, "known_from", since=since, until=until), *model.GROUPED, path="here"),
        grouped(_between(rows, "known_to", since=since, until=until), *model.GROUPED, path="here"),
    )


def _between(rows: Any, column: str, *, since: datetime | None, until: datetime) -> Any:
    begun = rows.filter(**{f"{column}__lte": until})
    return begun.filter(**{f"{column}__gt": since}) if since else begun


def _settled(found: Groups, opened: Groups, closed: Groups) -> Groups:
    total = Counter(found)
    total.update(opened)
    total.subtract(closed)
    return Counter({group: number for group, number in total.items() if number})


def _table(model: type[Known]) -> str:
    return model._meta.db_table


def _written(words: Sequence[Any]) -> str:
    return json.dumps(words, ensure_ascii=False)


@lru_cache(maxsize=10_000)
def _read(words: str) -> tuple[Any, ...]:
    return tuple(json.loads(words))
