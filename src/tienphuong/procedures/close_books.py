"""Khóa sổ: what was believed at the end of a day is written down as balances, from which every later count starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from tienphuong.cases.models import CaseState, SampleState
from tienphuong.core import audit, balances
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.clock import VIETNAM, local
from tienphuong.core.models import Known
from tienphuong.core.turns import in_turn
from tienphuong.quarantine.models import StayState
from tienphuong.tracing.models import DegreeRecord

COUNTED: tuple[type[Known], ...] = (CaseState, DegreeRecord, SampleState, StayState)


@dataclass(frozen=True, slots=True)
class WrongClosing:
    """A closing whose balances are not what the beliefs say."""

    table: str
    disease: str
    closed_at: datetime


def close_books(*, at: datetime) -> int:
    """Close as of the last midnight, whatever has enough news for it; says how many books.

    Nothing recorded before it is still on its way into the base by then: the night's check runs two hours later.
    """
    with in_turn():
        return sum(balances.close(model, disease=disease, at=_midnight(at)) for model, disease in books())


def wrong_closings(*, latest: int | None = None) -> list[WrongClosing]:
    """The closings, of each book the `latest` so many or all, that are not what the beliefs say."""
    return [
        WrongClosing(model._meta.db_table, disease, closed_at)
        for model, disease in books()
        for closed_at in balances.faults(model, disease=disease, latest=latest)
    ]


def rebuild_books(*, actor: Viewer, at: datetime) -> int:
    """Throw all balances away and make them again from the beliefs, day by day; says how many closings there are.

    1 balances, book by book, each in its own transaction
    2 audit
    """
    made = 0
    for model, disease in books():
        with in_turn():
            made += balances.rebuild(model, disease=disease, until=_midnight(at))
    audit.record("books.rebuilt", actor=actor, at=at, facts={"closings": made})
    return made


def books() -> Iterator[tuple[type[Known], str]]:
    """Whatever is counted, by disease."""
    for model in COUNTED:
        for disease in model._default_manager.order_by("disease").values_list("disease", flat=True).distinct():
            yield model, disease


def _midnight(moment: datetime) -> datetime:
    """When the Vietnamese day of a moment began."""
    return datetime.combine(local(moment).date(), time(), VIETNAM)
