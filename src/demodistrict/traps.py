"""Every way in which a list lies or stutters, by name; each trap that changes a row is a function here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from demodistrict import encodings
from demodistrict.lists.entry import BrokenFormula, Entry
from demodistrict.people import Person
from demodistrict.randomness import Stream, pick

# Name of the trap -> what a careful reader does with it. Sections are those of the domain dossier.
EXPECTED = {
    # 5.1 letters and fonts
    "nfd": "normalised",
    "invisible_characters": "normalised",
    "eth_letter": "normalised",
    "tone_placement": "matched_by_key",
    "telex_residue": "flag_name",
    "capitals_without_accents": "matched_by_key",
    "tcvn3": "converted",
    "vni": "converted",
    "cp1258": "decoded",
    "utf16": "decoded",
    "utf8_bom": "decoded",
    # 5.2 names
    "abbreviated_name": "flag_name",
    "honorific": "normalised",
    "l_for_n": "matched_by_key",
    "child_of": "flag_name",
    "true_namesake": "kept_apart",
    "foreign_name": "accepted",
    # 5.3 identity papers
    "eleven_digit_id": "zero_restored",
    "ten_digit_id": "flag_identity",
    "eight_digit_cmnd": "zero_restored",
    "scientific_id": "identity_rejected",
    "other_paper": "both_kept",
    "borrowed_id": "flag_identity",
    # 5.4 phones
    "old_phone": "converted",
    "phone_lost_zero": "zero_restored",
    "two_phones": "split",
    "plus84_phone": "normalised",
    # 5.5 births
    "year_only": "precision_year",
    "first_january": "flag_birth",
    "zero_day_birth": "precision_year",
    "age_only": "precision_age",
    # 5.6 dates and sheets
    "us_swapped_date": "date_swap_proposed",
    "no_year": "year_from_context",
    "dotted_date": "parsed",
    "iso_date": "parsed",
    "fraction_became_date": "ignored",
    "date_1904": "parsed",
    "broken_formula": "flag_name",
    "several_people": "split",
    "everything_in_notes": "parsed",
    "title_rows": "ignored",
    "merged_header": "parsed",
    "section_rows": "ignored",
    "totals_row": "ignored",
    "comment_rows": "ignored",
    "blank_rows": "ignored",
    "nil_report": "no_cases",
    "no_name": "accepted",
    "english_headers": "parsed",
    "several_sheets": "parsed",
    # 5.7 places
    "lives_elsewhere": "referral",
    "place_abbreviated": "matched_by_key",
    "place_other_spelling": "matched_by_key",
    # links, people and files
    "number_spelling": "linked",
    "link_by_name": "linked",
    "link_to_later_file": "linked",
    "link_to_unknown_case": "link_pending",
    "two_links": "linked",
    "no_contact_date": "accepted",
    "true_duplicate": "same_person",
    "same_contact_twice": "same_person",
    "detected_elsewhere": "counted_at_residence",
    "f1_became_f0": "counted_once_as_case",
    "refuted_case": "not_counted",
    "suspected_case": "not_counted",
    "probable_case": "not_counted",
    "not_a_contact": "no_degree",
    "same_file_again": "changes_nothing",
    "corrected_file": "correction",
}

RowTrap = Callable[[Entry, Person, Stream], bool]


def lay(entry: Entry, trap: str) -> None:
    """Marks a trap with what is expected of its reader."""
    entry.mark(trap, EXPECTED[trap])


def _name(change: Callable[[str], str]) -> RowTrap:
    def apply(entry: Entry, person: Person, rng: Stream) -> bool:
        changed = change(entry.values["name"])
        worked = changed != entry.values["name"]
        entry.values["name"] = changed
        return bool(worked)

    return apply


def _abbreviated(name: str) -> str:
    family, *middle, given = name.split()
    return " ".join([f"{family[:2]}.", *(f"{word[0]}." for word in middle), given])


def _l_for_n(name: str) -> str:
    *rest, given = name.split()
    # ng and nh are sounds of their own: nobody says l for them
    swapped = given if given[1:2] in "gh" and len(given) > 1 else {"L": "N", "N": "L"}.get(given[0], given[0]) + given[1:]
    return " ".join([*rest, swapped])


def _eleven_digits(entry: Entry, person: Person, rng: Stream) -> bool:
    fits = len(person.cccd) == 12 and person.cccd.startswith("0") and not person.cccd.startswith("00")
    if fits:
        entry.values["identity"] = int(person.cccd)
    return fits


def _ten_digits(entry: Entry, person: Person, rng: Stream) -> bool:
    fits = person.cccd.startswith("001")
    if fits:
        entry.values["identity"] = int(person.cccd)
    return fits


def _eight_digits(entry: Entry, person: Person, rng: Stream) -> bool:
    if person.cmnd:
        entry.values["identity"] = int(person.cmnd)
    return bool(person.cmnd)


def _scientific(entry: Entry, person: Person, rng: Stream) -> bool:
    if person.cccd.isdigit():
        mantissa = f"{int(person.cccd) / 10 ** (len(person.cccd.lstrip('0')) - 1):.2f}"
        entry.values["identity"] = f"{mantissa}E+{len(person.cccd.lstrip('0')) - 1:02d}"
    return person.cccd.isdigit()


def _other_paper(entry: Entry, person: Person, rng: Stream) -> bool:
    other = person.cccd if entry.values.get("identity") == person.cmnd else person.cmnd
    if other:
        entry.values["identity"] = other
    return bool(other)


_OLD_PREFIX = {"070": "0120", "079": "0121", "077": "0122", "076": "0126", "078": "0128", "083": "0123", "084": "0124", "085": "0125",
               "081": "0127", "082": "0129", "032": "0162", "033": "0163", "034": "0164", "035": "0165", "036": "0166", "037": "0167",
               "038": "0168", "039": "0169", "056": "0186", "058": "0188", "059": "0199"}  # fmt: skip


def _old_phone(entry: Entry, person: Person, rng: Stream) -> bool:
    old = _OLD_PREFIX.get(person.phone[:3])
    if old:
        entry.values["phone"] = old + person.phone[3:]
    return old is not None


def _phone(change: Callable[[str], str | int]) -> RowTrap:
    def apply(entry: Entry, person: Person, rng: Stream) -> bool:
        entry.values["phone"] = change(person.phone)
        return True

    return apply


def _birth(change: Callable[[date], object]) -> RowTrap:
    def apply(entry: Entry, person: Person, rng: Stream) -> bool:
        entry.values["birth"] = change(person.birth)
        return True

    return apply


def _broken(entry: Entry, person: Person, rng: Stream) -> bool:
    entry.values["name"] = BrokenFormula()
    return True


def _place(entry: Entry, person: Person, rng: Stream) -> bool:
    if not person.hamlet:
        return False
    entry.values["address"] = (
        f"x.{pick(rng, '123456')} t.{person.hamlet}, {person.place.replace('Xã ', 'X.').replace('Thị trấn ', 'TT ')}, H.TTrì"
    )
    return True


def _place_spelling(entry: Entry, person: Person, rng: Stream) -> bool:
    other = encodings.other_tone_placement(person.place)
    other = other.replace("Đại Áng", "Đại áng")
    entry.values["address"] = entry.values.get("address", "").replace(person.place, other)
    return other != person.place


ROW_TRAPS: dict[str, RowTrap] = {
    "nfd": _name(encodings.nfd),
    "invisible_characters": _name(lambda name: "\u200b" + name.replace(" ", "\u00a0 ", 1)),
    "eth_letter": _name(encodings.eth_for_d),
    "tone_placement": _name(encodings.other_tone_placement),
    "telex_residue": _name(encodings.telex),
    "capitals_without_accents": _name(encodings.unaccented_capitals),
    "abbreviated_name": _name(_abbreviated),
    "honorific": lambda entry, person, rng: _name(lambda name: ("Ông " if person.sex == "nam" else "Bà ") + name)(entry, person, rng),
    "l_for_n": _name(_l_for_n),
    "broken_formula": _broken,
    "eleven_digit_id": _eleven_digits,
    "ten_digit_id": _ten_digits,
    "eight_digit_cmnd": _eight_digits,
    "scientific_id": _scientific,
    "other_paper": _other_paper,
    "old_phone": _old_phone,
    "phone_lost_zero": _phone(lambda phone: int(phone)),
    "two_phones": _phone(lambda phone: f"{phone}/0912345678"),
    "plus84_phone": _phone(lambda phone: f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}"),
    "year_only": _birth(lambda birth: birth.year),
    "first_january": _birth(lambda birth: f"01/01/{birth.year}"),
    "zero_day_birth": _birth(lambda birth: f"00/00/{birth.year}"),
    "age_only": _birth(lambda birth: f"{2021 - birth.year} tuổi"),
    "place_abbreviated": _place,
    "place_other_spelling": _place_spelling,
}


def scatter(entries: list[Entry], wanted: dict[str, int], *, people: dict[str, Person], rng: Stream) -> None:
    """Lays each wanted trap in so many rows; a row takes one trap at most, so that its person can still be known."""
    for trap, count in wanted.items():
        left = count
        for number in rng.permutation(len(entries)):
            entry = entries[int(number)]
            if left == 0:
                break
            if entry.traps or entry.also or not entry.values.get("name") or not _fits(entry, trap):
                continue
            if ROW_TRAPS[trap](entry, people[entry.person], rng):
                lay(entry, trap)
                left -= 1


def _fits(entry: Entry, trap: str) -> bool:
    # A trap in an identity number or phone needs such a cell; a spoilt name needs another way to know the person.
    if trap.endswith(("_id", "_cmnd", "_paper")):
        return bool(entry.values.get("identity")) and bool(entry.values.get("phone"))
    if trap in ("broken_formula", "abbreviated_name", "telex_residue", "l_for_n"):
        # Other lists do not carry the commune's case code: a case's spoilt name needs the paper.
        return bool(entry.values.get("identity")) or (entry.kind == "contact" and bool(entry.values.get("code")))
    return True
