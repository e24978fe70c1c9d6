"""All files of one day in Thanh Trì, with the copies and corrections that come along."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from demodistrict import traps
from demodistrict.households import population
from demodistrict.lists.document import Document
from demodistrict.lists.register import write_register
from demodistrict.lists.sheet import Line
from demodistrict.scenarios.thanh_tri_2021 import world
from demodistrict.scenarios.thanh_tri_centre import centre_documents
from demodistrict.scenarios.thanh_tri_lists import Post, commune_documents
from demodistrict.scenarios.thanh_tri_plan import LIEN_NINH
from demodistrict.world import World

RESENT, CORRECTED = "Ngu Hiep F0", "Vinh Quynh"


def build(seed: int, day: date) -> tuple[World, list[Document]]:
    """The truth and the files handed in that day."""
    made = world(seed)
    post = Post(made, day, first=day == made.first_day)
    documents = commune_documents(post) + centre_documents(post)
    return made, documents + (_extras(documents) if post.first else [])


def write_registers(made: World, folder: Path, *, whole: bool) -> list[dict[str, Any]]:
    """Liên Ninh's household register, or those of all communes (as text but for Liên Ninh's)."""
    wanted = [place for place in made.communes if whole or place.code == LIEN_NINH]
    changed = {person: made.people[person] for person in made.namesakes}
    return [
        write_register(
            folder / f"So ho {place.code}{'.xlsx' if place.code == LIEN_NINH else '.csv'}",
            population(place.code, seed=made.seed),
            changed=changed,
        )
        for place in wanted
    ]


def _extras(documents: list[Document]) -> list[Document]:
    """One file sent again under another name; one file sent with a wrong telephone number, then corrected."""
    again = next(document for document in documents if document.name.startswith(RESENT))
    stem, _, suffix = again.name.rpartition(".")
    resent = replace(again, name=f"{stem} (1).{suffix}", copy_of=again.name, traps=(*again.traps, "same_file_again"))
    wrong = next(document for document in documents if document.name.startswith(CORRECTED))
    right = replace(wrong, name=wrong.name.replace(".xlsx", " (sua).xlsx"), corrects=wrong.name, sheets=wrong.sheets)
    wrong.sheets = copy.deepcopy(wrong.sheets)
    _spoil_phone(next(line for sheet in wrong.sheets for line in sheet.lines if line.entry and not line.entry.traps))
    return [resent, replace(right, traps=(*right.traps, "corrected_file"))]


def _spoil_phone(line: Line) -> None:
    assert line.entry is not None
    phone = line.entry.values["phone"]
    line.cells[line.cells.index(phone)] = phone[:-2] + phone[:-3:-1]
    traps.lay(line.entry, "corrected_file")
