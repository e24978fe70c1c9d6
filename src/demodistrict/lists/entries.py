"""What a sender writes of a case, a contact, a sample, a stay or an arrival, before layout and traps."""

from __future__ import annotations

from datetime import date

from demodistrict.census import commune
from demodistrict.contacts import Contact, Exposure
from demodistrict.epidemic import HOUSEHOLD, Case
from demodistrict.laboratory import Sample
from demodistrict.lists.entry import Entry
from demodistrict.people import Person
from demodistrict.quarantine import Stay
from demodistrict.returnees import Returnee
from demodistrict.world import Suspect, World


def person_values(person: Person) -> dict[str, object]:
    """Name, birth, sex, paper, phone and address as written in any list."""
    word = commune(person.commune).hamlet_word if person.commune else ""
    return {
        "name": person.name,
        "sex": person.sex,
        "birth": person.birth,
        "identity": person.identity,
        "phone": person.phone,
        "hamlet": _sentence(f"{word} {person.hamlet}") if person.hamlet else "",
        "commune": person.place,
        "address": _sentence(person.address(word)),
        "occupation": person.occupation,
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def case_entry(world: World, case: Case, *, day: date) -> Entry:
    """A confirmed case with its dates, source and present state."""
    recovered = case.recovered(day)
    values = person_values(case.person) | {
        "code": case.code,
        "bn": f"BN{case.bn}" if case.bn else "",
        "onset": case.onset,
        "symptoms": "Sốt, ho" if case.onset else "Không triệu chứng",
        "sample": case.sample,
        "result_day": case.result,
        "report": case.report,
        "result": "Dương tính",
        "isolated": case.isolated,
        "setting": case.setting.capitalize(),
        "source": f"F1 của {name_case(case.infector, len(case.code) + case.number, day=day)}"
        if case.infector
        else f"{case.source.capitalize()} nguồn lây",
        "status": "Khỏi" if recovered else "Đang điều trị",
        "treatment": case.treatment,
        "discharged": case.discharged if recovered else None,
        "detected_in": commune(case.detected_in).name,
        "age": day.year - case.person.birth.year,
    }
    entry = Entry("case", case.person.id, values, source=case.infector.person.id if case.infector else "")
    entry.facts = {"case": case.number, "day": case.report.isoformat()}
    return entry


def suspect_entry(suspect: Suspect) -> Entry:
    """Somebody reported by the result of a quick test or by symptoms only."""
    values = person_values(suspect.person) | {
        "code": "",
        "report": suspect.reported,
        "age": suspect.reported.year - suspect.person.birth.year,
        "sample": suspect.reported,
        "result": suspect.basis,
        "setting": "Cộng đồng",
        "status": {"refuted": "Loại trừ", "suspected": "Nghi ngờ", "probable": "Nghi ngờ (test nhanh +)"}[suspect.verdict],
        "note": suspect.basis,
        "detected_in": commune(suspect.detected_in).name,
    }
    return Entry(suspect.verdict, suspect.person.id, values)


def name_case(case: Case, turn: int, *, day: date) -> str:
    """A case as others refer to it: by national number in four spellings, or by the commune's code in three."""
    if case.bn and turn % 5 != 4:
        return (f"BN{case.bn}", f"BN {case.bn}", f"BN{case.bn:0>7}", f"NB{case.bn}")[turn % 5]
    letters, digits = case.code.rstrip("0123456789"), case.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (case.code, f"{letters} {int(digits)}", f"{letters}-{int(digits)}")[turn % 3]


def contact_entry(world: World, contact: Contact, *, day: date, codes: dict[str, str], turn: int) -> Entry:
    """A contact as the tracing team writes it, linked to a case by number or to an F1 by code and name."""
    person = world.people[contact.person]
    case = world.case_of(contact.source)
    source = world.people[contact.source]
    if case is not None:
        degree, link = "F1", name_case(case, turn, day=day)
    elif any(suspect.person.id == contact.source for suspect in world.suspects):
        degree, link = "F1", f"ca test nhanh (+) {source.name}"
    else:
        degree, link = "F2", f"{codes.get(contact.source, '')} {source.name}".strip()
    values = person_values(person) | {
        "code": codes.get(contact.person, "") if degree == "F1" else "",
        "degree": degree,
        "link": f"F1 của {link}" if degree == "F1" else f"F2, tiếp xúc F1 {link}",
        "link_short": link,
        "met": contact.day,
        "relation": contact.kind,
        "event": contact.event,
        "isolated": _known(world.isolated.get(contact.person), day) if degree == "F1" else contact.reported,
        "form": "Tập trung" if degree == "F1" else "Tại nhà",
        "reported": contact.reported,
    }
    entry = Entry("contact", contact.person, values, source=contact.source)
    entry.facts = {"met": contact.day.isoformat(), "household": contact.kind == HOUSEHOLD, "reported": contact.reported.isoformat()}
    return entry


def _known(happened: date | None, day: date) -> date | None:
    """What lies ahead of the cut-off is not written."""
    return happened if happened is not None and happened <= day else None


def event_entry(event: Exposure, case: Case, turn: int, *, day: date) -> Entry:
    """An exposure event (mốc dịch tễ)."""
    values = {
        "event": event.id,
        "link": name_case(case, turn, day=day),
        "place": event.place,
        "setting": event.setting,
        "activity": event.activity,
        "day": event.day,
        "from": f"{event.from_hour}h30",
        "to": f"{event.to_hour}g00" if turn % 2 else f"{event.to_hour} giờ",
        "present": event.present,
    }
    return Entry("event", case.person.id, values, facts={"event": event.id})


def sample_entry(sample: Sample, world: World, *, day: date) -> Entry:
    """A tube with the result as known, of one person or of a pool."""
    first = world.people.get(sample.people[0].id, sample.people[0])
    result = sample.known(day)
    case = world.case_of(first.id)
    values = person_values(first) | {
        "tube": sample.code,
        "taken": sample.taken,
        "method": sample.method,
        "round": f"Lần {sample.round}",
        "result": result.capitalize() if result else "Chờ kết quả",
        "result_day": sample.result_day if result else None,
        "ct": sample.ct if result else "",
        "reason": _sampled_as(sample),
        "case": case.code if case and sample.ct and case.report <= day else "",
        "size": len(sample.people),
        "members": "; ".join(f"{world.people.get(each.id, each).name} {each.birth.year}" for each in sample.people),
    }
    entry = Entry("pool" if sample.pooled else "sample", "" if sample.pooled else first.id, values)
    entry.also = [each.id for each in sample.people] if sample.pooled else []
    entry.facts = {"tube": sample.code, "pending": not result}
    return entry


def _sampled_as(sample: Sample) -> str:
    if sample.pooled:
        return "Sàng lọc khu phong tỏa"
    if sample.code.startswith("N"):
        return "Nghi ngờ"
    return "F0" if sample.ct else "F1"


def stay_entry(stay: Stay, world: World, *, day: date) -> Entry:
    """A line of a quarantine site's register."""
    gone = stay.left if stay.left and stay.left <= day else (stay.planned_end if stay.planned_end <= day else None)
    state = "Đang cách ly" if gone is None else ("Chuyển viện" if stay.left and stay.left <= day else "Hoàn thành")
    person = world.people.get(stay.person.id, stay.person)
    values = person_values(person) | {
        "site": stay.site,
        "room": stay.room,
        "entry": stay.entry,
        "end": stay.planned_end,
        "left": gone,
        "state": state,
        "reason": "F1",
        "note": "Chuyển BV điều trị" if state == "Chuyển viện" else "",
    }
    return Entry("stay", person.id, values, facts={"present": stay.present(day)})


def returnee_entry(back: Returnee) -> Entry:
    """A line of the area police's list of arrivals."""
    values = person_values(back.person) | {
        "origin": back.route.origin,
        "vehicle": back.route.vehicle,
        "seat": back.seat,
        "arrived": back.arrived,
        "found": back.found,
        "how": back.how.capitalize(),
        "form": back.form.capitalize(),
        "passport": back.passport,
        "nationality": back.nationality,
    }
    return Entry("returnee", back.person.id, values, facts={"found": back.found.isoformat()})
