"""Seed in, messy spreadsheets and their answer key out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from demodistrict.answer_key import Answer, answer
from demodistrict.lists.document import Document
from demodistrict.scenarios import thanh_tri_day, thanh_xuan_2020, thanh_xuan_2026
from demodistrict.world import World

Build = Callable[[int, date], tuple[World, list[Document]]]
Registers = Callable[..., list[dict[str, Any]]]


def _no_registers(made: World, folder: Path, *, whole: bool) -> list[dict[str, Any]]:
    return []


# Scenario -> first day, how its day's files are made, how its household registers are written.
SCENARIOS: dict[str, tuple[date, Build, Registers]] = {
    "thanh-tri-2021": (date(2021, 8, 24), thanh_tri_day.build, thanh_tri_day.write_registers),
    "thanh-xuan-2020": (thanh_xuan_2020.CUT, thanh_xuan_2020.build, _no_registers),
    "thanh-xuan-2026": (thanh_xuan_2026.CUT, thanh_xuan_2026.build, _no_registers),
}
LIEN_NINH_ONLY, FULL = "liên-ninh", "full"


def generate(scenario: str, seed: int, day: date | None = None, out_dir: Path | str = "", *, population: str = LIEN_NINH_ONLY) -> Answer:
    """Writes the files of one day into out_dir/files and the key into out_dir/answer_key.json.

    The first day brings everything up to its cut-off, every later day only what is new. Raises KeyError for an unknown
    scenario and ValueError for a day outside it.
    """
    first_day, build, registers = SCENARIOS[scenario]
    day = day or first_day
    made, documents = build(seed, day)
    if not made.first_day <= day <= made.last_day:
        raise ValueError(f"{scenario} runs from {made.first_day} to {made.last_day}, not on {day}")
    folder = Path(out_dir)
    (folder / "files").mkdir(parents=True, exist_ok=True)
    for document in documents:
        document.write(folder / "files")
    written = registers(made, folder / "files", whole=population == FULL) if day == made.first_day else []
    key = answer(made, documents, day=day, registers=written)
    (folder / "answer_key.json").write_text(json.dumps(key.as_json(), ensure_ascii=False, indent=1), "utf-8")
    return key
