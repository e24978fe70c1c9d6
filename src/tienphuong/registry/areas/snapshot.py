"""The areas of one day, and how a written place is found among them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from tienphuong.registry.areas.pieces import Piece
from tienphuong.registry.areas.rules import STEP, common_path
from tienphuong.registry.areas.terms import AreaFlag, AreaKind, AreaLevel

_CODE_DIGITS = {AreaLevel.PROVINCE: 2, AreaLevel.DISTRICT: 3, AreaLevel.COMMUNE: 5}
_CLOSE_SPELLING = 86
# A district with fewer communes than this is here for a name that collides, not as a list of what it holds.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class AreaRow:
    """What reading needs to know of an area."""

    id: int
    code: str
    kind: AreaKind
    level: AreaLevel
    name: str
    keys: frozenset[str]
    path: str
    valid_from: date
    valid_to: date | None

    def valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass
class Finding:
    """What one day's areas make of a written place, and how much of it they explain."""

    areas: list[AreaRow] = field(default_factory=list)
    flags: list[AreaFlag] = field(default_factory=list)
    others: list[AreaRow] = field(default_factory=list)
    within: AreaRow | None = None
    hamlet: str = ""
    explained: float = 0

    def add(self, area: AreaRow, *, worth: float) -> None:
        """Step down to an area."""
        self.areas, self.within = [area], area
        self.explained += worth


def _by_code(piece: Piece, area: AreaRow) -> AreaFlag | None:
    """How an area was read by its code, if it was; a name key has lost its leading zeros too, so the text itself is asked."""
    if not (piece.key.isdigit() and area.code.endswith(piece.key)):
        return None
    return AreaFlag.CODE_READ if piece.text.strip() == area.code else AreaFlag.ZEROS_RESTORED


class Snapshot:
    """The areas that exist on one day, by name, by code and by path."""

    def __init__(self, rows: Iterable[AreaRow], *, on: date) -> None:
        self.on = on
        self.by_path = {row.path: row for row in rows if row.valid(on)}
        self._named: dict[tuple[AreaLevel, str], list[AreaRow]] = defaultdict(list)
        self._coded: dict[tuple[AreaLevel, str], list[AreaRow]] = defaultdict(list)
        for row in self.by_path.values():
            self._coded[row.level, row.code].append(row)
            for key in row.keys:
                self._named[row.level, key].append(row)
        self._sizes = Counter(row.path[:-STEP] for row in self.by_path.values() if row.level == AreaLevel.COMMUNE)
        self._has_districts = any(row.level == AreaLevel.DISTRICT for row in self.by_path.values())

    def find(self, pieces: Sequence[Piece]) -> Finding:
        """From the widest piece to the most local: province, district, commune, hamlet."""
        finding, rest = Finding(), list(pieces)
        rest = self._step(rest, AreaLevel.PROVINCE, finding, look=2)
        rest = self._step(rest, AreaLevel.DISTRICT, finding, look=1)
        rest = self._commune(rest, finding)
        self._hamlet(rest, finding)
        return finding

    def common(self, areas: Sequence[AreaRow]) -> AreaRow | None:
        """The lowest area of this day that holds all of them."""
        return self.by_path.get(common_path([area.path for area in areas])) if areas else None

    def _step(self, pieces: list[Piece], level: AreaLevel, finding: Finding, *, look: int) -> list[Piece]:
        """Find the province or the district: said to be one, or a bare name among the widest pieces. Gives what is left."""
        loose = [piece for piece in pieces if piece.column is None or self._misplaced(piece)][-look:]
        for piece in reversed(pieces):
            if not (piece.explicit(level) or piece in loose):
                continue
            matches = self._matches(piece, level, finding.within)
            if len(matches) == 1:
                finding.add(matches[0], worth=1)
                if piece.column not in (None, level):
                    finding.flags.append(AreaFlag.BARE_NAME)
                if _by_code(piece, matches[0]) is AreaFlag.ZEROS_RESTORED:
                    finding.flags.append(AreaFlag.ZEROS_RESTORED)
                return [other for other in pieces if other is not piece]
        if level == AreaLevel.DISTRICT and any(piece.explicit(level) for piece in pieces):
            # Since 1/7/2025 a district is only what people still write: it is told, and the commune is read without it.
            finding.flags.append(AreaFlag.DISTRICT_UNKNOWN)
        return pieces

    def _misplaced(self, piece: Piece) -> bool:
        """Whether a name in the commune column is no commune's: the sender may have written the district there."""
        return (
            piece.column == AreaLevel.COMMUNE
            and not piece.key.isdigit()
            and not any((AreaLevel.COMMUNE, r.key) in self._named for r in piece.readings)
        )

    def _matches(self, piece: Piece, level: AreaLevel, within: AreaRow | None) -> list[AreaRow]:
        """The areas of a level a piece can mean: its unit word must agree, and they must lie inside what is known."""
        found = {
            row.path: row
            for reading in piece.readings
            for row in self._named.get((level, reading.key), ())
            if not reading.kinds or _word_of(row.kind) in reading.kinds
        }
        if not found and piece.column == level and piece.key.isdigit():
            found = {row.path: row for row in self._coded.get((level, piece.key.zfill(_CODE_DIGITS.get(level, 0))), ())}
        return [row for row in found.values() if within is None or row.path.startswith(within.path)]

    def _commune(self, pieces: list[Piece], finding: Finding) -> list[Piece]:
        """Find the commune: a piece that says it is one, else the bare name next to the district."""
        for piece in self._commune_pieces(pieces, finding):
            if self._settle_commune(piece, finding):
                return [other for other in pieces if other is not piece]
        self._note_unread(pieces, finding)
        return pieces

    def _commune_pieces(self, pieces: list[Piece], finding: Finding) -> list[Piece]:
        """The pieces that may name the commune, the likeliest first. A district that nobody knows hides its communes."""
        if not self._has_districts:
            return _explicit_first(pieces)
        if AreaFlag.DISTRICT_UNKNOWN in finding.flags:
            return []
        likely = _explicit_first(pieces)
        if finding.within and finding.within.level == AreaLevel.DISTRICT:
            return likely
        unread = [piece for piece in pieces if piece.column is None and not self._could_be_commune(piece) and not begins_as_hamlet(piece)]
        hidden = {id(piece) for piece in pieces if unread and pieces.index(piece) < pieces.index(unread[-1])}
        allowed = [piece for piece in likely if id(piece) not in hidden or piece.column]
        if not allowed and likely:
            finding.flags.append(AreaFlag.DISTRICT_UNKNOWN)
        return allowed

    def _could_be_commune(self, piece: Piece) -> bool:
        return piece.explicit(AreaLevel.COMMUNE) or any((AreaLevel.COMMUNE, reading.key) in self._named for reading in piece.readings)

    def _settle_commune(self, piece: Piece, finding: Finding) -> bool:
        """Whether this piece names a commune; if so, which, how surely, or between which."""
        matches = self._matches(piece, AreaLevel.COMMUNE, finding.within)
        if matches:
            return self._take(matches, piece, finding, worth=1)
        if self._lists(finding.within) and (elsewhere := self._elsewhere(piece, finding.within)):
            finding.flags.append(AreaFlag.CONTRADICTION)
            finding.others = elsewhere
            return True
        other_kind = self._any_kind(piece, finding.within)
        if other_kind:
            finding.flags.append(AreaFlag.KIND_DIFFERS)
            return self._take(other_kind, piece, finding, worth=0.75)
        close = self._close(piece, finding.within)
        if close:
            finding.flags.append(AreaFlag.SPELLING)
            return self._take([close], piece, finding, worth=0.75)
        return False

    def _take(self, matches: list[AreaRow], piece: Piece, finding: Finding, *, worth: float) -> bool:
        """One match is the answer; several are a question."""
        if len(matches) == 1:
            finding.add(matches[0], worth=worth)
            if (flag := _by_code(piece, matches[0])) is not None:
                finding.flags.append(flag)
            return True
        finding.flags.append(AreaFlag.SEVERAL)
        finding.areas, finding.others = matches, matches
        finding.explained += worth
        return True

    def _lists(self, district: AreaRow | None) -> bool:
        """Whether all communes of a district are on the list, so that a name it lacks is a mistake."""
        return district is not None and district.level == AreaLevel.DISTRICT and self._sizes[district.path] >= _LISTED

    def _elsewhere(self, piece: Piece, district: AreaRow | None) -> list[AreaRow]:
        """Communes of exactly this designation outside the district that was named; only an explicit piece accuses."""
        if district is None or not piece.explicit(AreaLevel.COMMUNE) or self._any_kind(piece, district):
            return []
        return [row for row in self._matches(piece, AreaLevel.COMMUNE, None) if not row.path.startswith(district.path)]

    def _any_kind(self, piece: Piece, within: AreaRow | None) -> list[AreaRow]:
        """The communes of that name whatever their unit word; only inside a known area, where the name is nearly enough."""
        if within is None:
            return []
        found = {row.path: row for reading in piece.readings for row in self._named.get((AreaLevel.COMMUNE, reading.key), ())}
        return [row for row in found.values() if row.path.startswith(within.path)] if piece.explicit(AreaLevel.COMMUNE) else []

    def _close(self, piece: Piece, within: AreaRow | None) -> AreaRow | None:
        """The one commune of the district whose spelling is close; the second best must be clearly worse."""
        if within is None or not self._lists(within) or not piece.explicit(AreaLevel.COMMUNE):
            return None
        names = {
            row.path: min(row.keys, key=len)
            for row in self.by_path.values()
            if row.level == AreaLevel.COMMUNE and row.path.startswith(within.path)
        }
        best = process.extract(piece.readings[-1].key, names, scorer=fuzz.ratio, limit=2, score_cutoff=_CLOSE_SPELLING)
        sure = len(best) == 1 or (len(best) == 2 and best[0][1] - best[1][1] > 4)
        return self.by_path[best[0][2]] if sure else None

    def _note_unread(self, pieces: list[Piece], finding: Finding) -> None:
        """Tell that a commune was written and not found, or that a bare name was taken for the district."""
        if any(piece.explicit(AreaLevel.COMMUNE) for piece in pieces):
            finding.flags.append(AreaFlag.COMMUNE_UNKNOWN)
        elif finding.within and finding.within.level == AreaLevel.DISTRICT:
            finding.others = [row for key in finding.within.keys for row in self._named.get((AreaLevel.COMMUNE, key), ())]

    def _hamlet(self, pieces: list[Piece], finding: Finding) -> None:
        """Find the hamlet of the commune; one that is not on the list keeps its words."""
        commune = finding.within if finding.within and finding.within.level == AreaLevel.COMMUNE else None
        for piece in reversed(pieces):
            # A bare number is a house; only `tổ 5` or the hamlet column makes it a group.
            matches = (
                self._matches(piece, AreaLevel.HAMLET, commune)
                if commune and (not piece.key.isdigit() or piece.explicit(AreaLevel.HAMLET))
                else []
            )
            if len(matches) == 1:
                finding.add(matches[0], worth=1)
                finding.hamlet = piece.text
                return
        written = [piece.text for piece in pieces if piece.column == AreaLevel.HAMLET or begins_as_hamlet(piece)]
        if written:
            finding.hamlet = written[-1]
            finding.flags.append(AreaFlag.HAMLET_UNKNOWN)


def begins_as_hamlet(piece: Piece) -> bool:
    """Whether the piece opens with a hamlet word and can mean nothing wider."""
    return any(reading.kinds and all(kind.level == AreaLevel.HAMLET for kind in reading.kinds) for reading in piece.readings)


def _explicit_first(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that say they are communes, the widest first; then the widest piece whatever it says."""
    explicit = [piece for piece in reversed(pieces) if piece.explicit(AreaLevel.COMMUNE)]
    free = [piece for piece in pieces[-1:] if piece.column is None and piece not in explicit]
    return explicit + free


def _word_of(kind: AreaKind) -> AreaKind:
    """The kind whose unit word a unit is written with: a city of a province is written as one of its own."""
    return AreaKind.MUNICIPALITY if kind is AreaKind.PROVINCIAL_CITY else kind
