"""What a row as a whole makes of one cell's truth: facts that several cells tell together, and how two spellings of a fact are compared."""

from __future__ import annotations

import re
from datetime import timedelta

from bench.reading.cells import ASK, NONE, Cell
from bench.reading.people import TODAY
from bench.reading.told import TELLERS

from tienphuong.core.text.fold import fold
from tienphuong.core.text.missing import is_missing
from tienphuong.intake.facts.facts import RowFacts

_TEXTS = frozenset(
    {
        "address",
        "occupation",
        "treatment_place",
        "cluster",
        "relation",
        "lab",
        "quarantine_place",
        "from_place",
        "transport",
        "exposure_place",
        "relation_to_head",
    }
)
_NUMBERS = frozenset({"ct", "temperature"})
_SETS = frozenset({"phone", "identity_no", "linked_case"})
PERSON = frozenset(
    [
        "full_name",
        "sex",
        "birth",
        "birth_of_male",
        "birth_of_female",
        "age",
        "phone",
        "identity_no",
        "occupation",
        "nationality",
        "household_code",
        "relation_to_head",
        "address",
    ]
)
_CASE = frozenset(
    [
        "case_no",
        "national_no",
        "classification",
        "outcome",
        "died_on",
        "recovered_on",
        "outcome_on",
        "onset_on",
        "symptoms",
        "sampled_on",
        "detected_on",
        "result_on",
        "reported_on",
        "treatment_place",
        "cluster",
        "result",
        "quarantine_from",
    ]
)
_MET = frozenset(["case_no", "linked_case", "degree", "relation", "last_contact_on", "quarantine_from"])
TAKEN = {
    **dict.fromkeys(("case_list", "line_list", "sormas_case", "sormas_line_listing"), _CASE),
    **dict.fromkeys(("contact_list", "sormas_contact", "sormas_case_contact"), _MET),
    "lab_results": frozenset(["case_no", "sampled_on", "result", "result_on", "ct", "lab", "sampled_on_2", "result_2"]),
    "returnees": frozenset(["from_place", "transport", "arrived_on", "found_on"]),
    "quarantine_register": frozenset(["quarantine_from", "quarantine_to", "quarantine_form", "quarantine_place", "outcome"]),
    "follow_up": frozenset(["follow_up_on", "follow_up_state", "temperature"]),
    "exposure_events": frozenset(["case_no", "exposure_place", "event_on"]),
}
"""What the import writes from each kind of list, besides the person."""
_CODES = frozenset({"case_no", "national_no"})
_UNITS = {"months": 12, "weeks": 52, "days": 365}
# What a result alone makes of a case in a list of cases.
_BY_RESULT = {
    "positive": {"confirmed", "probable"}, "negative": {"refuted"}, "pending": {"suspected"}, "inconclusive": {"suspected"},
    NONE: {NONE, "suspected"}, ASK: {ASK, NONE},
}  # fmt: skip
_UNTOLD = frozenset({TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat()})
_FALLS_BACK = frozenset(
    {"result_on", "reported_on", "sampled_on", "detected_on", "follow_up_on", "quarantine_from", "found_on", "outcome_on"}
)


def expected(target: str, cell: Cell, facts: RowFacts, truths: dict[str, Cell]) -> tuple[set[str], str]:
    """The readings that are right for a cell in its row, and what the row says of it."""
    wanted, said = set(cell.right), TELLERS[target](facts)
    if target == "result" and facts.cases and not facts.labs:
        return _class_of(cell, truths), TELLERS["classification"](facts)
    if target == "outcome":
        wanted |= _ends(truths) | ({"staying", "completed"} if facts.stays and NONE in wanted else set())
        if "outcome" in cell.text.lower() and any(case.classification in ("", "suspected", "refuted") for case in facts.cases):
            wanted.add(NONE)  # "no outcome" of somebody who is no case treats nobody
    if (
        target in _FALLS_BACK
        and said not in wanted
        and said in _UNTOLD | {other.reading for name, other in truths.items() if name != target}
    ):
        said = ""
    if target == "degree" and said not in wanted and said in truths.get("linked_case", Cell("")).text.upper():
        said = ""  # what the link says of the degree is the link's
    if target in ("result", "result_2") and facts.labs and NONE in wanted:
        wanted.add("pending")  # a sample with its day and no answer waits for one
    return wanted, said


def _class_of(cell: Cell, truths: dict[str, Cell]) -> set[str]:
    wanted = set().union(*(_BY_RESULT[reading] for reading in cell.right))
    treated = _ends(truths) or bool(_treated(truths.get("outcome", Cell(""))))
    return wanted | {"confirmed"} if "refuted" in wanted and treated else wanted


def _treated(outcome: Cell) -> bool:
    """Whether the column of outcomes tells of somebody in treatment or after it."""
    return bool(outcome.right - {"", ASK, NONE}) or (outcome.reading == "" and outcome.text != "")


def _ends(truths: dict[str, Cell]) -> set[str]:
    """The ends that days say by themselves."""
    return {
        ("died" if name == "died_on" else "recovered")
        for name in ("died_on", "recovered_on")
        if truths.get(name, Cell("")).reading.startswith("20")
    }


def kept(target: str, kind: str, facts: RowFacts, truths: dict[str, Cell]) -> bool:
    """Whether the import takes no such fact from this kind of list or row: the cell stays with its row and makes nothing."""
    contact = facts.contacts[0] if facts.contacts else None
    if target not in PERSON | TAKEN.get(kind, frozenset()):
        return True
    if facts.cases and truths.get("degree", Cell("")).reading == "F0":
        return target in ("relation", "last_contact_on", "quarantine_from", "linked_case")
    if target == "degree":
        return contact is not None and contact.link is not None and contact.entry.reported_degree is None and not facts.cases
    if _alone(target, facts, truths):
        return True
    if target == "quarantine_from" and contact is not None:
        return contact.entry.isolated_at is None
    return _weighed(target, facts, truths)


# A day that stands alone makes no sample, check or arrival: nothing in the row says that there was one.
_NEEDS = {
    "result_on": ("sampled_on", "result"), "lab": ("sampled_on", "result"), "ct": ("sampled_on", "result"), "sampled_on_2": ("sampled_on_2",),
    "follow_up_on": ("follow_up_state", "temperature"), "found_on": ("from_place", "arrived_on"), "transport": ("from_place", "arrived_on"),
}  # fmt: skip


def _alone(target: str, facts: RowFacts, truths: dict[str, Cell]) -> bool:
    made = facts.labs or facts.follow_ups or facts.arrivals or facts.cases
    return target in _NEEDS and not made and all(_silent(truths.get(name, Cell(""))) for name in _NEEDS[target])


def _silent(cell: Cell) -> bool:
    return not cell.text or is_missing(cell.text) or NONE in cell.right


def _weighed(target: str, facts: RowFacts, truths: dict[str, Cell]) -> bool:
    """Cells another cell of the row outweighs: a result beside a class, a day of detection beside the day of the sample."""
    if target == "result" and facts.cases and not facts.labs:
        return bool(truths.get("classification", Cell("")).text) or is_missing(truths["result"].text)
    if target == "classification" and is_missing(truths[target].text):
        return True  # an empty cell by another name: the list of cases speaks for itself
    if target == "detected_on":
        return bool(truths.get("sampled_on", Cell("")).text)
    return target == "symptoms" and truths[target].reading == NONE and bool(truths.get("onset_on", Cell("")).text)


def same(target: str, said: str, reading: str) -> bool:
    """Whether two spellings are one fact."""
    if not said or target in _TEXTS:
        return bool(said) and fold(said) == fold(reading)
    if target == "age":
        return _age(said, reading)
    if target in _NUMBERS:
        return float(said) == float(reading.replace(",", "."))
    if target in _SETS:
        return _parts(said) == _parts(reading)
    if target in _CODES:
        return reading in said.split("; ")
    return said == reading


def _parts(text: str) -> set[str]:
    return {fold(part) for part in text.split("; ")}


def _age(said: str, reading: str) -> bool:
    """A birth year that agrees with an age on the day of the list."""
    year = int(said[:4])
    if born := re.fullmatch(r"born (\d{4})", reading):
        return year == int(born.group(1))
    count, unit = reading.split()
    return abs(TODAY.year - year - int(count) // _UNITS.get(unit, 1)) <= 1
