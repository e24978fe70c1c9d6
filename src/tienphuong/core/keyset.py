"""Pages of a list at any size: each begins beside the line where the one before ended, found by an index, not by counting lines.

A list with few lines is sorted by the database; a long one is walked along the index of its order. What is wanted of it may
be anything: the lines are few, or every so many lines of the order is one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from django.db.models import F, Field, Func, Q, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

from tienphuong.core.any_of import AnyOf
from tienphuong.core.cursors import Place, read, written
from tienphuong.core.pages import Page, Window
from tienphuong.core.unindexed import loosely

FEW: Final = 20_000
"""Lines that are sorted; of more, a page is walked to."""
FEW_IN_GROUPS: Final = 2_000
"""The same of a list that is in groups: one group after the other is read sooner."""
COUNTED: Final = 50_000
"""Lines that are counted one by one; of more it is said that they are more."""
PEOPLE: Final = 20_000

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that all rise, or all fall; together they tell every two lines apart. Empty ones of the first come last.

    `under` are the columns of one value that its index begins with, `lead` is the row of another table whose own columns the order begins with (the person, of an order by name), and `group` a
    column before it: both are walked through in turn where no index holds the whole order.
    """

    name: str
    columns: tuple[str, ...]
    descending: bool = False
    empties: bool = False
    under: tuple[str, ...] = ("disease",)
    lead: str = ""
    group: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)
    """Columns that are made of others."""

    def named(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with the columns that are made of others."""
        return rows.annotate(**self.names)

    @property
    def inner(self) -> "Order":
        """The order within one group."""
        return replace(self, columns=self.columns[1:], group="")

    def sorted(self, rows: QuerySet[Any], *, backward: bool = False, whole: bool = False) -> QuerySet[Any]:
        """The rows as this order reads them; `backward` from its end. Only of the `whole` list must be said where empty columns come."""
        sign = "-" if self.descending != backward else ""
        first, *rest = (sign + column for column in self.columns)
        last = F(self.columns[0]).desc(nulls_last=True) if whole and self.empties else first
        return rows.order_by(last, *rest)


@dataclass(frozen=True)
class Roll:
    """A list in an order: which rows, of which those wanted, and the lines that tell of rows by their numbers.

    `whole` counts a long list from its closings, if it can.
    """

    rows: QuerySet[Any]
    wanted: Q
    order: Order
    lines_of: Callable[[Sequence[Any]], tuple[Any, ...]]
    narrow: str = "pk"
    """A column that the indexes hold, for counting."""
    whole: Callable[[], int | None] = lambda: None
    known: int | None = None
    """How many rows there are, if that was counted before."""
    costly: bool = False
    """Whether no index meets the condition: then it is asked once, and few rows are known by their numbers afterwards."""
    coarse: tuple[Q, ...] = ()
    """Conditions, each met by an index that goes on with the group, of which every row wanted meets one."""

    @cached_property
    def all(self) -> QuerySet[Any]:
        """The rows wanted."""
        rows = self.rows.filter(self.wanted)
        if not self.costly:
            return rows
        found = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        return rows if len(found) > FEW else self.rows.filter(pk__in=AnyOf(found))

    @cached_property
    def counted(self) -> int:
        """How many rows there are, or one more than are counted."""
        if self.known is not None:
            return self.known
        return self.all.order_by().values(self.narrow)[: COUNTED + 1].count()

    @cached_property
    def total(self) -> tuple[int, bool]:
        """How many lines there are, and whether it is only what they are at least."""
        if self.counted <= COUNTED or self.known is not None:
            return self.counted, False
        whole = self.whole()
        return (COUNTED, True) if whole is None else (whole, False)

    def page(self, window: Window) -> Page[Any]:
        """The lines of a page, and the cursors of the pages beside it."""
        fields = [field_of(self.order.named(self.rows), column) for column in self.order.columns]
        at = read(window.cursor, order=self._name, fields=fields) if window.cursor else None
        lost = bool(window.cursor) and at is None
        if window.start and not window.cursor:
            return self._skipped(window)
        return replace(self._beside(at, window.size), lost=lost)

    def parts(self, size: int) -> Iterator[tuple[Any, ...]]:
        """Every line of the list, in parts of so many."""
        at: Place | None = None
        while lines := self._read(at, size):
            yield self.lines_of([pk for pk, *_ in lines])
            if len(lines) < size:
                return
            at = Place(tuple(lines[-1][1:]), False, 0)

    @property
    def _name(self) -> str:
        return f"{self.rows.model._meta.label_lower}:{self.order.name}"

    def _beside(self, at: Place | None, size: int) -> Page[Any]:
        """The page after a place or before it; the first or the last full one where nothing is left on that side."""
        lines = self._read(at, size + 1)
        more, lines = len(lines) > size, lines[:size]
        if at is None:
            return self._listed(lines, 1, previous=False, following=more)
        if at.backward:
            if not more:
                return self._beside(None, size)
            return self._listed(lines[::-1], max(2, at.number - size), previous=True, following=True)
        if not lines:
            return self._last(at, size)
        return self._listed(lines, at.number, previous=True, following=more)

    def _last(self, at: Place, size: int) -> Page[Any]:
        """The last lines, where there is nothing any more behind a place."""
        lines = self._read(Place((), True, at.number), size + 1)
        more, lines = len(lines) > size, lines[:size][::-1]
        return self._listed(lines, max(1, at.number - len(lines)), previous=more, following=False)

    def _listed(self, lines: Sequence[Key], first: int, *, previous: bool, following: bool) -> Page[Any]:
        total, at_least = self.total
        return Page(
            self.lines_of([pk for pk, *_ in lines]),
            total,
            at_least,
            first=first,
            previous=written(Place(tuple(lines[0][1:]), True, first), order=self._name) if previous and lines else "",
            following=written(Place(tuple(lines[-1][1:]), False, first + len(lines)), order=self._name) if following and lines else "",
        )

    def _skipped(self, window: Window) -> Page[Any]:
        """The lines after the first so many: each of them is passed."""
        rows = self.order.sorted(self.order.named(self.all), whole=True).values_list("pk", *self.order.columns)
        lines = list(rows[window.start : window.start + window.size + 1])
        return self._listed(lines[: window.size], window.start + 1, previous=True, following=len(lines) > window.size)

    def _read(self, at: Place | None, size: int) -> list[Key]:
        """So many lines from a place on, in the direction it says."""
        if self.counted <= (FEW_IN_GROUPS if self.order.group and FEW else FEW):
            return Few(self.all, self.order).lines(at, size)
        return Long(self.rows, self.wanted, self.order, self.coarse).lines(at, size)


@dataclass(frozen=True)
class Few:
    """Rows that the database sorts."""

    rows: QuerySet[Any]
    order: Order

    def lines(self, at: Place | None, size: int) -> list[Key]:
        """So many lines, `(pk, *columns)`, from a place on."""
        return _through(self._segments(at), lambda rows, place, left: self._segment(rows, at, place, left), at, size)

    def _segments(self, at: Place | None) -> list[tuple[QuerySet[Any], bool]]:
        """The rows with and without the first column, in the direction of reading, and whether the place lies in them."""
        values, rows = at.values if at else (), self.order.named(self.rows)
        if not self.order.empties:
            return [(rows, bool(values))]
        first = f"{self.order.columns[0]}__isnull"
        both = [(rows.filter(**{first: empty}), bool(values) and (values[0] is None) == empty) for empty in (False, True)]
        return both[::-1] if at and at.backward else both

    def _segment(self, rows: QuerySet[Any], at: Place | None, place: Place | None, size: int) -> list[Key]:
        backward = at is not None and at.backward
        rows = beyond(rows, self.order, place) if place else rows
        return list(self.order.sorted(rows, backward=backward).values_list("pk", *self.order.columns)[:size])


@dataclass(frozen=True)
class Long:
    """More rows than are sorted: walked along an index, group by group, or by the row that leads."""

    rows: QuerySet[Any]
    wanted: Q
    order: Order
    coarse: tuple[Q, ...] = ()

    def lines(self, at: Place | None, size: int) -> list[Key]:
        """So many lines, `(pk, *columns)`, from a place on."""
        if self.order.group:
            return self._groups(at, size)
        if self.order.lead:
            return self._led(at, size)
        return Few(loosely(self.rows, self.wanted, kept=(*self.order.under, *self.order.columns)), self.order).lines(at, size)

    def _groups(self, at: Place | None, size: int) -> list[Key]:
        """Group after group until there are enough lines."""
        found: list[Key] = []
        backward, place = at is not None and at.backward, None
        group = at.values[0] if at and at.values else self._next(None, backward=backward)
        if at and at.values:
            place = replace(at, values=at.values[1:])
        while group is not None and len(found) < size:
            part = replace(self, rows=self.rows.filter(**{self.order.group: group}), order=self.order.inner)
            place = place or (Place((), True, 0) if backward else None)
            found += [(pk, group, *rest) for pk, *rest in part.within(place, size - len(found))]
            group, place = self._next(group, backward=backward), None
        return found

    def _next(self, group: Any, *, backward: bool) -> Any:
        """The group after one, or the first; of a coarse condition it may hold nobody who is wanted."""
        column = self.order.group
        past = Q() if group is None else Q(**{f"{column}__{'lt' if backward else 'gt'}": group})
        ordered = self.rows.order_by(f"-{column}" if backward else column).values_list(column, flat=True)
        found = [ordered.filter(condition, past).first() for condition in self.coarse or (self.wanted,)]
        return (max if backward else min)((one for one in found if one is not None), default=None)

    def within(self, at: Place | None, size: int) -> list[Key]:
        """Lines of one group, which may be few or many. An index is to find the group, not the area that the group lies in."""
        rows = loosely(self.rows, self.wanted, kept=self.order.under)
        many = self.order.lead and rows.order_by().values("pk")[: FEW + 1].count() > FEW
        return self._led(at, size) if many else Few(rows, self.order).lines(at, size)

    def _led(self, at: Place | None, size: int) -> list[Key]:
        """The rows of those who lead, some people at a time, more of them the fewer of them are in the list."""
        found: list[Key] = []
        for numbers in self._leaders(at):
            rows = loosely(self.rows, self.wanted, kept=()).filter(**{f"{self.order.lead}_id__in": AnyOf(numbers)})
            found += Few(rows, replace(self.order, empties=False)).lines(at, size - len(found))
            if len(found) >= size:
                break
        return found

    def _leaders(self, at: Place | None) -> Iterator[list[int]]:
        """The numbers of those who lead, from a place on, in growing parts."""
        own = Order("", tuple(column.removeprefix(f"{self.order.lead}__") for column in self.order.columns[:2]))
        own = replace(own, columns=(own.columns[0], "pk"))
        backward, here, part = at is not None and at.backward, at.values[:2] if at and at.values else None, 200
        people = field_of(self.rows, self.order.columns[0]).model._base_manager.all()
        while True:
            rows = beyond(people, own, Place(here, backward, 0), also=part == 200) if here else people
            lines = list(own.sorted(rows, backward=backward).values_list(*own.columns)[:part])
            if not lines:
                return
            yield [number for _, number in lines]
            here, part = lines[-1], min(part * 4, PEOPLE)


def _through(
    segments: Sequence[tuple[QuerySet[Any], bool]],
    lines_of: Callable[[QuerySet[Any], Place | None, int], list[Key]],
    at: Place | None,
    size: int,
) -> list[Key]:
    """Lines of one segment after the other, from the one where the place lies."""
    here = next((n for n, (_, holds) in enumerate(segments) if holds), 0)
    found: list[Key] = []
    for rows, holds in segments[here:]:
        if len(found) < size:
            found += lines_of(rows, at if holds else None, size - len(found))
    return found


class Row(Func):
    """Columns or values side by side, compared as one: an index finds its place by all of them."""

    template = "(%(expressions)s)"
    output_field = TextField()


_COMPARED: Final = {(False, False): GreaterThan, (False, True): GreaterThanOrEqual, (True, False): LessThan, (True, True): LessThanOrEqual}


def beyond(rows: QuerySet[Any], order: Order, place: Place, *, also: bool = False) -> QuerySet[Any]:
    """The rows on the far side of a place (`also` those at it). Empty first columns are a segment of their own."""
    pairs = [(column, value) for column, value in zip(order.columns, place.values, strict=True) if value is not None]
    falls = order.descending != place.backward
    theirs = Row(*(F(column) for column, _ in pairs))
    here = Row(*(Value(value, output_field=field_of(rows, column)) for column, value in pairs))
    return rows.filter(_COMPARED[falls, also](theirs, here))


def field_of(rows: QuerySet[Any], column: str) -> Field[Any, Any]:
    """The field that an order's column is of."""
    if column in rows.query.annotations:
        return rows.query.annotations[column].output_field  # type: ignore[no-any-return]
    model, found = rows.model, rows.model._meta.pk
    for name in column.split("__"):
        found = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = found.remote_field.model if found.remote_field else model
    while found.remote_field:
        found = found.target_field
    return found
