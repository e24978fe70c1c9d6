"""The shipped lists: every province, the two districts with their neighbours in name, and what became of each."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tienphuong.registry.areas.rules import search_key, split_official_name
from tienphuong.registry.areas.terms import AreaKind

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class AreaLine:
    """One line of areas.csv: which area, below which, and its values."""

    row: dict[str, str]

    @cached_property
    def key(self) -> tuple[str, str]:
        return self.row["code_system"], self.row["code"]

    @cached_property
    def parent(self) -> tuple[str, str] | None:
        return _key(self.row["parent"]) if self.row["parent"] else None

    @property
    def valid_from(self) -> date:
        return date.fromisoformat(self.row["valid_from"])

    @property
    def valid_to(self) -> date | None:
        return date.fromisoformat(self.row["valid_to"]) if self.row["valid_to"] else None

    @cached_property
    def values(self) -> dict[str, object]:
        """The columns of the area, except its path."""
        row = self.row
        kind, name = split_official_name(row["official_name"])
        kind = AreaKind(row["kind"]) if row.get("kind") else kind
        return {
            "code_system": row["code_system"],
            "code": row["code"],
            "kind": kind,
            "level": kind.level,
            "name": name,
            "official_name": row["official_name"],
            "search_key": search_key(kind, name=name, aliases=filter(None, row["aliases"].split(";"))),
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "population": int(row["population"]) if row["population"] else None,
            "households": int(row["households"]) if row["households"] else None,
            "figures_source": row["figures_source"],
            "centre_lat": float(row["centre_lat"]) if row["centre_lat"] else None,
            "centre_lon": float(row["centre_lon"]) if row["centre_lon"] else None,
        }


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """One line of successions.csv."""

    old: tuple[str, str]
    new: tuple[str, str]
    share: Decimal | None
    partial: bool
    basis: str
    effective_on: date


def area_lines() -> Iterator[AreaLine]:
    """The areas, parents before children. Lines are only ever added at the end: a path follows from their order."""
    return map(AreaLine, _rows("areas.csv"))


def succession_lines() -> list[SuccessionLine]:
    """What became of what, with the document and clause that says so."""
    return [
        SuccessionLine(
            old=_key(row["old"]),
            new=_key(row["new"]),
            share=Decimal(row["share"]) if row["share"] else None,
            partial=row["partial"] == "1",
            basis=row["basis"],
            effective_on=date.fromisoformat(row["effective_on"]),
        )
        for row in _rows("successions.csv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(text: str) -> tuple[str, str]:
    system, _, code = text.partition(":")
    return system, code
