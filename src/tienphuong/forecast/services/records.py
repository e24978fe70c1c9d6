"""A line list as plain lists, for keeping with the forecast that begins with it: days and communes, nobody's name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tienphuong.forecast.entries import KnownCase, KnownContact, LineListEntry


def plain_records(known: LineListEntry) -> dict[str, list[list[object]]]:
    """What is kept."""
    cases: list[list[object]] = [
        [case.commune, _iso(case.detected_on), _iso(case.onset_on), _iso(case.isolated_until)] for case in known.cases
    ]
    return {"cases": cases, "contacts": [[one.commune, _iso(one.until), one.in_centre] for one in known.contacts]}


def records_from(kept: Mapping[str, Sequence[Any]]) -> LineListEntry:
    """The line list that was kept."""
    cases = (
        KnownCase(
            commune=commune,
            detected_on=date.fromisoformat(detected),
            onset_on=date.fromisoformat(onset) if onset else None,
            isolated_until=date.fromisoformat(until) if until else None,
        )
        for commune, detected, onset, until in kept["cases"]
    )
    contacts = (
        KnownContact(commune=commune, until=date.fromisoformat(until), in_centre=in_centre)
        for commune, until, in_centre in kept["contacts"]
    )
    return LineListEntry(cases=tuple(cases), contacts=tuple(contacts))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
