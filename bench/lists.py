"""What a page of each list takes at any size, beside the bare indexed query for its rows; the board, a person, an export.

Run with: python -m bench.lists [--size 200000] [--only NAME ...]. The base is made once under TIENPHUONG_VAR, or in DATABASE_URL.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.board import DISEASE, LAST
from bench.harness import RESULTS, machine

RUNS = 7
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Page:
    """One address of a list, how many pages on from it, and the table and column the bare query walks."""

    name: str
    address: str
    turns: int = 0
    table: str = ""
    column: str = ""


@dataclass(frozen=True)
class Taken:
    """Seconds of one page on the clock and of the processor: nine of ten, and the middle."""

    p90: float
    middle: float
    processor: float


def main() -> None:
    """The chosen size, every page or those named."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=200_000, help="cases; 45000 is a district")
    options.add_argument("--only", nargs="*", default=())
    options.add_argument("--export", action="store_true", help="also take an export of at most 120,000 lines")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    import django

    django.setup()
    from bench.lists_base import prepared

    began = time.perf_counter()
    city = prepared(chosen.size)
    print(f"base of {chosen.size:,} cases ready after {time.perf_counter() - began:.1f} s", flush=True)
    ask = signed_in(city)
    wanted = [page for page in pages() if not chosen.only or any(word in page.name for word in chosen.only)]
    found = {page.name: told(page, ask) for page in wanted}
    if not chosen.only:
        kept(found, size=chosen.size)
    if chosen.export:
        export(ask, size=chosen.size)


def pages() -> Iterator[Page]:
    """First page, each order, each filter, next page, and the page after the fortieth, of every list."""
    few, many = communes()
    yield Page("board", "/")
    yield Page("person", person_address())
    cases = {"table": "cases_casestate", "column": "classified_at"}
    yield from _list("cases", "/ca-benh/?", ("date", "name", "detected", "area"), **cases)
    for name, said in {
        "small": f"area={few}", "large": f"area={many}", "died": "outcome=died", "refuted": "classification=refuted", "setting": "setting=cordon",
        "week": f"since={LAST.date() - timedelta(days=7)}", "old": f"until={LAST.date() - timedelta(days=140)}", "text": "q=nguyen van nam",
        "number": "q=HN77", "small-name": f"area={few}&order=name", "large-name": f"area={many}&order=name",
        "died-detected": "outcome=died&order=detected", "figure": "indicator=cases_total",
    }.items():  # fmt: skip
        yield Page(f"cases-{name}", f"/ca-benh/?{said}", **cases)
    degrees = {"table": "tracing_degreerecord", "column": "reported_at"}
    yield from _list("contacts", "/tiep-xuc/?", ("name", "date", "exposure", "area"), **degrees)
    for name, said in {"small": f"area={few}", "large": f"area={many}", "f2": "degree=2", "waiting": "degree=waiting"}.items():
        yield Page(f"contacts-{name}", f"/tiep-xuc/?{said}", **degrees)
    yield from _list("follow-up", "/theo-doi/?", ("",), **degrees)
    for name, said in {"small": f"area={few}", "large": f"area={many}", "done": "state=done", "f2": "degree=2"}.items():
        yield Page(f"follow-up-{name}", f"/theo-doi/?{said}", **degrees)
    for name, address, table, column in (
        ("samples", "/mau-xet-nghiem/?", "cases_sample", "taken_on"), ("stays", "/cach-ly/?", "quarantine_staystate", "started_on"),
        ("returnees", "/ve-tu-vung-dich/?", "tracing_arrival", "arrived_on"),
    ):  # fmt: skip
        yield from _list(name, address, ("",), table=table, column=column)
        yield Page(f"{name}-large", f"{address}dia-ban={many}", table=table, column=column)
    yield Page("people", "/tim/?q=nguyen van", table="registry_person", column="sort_key")
    yield Page("people-rare", "/tim/?q=thach bao", table="registry_person", column="sort_key")


def _list(name: str, address: str, orders: tuple[str, ...], **shared: str) -> Iterator[Page]:
    for order in orders:
        yield Page("-".join(filter(None, (name, order))), f"{address}thu-tu={order}", **shared)
    yield Page(f"{name}-next", address, turns=1, **shared)
    yield Page(f"{name}-after-40", address, turns=40, **shared)


def communes() -> tuple[str, str]:
    """The commune with the fewest cases, and the one with the most."""
    from tienphuong.cases.models import CaseState
    from tienphuong.core import balances

    found = balances.believed(CaseState, disease=DISEASE, at=LAST)
    by_path: dict[str, int] = {}
    for (path, *_), number in found.items():
        by_path[path] = by_path.get(path, 0) + number
    ranked = sorted(by_path, key=lambda path: by_path[path])
    return ranked[0], ranked[-1]


def person_address() -> str:
    """The page of somebody who is a case."""
    from django.urls import reverse

    from tienphuong.registry.models import Person

    return reverse("person", args=[Person.objects.get(pk=77).uid])


def signed_in(city: str) -> Callable[[str], str]:
    """An officer of the city at the post's own middleware and templates; gives the page of an address."""
    from django.test import Client

    from tienphuong.core.models import Appointment, User

    user, made = User.objects.get_or_create(username="bench", defaults={"full_name": "Lan"})
    if made:
        Appointment.objects.create(user=user, role="epidemiologist", area_path=city, area_name="Hà Nội", valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def ask(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return str(response.content, "utf-8")

    return ask


def told(page: Page, ask: Callable[[str], str]) -> dict[str, float]:
    """Measure one page and its bare query, and print the line."""
    address = page.address
    for _ in range(page.turns):
        following = NEXT.search(ask(address))
        if following is None:
            break
        address = page.address.split("?")[0] + following[1].replace("&amp;", "&")
    ours = measured(lambda: ask(address))
    found = {"p90_ms": ours.p90 * 1000, "middle_ms": ours.middle * 1000, "processor_ms": ours.processor * 1000}
    if page.table:
        bare = measured(lambda: bare_query(page)).middle
        found |= {"bare_ms": bare * 1000, "ratio": ours.middle / bare}
    print(f"{page.name:<24}" + "".join(f"  {name} {value:>8.1f}" for name, value in found.items()), flush=True)
    return {name: round(value, 2) for name, value in found.items()}


def kept(found: dict[str, dict[str, float]], *, size: int) -> None:
    """One file for a size on a database."""
    from django.db import connection

    line = {"cases": size, "unit": "ms", "pages": found, "machine": machine(), "command": " ".join(["python", *sys.orig_argv[1:]])}
    (RESULTS / f"lists-{size}-{connection.vendor}.json").write_text(json.dumps(line, indent=2, ensure_ascii=False) + "\n")


def measured(work: Callable[[], object]) -> Taken:
    """Nine of ten of some runs, after one that warms."""
    work()
    clocks, processors = [], []
    for _ in range(RUNS):
        wall, own = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - wall)
        processors.append(time.process_time() - own)
        if sum(clocks) > 10:
            break
    ranked = sorted(clocks)
    return Taken(ranked[min(len(ranked) - 1, int(len(ranked) * 0.9))], statistics.median(clocks), statistics.median(processors))


def bare_query(page: Page) -> list[Any]:
    """Fifty rows by their number, as the table keeps them: no order, no rights, no names."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {page.table} WHERE id IN (SELECT id FROM {page.table} LIMIT 50)")
        return list(cursor.fetchall())


def export(ask: Callable[[str], str], *, size: int) -> None:
    """An export of cases narrowed to some 120,000 lines: seconds, and the memory the process grew by."""
    from tienphuong.cases.models import CaseState

    share = min(1.0, 120_000 / max(1, CaseState.objects.count() * 1_000_000 // 1_544_004))
    since = LAST.date() - timedelta(days=int(150 * share))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    content = exported(f"/ca-benh/?format=xlsx&since={since}")
    took = time.perf_counter() - start
    grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"export since {since}: {content:,} bytes in {took:.1f} s, the process grew by {grew} MB", flush=True)


def exported(address: str) -> int:
    """How long the file is; it is read in parts and not kept."""
    from django.test import Client

    from tienphuong.core.models import User

    client = Client()
    client.force_login(User.objects.get(username="bench"), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    parts = response.streaming_content if response.streaming else (response.content,)
    return sum(len(part) for part in parts)


if __name__ == "__main__":
    main()
