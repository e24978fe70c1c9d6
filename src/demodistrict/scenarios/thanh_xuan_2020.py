"""Quận Thanh Xuân at 16:00 on 19/3/2020: one case just found, returnees, and contacts counted from F1 to F5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from demodistrict import traps
from demodistrict.census import THANH_XUAN, Commune, communes
from demodistrict.contacts import Contact
from demodistrict.encodings import tcvn3, unaccented_capitals
from demodistrict.epidemic import COMMUNITY, DAY, UNKNOWN, Case, housemates_of
from demodistrict.households import population
from demodistrict.laboratory import NEGATIVE, POSITIVE, Sample
from demodistrict.lists.document import Document
from demodistrict.lists.entries import case_entry, contact_entry, person_values, returnee_entry, sample_entry
from demodistrict.lists.entry import Entry, Layout, columns
from demodistrict.lists.layouts import SINGLE_SAMPLES
from demodistrict.lists.sheet import lay_out
from demodistrict.people import Person
from demodistrict.randomness import Stream, chance, pick, stream
from demodistrict.returnees import Returnee, Route, returnee
from demodistrict.world import Suspect, World

CUT, LAST_DAY, EPOCH = date(2020, 3, 19), date(2020, 4, 2), date(2020, 1, 23)
DEEPEST = 5  # spring 2020 in Hà Nội: lists ran to F5
_CASE_WARD = "00355"
_RING_SIZES = (9, 22, 31, 18, 7)
_RETURNEES = 240
_ROUTES = (
    Route("Hàn Quốc", "VJ961"),
    Route("Nhật Bản", "VN311"),
    Route("Anh", "VN054"),
    Route("Pháp", "VN018"),
    Route("Đức", "VN036"),
    Route("Malaysia", "AK516"),
    Route("Thái Lan", "VN610"),
    Route("Trung Quốc (Vân Nam)", "Đường bộ, cửa khẩu"),
)
_TITLES = ("CÔNG AN QUẬN THANH XUÂN", "CÔNG AN {unit}", "DANH SÁCH CÔNG DÂN TRỞ VỀ TỪ VÙNG DỊCH", "(đến 16h00 ngày {day})", "")
_RETURN = columns(
    ("name", "Họ và tên"), ("birth_male", "Năm sinh|Nam"), ("birth_female", "Năm sinh|Nữ"), ("identity", "Số CMND/CCCD"), ("passport", "Hộ chiếu"),
    ("nationality", "Quốc tịch"), ("phone", "Điện thoại"), ("address", "Chỗ ở hiện nay"), ("origin", "Về từ"), ("vehicle", "Nhập cảnh|Chuyến bay"),
    ("seat", "Nhập cảnh|Số ghế"), ("arrived", "Nhập cảnh|Ngày"), ("found", "Ngày rà soát"), ("how", "Nguồn tin"), ("form", "Hình thức cách ly"),
)  # fmt: skip
_FLAT = tuple(replace(column, header=(" ".join(column.header),)) for column in _RETURN)
_CHAIN = columns(
    ("degree", "Đối tượng"), ("name", "Họ và tên"), ("birth", "Năm sinh"), ("sex", "Giới tính"), ("identity", "CMND/CCCD"), ("phone", "ĐT"), ("address", "Địa chỉ"),
    ("link", "Tiếp xúc với"), ("met", "Ngày tiếp xúc"), ("relation", "Quan hệ"), ("isolated", "Ngày cách ly"), ("form", "Nơi cách ly"),
)  # fmt: skip
_FORMS = {1: "Bệnh viện Đống Đa", 2: "Tại nhà", 3: "Tại nơi cư trú", 4: "Tự cách ly", 5: "Tự cách ly"}


@cache
def world(seed: int) -> World:
    """The world of this seed."""
    rng = stream(seed, "thanh-xuan-2020")
    made = World("thanh-xuan-2020", seed, CUT, LAST_DAY, EPOCH, 16, communes(THANH_XUAN), deepest=DEEPEST)
    made.returnees = [_arrival(rng, seed, pick(rng, made.communes), number) for number in range(_RETURNEES)]
    made.people = {back.person.id: back.person for back in made.returnees}
    made.cases = [_case(next(back for back in made.returnees if back.person.commune == _CASE_WARD and back.found <= CUT - 2 * DAY))]
    _rings(rng, made, seed)
    made.suspects = [
        Suspect(
            made.returnees[turn].person,
            CUT - turn * DAY,
            made.returnees[turn].person.commune,
            "sốt, ho sau nhập cảnh",
            "suspected",
            CUT + DAY,
        )
        for turn in range(3)
    ]
    made.samples = _samples(made)
    return made


def _arrival(rng: Stream, seed: int, ward: Commune, number: int) -> Returnee:
    people = population(ward.code, seed=seed)
    person = people.person(int(rng.choice((people.occupation >= 0).nonzero()[0])))
    arrived = CUT - (number % 22 - 6) * DAY
    form = "tập trung" if chance(rng, 0.6) else "tại nhà"
    return returnee(rng, person, routes=_ROUTES, arrived=arrived, form=form, passport=f"C{1_000_000 + number * 7919 % 9_000_000}")


def _case(back: Returnee) -> Case:
    onset = CUT - 3 * DAY
    return Case(
        number=1, person=back.person, cluster=0, infected=back.arrived - 2 * DAY, onset=onset, sample=CUT - DAY, result=CUT, report=CUT, isolated=CUT - DAY,
        setting=COMMUNITY, source=UNKNOWN, infector=None, link="", treatment="Bệnh viện Bệnh Nhiệt đới Trung ương", detected_in=back.person.commune, code="TX001",
    )  # fmt: skip


def _rings(rng: Stream, made: World, seed: int) -> None:
    """Each ring meets people of the ring before, within the days that ring was free."""
    people = population(_CASE_WARD, seed=seed)
    case = made.cases[0]
    made.isolated[case.person.id] = case.isolated
    ring, known = [case.person], {case.person.id}
    for depth, size in enumerate(_RING_SIZES, 1):
        mates = [mate for source in ring for mate in housemates_of(source, people)]
        following: list[Person] = []
        while len(following) < size:
            person = mates.pop(0) if mates and chance(rng, 0.5) else people.person(int(rng.integers(len(people))))
            if person.id in known or person.birth >= CUT:
                continue
            source = pick(rng, ring)
            known.add(person.id)
            following.append(person)
            made.people[person.id] = person
            # The outer rings are still being called: part of them is written down the next day.
            reported = CUT + (1 if depth > 2 and chance(rng, 0.2) else 0) * DAY
            made.isolated[person.id] = reported
            # Everyone met the day before the case was isolated, or on the day itself: the order of rings is the order of days.
            day = case.isolated - DAY if depth == 1 else case.isolated
            made.contacts.append(Contact(source.id, person.id, day, "cùng nhà" if person in mates else "tiếp xúc gần", reported))
        ring = following


def _samples(made: World) -> list[Sample]:
    case = made.cases[0]
    found = [Sample("M00001", (case.person,), case.sample, POSITIVE, case.result, ct=22.4)]
    first_ring = [contact for contact in made.contacts if contact.source == case.person.id]
    for number, contact in enumerate(first_ring, 2):
        found.append(Sample(f"M{number:05d}", (made.people[contact.person],), CUT, NEGATIVE, CUT + (1 + number % 2) * DAY))
    for number, suspect in enumerate(made.suspects, 1):
        found.append(Sample(f"N{number:05d}", (suspect.person,), suspect.reported, NEGATIVE, CUT + DAY))
    return found


def build(seed: int, day: date) -> tuple[World, list[Document]]:
    """The truth and the files handed in that day: a list of each ward's police, the contact lists and the laboratory's."""
    made = world(seed)
    first = day == CUT
    documents = [document for turn, ward in enumerate(made.communes) if (document := _ward(made, ward, turn, day, first))]
    return made, [*documents, _chain(made, day, first), _laboratory(made, day, first)]


def _fresh(reported: date, day: date, first: bool) -> bool:
    return reported <= day if first else reported == day


def _ward(made: World, ward: Commune, turn: int, day: date, first: bool) -> Document | None:
    entries = [returnee_entry(back) for back in made.returnees if back.person.commune == ward.code and _fresh(back.found, day, first)]
    if not entries:
        return None
    rng = stream(made.seed, "ward", ward.code, str(day))
    wanted = (
        {"old_phone": 1, "year_only": 2, "phone_lost_zero": 1, "honorific": 1}
        if turn % 2
        else {"eight_digit_cmnd": 1, "capitals_without_accents": 2, "first_january": 1}
    )
    traps.scatter(entries, wanted if first else {}, people=made.people, rng=rng)
    stem = f"{unaccented_capitals(ward.short).title()} nguoi ve {day.day}-{day.month}"
    layout = _dated(Layout("công an phường, hai dòng tên cột", _RETURN, _TITLES, total=True), ward, day)
    if turn % 4 == 1:
        flat = Layout("công an phường, CSV", _FLAT)
        return Document(
            f"{stem}.csv", f"Công an {ward.name}", flat.name, [lay_out("ds", flat, entries)], "utf-8-sig", ";", traps=("utf8_bom",)
        )
    if turn % 4 == 2:
        layout = replace(layout, name="công an phường, phông .VnTime", text=tcvn3, font=".VnTime")
        return Document(
            f"{stem}.xlsx", f"Công an {ward.name}", layout.name, [lay_out("ds", layout, entries)], traps=("tcvn3", "merged_header")
        )
    if turn % 4 == 3:
        layout = replace(
            layout, columns=_FLAT, sections="origin", subtotals=True, dates="d/m", name="công an phường, mục theo nước, ngày không năm"
        )
        return Document(
            f"{stem}.xlsx",
            f"Công an {ward.name}",
            layout.name,
            [lay_out("ds", layout, entries)],
            traps=("section_rows", "totals_row", "no_year"),
        )
    return Document(
        f"{stem}.xlsx", f"Công an {ward.name}", layout.name, [lay_out("ds", layout, entries)], traps=("merged_header", "title_rows")
    )


def _dated(layout: Layout, ward: Commune, day: date) -> Layout:
    return replace(
        layout, titles=tuple(title.format(unit=ward.name.upper(), day=f"{day.day}/{day.month}/{day.year}") for title in layout.titles)
    )


def _chain(made: World, day: date, first: bool) -> Document:
    near = made.degrees(LAST_DAY)
    sheets = []
    cases = [case_entry(made, case, day=day) for case in made.cases if _fresh(case.report, day, first)]
    cases += [_suspected(made, suspect) for suspect in made.suspects if _fresh(suspect.reported, day, first)]
    layout = Layout("danh sách F0-F5", columns(("code", "Mã ca"), *((column.value, column.header[0]) for column in SINGLE_SAMPLES.columns[1:7]), ("onset", "Ngày khởi phát"),
                    ("sample", "Ngày lấy mẫu"), ("result_day", "Ngày dương tính"), ("isolated", "Ngày cách ly"), ("status", "Tình trạng"), ("treatment", "Nơi điều trị")))  # fmt: skip
    sheets.append(lay_out("F0", layout, cases))
    for depth in range(1, DEEPEST + 1):
        rows = [
            _link(made, contact, depth, day)
            for contact in made.contacts
            if near[contact.person].degree == depth and _fresh(contact.reported, day, first)
        ]
        sheets.append(
            lay_out(f"F{depth}", Layout("danh sách F0-F5", _CHAIN, ("TRUNG TÂM Y TẾ QUẬN THANH XUÂN", f"DANH SÁCH F{depth}", "")), rows)
        )
    return Document(
        f"TTYT F0-F5 {day.day}-{day.month}.xlsx", "Trung tâm Y tế quận Thanh Xuân", "danh sách F0-F5", sheets, traps=("several_sheets",)
    )


def _link(made: World, contact: Contact, depth: int, day: date) -> Entry:
    entry = contact_entry(made, contact, day=day, codes={}, turn=depth)
    source = made.people[contact.source]
    link = "TX001" if depth == 1 else f"F{depth - 1} {source.name}, {source.birth.year}, ĐT {source.phone}"
    entry.values |= {"degree": f"F{depth}", "link": link, "form": _FORMS[depth], "isolated": contact.reported}
    return entry


def _suspected(made: World, suspect: Suspect) -> Entry:
    values = person_values(suspect.person) | {"status": "Nghi ngờ", "sample": suspect.reported, "treatment": "Bệnh viện Đống Đa"}
    entry = Entry("suspected", suspect.person.id, values)
    traps.lay(entry, "suspected_case")
    return entry


def _laboratory(made: World, day: date, first: bool) -> Document:
    tubes = [sample for sample in made.samples if (sample.taken <= day if first else day in (sample.taken, sample.result_day))]
    layout = replace(SINGLE_SAMPLES, titles=("TRUNG TÂM Y TẾ QUẬN THANH XUÂN", "KẾT QUẢ XÉT NGHIỆM", ""), dates="dd/mm/yyyy")
    sheet = lay_out("XN", layout, [sample_entry(sample, made, day=day) for sample in tubes])
    return Document(f"TTYT XN {day.day}-{day.month}.xlsx", "Trung tâm Y tế quận Thanh Xuân", layout.name, [sheet], traps=("title_rows",))
