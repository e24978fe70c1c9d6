"""The bulk reader of written places: built once for a day, then asked once per row."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tienphuong.registry.areas.countries import countries
from tienphuong.registry.areas.pieces import Piece, WrittenPlace, pieces_of
from tienphuong.registry.areas.rules import STEP, ancestor_paths
from tienphuong.registry.areas.snapshot import AreaRow, Finding, Snapshot
from tienphuong.registry.areas.terms import AreaFlag, AreaLevel, Confidence

_REMEMBERED = 200_000
_BARE_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_UNDECIDED = {AreaFlag.SEVERAL, AreaFlag.SPLIT, AreaFlag.CONTRADICTION}
_DOUBTFUL = {AreaFlag.BARE_NAME, AreaFlag.KIND_DIFFERS, AreaFlag.SPELLING, AreaFlag.OLD_NAME, AreaFlag.LATER_NAME}
_DOUBTFUL |= {AreaFlag.COMMUNE_UNKNOWN, AreaFlag.DISTRICT_UNKNOWN, AreaFlag.ZEROS_RESTORED}


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One line of a succession, as reading needs it."""

    old: int
    new: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class AreaReading:
    """Where a written place is: the lowest area that is sure, how sure, what is doubtful, what else it could be."""

    area_id: int | None
    path: str
    level: AreaLevel | None
    confidence: Confidence
    flags: tuple[AreaFlag, ...] = ()
    candidates: tuple[int, ...] = ()
    hamlet: str = ""
    country: str = ""
    beside: str = ""
    """The bare name written before the commune: a hamlet without its word, or a street. Two addresses may be compared by it."""


class AreaIndex:
    """Reads written places as of a day. Names of other years are read too and brought over to that day."""

    def __init__(self, rows: Iterable[AreaRow], *, links: Iterable[SuccessionRow], on: date) -> None:
        rows, links = list(rows), list(links)
        self._rows = {row.id: row for row in rows}
        self._at = {row.path: row.id for row in rows}
        self._successors: dict[int, list[int]] = defaultdict(list)
        self._predecessors: dict[int, list[int]] = defaultdict(list)
        for link in links:
            if link.share != 0:
                self._successors[link.old].append(link.new)
                self._predecessors[link.new].append(link.old)
        self._known = frozenset(key for row in rows for key in row.keys)
        self._links = links
        self._eras: dict[date, AreaIndex] = {}
        self._starts = _starts(rows)
        self._days = _days(self._starts, on)
        self._snapshots = [Snapshot(rows, on=day) for day in self._days]
        self._readings: dict[tuple[str, str, str, str, str], AreaReading] = {}
        self._tails: dict[tuple[Piece, ...], AreaReading] = {}

    @property
    def on(self) -> date:
        """The day whose areas the readings name; a day before the first list is read by the first list."""
        return self._days[0]

    @property
    def is_first(self) -> bool:
        """Whether no list of units is older than the one of the day."""
        return len(self._days) == 1 or min(self._days) >= self._era(self.on)

    def at(self, day: date) -> "AreaIndex":
        """The reader of the same places as of another day; days between two reorganisations have one reader."""
        start, own = self._era(day), self._era(self.on)
        if start == own:
            return self
        if start not in self._eras:
            self._eras[start] = AreaIndex(self._rows.values(), links=self._links, on=start)
        return self._eras[start]

    def _era(self, day: date) -> date:
        """The first day of the list of communes that was in force on a day."""
        starts = self._starts
        return starts[max(bisect_right(starts, day) - 1, 0)] if starts else day

    def resolve(self, *, commune: str = "", district: str = "", province: str = "", hamlet: str = "", address: str = "") -> AreaReading:
        """Where the words of a row's columns are. The same words are read once."""
        texts = (commune, district, province, hamlet, address)
        reading = self._readings.get(texts)
        if reading is None:
            if len(self._readings) >= _REMEMBERED:
                self._readings.clear()
            reading = self._readings[texts] = self._read(WrittenPlace(*texts))
        return reading

    def path_of(self, area_id: int) -> str:
        return self._rows[area_id].path

    def level_of(self, area_id: int) -> AreaLevel:
        return self._rows[area_id].level

    def name_of(self, area_id: int) -> str:
        """The unit word and the name, for a list of candidates."""
        row = self._rows[area_id]
        return f"{row.kind.label} {row.name}"

    def keys_at(self, path: str) -> frozenset[str]:
        """The name keys of the unit at a path."""
        return self._rows[self._at[path]].keys if path in self._at else frozenset()

    def bearer_above(self, path: str, *, key: str) -> int | None:
        """The unit of that name at a path or above it, short of the nation."""
        above = (self._at.get(one) for one in (path, *reversed(ancestor_paths(path)[1:])))
        return next((area for area in above if area is not None and key in self._rows[area].keys), None)

    def _read(self, place: WrittenPlace) -> AreaReading:
        """Split, drop what is only house and street, and read the rest; many addresses of one hamlet are read once."""
        pieces = pieces_of(place, known=self._known.__contains__)
        first = next((i for i, piece in enumerate(pieces) if self._matters(piece)), len(pieces))
        tail = tuple(piece for piece in pieces[first:] if piece.key not in ("vietnam", "vn"))
        reading = self._tails.get(tail)
        if reading is None:
            if len(self._tails) >= _REMEMBERED:
                self._tails.clear()
            reading = self._tails[tail] = self._read_pieces(tail)
        beside = "" if reading.hamlet else self._beside(pieces, reading)
        return replace(reading, beside=beside) if beside else reading

    def _beside(self, pieces: Sequence[Piece], reading: AreaReading) -> str:
        """The name without figures that stands before the commune's own."""
        if reading.level is not AreaLevel.COMMUNE or reading.area_id is None:
            return ""
        keys = self._rows[reading.area_id].keys
        at = next((i for i, piece in enumerate(pieces) if any(one.key in keys for one in piece.readings)), 0)
        before = pieces[at - 1] if at else None
        return before.text if before and before.column is None and _BARE_NAME.fullmatch(before.text) else ""

    def _matters(self, piece: Piece) -> bool:
        return piece.column is not None or len(piece.readings) > 1 or piece.key in self._known or piece.key in countries()

    def _read_pieces(self, pieces: Sequence[Piece]) -> AreaReading:
        """The day's own areas first; other years only where they could explain more of what is written."""
        abroad = _country(pieces)
        if abroad:
            return AreaReading(None, "", None, Confidence.CERTAIN, (AreaFlag.ABROAD,), country=abroad)
        best, best_day = self._snapshots[0].find(pieces), self.on
        possible = sum(any(reading.key in self._known for reading in piece.readings) or piece.key.isdigit() for piece in pieces)
        for snapshot in self._snapshots[1:] if best.explained < possible else ():
            finding = snapshot.find(pieces)
            if finding.explained > best.explained:
                best, best_day = finding, snapshot.on
        return self._conclude(best) if best_day == self.on else self._bring_over(best, from_day=best_day)

    def _conclude(self, finding: Finding) -> AreaReading:
        """The reading of a place found among the areas of the day itself."""
        area = self._snapshots[0].common(finding.areas) if len(finding.areas) > 1 else finding.within
        flags = list(finding.flags)
        if finding.others and not _UNDECIDED & set(flags):
            flags.append(AreaFlag.BARE_NAME)
        return _reading(area, flags, [row.id for row in finding.others], finding.hamlet)

    def _bring_over(self, finding: Finding, *, from_day: date) -> AreaReading:
        """A place read by another year's names, as the areas of the day that stand there now (or stood there then)."""
        later = from_day > self.on
        targets = self._counterparts(finding.areas, later=later)
        flags = [flag for flag in finding.flags if flag != AreaFlag.SEVERAL]
        flags.append(AreaFlag.LATER_NAME if later else AreaFlag.OLD_NAME)
        if len(targets) == 1 and not (later and targets[0].level == AreaLevel.COMMUNE):
            return _reading(targets[0], flags, [], finding.hamlet)
        area = self._province_of(targets) if later else self._snapshots[0].common(targets)
        return _reading(area, [*flags, AreaFlag.SPLIT], [row.id for row in targets], finding.hamlet)

    def _province_of(self, targets: Sequence[AreaRow]) -> AreaRow | None:
        """What a later name is sure of: its province. The communes it was made of may include some this list does not hold."""
        return self._snapshots[0].by_path.get(targets[0].path[: 2 * STEP]) if targets else None

    def _counterparts(self, areas: Sequence[AreaRow], *, later: bool) -> list[AreaRow]:
        """The areas of the day that an area of another year became, or was made of."""
        links = self._predecessors if later else self._successors
        waiting, reached = [area.id for area in areas], {}
        while waiting:
            row = self._rows[waiting.pop()]
            if row.valid(self.on):
                reached[row.id] = row
            else:
                waiting.extend(links.get(row.id) or self._commune_of(row))
        return sorted(reached.values(), key=lambda row: row.path)

    def _commune_of(self, row: AreaRow) -> list[int]:
        """A hamlet that no act has moved goes where its commune went."""
        commune = self._at.get(row.path[:-STEP]) if row.level == AreaLevel.HAMLET else None
        return [commune] if commune is not None else []


def _starts(rows: Sequence[AreaRow]) -> list[date]:
    """The first day of every list of communes, oldest first."""
    return sorted({row.valid_from for row in rows if row.level == AreaLevel.COMMUNE})


def _days(starts: Sequence[date], on: date) -> list[date]:
    """The day asked for, then one day of every other era: the years before, latest first, then the years after."""
    if not starts:
        return [on]
    day = max(on, starts[0])
    era = max(start for start in starts if start <= day)
    return [day, *sorted((s for s in starts if s < era), reverse=True), *(s for s in starts if s > era)]


def _country(pieces: Sequence[Piece]) -> str:
    """The country named by the widest piece, if it is not Vietnam."""
    return countries().get(pieces[-1].key, "") if pieces else ""


def _reading(area: AreaRow | None, flags: Sequence[AreaFlag], candidates: Sequence[int], hamlet: str) -> AreaReading:
    path, level = (area.path, area.level) if area else ("", None)
    return AreaReading(
        area.id if area else None, path, level, _confidence(area, set(flags)), tuple(dict.fromkeys(flags)), tuple(candidates), hamlet
    )


def _confidence(area: AreaRow | None, flags: set[AreaFlag]) -> Confidence:
    if flags & _UNDECIDED:
        return Confidence.AMBIGUOUS
    if area is None or area.level == AreaLevel.NATION:
        return Confidence.UNKNOWN
    return Confidence.LIKELY if flags & _DOUBTFUL else Confidence.CERTAIN
