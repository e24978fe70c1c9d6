"""What the district's health centre, the quarantine sites, the police and the forward post send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demodistrict import traps
from demodistrict.epidemic import DAY, Case
from demodistrict.lists import layouts
from demodistrict.lists.document import Document
from demodistrict.lists.entries import case_entry, contact_entry, event_entry, person_values, returnee_entry, sample_entry, stay_entry
from demodistrict.lists.entry import Entry, Layout
from demodistrict.lists.sheet import lay_out
from demodistrict.people import Person
from demodistrict.quarantine import SITES
from demodistrict.randomness import chance, stream
from demodistrict.scenarios.thanh_tri_lists import Post, listed_contacts
from demodistrict.scenarios.thanh_tri_plan import LIEN_NINH

CENTRE = "Trung tâm Y tế huyện Thanh Trì"
FORWARD_POST = "Sở Chỉ huy tiền phương xã Liên Ninh"
POLICE = "Công an huyện Thanh Trì"
DAYS_OF_NEGATIVES = 7


def centre_documents(post: Post) -> list[Document]:
    """Every file that is not a commune's own."""
    return [_forward_post(post), _single(post), _pools(post), _discharges(post), _follow_up(post), *_sites(post), _police(post)]


def _titled(layout: Layout, post: Post, unit: str, what: str) -> Layout:
    day = f"{post.day.day}/{post.day.month}/{post.day.year}"
    return replace(layout, titles=tuple(title.format(unit=unit.upper(), what=what, day=day) for title in layout.titles))


def _forward_post(post: Post) -> Document:
    world, place = post.world, next(each for each in post.world.communes if each.code == LIEN_NINH)
    contacts = listed_contacts(post, place)
    if post.first:
        contacts += [_ahead(contact_entry(world, contact, day=post.day, codes=post.codes, turn=2)) for contact in world.links_ahead]
    first_ring = [entry for entry in contacts if entry.values["degree"] == "F1"]
    second_ring = [entry for entry in contacts if entry.values["degree"] == "F2"]
    cases = {case.number: case for case in world.cases}
    fresh = [event for event in world.events if cases[event.case].residence == LIEN_NINH and post.fresh(cases[event.case].report)]
    events = [event_entry(event, cases[event.case], turn, day=post.day) for turn, event in enumerate(fresh)]
    today = [_again(case_entry(world, case, day=post.day), turn) for turn, case in enumerate(_today(post))]
    sheets = [
        lay_out("F1", _titled(layouts.CONTACTS[LIEN_NINH], post, FORWARD_POST, "F1"), first_ring),
        lay_out("F2", _titled(layouts.CONTACTS[LIEN_NINH], post, FORWARD_POST, "F2"), second_ring),
        lay_out("Mốc dịch tễ", _titled(layouts.EVENTS, post, FORWARD_POST, "MỐC DỊCH TỄ"), events),
        lay_out("F0 mới", _titled(layouts.NEW_CASES, post, FORWARD_POST, "F0 MỚI TRONG NGÀY"), today),
    ]
    marks = ("link_to_later_file", "several_sheets", "section_rows", "totals_row", "number_spelling")
    return Document(f"BCH tien phuong Lien Ninh {post.stamp}.xlsx", FORWARD_POST, layouts.CONTACTS[LIEN_NINH].name, sheets, traps=marks)


def _ahead(entry: Entry) -> Entry:
    traps.lay(entry, "link_to_unknown_case")
    return entry


def _today(post: Post) -> list[Case]:
    return [case for case in post.world.cases if case.report == post.day and case.residence == LIEN_NINH][:6]


def _again(entry: Entry, turn: int) -> Entry:
    """The forward post lists today's cases too, in its own spelling."""
    traps.lay(entry, "true_duplicate")
    change = ("capitals_without_accents", "tone_placement", "honorific")[turn % 3]
    if change == "honorific":
        entry.values["name"] = f"{'Ông' if entry.values['sex'] == 'nam' else 'Bà'} {entry.values['name']}"
    else:
        traps.ROW_TRAPS[change](entry, None, None)  # type: ignore[arg-type]
    traps.lay(entry, change)
    return entry


def _single(post: Post) -> Document:
    world = post.world
    singles = [
        sample for sample in world.samples if not sample.pooled and _sent(post, sample.taken, sample.result_day, positive=bool(sample.ct))
    ]
    entries = [sample_entry(sample, world, day=post.day) for sample in singles]
    layout = _titled(layouts.SINGLE_SAMPLES, post, CENTRE, "KẾT QUẢ XÉT NGHIỆM MẪU ĐƠN")
    return Document(f"TTYT XN mau don {post.stamp}.xlsx", CENTRE, layout.name, [lay_out("Mẫu đơn", layout, entries)], traps=("title_rows",))


def _sent(post: Post, taken: date, result_day: date, *, positive: bool) -> bool:
    """Positive tubes since the beginning and the others of the last week on the first day; then what was taken or answered that day."""
    if post.first:
        return taken <= post.day and (positive or taken > post.day - DAYS_OF_NEGATIVES * DAY)
    return post.day in (taken, result_day)


def _pools(post: Post) -> Document:
    world = post.world
    pools = [sample for sample in world.samples if sample.pooled and _sent(post, sample.taken, sample.result_day, positive=False)]
    entries = [sample_entry(sample, world, day=post.day) for sample in pools]
    for entry in entries:
        traps.lay(entry, "several_people")
    name = f"TTYT XN mau gop {post.stamp}.csv"
    return Document(name, CENTRE, layouts.POOLS.name, [lay_out("gop", layouts.POOLS, entries)], "utf-8-sig", ";", traps=("utf8_bom",))


def _discharges(post: Post) -> Document:
    left = [case for case in post.world.cases if case.discharged and post.fresh(case.discharged)]
    entries = [case_entry(post.world, case, day=post.day) for case in left]
    for entry in entries:
        entry.kind = "discharge"
        entry.values["status"] = "Khỏi, ra viện"
    layout = _titled(layouts.DISCHARGES, post, CENTRE, "BỆNH NHÂN RA VIỆN")
    return Document(
        f"TTYT ra vien {post.stamp}.xlsx", CENTRE, layout.name, [lay_out("Ra viện", layout, entries)], traps=("title_rows", "totals_row")
    )


def _follow_up(post: Post) -> Document:
    world, rng = post.world, stream(post.world.seed, "follow-up", post.stamp)
    near = world.degrees(post.day)
    watched = [person for person in sorted(near) if near[person].degree == 2 and (post.day - near[person].exposed).days <= 14]
    entries = [
        _watched(world.people[person], post.day, missed=chance(rng, 0.08), degrees_c=round(float(rng.normal(36.7, 0.3)), 1))
        for person in watched
    ]
    layout = _titled(layouts.FOLLOW_UP, post, CENTRE, "THEO DÕI SỨC KHỎE TẠI NHÀ")
    return Document(
        f"TTYT theo doi {post.stamp}.xlsx",
        CENTRE,
        layout.name,
        [lay_out("Theo dõi", layout, entries)],
        traps=("section_rows", "totals_row"),
    )


def _watched(person: Person, day: date, *, missed: bool, degrees_c: float) -> Entry:
    values = person_values(person) | {"degree": "F2", "due": day, "done": "Không gặp" if missed else "Đã theo dõi"}
    values |= {
        "temperature": "" if missed else f"{degrees_c}".replace(".", ","),
        "symptoms": "" if missed else ("Sốt" if degrees_c >= 37.5 else "Không"),
    }
    return Entry("follow_up", person.id, values, facts={"done": not missed})


def _sites(post: Post) -> list[Document]:
    made = []
    for number, site in enumerate(SITES):
        here = [
            stay for stay in post.world.stays if stay.site == site.name and _in_register(post, stay.entry, stay.left or stay.planned_end)
        ]
        entries = [stay_entry(stay, post.world, day=post.day) for stay in here]
        layout = _titled(layouts.STAYS[number % 2], post, site.name, f"CÁCH LY TẬP TRUNG ({site.places} CHỖ)")
        old_mac = number == 2
        marks = ("title_rows", "section_rows" if number % 2 == 0 else "merged_header", *(("date_1904",) if old_mac else ()))
        name = f"KCLTT so {number + 1} {post.stamp}.xlsx"
        made.append(
            Document(name, site.name, layout.name, [lay_out("Sổ cách ly", layout, entries, number_of="TT")], date_1904=old_mac, traps=marks)
        )
    return made


def _in_register(post: Post, entry: date, left: date) -> bool:
    """On the first day everyone there or gone within the last week; then who came or left that day."""
    return (entry <= post.day and left > post.day - 7 * DAY) if post.first else post.day in (entry, left)


def _police(post: Post) -> Document:
    rng = stream(post.world.seed, "police", post.stamp)
    entries = [returnee_entry(back) for back in post.world.returnees if post.fresh(back.found)]
    traps.scatter(entries, {"year_only": 2, "two_phones": 1, "ten_digit_id": 2} if post.first else {}, people=post.world.people, rng=rng)
    layout = _titled(layouts.RETURNEES, post, POLICE, "NGƯỜI VỀ TỪ VÙNG DỊCH")
    return Document(
        f"Cong an nguoi ve tu vung dich {post.stamp}.xlsx",
        POLICE,
        layout.name,
        [lay_out("Người về", layout, entries)],
        traps=("section_rows",),
    )
