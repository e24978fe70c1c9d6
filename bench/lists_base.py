"""A base of so many cases, three contacts a case and whoever else lives there, written in bulk with names and search keys.

It is made once and kept under TIENPHUONG_VAR (or in the database that DATABASE_URL names); the scenario's clock holds its mark.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bench.board import DISEASE, EVER, LAST, World, fill_samples, fill_stays, load, number
from bench.population import FAMILIES

PEOPLE_A_CASE, CONTACTS_A_CASE = 8.5, 3
GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai", "Minh", "Nam", "Nga", "Ngọc", "Nhung", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thu", "Trang", "Tuấn"]  # fmt: skip
MIDDLE = ["Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Quang", "Hữu", "Xuân", "Thu", "Kim", "Bảo", "Gia", "Hồng", "Anh", "Đình"]
SETTINGS = ("community", "quarantine_facility", "cordon")


def prepared(cases: int) -> str:
    """Makes the base if it is not there; the path of the city its communes are of."""
    from django.core.management import call_command

    from tienphuong.core import clock
    from tienphuong.core.access.viewer import system_viewer
    from tienphuong.procedures.close_books import rebuild_books
    from tienphuong.registry.areas.services import load_reference_areas
    from tienphuong.registry.models import Area

    call_command("migrate", verbosity=0)
    mark = f"bench-lists-{cases}"
    if clock.scenario() != mark:
        load_reference_areas()
        fill(cases)
        rebuild_books(actor=system_viewer(), at=LAST)
        clock.set_scenario(stands_at=LAST, scenario=mark)
    return str(Area.objects.get(code_system="gso-2019", code="01", level="province").path)


def fill(cases: int) -> None:
    """Every table that a list reads."""
    from django.db import connection

    from tienphuong.registry.models import Area

    city = Area.objects.get(code_system="gso-2019", code="01", level="province")
    communes = list(Area.objects.filter(level="commune", code_system="gso-2019", path__startswith=city.path).order_by("path"))
    rng = random.Random(7)
    homes = rng.choices(range(len(communes)), [rng.lognormvariate(0, 1) for _ in communes], k=cases)
    first = LAST - timedelta(days=150)
    world = World([first + timedelta(seconds=rng.randrange(150 * 86400)) for _ in range(cases)], [c.path for c in communes], homes)
    _people(world, [commune.pk for commune in communes], rng)
    _cases(world, [commune.pk for commune in communes], rng)
    _contacts(world, rng)
    fill_samples(world)
    fill_stays(world)
    _others(world)
    with connection.cursor() as cursor:
        # A post never asks SQLite to count its values, and plans without.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")


def names(rng: random.Random) -> list[dict[str, Any]]:
    """Some ten thousand names with the keys they are searched and sorted by."""
    from tienphuong.core.text.collate import sort_key
    from tienphuong.core.text.fold import fold, loose_key

    families = rng.choices(list(FAMILIES), list(FAMILIES.values()), k=12_000)
    written = sorted({f"{family} {rng.choice(MIDDLE)} {rng.choice(GIVEN)} {rng.choice(GIVEN)}" for family in families})
    return [{"full_name": name, "name_key": fold(name), "loose_key": loose_key(name), "sort_key": sort_key(name)} for name in written]


def _people(world: World, areas: list[int], rng: random.Random) -> None:
    """Cases first, then their contacts, then whoever else; households of four."""
    from tienphuong.registry.models import Address, Household, Person, Phone

    cases = len(world.reported)
    people, known = int(cases * PEOPLE_A_CASE), names(rng)

    def home(i: int) -> int:
        return world.homes[i % cases]

    def household(i: int) -> dict[str, Any]:
        place = {"area_id": areas[home(i)], "area_path": world.paths[home(i)], "hamlet": f"Thôn {i % 9}"}
        return {"id": number(7, i), "code": f"H{i}", "address": f"Số {i % 300}", "recorded_at": LAST, **place}

    def person(i: int) -> dict[str, Any]:
        born = 1930 + i % 90
        life = {"birth_year": born, "birth_date": date(born, 1 + i % 12, 1 + i % 28), "birth_precision": "day", "sex": "MF"[i % 2]}
        place = {"area_id": areas[home(i)], "area_path": world.paths[home(i)], "recorded_at": world.reported[i % cases], "filled": "{}"}
        roof = {"household_id": number(7, i % cases)} if i < cases * 4 else {}
        return {"id": i + 1, "uid": number(1, i), **known[(i * 7919) % len(known)], **life, **place, **roof}

    load(Household, (household(i) for i in range(cases)))
    load(Person, (person(i) for i in range(people)))
    load(Address, ({"person_id": i + 1, "kind": "permanent", "raw": f"Thôn {i % 9}", "area_path": world.paths[home(i)], "recorded_at": LAST} for i in range(cases) if i % 20))  # fmt: skip
    load(Phone, ({"person_id": i + 1, "number": f"09{i:08d}", "recorded_at": LAST} for i in range(0, cases * 4, 2)))


def _cases(world: World, areas: list[int], rng: random.Random) -> None:
    """Cases with a number each, and what was believed of them; one in fifty without a day, one in forty not confirmed."""
    from tienphuong.cases.models import Case, CaseAlias, CaseState

    told = list(enumerate(world.reported))
    load(Case, ({"id": number(2, i), "person_id": i + 1, "disease": DISEASE, "recorded_at": moment} for i, moment in told))
    load(CaseAlias, ({"case_id": number(2, i), "kind": "local", "text": f"HN{i}", "key": f"HN-{i}", "recorded_at": m} for i, m in told))
    load(CaseState, _beliefs(world, areas, rng))


def _beliefs(world: World, areas: list[int], rng: random.Random) -> Iterator[dict[str, Any]]:
    """In treatment from the report on; three of five have an outcome a fortnight later, which closes that belief and opens another."""
    for i, moment in enumerate(world.reported):
        days = {"detected_on": moment.date(), "onset_on": moment.date() - timedelta(days=2), "classified_at": moment} if i % 50 else {}
        shared = {
            "case_id": number(2, i), "disease": DISEASE, "area_path": world.path(i), "area_id": areas[world.homes[i]],
            "classification": "confirmed" if i % 40 else ("suspected", "probable", "refuted")[i % 3],
            "detection_setting": rng.choice(SETTINGS), "source_status": "known", **days,
        }  # fmt: skip
        over = moment + timedelta(days=14)
        ends = i % 5 < 3 and over < LAST
        yield shared | {"known_from": moment, "known_to": over if ends else EVER, "outcome": "in_treatment", "outcome_at": moment}
        if ends:
            yield shared | {"known_from": over, "known_to": EVER, "outcome": "recovered" if i % 50 else "died", "outcome_at": over}


def _contacts(world: World, rng: random.Random) -> None:
    """Each case names three people, two at first hand and one at second; most were met long ago."""
    from tienphuong.tracing.models import Contact, DegreeRecord, FollowUp

    cases = len(world.reported)
    told = range(cases * CONTACTS_A_CASE)

    def meeting(i: int) -> dict[str, Any]:
        at = world.reported[i % cases]
        minute = int((at - timedelta(days=3)).timestamp() // 60)
        people = {"source_id": i % cases + 1, "person_id": cases + i + 1, "kind": "household"}
        return {"id": number(8, i), "disease": DISEASE, "reported_at": at, "recorded_at": at, "first_minute": minute, "last_minute": minute, **people}  # fmt: skip

    def degree(i: int) -> dict[str, Any]:
        at = world.reported[i % cases]
        place = {"area_path": world.path(i % cases), "via_contact_id": number(8, i), "via_person_id": i % cases + 1}
        last = at - timedelta(days=3) if i % 100 else None
        known = {"known_from": at, "known_to": EVER, "reported_at": at, "last_exposure": last, "steps": "[]", "cause": "late_contact"}
        return {"person_id": cases + i + 1, "disease": DISEASE, "degree": 1 + (i >= cases * 2), **place, **known}

    load(Contact, map(meeting, told))
    load(DegreeRecord, map(degree, told))
    load(DegreeRecord, _own(world))
    recent = [i for i in told if world.reported[i % cases] > LAST - timedelta(days=17) and i % 3 == 0]
    load(FollowUp, ({"id": number(9, i), "person_id": cases + i + 1, "disease": DISEASE, "day": LAST.date(), "state": "done" if i % 2 else "unreachable", "number": 1, "reported_at": LAST, "recorded_at": LAST - timedelta(hours=2)} for i in recent))  # fmt: skip


def _own(world: World) -> Iterator[dict[str, Any]]:
    """The cases themselves stand at degree 0."""
    for i, at in enumerate(world.reported):
        known = {"known_from": at, "known_to": EVER, "reported_at": at, "steps": "[]", "cause": "confirmed"}
        yield {"person_id": i + 1, "disease": DISEASE, "degree": 0, "area_path": world.path(i), **known}


def _others(world: World) -> None:
    """People come from elsewhere, one for twenty cases."""
    from tienphuong.tracing.models import Arrival

    cases = len(world.reported)

    def arrival(i: int) -> dict[str, Any]:
        at: datetime = world.reported[i]
        place = {"from_place": "TP. Hồ Chí Minh", "from_abroad": False, "area_path": world.path(i), "arrived_on": at.date()}
        return {"id": number(10, i), "person_id": cases * 4 + i // 20 + 1, "disease": DISEASE, "reported_at": at, "recorded_at": at, **place}  # fmt: skip

    load(Arrival, (arrival(i) for i in range(0, cases, 20)))
