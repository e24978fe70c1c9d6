"""Twenty thousand case rows taken in, with duplicate check, into a base of 45,000 cases and 85,000 contacts; and into one ten times that.

Run:  python -m bench.importing        (the bases are built once under var/bench-importing, 2 GB)
Two floors, both after calamine has read the same file: the rows the import stored are put bare into the same tables, by the driver's
`executemany` (the least the machine could do) and by Django's `bulk_create` of ready-made objects (the least a Django application usually does).
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

VAR = Path(os.environ.get("TIENPHUONG_VAR", "var/bench-importing"))
os.environ["TIENPHUONG_VAR"] = str(VAR.resolve())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402
from bench.harness import Comparison, record  # noqa: E402
from bench.population import Human, Population  # noqa: E402
from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402
from python_calamine import load_workbook  # noqa: E402

from tienphuong.cases.entries import AliasEntry, CaseEntry  # noqa: E402
from tienphuong.cases.models import Case  # noqa: E402
from tienphuong.cases.services.register import Provenance, record_cases  # noqa: E402
from tienphuong.core.access.viewer import system_viewer  # noqa: E402
from tienphuong.core.policy import pack  # noqa: E402
from tienphuong.intake.models import IntakeRow  # noqa: E402
from tienphuong.intake.services.applying import apply_file  # noqa: E402
from tienphuong.intake.services.receive import receive_file  # noqa: E402
from tienphuong.registry.areas.services import load_reference_areas  # noqa: E402
from tienphuong.registry.entries import AddressEntry, IdentifierEntry, PersonEntry, PhoneEntry  # noqa: E402
from tienphuong.registry.models import Area, Person  # noqa: E402
from tienphuong.registry.services.people import enrol  # noqa: E402
from tienphuong.tracing.models import Contact  # noqa: E402
from tienphuong.tracing.moments import minute_of  # noqa: E402

DISEASE, POLICY = "covid-19", "vn-2021-07-30"
BEFORE, NOW = datetime(2021, 8, 23, 9, tzinfo=UTC), datetime(2021, 8, 24, 9, tzinfo=UTC)
KNOWN_SHARE = 0.1
CHUNK = 5_000
HEADER = (
    "STT", "Mã ca", "Mã BN", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD/CMND", "Số điện thoại", "Nơi ở hiện nay", "Ngày khởi phát",
    "Ngày lấy mẫu", "Ngày có kết quả", "Ngày báo cáo", "Ngày cách ly", "Nơi phát hiện", "Nguồn lây", "Tình trạng", "Nơi điều trị", "Ngày ra viện",
)  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=45_000)
    arguments.add_argument("--contacts", type=int, default=85_000)
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--times", type=int, default=10, help="how many times larger the second base is; 0 leaves it out")
    arguments.add_argument("--runs", type=int, default=2)
    chosen = arguments.parse_args()
    ours = beside_the_floor(chosen)
    if chosen.times:
        growth(chosen, ours)


def beside_the_floor(chosen: argparse.Namespace) -> Taken:
    """The import into the small base, beside the least it must do."""
    ours, floor = Bench(chosen.cases, chosen.contacts, rows=chosen.rows).measure(runs=chosen.runs)
    more = {
        "rows": chosen.rows,
        "cases": chosen.cases,
        "contacts": chosen.contacts,
        "stored": floor.stored,
        "times_the_floor": round(ours.total / floor.total, 2),
        "read_floor_s": round(floor.read, 2),
        "insert_floor_s": round(floor.insert, 2),
        "ours_cpu_s": round(ours.cpu, 2),
        "floor_cpu_s": round(floor.cpu, 2),
        "cpu_times_the_floor": round(ours.cpu / floor.cpu, 2) if floor.cpu else 0,
    }
    more |= {f"{step}_s": round(seconds, 2) for step, seconds in ours.steps.items()}
    what = f"{chosen.rows} case rows, duplicates checked, into {chosen.cases} cases"
    record(Comparison("importing-floor", what, ours.total, "calamine + bare insert", floor.total, ours.checked, more=more))
    usual = floor.read + floor.bulk_create
    times = {"times_the_floor": round(ours.total / usual, 2), "bulk_create_floor_s": round(floor.bulk_create, 2)}
    record(Comparison("importing-bulk-create", what, ours.total, "calamine + bulk_create", usual, ours.checked, more=more | times))
    return ours


def growth(chosen: argparse.Namespace, ours: Taken) -> None:
    """What a row costs in the large base, beside what it costs in the small one."""
    cases = chosen.cases * chosen.times
    theirs, _ = Bench(cases, chosen.contacts * chosen.times, rows=chosen.rows).measure(runs=1, floor=False)
    per_row, before = theirs.total / chosen.rows * 1e3, ours.total / chosen.rows * 1e3
    more: dict[str, float | int | str] = {"cases": cases, "times_the_small_base": round(per_row / before, 2)}
    more |= {f"{step}_s": round(seconds, 2) for step, seconds in theirs.steps.items()}
    peer = f"one row into {chosen.cases} cases"
    record(Comparison("importing-growth", f"one row into {cases} cases", per_row, peer, before, theirs.checked, unit="ms", more=more))


class Taken:
    """How long our import took, step by step, the processor time in it, and what it was checked against."""

    def __init__(self, steps: dict[str, float], cpu: float, checked: str) -> None:
        self.steps, self.cpu, self.checked = steps, cpu, checked
        self.total = sum(steps.values())


class Floor:
    """How long reading and bare inserting took, and the processor time in both."""

    def __init__(self, read: float = 0, insert: float = 0, cpu: float = 0, stored: int = 0, bulk_create: float = 0) -> None:
        self.read, self.insert, self.cpu, self.stored, self.bulk_create = read, insert, cpu, stored, bulk_create
        self.total = read + insert


class Bench:
    """One base and the file that comes into it."""

    def __init__(self, cases: int, contacts: int, *, rows: int) -> None:
        self.cases, self.contacts, self.rows = cases, contacts, rows
        VAR.mkdir(parents=True, exist_ok=True)
        self.live = Path(connection.settings_dict["NAME"])
        self.base = VAR / f"base-{cases}-{_schema()}.sqlite3"
        self.known = int(rows * KNOWN_SHARE)
        everybody = Population(cases + rows, seed=11).humans
        self.old, self.new = everybody[:cases], everybody[cases : cases + rows]
        self._build()
        self.file = VAR / f"list-{cases}.xlsx"
        _write_list(self.file, [*random.Random(5).sample(self.old, self.known), *self.new[: rows - self.known]])

    def measure(self, *, runs: int, floor: bool = True) -> tuple[Taken, Floor]:
        """The best of several runs of both, in turn."""
        found: list[tuple[Taken, Floor]] = []
        for _ in range(runs):
            connection.close()
            taken = _apart(self._ours)
            found.append((taken, self._floor() if floor else Floor()))
        return min((one for one, _ in found), key=lambda one: one.total), min((other for _, other in found), key=lambda other: other.total)

    def _ours(self) -> Taken:
        self._restore()
        actor, area, before = system_viewer(), Area.objects.get(code="020", code_system="gso-2019"), Person.objects.count()
        steps: dict[str, float] = {}
        start, used = time.perf_counter(), _cpu()
        file = receive_file(self.file, self.file.name, sender="TTYT", area=area, disease=DISEASE, actor=actor, at=NOW)
        steps["receive"], start = time.perf_counter() - start, time.perf_counter()
        apply_file(file, actor=actor, at=NOW, policy=pack(POLICY))
        steps["apply"] = time.perf_counter() - start
        used = _cpu() - used
        enrolled, cases = Person.objects.count() - before, Case.objects.count()
        doubts = IntakeRow.objects.filter(sheet__file=file, verdict="duplicate").count()
        assert abs(enrolled - (self.rows - self.known)) <= doubts, (enrolled, doubts)
        return Taken(
            steps, used, f"{enrolled} enrolled of {self.rows - self.known} new, {self.known} known before, {doubts} doubts; {cases} cases"
        )

    def _floor(self) -> Floor:
        """What the import stored, put bare into a fresh copy of the base; beliefs that replaced one of the base stand beside it there, and are left out."""
        connection.close()
        rows = _stored(self.live, self.base)
        objects = _objects(rows)
        self._restore()
        start = time.perf_counter()
        with transaction.atomic():
            for model, made in objects.items():
                model.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
        bulk_create = time.perf_counter() - start
        self._restore()
        connection.close()
        start, used = time.perf_counter(), _cpu()
        for sheet in (book := load_workbook(str(self.file))).sheet_names:
            book.get_sheet_by_name(sheet).to_python()
        read, used = time.perf_counter() - start, _cpu() - used
        with closing(sqlite3.connect(self.live)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute("PRAGMA cache_size=-64000")
            start, before = time.perf_counter(), _cpu()
            with database:
                for table, lines in rows.items():
                    database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(lines[0]))})", lines)
            insert, used = time.perf_counter() - start, used + _cpu() - before
        return Floor(read, insert, used, sum(map(len, rows.values())), bulk_create)

    def _restore(self) -> None:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.live}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.base, self.live)

    def _build(self) -> None:
        """The base, through the product's own services, once."""
        if self.base.exists():
            return
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.live}{suffix}").unlink(missing_ok=True)
        call_command("migrate", verbosity=0)
        load_reference_areas()
        areas = _communes()
        for start in range(0, len(self.old), CHUNK):
            part = self.old[start : start + CHUNK]
            with transaction.atomic():
                people = enrol([_entry(human, areas) for human in part], at=BEFORE, by=None)
                record_cases(
                    [(person, _case(human, person)) for person, human in zip(people, part, strict=True)],
                    stamp=Provenance(BEFORE, None, POLICY),
                )
        _contacts(self.contacts)
        connection.close()
        with closing(sqlite3.connect(self.live)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("ANALYZE")
        shutil.move(self.live, self.base)


def _apart(work: Callable[[], Taken]) -> Taken:
    """Work done in a process of its own: what one run has read once is read again by the next, as a post reads a file it never saw."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=lambda: theirs.send(work()))
    process.start()
    theirs.close()
    taken: Taken = mine.recv()
    process.join()
    return taken


def _cpu() -> float:
    """Seconds of processor this process and the children it waited for have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _schema() -> str:
    """A short name of the tables' present shape: a base of another shape is built anew."""
    written = sorted(Path("src/tienphuong").glob("*/migrations/0*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in written)).hexdigest()[:8]


def _stored(after: Path, before: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows an import added, by table."""
    with closing(sqlite3.connect(after)) as database:
        database.execute("ATTACH ? AS base", (str(before),))
        tables = [
            name for (name,) in database.execute("SELECT name FROM main.sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%'")
        ]
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in tables:
            key = next((name for _, name, _, _, _, position in database.execute(f"PRAGMA main.table_info({table})") if position), "rowid")
            rows = database.execute(f"SELECT * FROM main.{table} WHERE {key} NOT IN (SELECT {key} FROM base.{table})").fetchall()
            if rows:
                found[table] = rows
    return found


def _objects(rows: dict[str, list[tuple[object, ...]]]) -> dict[type[Model], list[Model]]:
    """The stored rows as objects of their models, read back before the clock starts."""
    made: dict[type[Model], list[Model]] = {}
    for model in apps.get_models():
        if rows.get(model._meta.db_table):
            table, key = model._meta.db_table, model._meta.pk.column
            columns = [each.name for each in connection.introspection.get_table_description(connection.cursor(), table)]
            place = columns.index(key)
            wanted = {str(line[place]) for line in rows[table]}
            made[model] = [one for one in model.objects.iterator() if str(getattr(one.pk, "hex", one.pk)) in wanted]
    return made


def _communes() -> list[Area]:
    return list(Area.objects.filter(code_system="gso-2019", level="commune").order_by("code"))


def _entry(human: Human, areas: list[Area]) -> PersonEntry:
    area = areas[human.commune % len(areas)]
    return PersonEntry(
        full_name=human.name,
        sex=human.sex,
        birth_year=human.born.year,
        birth_date=human.born,
        birth_precision="day",
        identifiers=(IdentifierEntry("cccd" if len(human.paper) == 12 else "cmnd", human.paper),) if human.paper else (),
        phones=(PhoneEntry(human.phone),) if human.phone else (),
        addresses=(AddressEntry(_address(human, areas), hamlet=f"thôn {human.hamlet}", area_id=area.pk, area_path=area.path),),
        area_id=area.pk,
        area_path=area.path,
    )


def _case(human: Human, person: Person) -> CaseEntry:
    day = date(2021, 6, 1) + timedelta(days=human.who % 80)
    aliases = (AliasEntry("national", f"BN{100000 + human.who}", f"BN-{100000 + human.who}"),)
    return CaseEntry(
        DISEASE, BEFORE, classification="confirmed", onset_on=day, detected_on=day, outcome="in_treatment",
        residence_area_id=person.area_id, residence_area_path=person.area_path, aliases=aliases,
    )  # fmt: skip


def _contacts(number: int) -> None:
    """Contacts between people of the base, over three months."""
    chance = random.Random(3)
    lowest, highest = (
        Person.objects.order_by("pk").values_list("pk", flat=True)[0],
        Person.objects.order_by("-pk").values_list("pk", flat=True)[0],
    )
    start = minute_of(datetime(2021, 6, 1, tzinfo=UTC), unknown=0)

    def made() -> Iterator[Contact]:
        for _ in range(number):
            source = chance.randint(lowest, highest - 1)
            day = start + 1440 * chance.randint(0, 80)
            yield Contact(disease=DISEASE, source_id=source, person_id=chance.randint(source + 1, highest), kind="direct", first_minute=day, last_minute=day + 1439, reported_at=BEFORE, recorded_at=BEFORE)  # fmt: skip

    with transaction.atomic():
        Contact.objects.bulk_create(made(), batch_size=2000)


def _address(human: Human, areas: list[Area]) -> str:
    area = areas[human.commune % len(areas)]
    return f"Thôn {human.hamlet}, {area.full_name}"


def _write_list(path: Path, people: list[Human]) -> None:
    """The list as a district's clerk keeps it."""
    areas = _communes_of_file()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Ca bệnh")
    page.write_row(0, 0, HEADER)
    for number, human in enumerate(people, 1):
        day = date(2021, 8, 1) + timedelta(days=human.who % 22)
        days = [day, day + timedelta(days=1), day + timedelta(days=2), day + timedelta(days=2), day + timedelta(days=1)]
        values = [
            str(number), f"TT{human.who}", f"BN{100000 + human.who}", human.name, f"{human.born:%d/%m/%Y}", "Nam" if human.sex == "M" else "Nữ", human.paper,
            human.phone, _address(human, areas), *(f"{one:%d/%m/%Y}" for one in days), "Cộng đồng", "Chưa rõ nguồn lây", "Đang điều trị", "Bệnh viện Đức Giang", "",
        ]  # fmt: skip
        page.write_row(number, 0, values)
    book.close()


def _communes_of_file() -> list[Area]:
    """The communes, from whatever base is live; none is needed to be."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    if not Area.objects.exists():
        load_reference_areas()
    return _communes()


if __name__ == "__main__":
    main()
