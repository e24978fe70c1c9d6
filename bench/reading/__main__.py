"""Print how many columns and cells are right, asked and silently wrong, ours and two plain peers on the same files.

Run:  python -m bench.reading [LAYOUT ...] [--rows 1000] [--verbose] [--without-peers]
The layouts of other systems are left out, and that is said, where their folder is absent.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
django.setup()

from bench.harness import RESULTS, machine  # noqa: E402  the settings stand first
from bench.reading import synonyms  # noqa: E402
from bench.reading.columns import FOLDER  # noqa: E402
from bench.reading.judging import Judged, judged, taken_verdict  # noqa: E402
from bench.reading.making import ROWS, List, made_up  # noqa: E402
from bench.reading.own import own_layouts  # noqa: E402
from bench.reading.strangers import layouts, stranger  # noqa: E402

Matcher = Callable[[List], dict[str, list[str]]]
COLUMNS, CELLS = ("right", "asked", "missed", "wrong"), ("right", "asked", "wrong", "kept")


def main() -> None:
    """Every list of both corpora, then the sums."""
    chosen = _chosen()
    peers = {} if chosen.without_peers else _peers()
    sums = {}
    for corpus, lists in (("own", _own(chosen)), ("strangers", _strangers(chosen))):
        sums[corpus] = _corpus(lists, peers, verbose=chosen.verbose)
        _print_sum(corpus, sums[corpus])
    if not chosen.names:
        said = {"rows": chosen.rows, "machine": machine()} | sums
        (RESULTS / "reading.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--without-peers", action="store_true")
    return parser.parse_args()


def _peers() -> dict[str, Matcher]:
    found: dict[str, Matcher] = {"synonyms": lambda made: {"header synonyms": synonyms.matched(made)}}
    if importlib.util.find_spec("valentine"):
        from bench.reading import valentine_peer

        title = f"valentine {valentine_peer.version} (Coma)"
        found["valentine"] = lambda made: {f"{title} from {like}": fields for like, fields in valentine_peer.matched(made).items()}
    else:
        print("valentine is not installed here (requirements/bench.txt): its line is left out")
    return found


def _own(chosen: argparse.Namespace) -> Iterator[List]:
    return (made_up(layout, rows=chosen.rows) for layout in own_layouts(chosen.names))


def _strangers(chosen: argparse.Namespace) -> Iterator[List]:
    if not FOLDER.is_dir():
        print("the folder of layouts of other systems is not beside the repository: left out")
    return (stranger(layout, rows=chosen.rows) for layout in layouts(chosen.names))


def _corpus(lists: Iterator[List], peers: dict[str, Matcher], *, verbose: bool) -> dict[str, dict[str, int]]:
    columns: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    theirs: dict[str, Counter[str]] = {}
    for made in lists:
        found = judged(made)
        columns += found.columns
        cells += found.cells
        kinds[found.kind_verdict] += 1
        for name, fields in (pair for matcher in peers.values() for pair in matcher(made).items()):
            verdicts = [taken_verdict(column.truth, taken, made.columns) for column, taken in zip(made.columns, fields, strict=True)]
            theirs[name] = theirs.get(name, Counter()) + Counter(verdicts)
        _print_list(found, verbose=verbose)
    return {"columns": dict(columns), "cells": dict(cells), "kinds": dict(kinds)} | {name: dict(counts) for name, counts in theirs.items()}


def _print_list(found: Judged, *, verbose: bool) -> None:
    print(
        f"{found.name:32} {found.kind:20} kind {found.kind_verdict:6} columns {_words(found.columns, COLUMNS)}; cells {_words(found.cells, CELLS)}"
    )
    for fault, times in Counter(found.faults).most_common() if verbose else ():
        print(f"      {times} x {fault}")


def _words(counts: Counter[str], verdicts: tuple[str, ...]) -> str:
    return ", ".join(f"{verdict} {counts[verdict]}" for verdict in verdicts if counts[verdict])


def _print_sum(corpus: str, sums: dict[str, dict[str, int]]) -> None:
    print(f"== {corpus}")
    for name, counts in sums.items():
        total = sum(counts.values()) or 1
        print(f"{name:36} " + ", ".join(f"{word} {number} ({number / total:.2%})" for word, number in sorted(counts.items())))


if __name__ == "__main__":
    main()
