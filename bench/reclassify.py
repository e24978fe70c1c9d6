"""One confirmation among a million people and ten million contacts: its neighbourhood re-classified, database writes included.

Run:  python -m bench.reclassify        (some minutes: the base is built once under var/bench-reclassify, 3 GB)
The floor is the bare reading of the same contacts by the same index, without an answer.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

VAR = Path(os.environ.get("TIENPHUONG_VAR", "var/bench-reclassify"))
os.environ["TIENPHUONG_VAR"] = str(VAR.resolve())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")

import django  # noqa: E402

django.setup()

from bench.harness import Comparison, record  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from tienphuong.cases.entries import CaseEntry  # noqa: E402
from tienphuong.core.access.viewer import system_viewer  # noqa: E402
from tienphuong.core.policy import pack  # noqa: E402
from tienphuong.procedures.register_cases import register_cases  # noqa: E402
from tienphuong.registry.models import Person  # noqa: E402
from tienphuong.tracing.models import Contact, DegreeRecord  # noqa: E402
from tienphuong.tracing.services.inputs import links_of  # noqa: E402

DISEASE = "covid-19"
NOW = datetime(2021, 8, 24, 9, tzinfo=UTC)
DAY = 24 * 60


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=1_000_000)
    arguments.add_argument("--contacts", type=int, default=10_000_000)
    arguments.add_argument("--confirmations", type=int, default=30)
    chosen = arguments.parse_args()
    call_command("migrate", verbosity=0)
    build(chosen.people, chosen.contacts)
    measure(chosen.people, chosen.confirmations)


def build(people: int, contacts: int) -> None:
    """People and contacts of the last sixty days, degrees skewed as in worlds.py; written straight into the tables."""
    if Person.objects.count() >= people:
        return
    rng = np.random.default_rng(7)
    stamp = NOW.strftime("%Y-%m-%d %H:%M:%S")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO registry_person (uid, full_name, original_name, name_key, loose_key, sort_key, sex, birth_precision, nationality,"
            " occupation, relation_to_head, area_path, recorded_at, withdrawn_reason)"
            " VALUES (%s, '', '', '', '', '', '', '', '', '', '', '000100010001', %s, '')",
            ((f"{number:032x}", stamp) for number in range(1, people + 1)),
        )
    weight = rng.pareto(2.5, people) + 1
    reach = np.cumsum(weight / weight.sum())
    for start in range(0, contacts, 500_000):
        size = min(500_000, contacts - start)
        a = np.searchsorted(reach, rng.random(size)).clip(0, people - 1) + 1
        b = rng.integers(1, people + 1, size)
        b = np.where(a == b, b % people + 1, b)
        first = int(NOW.timestamp() // 60) - rng.integers(0, 60 * DAY, size)
        rows = zip(range(start, start + size), a.tolist(), b.tolist(), first.tolist(), strict=True)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO tracing_contact (id, disease, source_id, person_id, kind, relation, first_minute, last_minute, reported_at,"
                " recorded_at, reason, policy, withdrawn_reason) VALUES (%s, 'covid-19', %s, %s, 'direct', '', %s, %s, %s, %s, '', '', '')",
                ((f"{i:032x}", s, p, f, f + 60, stamp, stamp) for i, s, p, f in rows),
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(people: int, confirmations: int) -> None:
    """Confirm people one after another through the real procedure; each is a commit."""
    rng = np.random.default_rng(11)
    policy, actor = pack("vn-2021-07-30"), system_viewer("bench")
    seconds, floors, changed = [], [], []
    for turn, number in enumerate(rng.choice(people, confirmations + 3, replace=False) + 1):
        person = Person.objects.get(pk=int(number))
        at = NOW + timedelta(minutes=turn)
        entry = CaseEntry(
            disease=DISEASE, reported_at=at, classification="confirmed", onset_on=date(2021, 8, 20), detected_on=date(2021, 8, 22)
        )
        start = time.perf_counter()
        done = register_cases([(person, entry)], actor=actor, at=at, policy=policy)
        took = time.perf_counter() - start
        around = [change.person for change in done.degrees]
        start = time.perf_counter()
        links_of(around, disease=DISEASE)
        if turn >= 3:  # the first ones compile and warm the cache
            seconds.append(took)
            floors.append(time.perf_counter() - start)
            changed.append(len(done.degrees))
    record(
        Comparison(
            name="reclassify",
            what="one confirmation, its neighbourhood re-classified and committed",
            ours=statistics.median(seconds) * 1000,
            peer_name="reading the same people's contacts",
            peer=statistics.median(floors) * 1000,
            unit="ms",
            checked=f"{statistics.median(changed):.0f} degrees changed (median), {DegreeRecord.objects.count()} written",
            more={
                "slowest_ms": round(max(seconds) * 1000, 1),
                "target_ms": 50,
                "contacts": Contact.objects.count(),
                "people": people,
                "confirmations": confirmations,
                "database": connection.vendor,
            },
        )
    )


if __name__ == "__main__":
    main()
