"""The tables of cells: what a careful officer reads in them, kind by kind."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tienphuong.lists.words.reading import CellContext

FOLDER = Path(__file__).parent / "words"
DAY = date(2021, 8, 24)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, the kind of fact asked of it, its reading and the readings that may be defended too."""

    kind: str
    text: str
    reading: str
    accept: tuple[str, ...]
    context: CellContext

    @property
    def right(self) -> set[str]:
        return {word.lower() for word in (self.reading, *self.accept)}


def kinds() -> list[str]:
    """The kinds that have a table."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def cells(kind: str) -> list[Cell]:
    """Every cell of a kind's table."""
    families = tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))["family"]
    return [cell for family in families for cell in _of_family(kind, family)]


def _of_family(kind: str, family: dict) -> list[Cell]:
    pairs = family.get("pairs") or [[text, family["reading"]] for text in family["cells"]]
    context = CellContext(DAY, family.get("order", "dmy"))
    accept = tuple(family.get("accept", ()))
    return [Cell(family.get("field", kind), text, reading, accept, context) for text, reading in pairs]
