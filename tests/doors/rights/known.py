"""A post with known people in three areas, recorded by procedures and by files: what of whom may stand in which answer is known beforehand."""

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tienphuong.cases.entries import AliasEntry, CaseEntry
from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models import Appointment, Purge, User
from tienphuong.forecast.models import Forecast
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.subjects import ask_correction
from tienphuong.procedures.decide_match import declare_same
from tienphuong.procedures.freeze_report import freeze_report
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.procedures.refer_contact import refer_contact
from tienphuong.procedures.register_arrivals import register_arrivals
from tienphuong.procedures.register_cases import register_cases
from tienphuong.procedures.register_contacts import register_contacts
from tienphuong.procedures.register_stays import register_stays
from tienphuong.quarantine.entries import StayEntry
from tienphuong.registry.entries import AddressEntry, IdentifierEntry, PersonEntry, PhoneEntry
from tienphuong.registry.models import Household, Person
from tienphuong.registry.services.identities import propose
from tienphuong.registry.services.people import enrol
from tienphuong.tracing.entries import ArrivalEntry, ContactEntry, FollowUpEntry

DISEASE = "covid-19"
AT = datetime(2021, 8, 24, 9, tzinfo=UTC)
HOMES = {"here": "00682", "there": "00640", "beyond": "00343"}
"""The officer's own commune, another one of the same district, and one of another district."""
SEATS = {"commune": "00682", "district": "020", "elsewhere": "009"}
"""Where officers are appointed: the own commune, its district, and the other district."""
WITHIN = {"commune": {"here"}, "district": {"here", "there"}, "elsewhere": {"beyond"}}
FAMILY = {"here": "Quách", "there": "Khuất", "beyond": "Nghiêm"}
GIVEN = (
    "Bảo Trinh",
    "Cẩm Ly",
    "Diễm Quyên",
    "Hoài Sa",
    "Khả Vy",
    "Lệ Thủy",
    "Mộng Cầm",
    "Nhã Uyên",
    "Phi Nhung",
    "Quế Chi",
    "Tố Nga",
    "Uyển My",
)


@dataclass
class Known:
    """One person: every text by which anybody could tell who it is."""

    place: str
    name: str
    paper: str
    phone: str
    address: str
    number: str = ""
    record: Person | None = None
    also: set[str] = field(default_factory=set)
    """Seats that the person was handed to."""
    quoted: set[str] = field(default_factory=set)
    """Places whose own lists name the number of the case."""


@dataclass
class World:
    """Who is in it, and what can be asked for by its id."""

    people: list[Known]
    ids: dict[str, dict[str, list[object]]]
    """What an address names, by the area it belongs to: {"uid": {"here": [...]}}."""
    handed: object
    asked: set = field(default_factory=set)
    costly: set = field(default_factory=set)


def build(areas, policy) -> World:
    """The people, their cases, contacts, samples, stays, checks, doubts, hand-overs, files, reports."""
    post, people, ids = system_viewer(), _people(), {}
    _enrol(people, areas)
    _tell(people, areas, policy, actor=post)
    _doubt(people, areas, policy, actor=post, ids=ids)
    _files(people, areas, policy, actor=post, ids=ids)
    _papers(areas, policy, ids=ids)
    asked = {
        place: ask_correction(of(people, place)[1].record.uid, f"tên đúng là {of(people, place)[1].name}", actor=post, at=AT)
        for place in HOMES
    }
    ids["request_id"] = {place: [one.pk] for place, one in asked.items()}
    own = {place: of(people, place) for place in HOMES}
    # a case, a contact over the border, one handed over, one merged
    ids["uid"] = {place: [own[place][n].record.uid for n in ((0, 5, 6, 7) if place == "here" else (1, 6))] for place in HOMES}
    return World(people, ids, own["here"][6].record.uid)


def seat(role: Role, where: str, areas) -> User:
    """An officer with one role at one seat."""
    user = User.objects.create_user(f"{role}-{where}", None, full_name=f"Cán bộ {role} {where}")
    area = areas[SEATS[where]]
    Appointment.objects.create(user=user, role=role, area_path=area.path, area_name=area.full_name, valid_from=date(2020, 1, 1))
    return user


def _people() -> list[Known]:
    found = []
    for p, place in enumerate(HOMES):
        for i, given in enumerate(GIVEN):
            own = f"{p + 1}{i:02d}"
            found.append(
                Known(place, f"{FAMILY[place]} {given}", f"001090{own}757", f"09877{own}41", f"Ngách {own}/7 phố Tre", f"BN {own}61")
            )
    return found


def of(people: list[Known], place: str) -> list[Known]:
    return [one for one in people if one.place == place]


def _enrol(people: list[Known], areas) -> None:
    entries = []
    for i, one in enumerate(people):
        home = areas[HOMES[one.place]]
        entries.append(
            PersonEntry(
                full_name=one.name, sex="F", birth_year=1950 + i, birth_precision="year",
                identifiers=(IdentifierEntry("cccd", one.paper),), phones=(PhoneEntry(one.phone),),
                addresses=(AddressEntry(one.address, area_id=home.pk, area_path=home.path),),
                area_id=home.pk, area_path=home.path, household_code=f"H-{one.place}",
            )
        )  # fmt: skip
    for one, record in zip(people, enrol(entries, at=AT - timedelta(days=2), by=None), strict=True):
        one.record = record
    for place in HOMES:  # the head of a household is a name too
        Household.objects.filter(code=f"H-{place}").update(head_name=of(people, place)[0].name)


def _tell(people: list[Known], areas, policy, *, actor) -> None:
    reported = AT - timedelta(hours=21)
    ill = [one for place in HOMES for one in of(people, place)[:3]]
    register_cases([(one.record, _case(one)) for one in ill], actor=actor, at=AT - timedelta(hours=20), policy=policy, later=True)
    met = []
    for place, next_place in zip(HOMES, [*list(HOMES)[1:], "here"], strict=True):
        own, others = of(people, place), of(people, next_place)
        # at home, beyond the border to a case, beyond the border to a contact, and the case of the other place itself
        met += [(own[3], own[0]), (own[4], own[3]), (own[5], others[0]), (own[6], others[3]), (own[1], others[1])]
    day = datetime(2021, 8, 20, 3, tzinfo=UTC)
    entries = [
        (a.record, ContactEntry(disease=DISEASE, reported_at=reported, source_person=b.record.pk, first=day, last=day, kind="household"))
        for a, b in met
    ]
    register_contacts(entries, actor=actor, at=AT - timedelta(hours=19), policy=policy)
    waiting = [
        (
            of(people, place)[7].record,
            ContactEntry(disease=DISEASE, reported_at=reported, alias_key="BN-9", original="F1 của BN 9", reported_degree=1),
        )
        for place in HOMES
    ]
    register_contacts(waiting, actor=actor, at=AT - timedelta(hours=18), policy=policy)
    _watch(people, policy, actor=actor)


def _case(one: Known) -> CaseEntry:
    return CaseEntry(
        disease=DISEASE, reported_at=AT - timedelta(hours=30), classification="confirmed", evidence="lab_pcr", onset_on=date(2021, 8, 18),
        detected_on=date(2021, 8, 19), outcome="in_treatment", outcome_at=AT - timedelta(hours=25), cluster=f"Chùm {one.place}",
        residence_area_id=one.record.area_id, residence_area_path=one.record.area_path, note="",
        aliases=(AliasEntry("national", one.number, one.number.replace(" ", "-")),),
    )  # fmt: skip


def _watch(people: list[Known], policy, *, actor) -> None:
    """Stays, arrivals, samples and checks of each place."""
    given = {"actor": actor, "at": AT - timedelta(hours=17), "policy": policy}
    each = [(place, of(people, place)) for place in HOMES]
    stay = {"disease": DISEASE, "reported_at": AT, "form": "central", "ground": "F1", "state": "staying", "started_on": date(2021, 8, 22)}
    register_stays([(own[3].record, StayEntry(place=f"Trường {place}", **stay)) for place, own in each], **given)
    came = ArrivalEntry(disease=DISEASE, reported_at=AT, from_place="Đà Nẵng", transport="ô tô", arrived_on=date(2021, 8, 18))
    register_arrivals([(own[8].record, came) for _, own in each], **given)
    labs = [
        (own[n].record, LabEntry(disease=DISEASE, reported_at=AT - timedelta(hours=9), code=f"{place}-{n}", taken_on=date(2021, 8, 23), target_group="F1", result=r))
        for place, own in each for n, r in ((3, "negative"), (4, ""))
    ]  # fmt: skip
    record_lab_results(labs, **given)
    check = FollowUpEntry(disease=DISEASE, reported_at=AT, day=date(2021, 8, 24), state="done", temperature=Decimal("36.6"))
    record_follow_up([(own[3].record, check) for _, own in each], **given)


def _doubt(people: list[Known], areas, policy, *, actor, ids) -> None:
    """Doubts, merges and hand-overs: inside each place and across its border."""
    own = {place: of(people, place) for place in HOMES}
    across = propose([(own["here"][9].record, own["beyond"][9].record, 0.93, ["cùng số điện thoại"])], at=AT)
    pairs = {place: propose([(o[10].record, o[11].record, 0.92, ["cùng họ tên"])], at=AT) for place, o in own.items()}
    same = {place: propose([(o[7].record, o[8].record, 0.95, ["cùng số định danh"])], at=AT) for place, o in own.items()}
    ids["proposal_id"] = {place: [one.pk for one in found] for place, found in pairs.items()} | {"nobody": [one.pk for one in across]}
    merges = {place: declare_same(found[0], actor=actor, at=AT, policy=policy, reason="cùng người") for place, found in same.items()}
    ids["merge_id"] = {place: [one.pk] for place, one in merges.items()}
    handed = own["here"][6]
    sent = refer_contact(
        handed.record, to=areas[SEATS["elsewhere"]], disease=DISEASE, degree=2, actor=actor, at=AT, policy=policy, reason="ở trọ"
    )
    handed.also = {"elsewhere"}
    ids["referral_id"] = {"beyond": [sent.pk]}


def _files(people: list[Known], areas, policy, *, actor, ids) -> None:
    """One list applied and one only checked for each place: of its own people, with rows to look at again and somebody of the next place."""
    ids["file_id"] = {}
    for place, next_place in zip(HOMES, [*list(HOMES)[1:], "here"], strict=True):
        kept, cause = [], of(people, next_place)[2]
        cause.quoted.add(place)
        for state, part in (("applied", 0), ("checked", 1)):
            content = _list(of(people, place)[part : part + 6], cause=cause.number)
            file = receive_file(
                content, f"F1 {place} {part}.csv", sender=f"Trạm {place}", area=areas[HOMES[place]], disease=DISEASE, actor=actor, at=AT
            )
            check_file(file)
            if state == "applied":
                apply_file(IntakeFile.objects.get(pk=file.pk), actor=actor, at=AT, policy=policy)
            kept.append(file.pk)
        ids["file_id"][place] = kept


def _list(people: list[Known], *, cause: str) -> bytes:
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Điện thoại", "Địa chỉ", "F1 của BN", "Kết quả xét nghiệm"])
    for n, one in enumerate(people, start=1):
        born, result = (one.record.birth_year, "dương tính nhẹ") if n > 1 else ("19x5", "âm tính")
        write.writerow([n, one.name, born, "Nữ", one.paper + ("9" if n == 3 else ""), one.phone, one.address, cause, result])
    return out.getvalue().encode()


def _papers(areas, policy, *, ids) -> None:
    """Frozen reports, a study and a forecast of each seat."""
    cutoff, post = datetime(2021, 8, 24, 9, tzinfo=UTC), system_viewer()
    made = {
        code: freeze_report(areas[code], DISEASE, cutoff, actor=post, at=AT, policy=policy) for code in ("00682", "020", "009", "00343")
    }
    ids["report_id"] = {"here": [made["00682"].pk], "district": [made["020"].pk], "beyond": [made["009"].pk, made["00343"].pk]}
    own = {
        "state": "stopped",
        "study": "",
        "communes": [],
        "replicates": 1,
        "seed": 1,
        "asked_at": AT,
        "asked_by_name": "Lan",
        "title": "Ở nhà",
    }
    for place, code in (("district", "020"), ("beyond", "009")):
        made = Forecast.objects.create(area=areas[code], area_path=areas[code].path, line_list=[], known_at=AT, **own)
        ids.setdefault("forecast_id", {})[place] = [made.pk]
        gone = {"area_path": areas[code].path, "area_name": code, "policy": "vn-2021-07-30", "day": AT.date(), "proposed_at": AT}
        ids.setdefault("purge_id", {})[place] = [Purge.objects.create(state="refused", decided_at=AT, **gone).pk]
