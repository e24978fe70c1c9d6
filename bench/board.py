"""The board's figures at a million cases, now and at a past cut-off, on SQLite and on PostgreSQL, beside a bare count of the same rows.

Run with: python -m bench.board [--cases 1000000]. Each database runs in a process of its own, because the settings are read once.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from bench.harness import Comparison, best_of, record, side_by_side
from bench.postgres import newest_binaries, throwaway

DISEASE = "covid-19"
LAST = datetime(2021, 9, 30, 9, tzinfo=UTC)
DAYS, BACK = 150, 60
AT_MOST = 0.5
EVER = datetime(9999, 12, 31, tzinfo=UTC)
GROUPS, ANSWERS, SITES = ("F1", "cordon", "ILI"), ("negative", "negative", "positive"), 60


def main() -> None:
    """Each database in turn."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--inside", default="")
    chosen = options.parse_args()
    if chosen.inside:
        measure(chosen.inside, cases=chosen.cases)
        return
    again = [sys.executable, "-m", "bench.board", "--cases", str(chosen.cases), "--inside"]
    with tempfile.TemporaryDirectory(prefix="bench-board-") as folder:
        subprocess.run([*again, "sqlite"], check=True, env=os.environ | {"TIENPHUONG_VAR": folder, "DATABASE_URL": ""})
        binaries = newest_binaries()
        if binaries is None:
            print("board-postgresql: skipped, PostgreSQL is not installed")
            return
        with throwaway(binaries) as connection:
            # A socket's folder is no host name of a URL: libpq is told by its own variables.
            there = {"DATABASE_URL": "postgresql:///postgres", "PGHOST": connection.info.host, "PGUSER": "bench"}
            subprocess.run([*again, "postgresql"], check=True, env=os.environ | {"TIENPHUONG_VAR": folder} | there)


def measure(name: str, *, cases: int) -> None:
    """Fill one database and time the figures of all of Hà Nội on it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from tienphuong.core.access.viewer import system_viewer
    from tienphuong.core.policy import pack
    from tienphuong.procedures.close_books import rebuild_books
    from tienphuong.registry.areas.services import load_reference_areas
    from tienphuong.registry.models import Area
    from tienphuong.reports.cutoff import cutoff_of
    from tienphuong.reports.figures import figures
    from tienphuong.reports.queries import board

    call_command("migrate", verbosity=0)
    load_reference_areas()
    area = Area.objects.get(code_system="gso-2019", code="01", level="province")
    rules, viewer = pack("vn-2021-07-30"), system_viewer()
    expected = fill(cases, area_path=area.path)
    nights, _ = best_of(lambda: rebuild_books(actor=viewer, at=LAST), runs=1)
    for label, at in (("now", LAST), ("past", LAST - timedelta(days=BACK))):
        cutoff = cutoff_of(at, policy=rules.disease(DISEASE))
        work: Callable[[], Any] = lambda cutoff=cutoff: figures(viewer, area=area, disease=DISEASE, cutoff=cutoff, policy=rules)  # noqa: E731
        ours, found, floor, counted = side_by_side(work, lambda cutoff=cutoff: bare_count(area.path, cutoff.known_at), runs=3)
        assert found.values["cases_total"] == counted == expected(at), (found.values["cases_total"], counted, expected(at))
        page, _, _, _ = side_by_side(lambda at=at: board(viewer, area=area, disease=DISEASE, at=at, policy=rules), lambda: None, runs=1)
        more = {"whole_board": round(page, 3), "all_nights": round(nights, 1), **parts(viewer, area, cutoff, rules), **sizes()}
        tell(f"board-{name}-{label}", at, cases=cases, ours=ours, floor=floor, counted=counted, more=more)


def tell(name: str, at: datetime, *, cases: int, ours: float, floor: float, counted: int, more: dict[str, Any]) -> None:
    """Write one line of the table."""
    record(
        Comparison(
            name=name,
            what=f"every figure of the board as of {at:%Y-%m-%d %H:%M} UTC, {cases:,} cases",
            ours=ours,
            peer_name="bare SQL count of the believed cases",
            peer=floor,
            checked=f"both count {counted:,} cases",
            more={"at_most": AT_MOST, **more},
        )
    )


def parts(viewer: Any, area: Any, cutoff: Any, rules: Any) -> dict[str, float]:
    """What each kind of figure takes of it."""
    from tienphuong.reports.counting.cases import new_cases, new_outcomes, standing
    from tienphuong.reports.counting.contacts import degree_tallies
    from tienphuong.reports.counting.laboratory import sample_tallies
    from tienphuong.reports.counting.scopes import CountScope
    from tienphuong.reports.counting.stays import site_tallies, stay_tallies

    part, disease = CountScope(viewer, area.path, DISEASE, cutoff), rules.disease(DISEASE)
    work: dict[str, Callable[[], Any]] = {
        "of_it_cases": lambda: (standing(part), new_cases(part), new_outcomes(part)),
        "of_it_contacts": lambda: degree_tallies(part, policy=disease),
        "of_it_samples": lambda: sample_tallies(part),
        "of_it_stays": lambda: site_tallies(stay_tallies(part).sites),
    }
    return {name: round(best_of(act, runs=3)[0], 3) for name, act in work.items()}


def bare_count(area_path: str, known_at: datetime) -> int:
    """The least a database must do: count the rows that were believed then."""
    from django.db import connection

    from tienphuong.core.access.rules import next_path

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_casestate WHERE disease = %s AND area_path >= %s AND area_path < %s AND known_from <= %s AND known_to > %s",
            [DISEASE, area_path, next_path(area_path), known_at, known_at],
        )
        return int(cursor.fetchone()[0])


def sizes() -> dict[str, int]:
    """How many rows the tables hold."""
    from tienphuong.core.models import Balance
    from tienphuong.procedures.close_books import COUNTED

    return {model._meta.db_table: model.objects.count() for model in (*COUNTED, Balance)}


@dataclass(frozen=True)
class World:
    """Who was reported when and lives where, and what became of them: all of it by number."""

    reported: Sequence[datetime]
    paths: Sequence[str]
    homes: Sequence[int]

    def path(self, i: int) -> str:
        return self.paths[self.homes[i]]

    def answered(self, i: int) -> datetime | None:
        """The laboratory answers the day after, nineteen times of twenty."""
        over = self.reported[i] + timedelta(days=1)
        return over if i % 20 and over < LAST else None

    def form(self, i: int) -> str:
        return ("central", "home")[i % 8 // 4]

    def site(self, i: int) -> uuid.UUID | None:
        """A commune's people are taken to one of two sites."""
        return number(6, (self.homes[i] + i // 8 % 2) % SITES) if self.form(i) == "central" else None

    @property
    def some(self) -> range:
        """One of four is sampled and quarantined."""
        return range(0, len(self.reported), 4)


def fill(cases: int, *, area_path: str) -> Callable[[datetime], int]:
    """A base of so many cases, most of them with an outcome, a degree each, samples and stays; says how many were reported by a moment."""
    from django.db import connection

    from tienphuong.registry.models import Address, Area, Person

    rng = random.Random(7)
    communes = list(Area.objects.filter(level="commune", code_system="gso-2019", path__startswith=area_path).order_by("path"))
    homes = rng.choices(range(len(communes)), [rng.lognormvariate(0, 1) for _ in communes], k=cases)
    first = LAST - timedelta(days=DAYS)
    reported = [first + timedelta(seconds=rng.randrange(DAYS * 86400)) for _ in range(cases)]
    world = World(reported, [commune.path for commune in communes], homes)
    load(
        Person, ({"id": i + 1, "uid": number(1, i), "area_path": world.path(i), "recorded_at": moment} for i, moment in enumerate(reported))
    )
    load(Address, ({"person_id": i + 1, "kind": "permanent", "raw": f"Thôn {i % 9}", "area_path": world.path(i), "recorded_at": LAST} for i in range(cases) if i % 20))  # fmt: skip
    fill_cases(world, rng)
    fill_samples(world)
    fill_stays(world)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return lambda at: sum(moment <= at for moment in reported)


def fill_cases(world: World, rng: random.Random) -> None:
    """Cases, what was believed of them, and degrees."""
    from tienphuong.cases.models import Case, CaseState
    from tienphuong.tracing.models import DegreeRecord

    told = enumerate(world.reported)
    load(Case, ({"id": number(2, i), "person_id": i + 1, "disease": DISEASE, "recorded_at": moment} for i, moment in told))
    load(CaseState, beliefs(world.reported, world.path, rng))
    load(DegreeRecord, degrees(world.reported, world.path, rng))


def fill_samples(world: World) -> None:
    """Samples, answers, and what they came to."""
    from tienphuong.cases.models import LabResult, Sample, SampleState

    def result(i: int) -> dict[str, Any]:
        return {"id": number(4, i), "sample_id": number(3, i), "reported_at": world.answered(i), "recorded_at": world.answered(i), "result": ANSWERS[i % 3]}  # fmt: skip

    load(Sample, ({"id": number(3, i), "person_id": i + 1, "recorded_at": world.reported[i], **sample(world, i)} for i in world.some))
    load(LabResult, (result(i) for i in world.some if world.answered(i)))
    load(SampleState, answers(world))


def fill_stays(world: World) -> None:
    """Central sites, stays, and how they go."""
    from tienphuong.quarantine.models import Facility, Stay, StayState
    from tienphuong.registry.models import Organisation

    def shared(i: int) -> dict[str, Any]:
        return {
            "disease": DISEASE,
            "form": world.form(i),
            "facility_id": world.site(i),
            "ground": "F1",
            "started_on": world.reported[i].date(),
        }

    load(Organisation, ({"id": number(6, n), "name": f"Khu cách ly số {n}", "name_key": f"khu cach ly so {n}", "kind": "quarantine_site", "recorded_at": LAST} for n in range(SITES)))  # fmt: skip
    load(Facility, ({"organisation_id": number(6, n)} for n in range(SITES)))
    load(Stay, ({"id": number(5, i), "person_id": i + 1, "reported_at": world.reported[i], "recorded_at": world.reported[i], **shared(i)} for i in world.some))  # fmt: skip
    load(StayState, ({"stay_id": number(5, i), "state": "staying", "area_path": world.path(i), "known_from": world.reported[i], "known_to": EVER, **shared(i)} for i in world.some))  # fmt: skip


def beliefs(reported: Sequence[datetime], path: Callable[[int], str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """In treatment from the report on; three of five have an outcome a fortnight later, which closes that belief and opens another."""
    for i, moment in enumerate(reported):
        shared = {
            "case_id": number(2, i), "disease": DISEASE, "area_path": path(i), "classification": "confirmed",
            "detection_setting": rng.choice(("community", "quarantine_facility", "cordon")), "source_status": "known",
            "detected_on": moment.date(), "onset_on": moment.date() - timedelta(days=2), "classified_at": moment,
        }  # fmt: skip
        over = moment + timedelta(days=14)
        ends = i % 5 < 3 and over < LAST
        yield shared | {"known_from": moment, "known_to": over if ends else EVER, "outcome": "in_treatment", "outcome_at": moment}
        if ends:
            yield shared | {"known_from": over, "known_to": EVER, "outcome": "recovered" if i % 50 else "died", "outcome_at": over}


def sample(world: World, i: int) -> dict[str, Any]:
    """What a sample and what is believed of it have in common."""
    moment = world.reported[i]
    return {"disease": DISEASE, "reported_at": moment, "taken_on": moment.date(), "target_group": GROUPS[i % 3], "area_path": world.path(i)}


def answers(world: World) -> Iterator[dict[str, Any]]:
    """A sample waits until it is answered."""
    for i in world.some:
        shared = {"sample_id": number(3, i), **sample(world, i)}
        over = world.answered(i)
        yield shared | {"known_from": world.reported[i], "known_to": over or EVER, "answer": "pending"}
        if over:
            yield shared | {"known_from": over, "known_to": EVER, "answer": ANSWERS[i % 3], "answered_at": over}


def degrees(reported: Sequence[datetime], path: Callable[[int], str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Half of the people are F0, three in ten F1, two in ten F2."""
    for i, moment in enumerate(reported):
        degree = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2)[rng.randrange(10)]
        yield {
            "person_id": i + 1, "disease": DISEASE, "degree": degree, "known_from": moment, "known_to": EVER, "reported_at": moment,
            "last_exposure": moment - timedelta(days=3), "steps": "[]", "cause": "confirmed", "area_path": path(i),
        }  # fmt: skip


def number(kind: int, i: int) -> uuid.UUID:
    """A steady id."""
    return uuid.UUID(int=(kind << 64) | i)


def load(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows into a table as fast as the database takes them; a column not given is empty."""
    from django.db import connection

    blank = {f.column: _unsaid(f) for f in model._meta.concrete_fields}
    if blank.get("id", "") is None and model._meta.pk.get_internal_type() == "BigAutoField" and model._meta.db_table != "registry_person":
        del blank["id"]
    columns, table = list(blank), model._meta.db_table
    tuples = ([(blank | row)[column] for column in columns] for row in rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for values in tuples:
                copy.write_row(values)
        return
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.ensure_connection()
    raw = connection.connection
    indexes = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", [table]
    ).fetchall()
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA foreign_keys=OFF")
    # An index built at the end is sorted once; one kept up row by row is rewritten a million times.
    for name, _ in indexes:
        raw.execute(f"DROP INDEX {name}")
    raw.execute("BEGIN")
    while chunk := list(islice(tuples, 100_000)):
        raw.executemany(insert, [[_stored(value) for value in values] for values in chunk])
    raw.execute("COMMIT")
    for _, statement in indexes:
        raw.execute(statement)
    raw.execute("PRAGMA synchronous=NORMAL")


def _unsaid(column: Any) -> Any:
    """What a column holds when a row does not give it."""
    if column.has_default() and not callable(column.default):
        return column.default
    return "" if column.get_internal_type() == "CharField" else None


def _stored(value: Any) -> Any:
    """As Django keeps it in SQLite."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    main()
