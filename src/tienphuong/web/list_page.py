"""What a list page is made of: its columns, the ways to narrow it, how its lines are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from tienphuong.core.keyset import Roll
from tienphuong.core.pages import Page
from tienphuong.web.cells import Choice, Column, name_of, person_href

SIZE = 50


@dataclass(frozen=True)
class ListPage:
    """One list as a page describes it: of any length by its `roll`, a short one by `fetch(order, start, size)`."""

    name: str
    title: str | Promise
    columns: Sequence[Column]
    choices: Sequence[Choice]
    fetch: Callable[[str, int, int | None], Page[Any]] | None = None
    roll: Callable[[str], Roll] | None = None
    orders: Sequence[str] = ("name",)
    key: Callable[[Any], str] = lambda line: str(line.person.uid)
    person: Callable[[Any], Any] = lambda line: line.person
    place: Callable[[Any], str] | None = None
    """The path of the unit that the column `area` names, where it is not that of the person."""
    exported: Sequence[Column] = ()
    """The columns of its export where they are not those of the page."""
    record: Callable[[Any], object] | None = None
    """The record a line of the export stands for; `key` if it is the same."""
    href: Callable[[Any], str] = lambda line: person_href(line.person)
    title_of: Callable[[Any], str] = lambda line: name_of(line.person)
    size: int = SIZE
    extra: Mapping[str, object] = field(default_factory=dict)
    chips: Sequence[tuple[str, str]] = ()
    searched: bool = True
