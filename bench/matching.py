"""Matching: who is in the lists twice, ours through a real database beside Splink on the same records; and how the time grows with the base.

Run:  python -m bench.matching [--people 18000] [--seed 2021] [--no-growth | --only-growth]     (needs requirements/bench.txt and ../shared/data/vn_names)
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.harness import Comparison, record
from bench.population import NAMES, TODAY, Population, Record

if TYPE_CHECKING:
    from tienphuong.registry.entries import PersonEntry

AT = datetime(2021, 8, 24, 9, tzinfo=UTC)
BATCH = 5_000
Pair = tuple[int, int]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=18_000)
    arguments.add_argument("--seed", type=int, default=2021)
    arguments.add_argument("--no-growth", action="store_true")
    arguments.add_argument("--only-growth", action="store_true")
    given = arguments.parse_args()
    if not NAMES.exists():
        print(f"matching: skipped, {NAMES} is not here")
        return
    for damage in () if given.only_growth else ("all", "usual", "other"):
        with throwaway_base():
            against_splink(given.people, damage=damage, seed=given.seed)
    if not given.no_growth:
        growth()


class throwaway_base:  # noqa: N801 - reads as a verb where it is used
    """An empty SQLite base of the post, migrated, with its areas; gone afterwards."""

    def __enter__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="bench-matching-")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
        os.environ["TIENPHUONG_VAR"] = self.folder.name
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        connections.databases["default"]["NAME"] = str(Path(self.folder.name) / "base.sqlite3")
        call_command("migrate", verbosity=0)
        from tienphuong.registry.areas.services import load_reference_areas

        load_reference_areas()

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        connections.close_all()
        self.folder.cleanup()


def against_splink(people: int, *, damage: str, seed: int) -> None:
    """Pairs found by both on one set of records: seconds, and precision and recall at every threshold."""
    from bench.splink_peer import link, version

    records = Population(people, seed=seed).lists(twice=1 / 9, damage=damage)
    entries = read(records)
    true = true_pairs(records)
    ours = run_ours(entries)
    table = as_table(records, entries)
    start = time.perf_counter()
    splink = link(table)
    seconds = time.perf_counter() - start
    linked, asked = measure(ours.certain, true), measure(ours.scored.keys(), true)
    best, peer = best_f1(ours.scored, true), best_f1(splink, true)
    taught = best_f1(link(table, taught=True), true)
    print(f"\n{len(records)} records, {len(true)} people twice, damage: {damage}")
    print(f"  ours, linked by itself          {linked}")
    print(f"  ours, linked or asked           {asked}   ({len(ours.scored) - len(ours.certain)} questions)")
    print(f"  ours, best F1                   {best}")
    print(f"  Splink, best F1                 {peer}")
    print(f"  Splink taught the truth         {taught}")
    print_curves(ours.scored, splink, true)
    missed_by_damage(records, ours.scored, splink, true, peer.threshold)
    record(
        Comparison(
            name=f"matching-{damage}" if seed == 2021 else f"matching-{damage}-{seed}",
            what=f"{len(records)} records, {len(true)} of them a second time (damage: {damage}); "
            "ours: match_people with its SQLite lookups in batches of 5,000; Splink: training and prediction on DuckDB in memory",
            ours=ours.seconds,
            peer_name=f"Splink {version} (DuckDB)",
            peer=seconds,
            checked="same cleaned records, pairs checked against the truth",
            more={
                "records_per_second": len(records) / ours.seconds,
                "splink_records_per_second": len(records) / seconds,
                "questions": len(ours.scored) - len(ours.certain),
            }
            | linked.told("linked")
            | asked.told("linked_or_asked")
            | best.told("best_f1")
            | peer.told("splink_best_f1")
            | taught.told("splink_taught_best_f1"),
        )
    )


# --- ours


@dataclass(frozen=True)
class Found:
    """Pairs with their scores, those linked without asking, and the seconds `match_people` took."""

    scored: dict[Pair, float]
    certain: set[Pair]
    seconds: float


def run_ours(entries: Sequence[PersonEntry]) -> Found:
    """The lists arrive in batches: each is matched with the base and itself, then written down."""
    from tienphuong.registry.matching import match_people

    scored: dict[Pair, float] = {}
    certain: set[Pair] = set()
    record_of: dict[int, int] = {}
    seconds = 0.0
    for first in range(0, len(entries), BATCH):
        batch = entries[first : first + BATCH]
        start = time.perf_counter()
        decisions = match_people(batch)
        seconds += time.perf_counter() - start
        for i, decision in enumerate(decisions):
            for rank, candidate in enumerate(decision.candidates):
                other = record_of[candidate.person.pk] if candidate.person else first + (candidate.entry_index or 0)
                pair = (min(first + i, other), max(first + i, other))
                linked = rank == 0 and decision.kind in ("known", "same_as_entry")
                if linked or decision.kind == "doubt":
                    scored[pair] = candidate.score
                if linked:
                    certain.add(pair)
        write_down(batch, decisions, first, record_of)
    return Found(scored, certain, seconds)


def write_down(batch: Sequence[PersonEntry], decisions: Sequence, first: int, record_of: dict[int, int]) -> None:
    """New people and doubts become records; known people get what the row adds."""
    from tienphuong.registry.services.people import enrol, supplement

    own = [i for i, decision in enumerate(decisions) if decision.kind in ("new", "doubt")]
    people = enrol([batch[i] for i in own], at=AT, by=None)
    record_of.update({person.pk: first + i for person, i in zip(people, own, strict=True)})
    supplement([(decision.person, entry) for decision, entry in zip(decisions, batch, strict=True) if decision.kind == "known"], at=AT)


# --- the same records for both


def read(records: Iterable[Record]) -> list[PersonEntry]:
    """The records through the readers of intake: both sides get cleaned values."""
    from tienphuong.registry.entries import AddressEntry, IdentifierEntry, PersonEntry, PhoneEntry
    from tienphuong.registry.models import Area
    from tienphuong.registry.rules.births import read_birth
    from tienphuong.registry.rules.identifiers import read_identity
    from tienphuong.registry.rules.names import split_name
    from tienphuong.registry.rules.phones import read_phones

    communes = list(Area.objects.filter(code_system="gso-2019", level="commune").order_by("path").values_list("id", "path"))
    entries = []
    for one in records:
        area_id, path = communes[one.commune] if one.commune >= 0 else (None, "")
        birth, paper = read_birth(one.birth, at=TODAY), read_identity(one.paper)
        address = AddressEntry(raw=one.hamlet, hamlet=one.hamlet, area_id=area_id, area_path=path)
        entries.append(
            PersonEntry(
                full_name=split_name(one.name).full,
                sex=one.sex,
                birth_year=birth.year,
                birth_date=birth.birth_date,
                birth_precision=birth.precision,
                identifiers=(IdentifierEntry(paper.kind, paper.value),) if paper.value else (),
                phones=tuple(PhoneEntry(phone.value) for phone in read_phones(one.phone) if phone.value),
                addresses=(address,) if one.hamlet else (),
                area_id=area_id,
                area_path=path,
            )
        )
    return entries


def as_table(records: Sequence[Record], entries: Sequence[PersonEntry]):  # type: ignore[no-untyped-def]
    """The entries as columns, with those an expert would derive: the bare name, the given name, the exchanged date."""
    import pyarrow as pa

    from tienphuong.core.text.dates import read_date
    from tienphuong.core.text.fold import fold, tone_key

    rows = []
    for i, (one, entry) in enumerate(zip(records, entries, strict=True)):
        born = entry.birth_date
        rows.append(
            {
                "id": i,
                "who": one.who,
                "name": fold(entry.full_name) or None,
                "toned": tone_key(entry.full_name) or None,
                "given": fold(entry.full_name).split()[-1] if entry.full_name else None,
                "sex": entry.sex or None,
                "birth_year": entry.birth_year,
                "birth_date": born.isoformat() if born else None,
                "birth_swapped": f"{born.year}-{born.day:02d}-{born.month:02d}" if born and read_date(born).value else None,
                "paper": entry.identifiers[0].value if entry.identifiers else None,
                "phone": entry.phones[0].number if entry.phones else None,
                "commune": entry.area_path or None,
                "hamlet": one.hamlet or None,
            }
        )
    return pa.Table.from_pylist(rows)


def true_pairs(records: Sequence[Record]) -> set[Pair]:
    seen: dict[int, int] = {}
    return {(seen.setdefault(one.who, i), i) for i, one in enumerate(records) if seen.setdefault(one.who, i) != i}


# --- figures


@dataclass(frozen=True)
class Figures:
    precision: float
    recall: float
    threshold: float = float("nan")

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.4f}   recall {self.recall:.4f}   F1 {self.f1:.4f}"

    def told(self, what: str) -> dict[str, float]:
        return {f"{what}_precision": round(self.precision, 4), f"{what}_recall": round(self.recall, 4)}


def measure(pairs: Iterable[Pair], true: set[Pair], threshold: float = float("nan")) -> Figures:
    pairs = set(pairs)
    hits = len(pairs & true)
    return Figures(hits / len(pairs) if pairs else 1.0, hits / len(true), threshold)


def curve(scored: dict[Pair, float], true: set[Pair]) -> Iterator[Figures]:
    """Precision and recall at every threshold, from the surest pair down."""
    hits = 0
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    for taken, (pair, score) in enumerate(ranked, start=1):
        hits += pair in true
        if taken == len(ranked) or ranked[taken][1] != score:
            yield Figures(hits / taken, hits / len(true), score)


def best_f1(scored: dict[Pair, float], true: set[Pair]) -> Figures:
    return max(curve(scored, true), key=lambda figures: figures.f1)


def print_curves(ours: dict[Pair, float], splink: dict[Pair, float], true: set[Pair]) -> None:
    """The precision each reaches at a recall: neither side's threshold matters here."""
    print("  precision at recall   ours     Splink")
    for recall in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        print(f"    {recall:.2f}              {precision_at(ours, true, recall)}   {precision_at(splink, true, recall)}")


def precision_at(scored: dict[Pair, float], true: set[Pair], recall: float) -> str:
    reached = [figures.precision for figures in curve(scored, true) if figures.recall >= recall]
    return f"{max(reached):.4f}" if reached else "  -   "


def missed_by_damage(records: Sequence[Record], ours: dict[Pair, float], splink: dict[Pair, float], true: set[Pair], floor: float) -> None:
    """Which kinds of damage cost recall, ours and Splink's at its best F1."""
    theirs = {pair for pair, weight in splink.items() if weight >= floor}
    totals: dict[str, list[int]] = {}
    for pair in true:
        for kind in {*records[pair[0]].damage, *records[pair[1]].damage}:
            row = totals.setdefault(kind, [0, 0, 0])
            row[0] += 1
            row[1] += pair not in ours
            row[2] += pair not in theirs
    print("  missed, of those with the damage (one record may have three kinds)     ours   Splink")
    for kind, (all_, mine, others) in sorted(totals.items(), key=lambda item: -item[1][1]):
        print(f"    {kind:<18}{all_:>6}{mine:>6}{others:>6}")


# --- growth


@dataclass(frozen=True)
class Cost:
    """What one row costs: processor time (ours and SQLite's, which runs inside; other work on the machine does not count), the clock,
    records read whole, and pairs compared.
    """

    cpu: float
    wall: float
    records: float
    pairs: float


def growth(small: int = 45_000, large: int = 450_000, rows: int = 5_000) -> None:
    """Time per row of one batch against a base of 45,000 and of 450,000: medians of five batches each."""
    few, many = (cost_per_row(size, rows) for size in (small, large))
    record(
        Comparison(
            name="matching-growth",
            what=f"match_people, {rows} rows, half of them known: microseconds of processor a row at a base of {large}; the peer is ours at {small}",
            ours=many.cpu * 1e6,
            peer_name=f"ours at {small}",
            peer=few.cpu * 1e6,
            unit="us/row",
            checked="the same kind of rows: half known and damaged, half new",
            more={
                "times_as_slow": round(many.cpu / few.cpu, 3),
                "wall_us": round(many.wall * 1e6),
                "peer_wall_us": round(few.wall * 1e6),
                "records_read": round(many.records, 3),
                "peer_records_read": round(few.records, 3),
                "pairs_compared": round(many.pairs, 3),
                "peer_pairs_compared": round(few.pairs, 3),
            },
        )
    )


def cost_per_row(size: int, rows: int) -> Cost:
    with throwaway_base():
        from tienphuong.registry.services.people import enrol

        everybody = Population(size + rows, seed=7)
        known = [everybody.written(human) for human in everybody.humans[:size]]
        for first in range(0, size, BATCH):
            enrol(read(known[first : first + BATCH]), at=AT, by=None)
        costs = []
        for turn in range(5):
            again = everybody.random.sample(everybody.humans[:size], rows // 2)
            new = everybody.humans[size + turn * rows // 10 : size + turn * rows // 10 + rows // 2]
            batch = read([everybody.damaged(human, "all") for human in again] + [everybody.written(human) for human in new])
            costs.append(cost_of(batch))
        return Cost(*(median(values) for values in zip(*((c.cpu, c.wall, c.records, c.pairs) for c in costs), strict=True)))


def cost_of(batch: Sequence[PersonEntry]) -> Cost:
    """One batch timed as it is, then once more counting what it reads and compares."""
    from unittest.mock import patch

    from tienphuong.registry.matching import match_people, people

    cpu, wall = time.process_time(), time.perf_counter()
    match_people(batch)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    with patch.object(people, "Records", wraps=people.Records) as records, patch.object(people, "compare", wraps=people.compare) as compare:
        match_people(batch)
    read_whole = sum(len(call.args[0]) for call in records.call_args_list)
    return Cost(*(each / len(batch) for each in (cpu, wall, read_whole, compare.call_count)))


if __name__ == "__main__":
    main()
