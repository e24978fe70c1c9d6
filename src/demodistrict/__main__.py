"""Writes a demonstration day to a folder: python -m demodistrict thanh-tri-2021 --seed 1 --out DIR."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from demodistrict.generator import FULL, LIEN_NINH_ONLY, SCENARIOS, generate


def main() -> None:
    """Parses the arguments, writes the files, prints the figures."""
    parser = argparse.ArgumentParser(prog="demodistrict")
    parser.add_argument("scenario", choices=sorted(SCENARIOS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day", type=date.fromisoformat, default=None)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--population", choices=(LIEN_NINH_ONLY, FULL), default=LIEN_NINH_ONLY)
    asked = parser.parse_args()
    key = generate(asked.scenario, asked.seed, asked.day, asked.out, population=asked.population)
    for name, value in key.figures.items():
        sys.stdout.write(f"{name}: {value}\n")


main()
