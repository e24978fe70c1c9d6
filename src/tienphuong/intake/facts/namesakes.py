"""Bare names that several units bear: a list writes its own places short, and names those of others in full."""

from functools import lru_cache
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.registry.areas.index import AreaReading
from tienphuong.registry.areas.pieces import Piece, WrittenPlace, pieces_of
from tienphuong.registry.areas.rules import STEP
from tienphuong.registry.areas.terms import AreaFlag, AreaLevel

_OURS: Final = "Tên không ghi cấp cũng có thể là {other}; tính theo địa bàn nơi gửi: {name}."
_ELSEWHERE: Final = "Xã, phường không ghi quận, huyện; hiểu là {name}, ngoài địa bàn nơi gửi."
_REMEDY: Final = "Ghi rõ cấp (xã, phường, quận, huyện) và nơi ở trên một cấp."


def own_namesake(row: RowReading, reading: AreaReading) -> tuple[int, str] | None:
    """The unit of the sender's own area that a bare name means, where it was read as a unit elsewhere that bears it too; remarked.

    A bare name of a unit elsewhere that no own unit bears stands, and is remarked.
    """
    sense, target = row.sense, F.COMMUNE if F.COMMUNE in row.record.cells else F.ADDRESS
    if not sense.area_path or sense.area_id is None or reading.area_id is None or _is_near(reading.path, sense.area_path):
        return None
    ours = [one for one in reading.candidates if sense.areas.path_of(one).startswith(_around(row))]
    if AreaFlag.BARE_NAME in reading.flags and len(ours) == 1:
        return _note(row, reading, ours[0], sense.areas.path_of(ours[0]), target)
    if reading.level is not AreaLevel.COMMUNE or not (bare := _bare(row, reading)):
        return None
    bearer = sense.areas.bearer_above(sense.area_path, key=bare.key)
    if bearer is not None:
        return _note(row, reading, bearer, sense.area_path, target)
    row.say(Severity.INFO, target, sentence(_ELSEWHERE, name=sense.areas.name_of(reading.area_id)), _REMEDY)
    return None


def _note(row: RowReading, reading: AreaReading, ours: int, path: str, target: F) -> tuple[int, str]:
    """The own unit, or the sender's area inside it, with the remark that names both."""
    areas = row.sense.areas
    assert reading.area_id is not None and row.sense.area_id is not None
    row.say(Severity.WARNING, target, sentence(_OURS, name=areas.name_of(ours), other=areas.name_of(reading.area_id)), _REMEDY)
    return (row.sense.area_id if path == row.sense.area_path else ours), path


def _around(row: RowReading) -> str:
    """The path of the units a list names without saying where: those of the sender's area, or beside the sender's commune."""
    sense = row.sense
    assert sense.area_id is not None
    small = sense.areas.level_of(sense.area_id) in (AreaLevel.COMMUNE, AreaLevel.HAMLET)
    return sense.area_path[: 3 * STEP] if small and len(sense.area_path) > 3 * STEP else sense.area_path


def _is_near(path: str, own: str) -> bool:
    """Whether a unit is of the sender's district, or holds it."""
    return path.startswith(own[: 3 * STEP]) or own.startswith(path)


def _bare(row: RowReading, reading: AreaReading) -> Piece | None:
    """The piece that names the unit without its word, where nothing else written says in which district it lies."""
    areas = row.sense.areas
    place = WrittenPlace(
        *(row.text(target) for target in (F.COMMUNE, F.DISTRICT, F.PROVINCE, F.HAMLET)),
        row.text(F.ADDRESS) or row.text(F.PERMANENT_ADDRESS),
    )
    pieces = _pieces(place)
    own, above = areas.keys_at(reading.path), areas.keys_at(reading.path[:-STEP])
    if len(reading.path) > 3 * STEP and any(one.key in above for piece in pieces for one in piece.readings):
        return None
    named = [piece for piece in pieces if any(one.key in own for one in piece.readings)]
    return next((piece for piece in named if not any(one.kinds and one.key in own for one in piece.readings)), None)


@lru_cache(maxsize=4096)
def _pieces(place: WrittenPlace) -> tuple[Piece, ...]:
    """The pieces of a written place; the rows of a list repeat their places."""
    return tuple(pieces_of(place, known=lambda _: False))
