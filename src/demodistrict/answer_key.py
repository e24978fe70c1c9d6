"""What a careful officer would make of the files: figures, true people, contact graph, and a verdict for every row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from demodistrict.contacts import Degree
from demodistrict.epidemic import Case
from demodistrict.lists.document import Document
from demodistrict.lists.entry import Entry
from demodistrict.lists.sheet import Line
from demodistrict.people import ELSEWHERE_ID
from demodistrict.quarantine import SITES
from demodistrict.world import World

DEFINITIONS = {
    "case": "confirmed by RT-PCR and reported by the cut-off; counted at residence at detection; cumulative since the epoch",
    "window": "from 2 days before onset, or before the positive sample if there is no onset, to the day of isolation, both included",
    "f1_total": "distinct people living in the district who are not cases and met a case inside its window; cumulative since the epoch",
    "f2_total": "distinct people who are neither cases nor F1 and met an F1 between the F1's first exposure and isolation, both included",
    "f1_elsewhere": "the same, living in another district or province: handed over, and counted there (likewise f2_elsewhere)",
    "contacts": "a contact counts both ways; a row without a date of contact lies inside the window; only contacts and cases reported by the cut-off are known",
    "not_counted": "suspected, probable (antigen positive that waits for PCR) and refuted people; their contacts have no degree",
    "pending": "tubes taken by the cut-off without a result; a pool is one tube",
    "recovered": "discharged by the cut-off",
    "row": "1-based row of the sheet, or line of the text file",
}


@dataclass
class Answer:
    """The answer key of one day, and the folder of the files it speaks of."""

    scenario: str
    seed: int
    day: str
    cut_off: str
    epoch: str
    figures: dict[str, Any]
    definitions: dict[str, str]
    cases: list[dict[str, Any]]
    suspects: list[dict[str, Any]]
    people: dict[str, dict[str, Any]]
    contacts: list[dict[str, Any]]
    degrees: dict[str, dict[str, Any]]
    isolated: dict[str, str]
    events: list[dict[str, Any]]
    files: list[dict[str, Any]]
    duplicates: list[dict[str, Any]]
    links: list[dict[str, Any]]
    registers: list[dict[str, Any]]
    traps: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The key as plain JSON values."""
        return asdict(self)


def answer(world: World, documents: list[Document], *, day: date, registers: list[dict[str, Any]]) -> Answer:
    """The key of this day's files; figures assume that the files of all days before were taken in too."""
    near = world.degrees(day)
    files = [_file(document) for document in documents]
    return Answer(
        scenario=world.scenario,
        seed=world.seed,
        day=day.isoformat(),
        cut_off=f"{day.isoformat()}T{world.hour:02d}:00",
        epoch=world.epoch.isoformat(),
        figures=figures(world, day),
        definitions=DEFINITIONS,
        cases=[_case(case, day) for case in world.confirmed(day)],
        suspects=[_plain(asdict(each) | {"person": each.person.id}) for each in world.suspects if each.reported <= day],
        people=_people(world, documents),
        contacts=[_plain(asdict(contact)) for contact in world.contacts if contact.reported <= day],
        degrees={person: {"degree": near[person].degree, "exposed": near[person].exposed.isoformat()} for person in sorted(near)},
        isolated={person: when.isoformat() for person, when in sorted(world.isolated.items()) if when <= day},
        events=[_plain(asdict(event)) for event in world.events if world.cases[event.case - 1].report <= day],
        files=files,
        duplicates=_duplicates(documents),
        links=_links(world, documents, day),
        registers=registers,
        traps=_counts(files),
    )


def _rings(world: World, near: Mapping[str, Degree]) -> dict[str, int]:
    """People of each degree, those of the district apart from those who live elsewhere (their ids say so)."""
    counted = Counter((degree.degree, person.startswith(ELSEWHERE_ID)) for person, degree in near.items())
    rings = range(1, world.deepest + 1)
    return {f"f{ring}_{where}": counted[ring, away] for ring in rings for where, away in (("total", False), ("elsewhere", True))}


def figures(world: World, day: date) -> dict[str, Any]:
    """The numbers that the command post must print for this cut-off."""
    cases, near = world.confirmed(day), world.degrees(day)
    by_commune = Counter(case.residence for case in cases)
    recovered = sum(case.recovered(day) for case in cases)
    pending = [sample for sample in world.samples if sample.taken <= day and not sample.known(day)]
    return {
        "cases_total": len(cases),
        "cases_today": sum(case.report == day for case in cases),
        "cases_recovered": recovered,
        "cases_in_treatment": len(cases) - recovered,
        "deaths": 0,
        "communes_total": len(world.communes),
        "communes_with_cases": len(by_commune),
        "cases_by_commune": {place.code: by_commune.get(place.code, 0) for place in world.communes},
        **({"cases_by_hamlet": dict(sorted(Counter(case.person.hamlet for case in cases).items()))} if world.counts_hamlets else {}),
        "cases_by_setting": dict(Counter(case.setting for case in cases)),
        "cases_by_source": dict(Counter(case.source for case in cases)),
        "cases_without_onset": sum(case.onset is None for case in cases),
        "suspected": _standing(world, day, "suspected"),
        "probable": _standing(world, day, "probable"),
        "refuted": sum(
            each.decided is not None and each.decided <= day and world.case_of(each.person.id) is None for each in world.suspects
        ),
        **_rings(world, near),
        "returnees_total": len({back.person.id for back in world.returnees if back.found <= day}),
        "pending_tubes": len(pending),
        "pending_pools": sum(sample.pooled for sample in pending),
        "pending_people": len({person.id for sample in pending for person in sample.people}),
        "quarantine_places": sum(site.places for site in SITES) if world.stays else 0,
        "quarantine_present": sum(stay.present(day) for stay in world.stays),
    }


def _standing(world: World, day: date, verdict: str) -> int:
    return sum(each.verdict == verdict and each.reported <= day and (each.decided is None or each.decided > day) for each in world.suspects)


def _case(case: Case, day: date) -> dict[str, Any]:
    written: dict[str, Any] = _plain(
        {
            "number": case.number,
            "person": case.person.id,
            "code": case.code,
            "bn": case.bn,
            "residence": case.residence,
            "detected_in": case.detected_in,
            "onset": case.onset,
            "sample": case.sample,
            "result": case.result,
            "report": case.report,
            "isolated": case.isolated,
            "window": list(case.window),
            "setting": case.setting,
            "source": case.source,
            "infector": case.infector.person.id if case.infector else None,
            "status": "recovered" if case.recovered(day) else "in_treatment",
            "discharged": case.discharged if case.recovered(day) else None,
        }
    )
    return written


def _people(world: World, documents: list[Document]) -> dict[str, dict[str, Any]]:
    named = {person for entry in _entries(documents) for person in (entry.person, *entry.also) if person}
    known = world.people | {person.id: person for sample in world.samples for person in sample.people if person.id not in world.people}
    return {person: _plain(asdict(known[person])) for person in sorted(named)}


def _file(document: Document) -> dict[str, Any]:
    return {
        "file": document.name,
        "sender": document.sender,
        "layout": document.layout,
        "traps": list(document.traps),
        "copy_of": document.copy_of,
        "corrects": document.corrects,
        "sheets": [{"sheet": sheet.name, "lines": len(sheet.lines), "rows": list(_rows(sheet.lines))} for sheet in document.sheets],
    }


def _rows(lines: list[Line]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if line.entry is None:
            yield {"row": number, "kind": line.kind}
        else:
            entry = line.entry
            yield {
                "row": number,
                "kind": entry.kind,
                "person": entry.person,
                "also": entry.also,
                "source": entry.source,
                "traps": entry.traps,
                "expected": entry.expected,
                "facts": entry.facts,
            }


def _entries(documents: list[Document]) -> list[Entry]:
    return [line.entry for document in documents for sheet in document.sheets for line in sheet.lines if line.entry]


def _places(documents: list[Document]) -> Iterator[tuple[dict[str, Any], Entry]]:
    for document in documents:
        for sheet in document.sheets:
            for number, line in enumerate(sheet.lines, 1):
                if line.entry:
                    yield {"file": document.name, "sheet": sheet.name, "row": number}, line.entry


def _duplicates(documents: list[Document]) -> list[dict[str, Any]]:
    """People whom more than one row reports as a case, or as a contact; a file sent twice is not listed here."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    written: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for place, entry in _places([document for document in documents if not document.copy_of and not document.corrects]):
        if entry.kind in ("case", "contact", "probable", "suspected", "refuted"):
            key = "contact" if entry.kind == "contact" else "case", entry.person
            rows[key].append(place)
            written[key].append(entry)
    return [
        {"kind": kind, "person": person, "rows": places, "evidence": _evidence(written[kind, person])}
        for (kind, person), places in rows.items()
        if len(places) > 1
    ]


def _evidence(entries: list[Entry]) -> list[str]:
    """Which written values agree in all rows of one person."""
    return [
        value
        for value in ("bn", "code", "identity", "phone", "name", "birth")
        if len({str(entry.values.get(value, "")) for entry in entries}) == 1 and entries[0].values.get(value)
    ]


def _links(world: World, documents: list[Document], day: date) -> list[dict[str, Any]]:
    found = []
    for place, entry in _places(documents):
        if entry.kind not in ("contact", "case") or not entry.source:
            continue
        case = world.case_of(entry.source)
        known = case is not None and case.report <= day
        sources = [entry.source, *([entry.facts["second_source"]] if "second_source" in entry.facts else [])]
        found.append(
            place | {"text": str(entry.values.get("link") or entry.values.get("source", "")), "sources": sources, "case_known": known}
        )
    return found


def _counts(files: list[dict[str, Any]]) -> dict[str, int]:
    counts = Counter(trap for file in files for trap in file["traps"])
    counts.update(trap for file in files for sheet in file["sheets"] for row in sheet["rows"] for trap in row.get("traps", ()))
    return dict(sorted(counts.items()))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
