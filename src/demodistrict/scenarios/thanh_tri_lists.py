"""Which files Thanh Trì's senders hand in by 16:00 of a day, from the truth and with the traps of each sender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from demodistrict import traps
from demodistrict.census import Commune
from demodistrict.contacts import Contact
from demodistrict.encodings import unaccented_capitals
from demodistrict.epidemic import Case
from demodistrict.lists import layouts
from demodistrict.lists.document import Document
from demodistrict.lists.entries import case_entry, contact_entry, suspect_entry
from demodistrict.lists.entry import Entry, Layout
from demodistrict.lists.sheet import Sheet, lay_out
from demodistrict.randomness import stream
from demodistrict.scenarios import thanh_tri_contact_traps as contact_traps
from demodistrict.scenarios.thanh_tri_2021 import CODE_PREFIX
from demodistrict.scenarios.thanh_tri_plan import DUYEN_HA, LIEN_NINH, YEN_MY
from demodistrict.world import World

# Which spelling traps each commune's case list carries; counts are of rows.
CASE_TRAPS: dict[str, dict[str, int]] = {
    LIEN_NINH: {"capitals_without_accents": 4, "ten_digit_id": 3, "phone_lost_zero": 4, "old_phone": 3, "two_phones": 2, "honorific": 2, "abbreviated_name": 2, "place_abbreviated": 4},
    "00643": {"eth_letter": 2, "year_only": 2, "broken_formula": 1, "scientific_id": 1},
    "00649": {"telex_residue": 1, "tone_placement": 2, "eleven_digit_id": 1, "first_january": 2},
    "00664": {"other_paper": 1, "plus84_phone": 2, "zero_day_birth": 1},
    "00667": {"scientific_id": 2, "phone_lost_zero": 2, "ten_digit_id": 1},
    "00673": {"invisible_characters": 2, "age_only": 2},
    "00640": {"eight_digit_cmnd": 1, "l_for_n": 1},
    "00646": {"old_phone": 2},
    "00658": {"year_only": 1},
    "00679": {"place_other_spelling": 1},
}  # fmt: skip
_FILE_TRAPS = {
    LIEN_NINH: ("title_rows", "merged_header", "section_rows", "totals_row"),
    "00643": ("title_rows", "totals_row"),
    "00649": ("title_rows", "merged_header", "totals_row"),
    "00664": ("several_sheets", "title_rows", "totals_row"),
    "00667": ("utf8_bom",),
    "00673": ("utf16",),
    "00640": ("cp1258", "title_rows"),
    "00646": ("tcvn3", "title_rows"),
    "00658": ("vni", "title_rows"),
    "00655": ("no_name", "fraction_became_date", "blank_rows"),
    "00685": ("english_headers", "comment_rows", "iso_date"),
    "00679": ("everything_in_notes",),
    "00652": ("everything_in_notes", "no_year"),
    "00676": ("nfd", "dotted_date", "title_rows"),
    YEN_MY: ("nil_report",),
    DUYEN_HA: ("nil_report", "no_year"),
}
_SUFFIX = {"00667": ".csv", "00673": ".tsv", "00640": ".csv", "00685": ".csv"}
_CODEC = {"00667": ("utf-8-sig", ";"), "00673": ("utf-16", "\t"), "00640": ("cp1258", ","), "00685": ("utf-8", ",")}


@dataclass
class Post:
    """One day's post: which rows are new that day, or all of them on the first day."""

    world: World
    day: date
    first: bool
    codes: dict[str, str] = field(default_factory=dict)

    def fresh(self, reported: date) -> bool:
        """Whether something reported on this date belongs to today's lists."""
        return reported <= self.day if self.first else reported == self.day

    @property
    def stamp(self) -> str:
        """The day as used in file names."""
        return f"{self.day.day}-{self.day.month}"


def commune_documents(post: Post) -> list[Document]:
    """The files of the sixteen communes and of Liên Ninh's forward post."""
    post.codes = contact_codes(post.world)
    made: list[Document] = []
    for place in post.world.communes:
        made += _commune(post, place)
    return made


def contact_codes(world: World) -> dict[str, str]:
    """The tracing team's own code of every F1, numbered per commune in the order they were written down."""
    codes: dict[str, str] = {}
    counts: dict[str, int] = {}
    for contact in sorted(world.contacts, key=lambda one: one.reported):
        case = world.case_of(contact.source)
        if case is None or contact.person in codes:
            continue
        counts[case.residence] = counts.get(case.residence, 0) + 1
        codes[contact.person] = f"{CODE_PREFIX[case.residence]}-F1-{counts[case.residence]:04d}"
    return codes


def case_entries(post: Post, place: Commune) -> list[Entry]:
    """The commune's case rows: those living there, and those found there who live elsewhere."""
    rng = stream(post.world.seed, "case traps", place.code, post.stamp)
    cases = [case for case in post.world.cases if post.fresh(case.report) and place.code in _listed_in(case)]
    entries = [case_entry(post.world, case, day=post.day) for case in cases]
    for entry, case in zip(entries, cases, strict=True):
        if case.detected_in != case.residence:
            _reattributed(entry, case, place)
        if case.person.id in post.world.namesakes:
            traps.lay(entry, "true_namesake")
    people = post.world.people
    traps.scatter(entries, CASE_TRAPS.get(place.code, {}) if post.first else {}, people=people, rng=rng)
    entries += [
        _suspect(suspect_entry(suspect))
        for suspect in post.world.suspects
        if suspect.detected_in == place.code and post.fresh(suspect.reported)
    ]
    return entries


def _listed_in(case: Case) -> set[str]:
    return {case.detected_in, case.residence} if case.listed_twice else {case.detected_in}


def _reattributed(entry: Entry, case: Case, place: Commune) -> None:
    traps.lay(entry, "detected_elsewhere")
    if place.code == case.detected_in:
        entry.values |= {"code": "", "hamlet": "Ngoài xã", "note": f"Phát hiện tại {place.name}"}
    if len(_listed_in(case)) == 2 and place.code == case.residence:
        traps.lay(entry, "true_duplicate")
        entry.values["name"] = unaccented_capitals(case.person.name)


def _suspect(entry: Entry) -> Entry:
    traps.lay(entry, f"{entry.kind}_case")
    return entry


def _commune(post: Post, place: Commune) -> list[Document]:
    cases = case_entries(post, place)
    contacts = _contact_entries(post, place)
    case_layout = _titled(layouts.CASES[place.code], post, place, "CA BỆNH COVID-19 TỪ 27/4/2021")
    contact_layout = _titled(layouts.CONTACTS[place.code], post, place, "NGƯỜI TIẾP XÚC (F1, F2)")
    if not post.first and not cases and not contacts:
        return []
    _localise(post, place.code, cases, contacts)
    name = unaccented_capitals(place.short).title()
    if place.code in _SUFFIX:
        return _plain_files(post, place, name, lay_out("ca", case_layout, cases), lay_out("f1", contact_layout, contacts))
    sheets = _case_sheets(place, case_layout, cases)
    if place.code == LIEN_NINH:
        return [_document(post, place, f"{name} ca benh {post.stamp}.xlsx", sheets)]
    contact_sheets = [lay_out("F1 F2", contact_layout, contacts)] if contacts else []
    return [_document(post, place, f"{name} {post.stamp}.xlsx", sheets + contact_sheets)]


def _contact_entries(post: Post, place: Commune) -> list[Entry]:
    return [] if place.code == LIEN_NINH else listed_contacts(post, place)


def listed_contacts(post: Post, place: Commune) -> list[Entry]:
    """The commune's contact rows with their traps."""
    mine = [contact for contact in post.world.contacts if post.fresh(contact.reported) and _lister(post.world, contact) == place.code]
    entries = [contact_entry(post.world, contact, day=post.day, codes=post.codes, turn=turn) for turn, contact in enumerate(mine)]
    negatives = {
        sample.people[0].id: sample.result_day
        for sample in post.world.samples
        if not sample.pooled and sample.round == 1 and sample.ct is None
    }
    for entry in entries:
        if negatives.get(entry.person, post.day) < post.day:
            entry.facts["negative"] = negatives[entry.person].isoformat()
    return contact_traps.lay_all(entries, world=post.world, day=post.day, place=place, first=post.first)


def _lister(world: World, contact: Contact) -> str:
    """The commune that lists a contact: where the case lives, or where the F1 does; people from elsewhere go to the forward post."""
    case = world.case_of(contact.source)
    return (case.residence if case else world.people[contact.source].commune) or LIEN_NINH


def _titled(layout: Layout, post: Post, place: Commune, what: str) -> Layout:
    day = f"{post.day.day}/{post.day.month}/{post.day.year}"
    return replace(layout, titles=tuple(title.format(unit=f"UBND {place.name.upper()}", what=what, day=day) for title in layout.titles))


def _case_sheets(place: Commune, layout: Layout, cases: list[Entry]) -> list[Sheet]:
    if "several_sheets" in _FILE_TRAPS[place.code]:
        hamlets = sorted({entry.values["hamlet"] for entry in cases})
        return [lay_out(hamlet, layout, [entry for entry in cases if entry.values["hamlet"] == hamlet]) for hamlet in hamlets]
    sheet = lay_out("Ca bệnh", layout, cases)
    if not any(entry.kind == "case" for entry in cases):
        sheet.add(["", layout.text("Không phát sinh ca mắc trong ngày")], "note")
    if "fraction_became_date" in _FILE_TRAPS[place.code]:
        sheet.add([], "blank")
        # "3/10 thôn có ca" typed as 3/10: the spreadsheet made a date of it.
        sheet.add(["Số thôn có ca/tổng số thôn", date(2021, 10, 3)], "note")
    return [sheet]


def _localise(post: Post, code: str, cases: list[Entry], contacts: list[Entry]) -> None:
    change = {"00685": _english, "00679": _in_notes("dd/mm"), "00652": _in_notes("d/m")}.get(code)
    if change:
        for entry in cases + contacts:
            change(entry)


def _english(entry: Entry) -> None:
    values = entry.values
    values["sex_en"] = "M" if values["sex"] == "nam" else "F"
    values["setting_en"] = {"Cộng đồng": "community", "Khu cách ly": "quarantine", "Khu phong tỏa": "cordon"}.get(
        values.get("setting", ""), ""
    )
    values["status_en"] = {"Khỏi": "recovered", "Đang điều trị": "in treatment"}.get(values.get("status", ""), "")


def _in_notes(style: str) -> Callable[[Entry], None]:
    def shown(day: date) -> str:
        return f"{day.day}/{day.month}" if style == "d/m" else f"{day:%d/%m/%Y}"

    def change(entry: Entry) -> None:
        values = entry.values
        if entry.kind == "contact":
            values["note"] = (
                f"{values['link']}, {values['relation']}, tx {shown(values['met'])}"
                if values.get("met")
                else f"{values['link']}, {values['relation']}"
            )
            values["note"] += (
                f", cách ly {shown(values['isolated'])}" if values["isolated"] and values["degree"] == "F1" else ", theo dõi tại nhà"
            )
            if entry.facts.get("negative"):
                values["note"] += f", XN lần 1 âm tính {shown(date.fromisoformat(entry.facts['negative']))}"
        elif entry.kind == "case":
            onset = f"khởi phát {shown(values['onset'])}" if values["onset"] else "không triệu chứng"
            state = f"khỏi, ra viện {shown(values['discharged'])}" if values["discharged"] else "đang điều trị"
            values["note"] = (
                f"{values['bn']} (+) {shown(values['result_day'])}, lấy mẫu {shown(values['sample'])}, báo cáo {shown(values['report'])}, cách ly {shown(values['isolated'])}, {onset}, "
                f"{values['setting'].lower()}, {values['source']}, {state} tại {values['treatment']}"
            ).strip()

    return change


def _document(post: Post, place: Commune, name: str, sheets: list[Sheet]) -> Document:
    codec, separator = _CODEC.get(place.code, ("utf-8", ","))
    return Document(name, place.name, layouts.CASES[place.code].name, sheets, codec, separator, traps=_FILE_TRAPS[place.code])


def _plain_files(post: Post, place: Commune, name: str, cases: Sheet, contacts: Sheet) -> list[Document]:
    suffix = _SUFFIX[place.code]
    made = [_document(post, place, f"{name} F0 {post.stamp}{suffix}", [cases])]
    if any(line.entry for line in contacts.lines):
        made.append(_document(post, place, f"{name} F1 {post.stamp}{suffix}", [contacts]))
    return made
