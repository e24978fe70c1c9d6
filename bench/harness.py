"""How every benchmark measures and writes down: the best of several runs, and one JSON file per comparison."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

R = TypeVar("R")
S = TypeVar("S")

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Comparison:
    """Ours beside a peer (or a floor: the least the machine could need), in one unit, on the same work.

    ratio is peer / ours: above 1 we are faster. `checked` says how the two answers were found equal in this run.
    """

    name: str
    what: str
    ours: float
    peer_name: str
    peer: float
    checked: str
    unit: str = "s"
    more: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return self.peer / self.ours


def best_of(work: Callable[[], R], *, runs: int) -> tuple[float, R]:
    """The shortest wall time of several runs (the one least disturbed by others on the machine), and the last result."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def side_by_side(ours: Callable[[], R], peer: Callable[[], S], *, runs: int) -> tuple[float, R, float, S]:
    """The shortest wall time and the result of each, run in turn so that a busy spell of the machine meets both."""
    pairs = [(best_of(ours, runs=1), best_of(peer, runs=1)) for _ in range(runs)]
    (_, our_result), (_, peer_result) = pairs[-1]
    return min(one[0] for one, _ in pairs), our_result, min(other[0] for _, other in pairs), peer_result


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    cpu = Path("/proc/cpuinfo")
    models = [line.split(":")[1].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")] if cpu.exists() else []
    return {"cpu": models[0] if models else platform.processor(), "cores": os.cpu_count() or 1, "python": platform.python_version()}


def record(comparison: Comparison) -> None:
    """Prints the comparison and writes it to bench/results/<name>.json."""
    line = asdict(comparison) | {
        "ratio": round(comparison.ratio, 3),
        "machine": machine(),
        "command": " ".join(["python", *sys.orig_argv[1:]]),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{comparison.name}.json").write_text(json.dumps(line, indent=2, ensure_ascii=False) + "\n")
    print(
        f"{comparison.name:<24} ours {comparison.ours:.4g} {comparison.unit}   {comparison.peer_name} {comparison.peer:.4g} {comparison.unit}"
        f"   ratio {comparison.ratio:.3g}   ({comparison.checked})",
        flush=True,
    )
