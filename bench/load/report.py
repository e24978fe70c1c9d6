"""What a run came to: per kind and in all, beside the floor, with the memory; printed and written down."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.harness import RESULTS, machine
from bench.load.drive import Done
from bench.load.post import Memory

WANTED_P95 = 200.0


def measured(done: Sequence[Done], floor: Sequence[float], *, seconds: float) -> dict[str, Any]:
    """Figures of every kind, of all reads, of all writes and of everything; the floor as another kind."""
    kinds = dict.fromkeys(one.ask.kind for one in done)
    groups = {kind: [one for one in done if one.ask.kind == kind] for kind in kinds}
    groups |= {
        "reads": [one for one in done if one.ask.said is None],
        "writes": [one for one in done if one.ask.said is not None],
        "all": list(done),
    }
    lines = {name: _line(several, seconds) for name, several in groups.items() if several}
    return {"kinds": lines, "floor": spread(floor), "ratio_p50": round(lines["all"]["p50_ms"] / spread(floor)["p50_ms"], 1)}


def _line(several: Sequence[Done], seconds: float) -> dict[str, float]:
    """Held rate: what was answered well by the end of the schedule, a second of it."""
    well = [one for one in several if one.well]
    in_time = sum(one.due + one.took <= seconds for one in well)
    counts = {
        "count": len(several),
        "errors": sum(bool(one.fault) and not one.away for one in several),
        "away": sum(one.away for one in several),
    }
    return {**counts, "rate": round(in_time / seconds, 2), **spread([one.took for one in well])}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds: half, 95 and 99 of a hundred, the longest."""
    ranked = sorted(seconds) or [0.0]
    places = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}
    return {name: round(ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000, 1) for name, share in places.items()}


def printed(found: dict[str, Any]) -> None:
    """A table, then what is to be held and whether it is."""
    print(f"{'kind':<12}{'count':>7}{'errors':>7}{'away':>6}{'rate/s':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}  ms")
    for name, line in found["kinds"].items():
        counts = f"{name:<12}{line['count']:>7}{line['errors']:>7}{line['away']:>6}{line['rate']:>8}"
        print(counts + "".join(f"{line[key]:>9.1f}" for key in ("p50_ms", "p95_ms", "p99_ms", "max_ms")))
    print(
        f"{'/health/ idle':<40}"
        + "".join(f"{found['floor'][key]:>9.1f}" for key in found["floor"])
        + f"   ratio of halves {found['ratio_p50']}"
    )
    print(f"the post used {found['processor_ms']} ms of processor a request")
    for when, held in found["memory"].items():
        print(f"memory at {when:<7} resident {held['resident']} MB, own {held['own']} MB, {held['processes']} processes")
    _printed_base(found)
    print(f"load of the machine at the start {found['load']}; faults {found['faults'] or 'none'}")
    print("; ".join(f"{name}: {'held' if held else 'NOT HELD'}" for name, held in found["held"].items()), flush=True)


def _printed_base(found: dict[str, Any]) -> None:
    """What became of the writes, and of the requests after the return of the database."""
    for name, lost in (("acknowledged", "lost"), ("refused", "not there")):
        line = found["in_the_base"][name]
        print(f"{name}: {line['acknowledged']} writes, once {line['once']}, {lost} {line['lost']}, doubled {line['doubled']}")
    if after := found.get("after_return"):
        print(f"database away for {after['seconds_away']} s; after its return {after['count']} requests, {after['errors']} errors")


def judged(found: dict[str, Any], *, rates: float) -> dict[str, bool]:
    """What the run is there to show."""
    everything, base, memory = found["kinds"]["all"], found["in_the_base"], found["memory"]
    return {
        "no error": not everything["errors"] and not found.get("after_return", {}).get("errors"),
        "nothing lost or doubled": not base["acknowledged"]["lost"] and not any(line["doubled"] for line in base.values()),
        "rate": bool(everything["away"]) or everything["rate"] >= 0.98 * rates,
        f"p95 {WANTED_P95:.0f} ms": everything["p95_ms"] <= WANTED_P95,
        "memory flat": memory["end"]["own"] <= memory["middle"]["own"] * 1.1 + 10,
    }


def faults(done: Sequence[Done]) -> dict[str, int]:
    """The faults by their words, the most frequent first."""
    return dict(Counter(f"{one.ask.kind} {one.fault}"[:120] for one in done if one.fault and not one.away).most_common(10))


def held_memory(samples: Sequence[tuple[float, Memory]]) -> dict[str, dict[str, int]]:
    """At the start, in the middle and at the end."""
    return {name: asdict(samples[place][1]) for name, place in (("start", 0), ("middle", len(samples) // 2), ("end", -1))}


def kept(found: dict[str, Any], *, database: str) -> None:
    """Beside the other results."""
    line = found | {"machine": machine(), "command": " ".join(["python", *sys.orig_argv[1:]])}
    (RESULTS / f"load-{database}.json").write_text(json.dumps(line, indent=2, ensure_ascii=False) + "\n")
