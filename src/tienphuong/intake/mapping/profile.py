"""What the values of a column look like, counted over a sample of rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tienphuong.core.text.clean import clean
from tienphuong.core.text.family_names import USUAL_FAMILIES
from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import read_legacy
from tienphuong.core.text.missing import is_missing
from tienphuong.intake.reading.book import Row, Value

SAMPLE = 300
# More different texts than this are no words to choose from.
_CHOICES = 25
# A dash beside no plus is no negative result but an empty cell.
_DASHES = frozenset({"-", "--", "–", "—", ".", "..."})
_DATE = re.compile(
    r"^(?:ngày\s*)?\d{1,2}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*(?:\d{4}|\d{2}))?(?:\s+\d{1,2}[:hg]\d{0,2}.*)?$|^\d{4}-\d{1,2}-\d{1,2}"
    r"|^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$",
    re.IGNORECASE,
)
_SHAPES: dict[str, re.Pattern[str]] = {
    "id12": re.compile(r"^0\d{11}$|^\d{12}$"),
    "id9": re.compile(r"^\d{9}$"),
    "passport": re.compile(r"^[A-Z]\d{7,8}$"),
    "insurance": re.compile(r"^[A-Z]{2}\s?\d[\d\s]{11,14}$"),
    "phone": re.compile(r"^(?:\+?84|0)?\s?[235789][\d\s.\-]{7,11}(?:\s*[/,;-]\s*0?\d[\d\s.\-]{7,11})?$"),
    "year": re.compile(r"^(?:19[0-9]{2}|20[0-2][0-9])$"),
    "age": re.compile(r"^(?:\d{1,2}|10\d|11\d)$"),
    "case_no": re.compile(r"^(?:BN|NB|CA|HN|TT|F0|SK|MB|BA)[\s_.\-]?\d+$", re.IGNORECASE),
    "code": re.compile(r"^[A-Z]{1,6}[\s_.\-/]?\d+(?:[\-/.]\w+)*$", re.IGNORECASE),
    "degree": re.compile(r"^F\s?[0-5]$", re.IGNORECASE),
    "link": re.compile(r"\b(?:F[0-5]\s*(?:của)?\s*)?(?:BN|NB)\s?\d+|F[01] của|tiếp xúc|liên quan", re.IGNORECASE),
    "flight": re.compile(r"^(?:VN|VJ|QH|BL)\s?\d{2,4}$|^\d{2}[A-Z]\d?-\d{3,5}", re.IGNORECASE),
    "seat": re.compile(r"^\d{1,2}[A-K]$", re.IGNORECASE),
    "ct": re.compile(r"^[1-4]\d[.,]\d+$"),
}
_SEX_AND_BORN = re.compile(
    r"(?:nam|nu|m|f|male|female|trai|gai)[\W_]+(?:(?:sn|sinh nam|sinh)\W*)?\d[\d/.\-]*(?:\s*(?:tuoi|t))?\)?"
    r"|\d[\d/.\-]*(?:\s*(?:tuoi|t))?[\W_]+(?:nam|nu|m|f|male|female|trai|gai)\)?"
)
# A choice of a form by its name: `am_tinh`.
_CODED = re.compile(r"[a-z]+(?:_[a-z]+)+")
_SEXES = frozenset({"nam", "nu", "m", "f", "male", "female", "trai", "gai", "n", "unknown"})
_RESULTS = re.compile(
    r"^(?:am tinh|duong tinh|am|duong|\(?[-+]\)?(?!\s*[\d.])|negative|positive|neg|pos|cho ket qua|cho kq|nghi ngo|khong xac dinh)\b|^\(?[-+]\)?$"
)
_TESTED = re.compile(r"\b(?:am|duong) tinh\b")
_ANSWERS = frozenset(
    [
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "co",
        "khong",
        "oui",
        "non",
        "si",
        "sim",
        "nao",
        "ja",
        "nein",
        "ya",
        "tidak",
        "unknown",
        "unk",
        "1",
        "2",
        "9",
    ]
)
_YES = _ANSWERS - {"1", "2", "9", "unknown", "unk"}
_CLASSED = re.compile(r"confirm|probab|suspe|discard|not a case|xac dinh|co the|nghi ngo|sospech|descart|negativ|loai tru|f0|khang dinh")
_SETTINGS = re.compile(
    r"^(?:tai |trong |o )?(?:cong dong|khu cach ly|khu phong toa|phong toa|cach ly|nhap canh|sang loc|benh vien|co so y te|community|quarantine)\b"
)
_ADDRESS = re.compile(r"\b(?:thon|xom|so nha|so \d|ngo|ngach|to \d|tdp|phuong|xa|quan|huyen|duong|pho|chung cu|kdt|ktt|p\d{3})\b")
_HAMLET = re.compile(r"^(?:thon|xom|to|tdp|khu|cum|doi)\b")
_OUTCOMES = re.compile(r"^(?:dang dieu tri|khoi|ra vien|tu vong|chuyen|alive|dead|on dinh|binh thuong|recovered|da khoi|da ra vien)")
_FORMS = re.compile(r"(?:tap trung|tai nha|cltt|cltn|tu theo doi|nha rieng|co so y te)")


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of a column's filled cells that have each shape; `filled` is the number looked at."""

    filled: int
    rows: int
    shares: dict[str, float]
    words: tuple[str, ...] = ()
    """The different texts of the column, where they are few enough to be words of a choice."""

    def share(self, *shapes: str) -> float:
        """The share of cells with any of the shapes, at most 1."""
        return min(1.0, sum(self.shares.get(shape, 0.0) for shape in shapes))


def column_profiles(rows: Sequence[Row], *, width: int, commune_names: frozenset[str]) -> list[Profile]:
    """The profile of each column."""
    return [_profile([_cell(row, column) for row in rows], commune_names=commune_names) for column in range(width)]


def _cell(row: Row, column: int) -> Value:
    return row.cells[column] if column < len(row.cells) else None


def _profile(values: list[Value], *, commune_names: frozenset[str]) -> Profile:
    """Counts the shapes of one column."""
    filled = [value for value in values if value is not None and not (isinstance(value, str) and is_missing(value))]
    if not any(isinstance(value, str) and "+" in value for value in filled):
        filled = [value for value in filled if not (isinstance(value, str) and value.strip() in _DASHES)]
    counts: dict[str, int] = {}
    for value in filled:
        for shape in _shapes(value, commune_names):
            counts[shape] = counts.get(shape, 0) + 1
    shares = {shape: count / len(filled) for shape, count in counts.items()}
    shares["distinct"] = len({str(value) for value in filled}) / len(filled) if filled else 0.0
    shares["rising"] = _rising(filled)
    return Profile(len(filled), len(values), shares, _choices(filled))


def _choices(values: Sequence[Value]) -> tuple[str, ...]:
    """The different texts with letters, if they are few."""
    texts = dict.fromkeys(value.strip() for value in values if isinstance(value, str) and any(map(str.isalpha, value)))
    return tuple(texts) if len(texts) <= _CHOICES else ()


def _rising(values: Sequence[Value]) -> float:
    """How much a column counts 1, 2, 3: the share of steps that are one, restarts at 1 allowed."""
    numbers = [
        int(str(value).strip())
        for value in values
        if isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip().isdecimal()
    ]
    if len(numbers) < 2 or len(numbers) < 0.9 * len(values) or min(numbers) > 1:
        return 0.0
    steps = [b - a == 1 or b == 1 for a, b in pairwise(numbers)]
    return sum(steps) / len(steps)


def _shapes(value: Value, commune_names: frozenset[str]) -> tuple[str, ...]:
    """The shapes one value has."""
    if isinstance(value, bool):
        return ("mark",)
    if isinstance(value, date):
        return ("date",)
    if isinstance(value, int | float):
        return ("number", *_text_shapes(str(value), commune_names))
    return _text_shapes(str(value), commune_names)


@lru_cache(maxsize=16384)
def _text_shapes(text: str, commune_names: frozenset[str]) -> tuple[str, ...]:
    """The shapes of a text."""
    text = clean(text)
    found = [name for name, pattern in _SHAPES.items() if pattern.search(text)]
    if _DATE.match(text):
        found = ["date", *(name for name in found if name != "phone")]
    plain = fold(read_legacy(text).text)
    plain = plain.replace("_", " ") if _CODED.fullmatch(plain) else plain
    if any(map(str.isdigit, text)):
        found.append("digits")
    found += [name for name, holds in _WORD_SHAPES if holds(plain)]
    if _TESTED.search(plain):
        # "Không dương tính" begins like the family name Khổng, and holds the letters of "đường".
        found = [*(name for name in found if name not in ("name", "address", "result")), "result"]
    if _is_commune(plain, commune_names):
        found.append("commune")
    if plain in ("x", "v", "✓"):
        found.append("mark")
    if len(plain) > 40:
        found.append("long")
    if not any(char.isalpha() for char in plain) and "date" not in found:
        found.append("figures")
    return tuple(found)


def _is_commune(plain: str, commune_names: frozenset[str]) -> bool:
    """Whether the text is the name of a commune, with or without the word for it."""
    return plain in commune_names or re.sub(r"^(?:xa|phuong|thi tran|x\.|p\.|tt\.?)\s*", "", plain) in commune_names


def _is_name(plain: str) -> bool:
    """Two to six words of letters that start with a family name, honorifics apart."""
    words = re.sub(r"^(?:ong|ba|anh|chi|chau|be|bs|d/c)\s+", "", plain).split()
    return (
        2 <= len(words) <= 6 and words[0].rstrip(".") in USUAL_FAMILIES | {"ng"} and all(word.replace(".", "").isalpha() for word in words)
    )


_WORD_SHAPES = (
    ("sentence", lambda plain: len(plain.split()) > 2 and "," in plain),
    ("yesno", lambda plain: plain in _ANSWERS),
    ("setting", lambda plain: _SETTINGS.search(plain) is not None),
    ("yes", lambda plain: plain in _YES),
    ("tick", lambda plain: plain in ("0", "1")),
    ("classed", lambda plain: _CLASSED.search(plain) is not None),
    ("sex", lambda plain: plain in _SEXES),
    ("sex_and_born", lambda plain: _SEX_AND_BORN.fullmatch(plain) is not None),
    ("result", lambda plain: _RESULTS.match(plain) is not None),
    ("address", lambda plain: _ADDRESS.search(plain) is not None),
    ("hamlet", lambda plain: _HAMLET.match(plain) is not None),
    ("name", _is_name),
    ("outcome", lambda plain: _OUTCOMES.match(plain) is not None),
    ("form", lambda plain: _FORMS.search(plain) is not None),
)
