"""Names, unit words, paths and shares of areas: pure decisions over text and numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tienphuong.core.refusal import Refusal
from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.registry.areas.terms import AreaKind as K
from tienphuong.registry.areas.terms import AreaLevel

STEP: Final = 4
_PUNCTUATION: Final = re.compile(r"[^0-9a-z]+")
_WORDS: Final = re.compile(r"[^\W_]+")

# How each unit word is written, in full and abbreviated, with the ambiguities people live with (TT, T., X.).
_UNIT_WORDS: Final[dict[str, frozenset[K]]] = {
    "tỉnh": frozenset({K.PROVINCE}),
    "t": frozenset({K.PROVINCE, K.HAMLET}),
    "thành phố": frozenset({K.MUNICIPALITY}),
    "tp": frozenset({K.MUNICIPALITY}),
    "quận": frozenset({K.URBAN_DISTRICT}),
    "q": frozenset({K.URBAN_DISTRICT}),
    "huyện": frozenset({K.RURAL_DISTRICT}),
    "h": frozenset({K.RURAL_DISTRICT}),
    "thị xã": frozenset({K.DISTRICT_TOWN}),
    "tx": frozenset({K.DISTRICT_TOWN}),
    "phường": frozenset({K.WARD}),
    "p": frozenset({K.WARD}),
    "xã": frozenset({K.COMMUNE}),
    "x": frozenset({K.COMMUNE, K.HAMLET}),
    "thị trấn": frozenset({K.TOWNSHIP}),
    "tt": frozenset({K.TOWNSHIP}),
    "đặc khu": frozenset({K.SPECIAL_ZONE}),
    "thôn": frozenset({K.HAMLET}),
    "xóm": frozenset({K.HAMLET}),
    "ấp": frozenset({K.HAMLET}),
    "bản": frozenset({K.HAMLET}),
    "làng": frozenset({K.HAMLET}),
    "đội": frozenset({K.HAMLET}),
    "cụm": frozenset({K.HAMLET}),
    "tổ dân phố": frozenset({K.RESIDENTIAL_GROUP}),
    "tdp": frozenset({K.RESIDENTIAL_GROUP}),
    "tổ": frozenset({K.RESIDENTIAL_GROUP}),
    "khu phố": frozenset({K.RESIDENTIAL_GROUP}),
    "khu dân cư": frozenset({K.RESIDENTIAL_GROUP}),
}
# English lists put the unit word last: `Thanh Tri district`.
_ENGLISH_UNIT_WORDS: Final[dict[str, frozenset[K]]] = {
    "province": frozenset({K.PROVINCE}),
    "city": frozenset({K.MUNICIPALITY}),
    "district": frozenset({K.URBAN_DISTRICT, K.RURAL_DISTRICT}),
    "ward": frozenset({K.WARD}),
    "commune": frozenset({K.COMMUNE}),
    "town": frozenset({K.TOWNSHIP, K.DISTRICT_TOWN}),
    "township": frozenset({K.TOWNSHIP}),
    "hamlet": frozenset({K.HAMLET}),
    "village": frozenset({K.HAMLET}),
}
_FOLDED_UNIT_WORDS: Final = {fold(word): kinds for word, kinds in _UNIT_WORDS.items()}
# Cuts `thôn Thọ Am xã Liên Ninh`; single syllables that also begin names (tổ, đội, làng ...) do not cut.
_CUTTING: Final = ("xã", "phường", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh", "thôn", "xóm", "tổ dân phố", "tdp")
_DOTTED: Final = r"(?:p|q|x|h|tt|tp|tx|tdp)\s*\."
_CUT: Final = re.compile(rf"\s+(?=(?:{'|'.join(_CUTTING)})\s|{_DOTTED})")
_CUT_FOLDED: Final = re.compile(rf"\s+(?=(?:{'|'.join(map(fold, _CUTTING))})\s|{_DOTTED})")
# `Thành phố` of two levels: which one an official name means, its list says.
_OFFICIAL_WORDS: Final = sorted(
    (kind for kind in K if kind is not K.PROVINCIAL_CITY and kind.level not in (AreaLevel.NATION, AreaLevel.OPERATIONAL)),
    key=lambda k: -len(k.label),
)


@dataclass(frozen=True, slots=True)
class Designation:
    """One way to read a piece of an address: the unit kinds its first word allows (empty: no unit word) and the name's key."""

    kinds: frozenset[K]
    key: str


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Folded words without punctuation: `P.Hạ Đình` -> `p ha dinh`."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def name_key(text: str) -> str:
    """The key two spellings of one place meet under: letters and digits only, so `Liên  Ninh`, `LIENNINH` and `lien-ninh` agree."""
    words = plain(text).split()
    if len(words) > 1 and words[0] == "so" and words[1].isdigit():
        words = words[1:]
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


@lru_cache(maxsize=65536)
def designations(text: str) -> tuple[Designation, ...]:
    """Every way to read one piece: as a bare name, then with each unit word it may begin with, the longest word first."""
    words = _WORDS.findall(clean(text).lower())
    units = _FOLDED_UNIT_WORDS if text.isascii() else _UNIT_WORDS
    readings = [Designation(frozenset(), name_key(text))]
    for size in (3, 2, 1):
        kinds = units.get(" ".join(words[:size])) if len(words) > size else None
        if kinds:
            readings.append(Designation(kinds, name_key(" ".join(words[size:]))))
    if len(words) > 1 and words[-1] in _ENGLISH_UNIT_WORDS:
        readings.append(Designation(_ENGLISH_UNIT_WORDS[words[-1]], name_key(" ".join(words[:-1]))))
    return tuple(readings)


def cut_at_units(text: str) -> list[str]:
    """The pieces of a text that writes several units without commas. Where accents are written, Quan Nhân is no quận."""
    text = clean(text)
    cut = _CUT_FOLDED if text.isascii() else _CUT
    starts = [match.end() for match in cut.finditer(text.lower())]
    return [text[start:end].strip() for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def split_official_name(official: str) -> tuple[K, str]:
    """The unit kind and the name of an official designation: `Xã Đại áng` is the commune `Đại Áng`."""
    for kind in _OFFICIAL_WORDS:
        if official.startswith(kind.label + " "):
            return kind, _capitalised(official.removeprefix(kind.label + " "))
    return K.NATION, official


def _capitalised(name: str) -> str:
    """The list of 2019 prints `Đại áng`: a place name takes capitals."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


def search_key(kind: K, *, name: str, aliases: Iterable[str] = ()) -> str:
    """The folded names between bars, without and with the unit word, then the usual other names: `|lien ninh|xa lien ninh|`."""
    names = [plain(name), plain(f"{kind.label} {name}"), *(plain(alias) for alias in aliases)]
    return "|" + "|".join(dict.fromkeys(names)) + "|"


def keys_of(stored: str) -> frozenset[str]:
    """The name keys held in a stored search key."""
    return frozenset(name_key(name) for name in stored.strip("|").split("|"))


def child_path(parent: str, *, number: int) -> str | Refusal:
    """The path of a parent's numbered child."""
    if not 1 <= number < 10**STEP - 1:
        return Refusal(f"Đơn vị {parent} đã có {number - 1} đơn vị con, đường dẫn chỉ đủ cho {10**STEP - 2}")
    return f"{parent}{number:0{STEP}d}"


def ancestor_paths(path: str) -> list[str]:
    """The paths above, from the nation down."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def common_path(paths: Sequence[str]) -> str:
    """The path of the lowest area that contains them all; empty when there is none."""
    first, last = min(paths), max(paths)
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: shared - shared % STEP]


@dataclass(frozen=True, slots=True)
class ShareLink:
    """One line of a succession: which new area, and what part of the people (None: the act does not say)."""

    new: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure of an old area carried over to the new ones, and how far that can be trusted."""

    placed: dict[int, Decimal]
    unplaced: Decimal
    between: tuple[int, ...]
    approximate: bool

    @property
    def note(self) -> str:
        """The sentence to print under a converted figure."""
        if self.unplaced:
            return f"Chưa phân bổ được {self.unplaced} giữa {len(self.between)} đơn vị mới: văn bản không ghi tỷ lệ, phải xếp theo thôn hoặc địa chỉ."
        return "Số gần đúng: đơn vị cũ được chia cho nhiều đơn vị mới." if self.approximate else ""


def convert_share(value: Decimal, *, links: Sequence[ShareLink]) -> Conversion:
    """What an old area's figure becomes in its successors. Unknown shares place nothing; the remainder is said, not guessed."""
    placed = {link.new: value * link.share for link in links if link.share is not None}
    unknown = tuple(link.new for link in links if link.share is None)
    rest = value - sum(placed.values(), Decimal(0))
    if len(unknown) == 1:
        return Conversion(placed | {unknown[0]: rest}, Decimal(0), (), True)
    whole = all(link.share in (0, 1) for link in links)
    return Conversion(placed, rest, unknown if rest else (), not whole)
