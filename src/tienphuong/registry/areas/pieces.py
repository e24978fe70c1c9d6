"""A written place taken apart: one piece a unit, from the most local to the widest."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tienphuong.registry.areas.rules import Designation, cut_at_units, designations, name_key
from tienphuong.registry.areas.terms import AreaLevel

_SEPARATORS = re.compile(r"[,;()\n\r\t|]+")
_DASH = re.compile(r"\s+[-–]\s+")


@dataclass(frozen=True)
class WrittenPlace:
    """What the columns of a row say about one place; any of them may be empty, or hold a whole address."""

    commune: str = ""
    district: str = ""
    province: str = ""
    hamlet: str = ""
    address: str = ""


@dataclass(frozen=True)
class Piece:
    """One piece as written, and the level its column promises (None: it comes from a longer address)."""

    text: str
    column: AreaLevel | None = None

    @cached_property
    def readings(self) -> tuple[Designation, ...]:
        return designations(self.text)

    @cached_property
    def key(self) -> str:
        return name_key(self.text)

    def explicit(self, level: AreaLevel) -> bool:
        """Whether the piece says itself, or by its column, that it names a unit of this level."""
        return self.column == level or any(kind.level == level for reading in self.readings for kind in reading.kinds)


def pieces_of(place: WrittenPlace, *, known: Callable[[str], bool]) -> list[Piece]:
    """The pieces from the most local to the widest; the same words said twice are kept once, where they are widest."""
    columns = (
        (place.address, None),
        (place.hamlet, AreaLevel.HAMLET),
        (place.commune, AreaLevel.COMMUNE),
        (place.district, AreaLevel.DISTRICT),
        (place.province, AreaLevel.PROVINCE),
    )
    pieces = [piece for text, level in columns for piece in _column(text, level, known)]
    pieces_by_key: dict[tuple[str, AreaLevel | None], Piece] = {}
    structured = {piece.key for piece in pieces if piece.column}
    for piece in pieces:
        if piece.key and (piece.column or piece.key not in structured):
            pieces_by_key[piece.key, piece.column] = piece
    return list(pieces_by_key.values())


def _column(text: str, level: AreaLevel | None, known: Callable[[str], bool]) -> list[Piece]:
    texts = [piece for part in _SEPARATORS.split(text) if part.strip() for piece in _split(part.strip(), known)]
    return [Piece(piece, level if len(texts) == 1 else None) for piece in texts]


def _split(part: str, known: Callable[[str], bool]) -> list[str]:
    """Dashes and unit words cut, unless the whole is itself a name: `Bà Rịa - Vũng Tàu`."""
    if known(name_key(part)):
        return [part]
    return [piece for dashed in _DASH.split(part) for piece in cut_at_units(dashed)]
