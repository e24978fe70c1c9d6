"""Addresses: the text as written, and the parts that name themselves. Nothing is re-ordered and no slash is read.

`12/34/78 X` counts from small to large in Hà Nội and from large to small in Hồ Chí Minh City, so the front part stays one text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.registry.rules.terms import AddressFlag

# (part, how the text announces it). Longer words stand before those they begin with.
_MARKERS: Final = (
    ("flat", r"phòng(?:\s+số)?|căn hộ|căn"),
    ("flat_code", r"(?-i:P)\.?(?=\d{3,5}\b)"),
    ("p_number", r"p\.?\s?(?=\d{1,2}\b)"),
    ("building", r"tòa nhà|toà nhà|tòa|toà|chung cư|cc\.?|block"),
    ("building_code", r"(?=(?-i:(?:CT|HH|N0|VP|OCT|HUD)-?\d))"),
    ("estate", r"khu đô thị|kđt\.?|kdt\.?|khu tập thể|tập thể|ktt\.?|khu công nghiệp|kcn\.?|khu chung cư"),
    ("hamlet", r"tổ dân phố(?:\s+số)?|tdp\.?(?:\s+số)?|khu phố|khu dân cư|kdc\.?|thôn|xóm|ấp|bản|buôn|đội|cụm|tổ(?:\s+số)?"),
    ("tt", r"tt\.?"),
    ("commune", r"phường|p\.|xã|x\.|thị trấn|đặc khu|(?-i:[PX])(?=\s+[^\W\d_])"),
    ("district", r"quận|q\.|huyện|h\.|thị xã|tx\.?|(?-i:[QH])(?=\s+[^\W\d_])|q(?=\d{1,2}\b)"),
    ("city", r"thành phố|tp\.?"),
    ("province", r"tỉnh"),
    ("lane", r"ngách|ngõ|ngo(?=\s*\d)|hẻm|kiệt"),
    ("street", r"phố|đường|đ\."),
    ("house", r"số nhà|sn\.?|số"),
)
_MARKER: Final = re.compile(
    r"(?<![\w/])(?:"
    + "|".join(f"(?P<{part}>{words})" for part, words in _MARKERS)
    + r")(?:(?<=\.)|(?!\w)|(?=\d)|(?=(?-i:[A-Z]{2,3}-?\d)))\s*",
    re.IGNORECASE,
)
_SEGMENT: Final = re.compile(r"\s*(?:[,;\n]|\s[-–]\s)\s*")
_CENTRAL_CITIES: Final = frozenset({"ha noi", "hn", "ho chi minh", "hcm", "hai phong", "da nang", "can tho", "hue"})
_SHORT_CITIES: Final = {"hn": "Hà Nội", "hcm": "Hồ Chí Minh", "tphcm": "Hồ Chí Minh", "hcmc": "Hồ Chí Minh", "tphn": "Hà Nội"}
_NUMBERED_HAMLET: Final = re.compile(r"(\d+[A-Za-z]?)\s+([^\W\d_].*)")
_FRONT: Final = frozenset({"house", "lane", "street"})


@dataclass(frozen=True, slots=True)
class AddressReading:
    """`line` is house, lane and street exactly as written; named parts carry no marker; `unlabelled` are the parts nobody named."""

    original: str
    line: str = ""
    flat: str = ""
    building: str = ""
    estate: str = ""
    hamlets: tuple[str, ...] = ()
    commune: str = ""
    commune_kind: str = ""
    district: str = ""
    province: str = ""
    unlabelled: tuple[str, ...] = ()
    flags: tuple[AddressFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    marker: str
    value: str

    @property
    def text(self) -> str:
        return f"{self.marker}{self.value}"


@lru_cache(maxsize=16384)
def read_address(raw: str) -> AddressReading:
    """The parts an address names, for the area resolver to look up; the raw text is always kept."""
    parts = [part for segment in _SEGMENT.split(raw.strip()) if clean(segment) for part in _parts(clean(segment))]
    if not parts:
        return AddressReading(raw, flags=(AddressFlag.EMPTY,))
    parts, flags = _settled(parts)
    commune = _first(parts, "commune")
    if commune is None:
        flags = (*flags, AddressFlag.NO_COMMUNE)
    line, unlabelled = _line_and_rest(parts)
    return AddressReading(
        original=raw,
        line=line,
        flat=_value(parts, "flat"),
        building=_value(parts, "building"),
        estate=_value(parts, "estate"),
        hamlets=tuple(part.text for part in parts if part.kind == "hamlet"),
        commune=commune.value if commune else "",
        commune_kind=_COMMUNE_KINDS.get(commune.marker.strip(" .").lower(), "") if commune else "",
        district=_value(parts, "district"),
        province=_value(parts, "province"),
        unlabelled=unlabelled,
        flags=flags,
    )


_COMMUNE_KINDS: Final = {
    "phường": "phường",
    "p": "phường",
    "xã": "xã",
    "x": "xã",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "đặc khu": "đặc khu",
}
_PLAIN_KINDS: Final = {"flat_code": "flat", "building_code": "building"}


def _parts(segment: str) -> list[_Part]:
    """The named parts of one comma-separated segment, and the text before the first of them."""
    marks = _real_marks(segment)
    if not marks:
        return [_Part("", "", segment)]
    parts = [_Part("", "", segment[: marks[0].start()].strip())] if marks[0].start() else []
    ends = [mark.start() for mark in marks[1:]] + [len(segment)]
    for mark, end in zip(marks, ends, strict=True):
        kind = mark.lastgroup or ""
        parts += _without_tail(_Part(_PLAIN_KINDS.get(kind, kind), mark.group(), segment[mark.end() : end].strip()))
    return parts


def _without_tail(part: _Part) -> list[_Part]:
    """A numbered hamlet ends with its number: in `đội 5 Liên Ninh` the rest is a place of its own."""
    match = _NUMBERED_HAMLET.fullmatch(part.value) if part.kind == "hamlet" else None
    return [_Part("hamlet", part.marker, match.group(1)), _Part("", "", match.group(2))] if match else [part]


def _real_marks(segment: str) -> list[re.Match[str]]:
    """Markers that announce something: a marker right after another is part of its name (`phường Phố Huế`)."""
    marks: list[re.Match[str]] = []
    for mark in _MARKER.finditer(segment):
        adjacent = marks and marks[-1].end() == mark.start()
        follows = adjacent and (mark.lastgroup not in ("building_code", "flat_code") or marks[-1].lastgroup == "building")
        if not follows and mark.end() < len(segment):
            marks.append(mark)
    return marks


def _settled(parts: list[_Part]) -> tuple[list[_Part], tuple[AddressFlag, ...]]:
    """The same parts with TT, `P 5` and `TP` decided by the parts around them, or flagged where nothing decides."""
    kinds = {part.kind for part in parts}
    flags: list[AddressFlag] = []
    settled = []
    for part in parts:
        kind = part.kind
        if kind == "tt":
            kind = "estate" if "commune" in kinds else "commune"
            flags += [] if "commune" in kinds or "district" in kinds else [AddressFlag.TT_UNCLEAR]
        elif kind == "p_number":
            kind = "flat" if "commune" in kinds else "commune"
            flags.append(AddressFlag.P_UNCLEAR)
        elif kind == "city":
            kind = "province" if fold(part.value) in _CENTRAL_CITIES and "province" not in kinds else "district"
        settled.append(_Part(kind, part.marker, part.value))
    if settled[-1].kind in ("", "province") and "province" not in kinds:
        settled[-1] = _as_central_city(settled[-1])
    return settled, tuple(flags)


def _as_central_city(part: _Part) -> _Part:
    """The last part as a centrally run city when it is one (`HN` -> Hà Nội); any other stays unnamed."""
    key = fold(part.value)
    value = _SHORT_CITIES.get(key.replace(".", "").replace(" ", ""), part.value)
    return _Part("province", part.marker, value) if key in _CENTRAL_CITIES or value != part.value else part


def _line_and_rest(parts: list[_Part]) -> tuple[str, tuple[str, ...]]:
    """House, lane and street with the unnamed text in front of or between them; what is unnamed after them stands apart."""
    last_front = max((i for i, part in enumerate(parts) if part.kind in _FRONT), default=-1)
    if last_front < 0 and parts[0].kind == "" and re.search(r"\d", parts[0].value):
        last_front = 0
    line = [part.text for i, part in enumerate(parts) if i <= last_front and (part.kind in _FRONT or part.kind == "")]
    rest = tuple(part.value for i, part in enumerate(parts) if i > last_front and part.kind == "")
    return ", ".join(line), rest


def _first(parts: list[_Part], kind: str) -> _Part | None:
    return next((part for part in parts if part.kind == kind), None)


def _value(parts: list[_Part], kind: str) -> str:
    part = _first(parts, kind)
    return part.value if part else ""
