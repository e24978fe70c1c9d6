"""What the row facts of the import say of each target, as the words the truth is written in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tienphuong.core.clock import local
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.facts import RowFacts

Teller = Callable[[RowFacts], str]


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (local(value).date() if isinstance(value, datetime) else value).isoformat()


def _one(entries: list[Any], read: Callable[[Any], object]) -> str:
    said = read(entries[0]) if entries else ""
    return said if isinstance(said, str) else _day(said) if isinstance(said, date) else "" if said is None else str(said)


def _birth(facts: RowFacts) -> str:
    person = facts.person
    if person is None:
        return ""
    return _day(person.birth_date) or str(person.birth_year or "")


def _links(facts: RowFacts) -> str:
    links = [contact.link for contact in facts.contacts if contact.link is not None and contact.link.sure]
    return "; ".join(
        f"name:{link.name.lower()}" if link.name else f"own:{link.key.rpartition('#')[2]}" if link.own else link.key for link in links
    )


def _degree(facts: RowFacts) -> str:
    if facts.cases:
        return "F0"
    degrees = {contact.entry.reported_degree for contact in facts.contacts}
    return "; ".join(f"F{degree}" for degree in sorted(degrees - {None}, key=str))


def _isolated(facts: RowFacts) -> str:
    found = (
        [case.isolated_at for case in facts.cases]
        + [stay.started_on for stay in facts.stays]
        + [contact.entry.isolated_at for contact in facts.contacts]
    )
    return next((_day(day) for day in found if day), "")


def _labs(facts: RowFacts, *, second: bool) -> list[Any]:
    """The sample of a round: the second is told by its number, whether or not there was a first."""
    return [lab for lab in facts.labs if (lab.round == "2") is second]


def _symptoms(facts: RowFacts) -> str:
    said = facts.cases[0].symptomatic if facts.cases else None
    return "" if said is None else "yes" if said else "no"


def _codes(facts: RowFacts) -> str:
    keys = [alias.key for case in facts.cases for alias in case.aliases] or ([facts.code.key] if facts.code else [])
    return "; ".join(keys) or _links(facts)


def _address(facts: RowFacts) -> str:
    return facts.person.addresses[0].raw if facts.person and facts.person.addresses else ""


TELLERS: dict[str, Teller] = {
    "full_name": lambda facts: fold(facts.person.full_name) if facts.person else "",
    "sex": lambda facts: facts.person.sex if facts.person else "",
    "birth": _birth,
    "birth_of_male": _birth,
    "birth_of_female": _birth,
    "age": _birth,
    "phone": lambda facts: "; ".join(phone.number for phone in facts.person.phones) if facts.person else "",
    "identity_no": lambda facts: "; ".join(paper.value for paper in facts.person.identifiers) if facts.person else "",
    "occupation": lambda facts: facts.person.occupation if facts.person else "",
    "nationality": lambda facts: facts.person.nationality if facts.person else "",
    "household_code": lambda facts: facts.person.household_code if facts.person else "",
    "relation_to_head": lambda facts: facts.person.relation_to_head if facts.person else "",
    "address": _address,
    "case_no": _codes,
    "national_no": _codes,
    "classification": lambda facts: _one(facts.cases, lambda case: case.classification),
    "outcome": lambda facts: _one(facts.cases, lambda case: case.outcome) or _one(facts.stays, lambda stay: stay.state),
    "died_on": lambda facts: _one([case for case in facts.cases if case.outcome == "died"], lambda case: case.outcome_at),
    "recovered_on": lambda facts: _one([case for case in facts.cases if case.outcome == "recovered"], lambda case: case.outcome_at),
    "outcome_on": lambda facts: _one(facts.cases, lambda case: case.outcome_at),
    "onset_on": lambda facts: _one(facts.cases, lambda case: case.onset_on),
    "symptoms": _symptoms,
    "sampled_on": lambda facts: (
        _one(_labs(facts, second=False), lambda lab: lab.taken_on) or _one(facts.cases, lambda case: case.detected_on)
    ),
    "detected_on": lambda facts: _one(facts.cases, lambda case: case.detected_on),
    "result_on": lambda facts: _one(facts.labs, lambda lab: lab.result_on) or _one(facts.cases, lambda case: case.classified_on),
    "reported_on": lambda facts: _one(facts.cases, lambda case: case.reported_at),
    "treatment_place": lambda facts: _one(facts.cases, lambda case: case.treatment_place),
    "cluster": lambda facts: _one(facts.cases, lambda case: case.cluster),
    "linked_case": _links,
    "degree": _degree,
    "relation": lambda facts: _one(facts.contacts, lambda contact: contact.entry.relation),
    "last_contact_on": lambda facts: _one(facts.contacts, lambda contact: contact.entry.last),
    "quarantine_from": _isolated,
    "quarantine_to": lambda facts: _one(facts.stays, lambda stay: stay.planned_end),
    "quarantine_form": lambda facts: _one(facts.stays, lambda stay: stay.form),
    "quarantine_place": lambda facts: _one(facts.stays, lambda stay: stay.place),
    "result": lambda facts: _one(_labs(facts, second=False), lambda lab: lab.result),
    "result_2": lambda facts: _one(_labs(facts, second=True), lambda lab: lab.result),
    "sampled_on_2": lambda facts: _one(_labs(facts, second=True), lambda lab: lab.taken_on),
    "ct": lambda facts: _one(facts.labs, lambda lab: "" if lab.ct is None else f"{lab.ct:g}"),
    "lab": lambda facts: _one(facts.labs, lambda lab: lab.laboratory),
    "from_place": lambda facts: _one(facts.arrivals, lambda arrival: arrival.from_place),
    "transport": lambda facts: _one(facts.arrivals, lambda arrival: arrival.transport),
    "arrived_on": lambda facts: _one(facts.arrivals, lambda arrival: arrival.arrived_on),
    "found_on": lambda facts: _one(facts.arrivals, lambda arrival: arrival.found_on),
    "follow_up_on": lambda facts: _one(facts.follow_ups, lambda check: check.day),
    "follow_up_state": lambda facts: _one(facts.follow_ups, lambda check: check.state),
    "temperature": lambda facts: _one(facts.follow_ups, lambda check: "" if check.temperature is None else f"{check.temperature:g}"),
    "exposure_place": lambda facts: facts.event.place if facts.event else "",
    "event_on": lambda facts: _day(facts.event.first) if facts.event and facts.event.first else "",
}
