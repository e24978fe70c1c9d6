"""What each row below the header is: a person, a section title, a sum, a repeated header, a signature."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import read_legacy
from tienphuong.intake.reading.book import Row, Value
from tienphuong.lists.words.links import read_mentions

from .header import Header
from .terms import RowRole, TargetField

# Accents decide: "Tổng cộng" is a sum, "Tống Thị Hoa" and "Cộng" are not the same word.
_TOTAL = re.compile(r"^\s*(tổng|cộng|lũy kế|luỹ kế|total|sum|grand total)\b(?!\s+(thị|văn)\b)", re.IGNORECASE)
_TOTAL_PLAIN = re.compile(r"^\s*(tong (cong|so)|tong\s*:|cong\s*:)", re.IGNORECASE)
_FOOTER = re.compile(
    r"^(nguoi lap (bieu|bang|danh sach)|nguoi tong hop|thu truong|tm\.? ?(ubnd|uy ban|ban chi dao)|t/m|kt\.|chu tich|pho chu tich|truong tram|noi nhan|ky ten|xac nhan cua|lanh dao|nguoi bao cao|can bo (lap|tong hop))\b"
)
_PLACE_DATE = re.compile(r"^[\w\s]{2,40},? ngay \d{0,2}.{0,3} thang \d{0,2}.{0,3} nam \d{0,4}")
_ROMAN = re.compile(r"^(?:[ivx]{1,5}|[a-h]|\d{1,2}(?:\.\d{1,2})?)[.)]?$", re.IGNORECASE)
_LEADING = re.compile(r"^\s*(?:(?:[IVX]{1,5}|[A-H]|\d{1,2})\s*[.):-]\s*|[IVX]{1,5}\s+)")
_DEGREE = re.compile(r"\bF\s?([0-5])\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"^F\s?0\s*[:\-]\s*[A-ZĐÀ-Ỹ]\w+\s+[A-ZĐÀ-Ỹ]")
_OF_CASE = re.compile(r"(?:ca bệnh|bệnh nhân|BN|(?:các )?(?:F[1-5]|người) tiếp xúc(?: gần)?(?: với| của)?)\b.*\d", re.IGNORECASE)
_HAMLET = re.compile(r"^(thôn|xóm|tổ dân phố|tổ|tdp|khu dân cư|khu phố|khu|cụm|đội|làng|chung cư|tòa)\b", re.IGNORECASE)
_COMMUNE = re.compile(r"^(xã|phường|thị trấn|x\.|p\.|tt\.)\s*\S", re.IGNORECASE)

Context = tuple[tuple[TargetField, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A title inside the table, and what it says of the rows below."""

    row: int
    text: str
    context: Context = ()


@dataclass(slots=True)
class Fates:
    """The rows sorted."""

    data: list[int] = field(default_factory=list)
    ignored: list[tuple[int, RowRole, str]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def sort_rows(rows: Iterable[Row], *, header: Header, number_column: int | None, code_column: int | None = None) -> Fates:
    """Every row of the sheet with its fate; a row with one of our own codes is a row of the list, whatever else it says."""
    row_roles, over = Fates(), False
    names = {_plain(leaf) for leaf in (*header.leaves, *header.labels) if leaf}
    usual = max(2, len([label for label in header.labels if label]))
    for row in rows:
        fate = _before(row, header) or _coded(row, code_column) or (RowRole.FOOTER if over and _count(row.cells) <= 2 else None)
        fate = fate or _at_a_glance(row, usual=usual, near=row.number - header.last <= 2)
        fate = fate or _fate(row, header=header, names=names, usual=usual, number_column=number_column)
        over = over or fate is RowRole.FOOTER
        _file(row, fate, row_roles)
    return row_roles


def _coded(row: Row, column: int | None) -> RowRole | None:
    return RowRole.DATA if column is not None and column < len(row.cells) and row.cells[column] is not None else None


def _before(row: Row, header: Header) -> RowRole | None:
    """Rows in or above the header."""
    if row.number in header.rows:
        return RowRole.HEADER
    return RowRole.TITLE if row.number < header.last else None


def _at_a_glance(row: Row, *, usual: int, near: bool) -> RowRole | None:
    """The common row, a number and then text in most columns, without asking every question of it."""
    texts = [cell for cell in row.cells if cell is not None]
    if near or len(texts) < max(3, 0.5 * usual) or not str(texts[0]).isdecimal():
        return None
    second = texts[1]
    return RowRole.DATA if isinstance(second, str) and not (_TOTAL.match(second) or _TOTAL_PLAIN.match(second)) else None


def _plain(text: str) -> str:
    """A text for comparison with itself repeated."""
    return " ".join(text.split()).casefold()


def _file(row: Row, fate: RowRole, row_roles: Fates) -> None:
    """Puts a row where its fate sends it."""
    if fate is RowRole.DATA:
        row_roles.data.append(row.number)
        return
    text = " ".join(str(cell) for cell in row.cells if cell is not None)[:200]
    if fate is RowRole.SECTION:
        row_roles.sections.append(Section(row.number, text, context_of(text)))
    row_roles.ignored.append((row.number, fate, text))


def _fate(row: Row, *, header: Header, names: set[str], usual: int, number_column: int | None) -> RowRole:
    """What a row below the header is; the first test that answers wins."""
    texts = [cell for cell in row.cells if cell is not None]
    tests: tuple[tuple[RowRole, Callable[[], bool]], ...] = (
        (RowRole.COMMENT, lambda: str(texts[0]).lstrip().startswith("##")),
        (RowRole.REPEATED_HEADER, lambda: _repeats(texts, names)),
        (RowRole.NUMBERING, lambda: _numbers(texts, near=row.number - header.last <= 2)),
        (RowRole.TOTAL, lambda: _sums(row.cells, texts)),
        (RowRole.FOOTER, lambda: _signs(texts)),
        (RowRole.REMARK, lambda: _remarks(row.cells, texts, number_column)),
        (RowRole.BARE_NUMBER, lambda: _only_numbered(row.cells, texts, number_column)),
        (RowRole.SECTION, lambda: _titles(row.cells, texts, usual=usual)),
    )
    return next((fate for fate, holds in tests if holds()), RowRole.DATA)


@lru_cache(maxsize=8192)
def _readable(text: str) -> str:
    """The words of a cell, whatever encoding or composition they were typed in."""
    return text if text.isascii() else clean(read_legacy(text).text)


def _remarks(cells: Sequence[Value], texts: Sequence[Value], number_column: int | None) -> bool:
    """A remark under the table: words where the number of the row would stand, and little beside them."""
    if number_column is None or not 1 < len(texts) <= 3 or number_column >= len(cells):
        return False
    first = cells[number_column]
    return isinstance(first, str) and first is texts[0] and len(first) > 12 and " " in first.strip() and not _ROMAN.match(first.strip())


def _count(cells: Sequence[Value]) -> int:
    return sum(1 for cell in cells if cell is not None)


def _only_numbered(cells: Sequence[Value], texts: Sequence[Value], number_column: int | None) -> bool:
    """A line numbered in advance and never filled in."""
    if number_column is None or len(texts) != 1 or number_column >= len(cells):
        return False
    return cells[number_column] is texts[0] and str(texts[0]).strip(" .").isdecimal()


def _repeats(texts: Sequence[Value], names: set[str]) -> bool:
    """The header again, after a page break."""
    words = [_plain(cell) for cell in texts if isinstance(cell, str) and len(cell) < 90]
    known = sum(1 for word in words if word in names)
    return len(texts) >= 2 and known >= 2 and known >= 0.6 * len(texts)


def _numbers(texts: Sequence[Value], *, near: bool) -> bool:
    """The row (1) (2) (3) or A B 1 2 3 under a header."""
    if not near and not str(texts[0]).startswith("("):
        return False
    plain = [str(cell).strip("() ") for cell in texts]
    digits = [text for text in plain if text.isdecimal()]
    rest = [text for text in plain if not text.isdecimal()]
    rising = all(int(b) - int(a) == 1 for a, b in pairwise(digits))
    bracketed = sum(1 for cell in texts if re.fullmatch(r"\(\d+\)", str(cell).strip())) >= 3
    return len(digits) >= 3 and rising and all(len(text) == 1 for text in rest) and (near or bracketed)


def _sums(cells: Sequence[Value], texts: Sequence[Value]) -> bool:
    """A sum in the middle or at the end: the word in whatever column, and only figures beside it."""
    if len(texts) > 12 and isinstance(texts[0], int | float):
        return False
    texts = [_readable(cell) if isinstance(cell, str) and len(cell) < 60 else cell for cell in texts]
    words = [cell for cell in texts if isinstance(cell, str)]
    if not words or len(words) > 3 or not all(len(word) < 60 for word in words):
        return False
    first = next((word for word in words if _TOTAL.match(word) or _TOTAL_PLAIN.match(word)), None)
    return first is not None and all(
        not isinstance(cell, str) or cell is first or _figure(cell) or _ROMAN.match(cell.strip()) for cell in texts
    )


def _figure(text: str) -> bool:
    """A number with perhaps its unit or what it counts: `7 dương tính`."""
    return re.match(r"^\(?[\d.,\s/%+-]+\s*(?:[^\W\d]{1,12}\s*){0,3}\)?$", text) is not None


def _signs(texts: Sequence[Value]) -> bool:
    """The lines for place, date and signature."""
    words = [fold(_readable(cell)) for cell in texts if isinstance(cell, str)] if len(texts) <= 8 else []
    return 0 < len(words) <= 4 and any(_FOOTER.match(word) or _PLACE_DATE.match(word) for word in words)


def _titles(cells: Sequence[Value], texts: Sequence[Value], *, usual: int) -> bool:
    """A title inside the table: one text, or a Roman number and one text, in a table of several columns."""
    if usual < 3 or not all(isinstance(cell, str) for cell in texts):
        return len(texts) == 2 and usual >= 4 and isinstance(texts[1], str) and _DEGREE.search(texts[1]) is not None and texts[1].isupper()
    words = [str(cell).strip() for cell in texts]
    if len(words) == 1:
        return len(words[0]) <= 120 and not words[0].isdecimal()
    numbered = _ROMAN.match(words[0]) is not None and not words[0].isdecimal()
    return len(words) == 2 and numbered and len(words[1]) > 3


def _names_case(text: str) -> bool:
    """Whether a title names the case its rows were with: by name, by number, or in words that the row will ask about."""
    if not (_DEGREE.search(text) or _OF_CASE.search(text)):
        return False
    return any(one.sure for one in read_mentions(text).found) or _SOMEBODY.match(text) is not None or bool(_OF_CASE.match(text))


def context_of(text: str) -> Context:
    """What a section title tells of its rows: their degree, hamlet or commune."""
    plain = _LEADING.sub("", text).strip(" :.-")
    context: list[tuple[TargetField, str]] = []
    degree, link = _DEGREE.search(plain), _names_case(plain)
    if link:
        context.append((TargetField.LINKED_CASE, plain))
    # Under "F0: Nguyễn Văn An" stand their contacts: the degree is that of the case they met.
    if degree and not (link and degree.group(1) == "0"):
        context.append((TargetField.DEGREE, f"F{degree.group(1)}"))
    if _HAMLET.match(plain):
        context.append((TargetField.HAMLET, plain))
    elif _COMMUNE.match(plain):
        context.append((TargetField.COMMUNE, plain))
    return tuple(context)
