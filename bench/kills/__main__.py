"""Kill the post with SIGKILL at random moments of its acts, on one database or both, and count what was lost, doubled or stuck.

Run:  python -m bench.kills [--kills 1000] [--database sqlite|postgresql|both] [--seed N] [--only ACT ...]
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import RESULTS, machine
from bench.kills.bases import DATABASES, Base, throwaway_base

if TYPE_CHECKING:
    from bench.kills.campaign import Campaign

ACTS = ("import", "check", "apply", "follow-up", "merge", "freeze", "nightly")


def main() -> int:
    """The campaign on each database asked for; 1 if anything was wrong."""
    chosen = _chosen()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # the cluster ends with us
    if chosen.database == "both":
        own = [sys.executable, "-m", "bench.kills", *sys.argv[1:], "--database"]
        return max(subprocess.run([*own, database]).returncode for database in DATABASES)
    with throwaway_base(chosen.database) as base:
        return _campaign(base, chosen)


def _chosen() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=1000)
    arguments.add_argument(
        "--minutes", type=float, default=120, help="on each database: it ends after so long with the kills it has by then"
    )
    arguments.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", nargs="+", choices=ACTS, default=ACTS, metavar="ACT", help=", ".join(ACTS))
    arguments.add_argument("--results", type=Path, default=RESULTS, help="the folder of the figures")
    return arguments.parse_args()


def _campaign(base: Base, chosen: argparse.Namespace) -> int:
    """Django is set up here, on the base that the environment names by now."""
    import django

    django.setup()
    from bench.kills.campaign import Campaign
    from bench.kills.post import ACTS as EVERY

    campaign = Campaign(base, [act for act in EVERY if act.name in chosen.only], seed=chosen.seed)
    start = time.perf_counter()
    campaign.run(chosen.kills, seconds=chosen.minutes * 60)
    _tell(campaign, chosen, seconds=time.perf_counter() - start)
    return int(bool(campaign.wrong))


def _tell(campaign: Campaign, chosen: argparse.Namespace, *, seconds: float) -> None:
    """The table, and the file of the figures."""
    rows = {name: asdict(tally) for name, tally in campaign.tallies.items()}
    rows["all"] = {column: sum(row[column] for row in rows.values()) for column in next(iter(rows.values()))}
    print(f"{chosen.database:<12}" + "".join(f"{column:>11}" for column in rows["all"]))
    for name, row in rows.items():
        print(f"{name:<12}" + "".join(f"{value:>11.3g}" if isinstance(value, float) else f"{value:>11}" for value in row.values()))
    summary = {
        "name": f"kills-{chosen.database}",
        "seed": chosen.seed,
        "seconds": round(seconds),
        "acts": rows,
        "wrong": campaign.wrong[:50],
    }
    summary |= {"machine": machine(), "command": " ".join(["python", *sys.orig_argv[1:]])}
    chosen.results.mkdir(exist_ok=True, parents=True)
    (chosen.results / f"kills-{chosen.database}.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
