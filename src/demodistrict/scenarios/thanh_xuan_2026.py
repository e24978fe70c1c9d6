"""Phường Thanh Xuân in November 2026: dengue by residential group, two-level government, no contacts to trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from demodistrict import traps
from demodistrict.census import Commune
from demodistrict.epidemic import COMMUNITY, DAY, UNKNOWN, Case
from demodistrict.households import population
from demodistrict.laboratory import POSITIVE, Sample
from demodistrict.lists.document import Document
from demodistrict.lists.entries import person_values
from demodistrict.lists.entry import Entry, Layout, columns
from demodistrict.lists.sheet import lay_out
from demodistrict.people import Person
from demodistrict.randomness import Stream, chance, pick, stream
from demodistrict.world import Suspect, World

CUT, LAST_DAY, EPOCH = date(2026, 11, 16), date(2026, 11, 30), date(2026, 10, 1)
# The ward of 1/7/2025 takes the code of the old Thanh Xuân Bắc; its people are drawn from three old wards, its census figures do not exist.
WARD = Commune("00367", "Phường Thanh Xuân", "Thành phố Hà Nội", 0, 0, ())
_OLD_WARDS = ("00367", "00355", "00346")
_GROUPS = 24
_CASES = 61
_FOCUS = (7, 8, 15)
_HOSPITALS = ("Bệnh viện Thanh Nhàn", "Bệnh viện Bạch Mai", "Bệnh viện Đống Đa", "Phòng khám đa khoa tư nhân")
_LEVELS = ("Sốt xuất huyết Dengue", "Sốt xuất huyết Dengue", "Sốt xuất huyết Dengue", "Sốt xuất huyết Dengue có dấu hiệu cảnh báo")
_STATION = columns(
    ("code", "Mã ca"), ("name", "Họ và tên"), ("birth", "Ngày sinh"), ("sex", "Giới tính"), ("identity", "Số định danh cá nhân"), ("phone", "Số điện thoại"),
    ("group", "Tổ dân phố"), ("address", "Địa chỉ"), ("disease", "Chẩn đoán"), ("kind", "Phân loại chẩn đoán"), ("onset", "Ngày khởi phát"), ("admitted", "Ngày nhập viện/khám"),
    ("sample", "Ngày lấy mẫu"), ("test", "Loại xét nghiệm"), ("result", "Kết quả"), ("report", "Ngày báo cáo"), ("hospital", "Cơ sở điều trị"), ("care", "Nội trú/Ngoại trú"),
    ("status", "Tình trạng"), ("discharged", "Ngày ra viện"),
)  # fmt: skip
_SURVEY = columns(
    ("group", "Tổ dân phố"), ("day", "Ngày điều tra"), ("houses", "Số nhà điều tra"), ("positive_houses", "Số nhà có bọ gậy"), ("containers", "Số dụng cụ chứa nước"),
    ("positive_containers", "Số dụng cụ có bọ gậy"), ("mosquitoes", "Số muỗi cái bắt được"), ("house_index", "Chỉ số nhà có bọ gậy (%)"),
)  # fmt: skip


@cache
def world(seed: int) -> World:
    """The world of this seed."""
    rng = stream(seed, "thanh-xuan-2026")
    made = World("thanh-xuan-2026", seed, CUT, LAST_DAY, EPOCH, 16, (WARD,), deepest=0, counts_hamlets=True)
    days = sorted(EPOCH + int(rng.triangular(0, 44, 62)) * DAY for _ in range(_CASES + 22))
    made.cases = [_case(rng, seed, number, day) for number, day in enumerate(days, 1)]
    made.people = {case.person.id: case.person for case in made.cases}
    made.samples = [Sample(f"D{case.number:04d}", (case.person,), case.sample, POSITIVE, case.result, method="NS1") for case in made.cases]
    for turn in range(3):
        person = _resident(rng, seed)
        made.people[person.id] = person
        made.suspects.append(Suspect(person, CUT - turn * DAY, WARD.code, "sốt cao, đau đầu, chưa có kết quả xét nghiệm", "suspected"))
    return made


def _resident(rng: Stream, seed: int) -> Person:
    people = population(pick(rng, _OLD_WARDS), seed=seed)
    person = people.person(int(rng.integers(len(people))))
    group = pick(rng, _FOCUS) if chance(rng, 0.55) else int(rng.integers(1, _GROUPS + 1))
    # Since 1/7/2025 everyone has the twelve-digit number; the old nine-digit card is void.
    return replace(person, commune=WARD.code, place=WARD.name, hamlet=str(group), cmnd="")


def _case(rng: Stream, seed: int, number: int, report: date) -> Case:
    onset = report - int(rng.integers(2, 6)) * DAY
    sample = report - int(rng.integers(0, 2)) * DAY
    return Case(
        number=number, person=_resident(rng, seed), cluster=0, infected=onset - 6 * DAY, onset=onset, sample=sample, result=report, report=report, isolated=sample,
        setting=COMMUNITY, source=UNKNOWN, infector=None, link="", treatment=pick(rng, _HOSPITALS), detected_in=WARD.code, code=f"TX-SXH-{number:03d}",
        discharged=report + int(rng.integers(4, 10)) * DAY,
    )  # fmt: skip


def build(seed: int, day: date) -> tuple[World, list[Document]]:
    """The truth and the files of that day: the health station's list, a clinic's, discharges, the larva survey."""
    made = world(seed)
    first = day == CUT
    cases = [case for case in made.cases if (case.report <= day if first else case.report == day)]
    clinic = [case for case in cases if case.treatment.startswith("Phòng khám")]
    station = [case for case in cases if case not in clinic or case.number % 2]
    documents = [_station(made, station, day, first), _clinic(clinic, day), _survey(made, day)]
    return made, documents if first else [*documents, _discharges(made, day)]


def _entry(case: Case, day: date) -> Entry:
    recovered = case.recovered(day)
    inpatient = case.number % 3 != 0
    values = person_values(case.person) | {
        "code": case.code, "group": f"TDP {case.person.hamlet}", "disease": _LEVELS[case.number % 4], "kind": "Xác định phòng xét nghiệm", "onset": case.onset,
        "admitted": case.sample, "sample": case.sample, "test": "NS1" if case.number % 5 else "MAC-ELISA IgM", "result": "Dương tính", "report": case.report,
        "hospital": case.treatment, "care": "Nội trú" if inpatient else "Ngoại trú", "status": "Khỏi" if recovered else "Đang điều trị",
        "discharged": case.discharged if recovered else None,
    }  # fmt: skip
    return Entry("case", case.person.id, values, facts={"case": case.number, "day": case.report.isoformat()})


def _station(made: World, cases: list[Case], day: date, first: bool) -> Document:
    entries = [_entry(case, day) for case in cases]
    rng = stream(made.seed, "station", str(day))
    traps.scatter(
        entries,
        {"year_only": 3, "phone_lost_zero": 3, "ten_digit_id": 2, "capitals_without_accents": 2} if first else {},
        people=made.people,
        rng=rng,
    )
    for suspect in made.suspects:
        if suspect.reported <= day if first else suspect.reported == day:
            entries.append(_suspected(suspect))
    titles = (
        "TRẠM Y TẾ PHƯỜNG THANH XUÂN",
        "DANH SÁCH CA BỆNH SỐT XUẤT HUYẾT DENGUE",
        f"(Từ 1/10/2026 đến 16h00 ngày {day.day}/{day.month}/{day.year})",
        "",
    )
    layout = Layout("trạm y tế phường, mục theo tổ dân phố", _STATION, titles, sections="group", subtotals=True, total=True)
    name = f"TYT Thanh Xuan SXH {day.day}-{day.month}.xlsx"
    return Document(
        name,
        "Trạm Y tế phường Thanh Xuân",
        layout.name,
        [lay_out("SXHD", layout, entries)],
        traps=("title_rows", "section_rows", "totals_row"),
    )


def _suspected(suspect: Suspect) -> Entry:
    values = person_values(suspect.person) | {
        "group": f"TDP {suspect.person.hamlet}",
        "disease": "Nghi sốt xuất huyết Dengue",
        "kind": "Lâm sàng",
        "report": suspect.reported,
    }
    entry = Entry("suspected", suspect.person.id, values | {"result": "Chờ kết quả", "status": "Nghi ngờ"})
    traps.lay(entry, "suspected_case")
    return entry


def _clinic(cases: list[Case], day: date) -> Document:
    """The private clinic's own list; every second of its cases the station lists too."""
    entries = [_entry(case, day) for case in cases]
    for entry, case in zip(entries, cases, strict=True):
        if case.number % 2:
            traps.lay(entry, "true_duplicate")
    layout = Layout("phòng khám, CSV", tuple(column for column in _STATION if column.value != "code"), dates="iso", numbered=False)
    name = f"Phong kham {day.day}-{day.month}.csv"
    return Document(
        name, "Phòng khám đa khoa tư nhân", layout.name, [lay_out("pk", layout, entries)], "utf-8-sig", ",", traps=("utf8_bom", "iso_date")
    )


def _discharges(made: World, day: date) -> Document:
    entries = [_entry(case, day) for case in made.cases if case.discharged == day and case.report <= day]
    for entry in entries:
        entry.kind = "discharge"
    layout = Layout("ra viện", _STATION)
    return Document(
        f"Ra vien SXH {day.day}-{day.month}.xlsx", "Trạm Y tế phường Thanh Xuân", layout.name, [lay_out("Ra viện", layout, entries)]
    )


def _survey(made: World, day: date) -> Document:
    """The house index by residential group; no row speaks of a person."""
    rng = stream(made.seed, "survey", str(day))
    entries = [_surveyed(rng, group, day) for group in range(1, _GROUPS + 1) if group % 3 == day.toordinal() % 3 or group in _FOCUS]
    layout = Layout("điều tra bọ gậy", _SURVEY, ("KẾT QUẢ ĐIỀU TRA BỌ GẬY", ""))
    return Document(
        f"Dieu tra bo gay {day.day}-{day.month}.xlsx", "Trạm Y tế phường Thanh Xuân", layout.name, [lay_out("Bọ gậy", layout, entries)]
    )


def _surveyed(rng: Stream, group: int, day: date) -> Entry:
    houses = int(rng.integers(40, 90))
    positive = int(rng.binomial(houses, 0.22 if group in _FOCUS else 0.07))
    containers = houses * int(rng.integers(3, 6))
    values = {"group": f"TDP {group}", "day": day, "houses": houses, "positive_houses": positive, "containers": containers, "positive_containers": positive + int(rng.integers(0, 5)),
              "mosquitoes": int(rng.poisson(6)), "house_index": f"{100 * positive / houses:.1f}".replace(".", ",")}  # fmt: skip
    return Entry("survey", "", values, facts={"houses": houses, "positive_houses": positive})
