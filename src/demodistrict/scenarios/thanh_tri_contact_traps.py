"""The traps of contact lists: shared contacts, two cases in a cell, a family in one cell, links by name, and spelling."""

from __future__ import annotations

from collections import Counter
from datetime import date

from demodistrict import traps
from demodistrict.census import Commune
from demodistrict.encodings import unaccented_capitals
from demodistrict.epidemic import HOUSEHOLD
from demodistrict.lists.entry import Entry
from demodistrict.randomness import stream
from demodistrict.scenarios.thanh_tri_plan import LIEN_NINH
from demodistrict.world import World

_EVERYWHERE = {"year_only": 1, "phone_lost_zero": 1}
SPELLING: dict[str, dict[str, int]] = {
    LIEN_NINH: {
        "capitals_without_accents": 12, "tone_placement": 6, "nfd": 6, "eth_letter": 4, "telex_residue": 3, "abbreviated_name": 4, "honorific": 6, "l_for_n": 2,
        "invisible_characters": 4, "broken_formula": 1, "eleven_digit_id": 3, "ten_digit_id": 8, "eight_digit_cmnd": 4, "scientific_id": 2, "other_paper": 4,
        "old_phone": 8, "phone_lost_zero": 8, "two_phones": 4, "plus84_phone": 4, "year_only": 12, "first_january": 6, "zero_day_birth": 3, "age_only": 4,
        "place_abbreviated": 10,
    },
    "00643": {"telex_residue": 1, "two_phones": 2, "scientific_id": 1},
    "00667": {"ten_digit_id": 2, "old_phone": 2},
    "00679": {"place_other_spelling": 1},
}  # fmt: skip


def lay_all(entries: list[Entry], *, world: World, day: date, place: Commune, first: bool) -> list[Entry]:
    """The rows with every trap laid; rows merged into another row are gone from the list."""
    plain = _families_in_one_cell(_two_links(entries, world), world) if first else entries
    _undated(plain, world, limit=8 if place.code == LIEN_NINH else 1)
    if first and place.code == LIEN_NINH:
        _borrowed_papers(plain, world)
        _children_without_name(plain, world)
        _links_by_name(plain, world)
    _semantic(plain, world, day)
    wanted = SPELLING.get(place.code, _EVERYWHERE) if first else {}
    # People met by several are known again by paper and phone: their rows keep a clean spelling, in this list and in others.
    once = Counter(contact.person for contact in world.contacts)
    single = [entry for entry in plain if once[entry.person] == 1 and not set(entry.traps) & {"true_namesake", "f1_became_f0"}]
    traps.scatter(single, wanted, people=world.people, rng=stream(world.seed, "contact traps", place.code))
    return plain


def _semantic(entries: list[Entry], world: World, day: date) -> None:
    """Marks what a row means rather than how it is written."""
    seen: set[str] = set()
    variants = 0
    for entry in entries:
        case = world.case_of(entry.person)
        if case is not None and case.report <= day:
            traps.lay(entry, "f1_became_f0")
        if entry.person in seen:
            traps.lay(entry, "same_contact_twice")
            variants += _other_spelling(entry, allowed=variants < 8)
        if entry.person in world.namesakes:
            traps.lay(entry, "true_namesake")
        if not world.people[entry.person].commune:
            traps.lay(entry, "lives_elsewhere")
            if world.people[entry.person].cccd.startswith("M"):
                traps.lay(entry, "foreign_name")
        if any(suspect.person.id == entry.source and suspect.verdict == "refuted" for suspect in world.suspects):
            traps.lay(entry, "not_a_contact")
        seen.add(entry.person)


def _other_spelling(entry: Entry, *, allowed: bool) -> bool:
    """Writes the second row of a person in capitals without accents; paper, phone and birth still agree."""
    if not (allowed and entry.values["identity"]):
        return False
    entry.values["name"] = unaccented_capitals(entry.values["name"])
    traps.lay(entry, "true_duplicate")
    return True


def _two_links(entries: list[Entry], world: World) -> list[Entry]:
    """Every third time a contact has two cases, both stand in one cell, the row keeping the earlier date."""
    kept: dict[tuple[str, str], Entry] = {}
    result, turn = [], 0
    for entry in entries:
        key = entry.person, entry.values["degree"]
        before = kept.get(key)
        turn += before is not None
        if (
            before is not None
            and turn % 3 == 0
            and entry.values["degree"] == "F1"
            and before.facts["met"] <= entry.facts["met"]
            and "two_links" not in before.traps
        ):
            before.values["link"] += f", {entry.values['link_short']}"
            before.facts["second_source"] = entry.source
            traps.lay(before, "two_links")
            continue
        kept.setdefault(key, entry)
        result.append(entry)
    return result


def _families_in_one_cell(entries: list[Entry], world: World) -> list[Entry]:
    """One family per list is written into one cell with birth years, as over the phone."""
    listed = Counter(entry.person for entry in entries)
    sources = {contact.source for contact in world.contacts} | {case.person.id for case in world.cases}
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        lone = listed[entry.person] == 1 and entry.person not in sources and world.case_of(entry.source) is not None
        if lone and entry.values["relation"] == HOUSEHOLD and entry.values["degree"] == "F1" and not entry.traps:
            groups.setdefault((entry.source, entry.facts["met"]), []).append(entry)
    family = next((group for group in groups.values() if len(group) >= 3), None)
    if family is None:
        return entries
    head, *others = family
    head.values["name"] = "; ".join(f"{entry.values['name']} {entry.values['birth'].year}" for entry in family)
    head.values |= {"birth": "", "sex": "", "identity": "", "code": ""}
    head.also = [entry.person for entry in others]
    traps.lay(head, "several_people")
    return [entry for entry in entries if entry not in others]


def _undated(entries: list[Entry], world: World, *, limit: int) -> None:
    """A few rows have no date of contact; none of their people pass the exposure on."""
    sources = {contact.source for contact in world.contacts}
    free = [entry for entry in entries if entry.values["degree"] == "F1" and entry.person not in sources and not entry.traps]
    for entry in free[7 : 7 + limit]:
        entry.values["met"] = None
        traps.lay(entry, "no_contact_date")


def _borrowed_papers(entries: list[Entry], world: World) -> None:
    """Two children carry the paper of somebody of their household who is in the same list."""
    papers = {world.people[entry.person].household: entry.values["identity"] for entry in entries if entry.values["identity"]}
    met = Counter(contact.person for contact in world.contacts)
    children = [
        entry
        for entry in entries
        if not entry.values["identity"] and not entry.traps and met[entry.person] == 1 and world.people[entry.person].household in papers
    ]
    for entry in children[:2]:
        entry.values["identity"] = papers[world.people[entry.person].household]
        traps.lay(entry, "borrowed_id")


def _children_without_name(entries: list[Entry], world: World) -> None:
    """Two small children are written as the child of somebody of the household."""
    listed = Counter(contact.person for contact in world.contacts)
    small = [entry for entry in entries if world.people[entry.person].birth.year >= 2018 and listed[entry.person] == 1 and not entry.traps]
    named = {
        world.people[entry.person].household: entry.values["name"] for entry in entries if world.people[entry.person].birth.year < 1998
    }
    for entry in [one for one in small if world.people[one.person].household in named][:2]:
        entry.values["name"] = f"Con bà {named[world.people[entry.person].household]}"
        traps.lay(entry, "child_of")


def _links_by_name(entries: list[Entry], world: World) -> None:
    """Ten rows name the case instead of giving its number."""
    names = Counter((case.person.name, case.person.birth.year) for case in world.cases)
    rows = [entry for entry in entries if entry.values["degree"] == "F1" and not entry.traps]
    for entry in rows[5:55:5]:
        case = world.case_of(entry.source)
        if case is None or names[case.person.name, case.person.birth.year] > 1:
            continue
        entry.values["link"] = f"F1 của {case.person.name} (SN {case.person.birth.year}, thôn {case.person.hamlet})"
        traps.lay(entry, "link_by_name")
