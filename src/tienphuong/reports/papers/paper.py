"""What is an official paper made of? The parts NĐ 30/2020/NĐ-CP, Phụ lục I names, as plain values.

Numbers in brackets are the cells (ô số) of the Decree's layout sheet. Nothing here knows Word or PDF.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tienphuong.reports.papers.wording import bare_number, long_day, undated

# Marks around a number in a sentence: private characters of Unicode, which no list and no keyboard brings.
_OPEN, _BETWEEN, _CLOSE = "\ue010", "\ue011", "\ue012"
_MARK = re.compile(f"{_OPEN}(?P<figure>[^{_BETWEEN}]+){_BETWEEN}(?P<number>[^{_CLOSE}]*){_CLOSE}")


class Level(StrEnum):
    """How deep a heading stands, named by the sign it carries."""

    PART = "I"
    SECTION = "1"
    POINT = "a"


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Urgency(StrEnum):
    """Dấu chỉ độ khẩn (10b)."""

    FLASH = "HỎA TỐC"
    EXPRESS = "THƯỢNG KHẨN"
    URGENT = "KHẨN"


class Secrecy(StrEnum):
    """Dấu chỉ độ mật (10a)."""

    SECRET = "MẬT"
    TOP_SECRET = "TỐI MẬT"
    ABSOLUTE_SECRET = "TUYỆT MẬT"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one type style."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str = ""
    """The indicator this number is of, with the path of its area where that is not the report's own and the form of a stay: `cases_total/00010003`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """'I. TÌNH HÌNH DỊCH' (bold capitals), '1. Kết quả' (bold) or 'a) Trong ngày'."""

    level: Level
    number: str
    title: str

    @property
    def text(self) -> str:
        title = self.title.upper() if self.level is Level.PART else self.title
        return f"{self.number}{')' if self.level is Level.POINT else '.'} {title}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indented: bool = True


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line opened by a dash (or by the marker given) inside a paragraph's indent."""

    runs: tuple[Run, ...]
    marker: str = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """One table column. Neighbours with the same `group` share a header cell above their own."""

    title: str
    width: float = 1.0
    """A share of the text width, relative to the other columns."""
    align: Align = Align.CENTRE
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    title: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for place, row in enumerate((*self.rows, *([self.total] if self.total else [])), start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Bảng “{self.title}”, dòng {place}: có {len(row)} ô, cần {len(self.columns)} ô theo tiêu đề cột; thêm hoặc bớt ô."
                )


Block = Heading | Paragraph | ListItem | Table


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs (7): the lines of authority, then room for hand and seal. The name stays blank until someone signs."""

    authority: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """Phụ lục: its own pages and page numbers. `number` is blank when the paper has only one."""

    title: str
    body: tuple[Block, ...]
    number: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """What marks a copy that is not to be signed: a watermark, and remarks on the data on a last page of their own."""

    remarks: tuple[str, ...] = ()
    watermark: str = "BẢN LÀM VIỆC"
    heading: str = "GHI CHÚ CHẤT LƯỢNG SỐ LIỆU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official paper, ready to be set. Number, day and signature stay blank unless given."""

    kind: str = ""
    """'BÁO CÁO' (5a); blank for an official letter (công văn), whose subject stands under the number as 'V/v …' (5b)."""
    subject: tuple[str, ...] = ()
    subject_note: str = ""
    """A line in brackets under the subject: the period the figures cover."""
    parent_agency: tuple[str, ...] = ()
    issuing_agency: tuple[str, ...] = ()
    """Lines as they shall break; empty for a paper no agency heads, such as a pledge."""
    issuer_name: str = ""
    """The issuer inside a sentence: 'Ủy ban nhân dân huyện Thanh Trì'."""
    symbol: str = ""
    number: int | None = None
    place: str
    year: int
    month: int
    day: int | None = None
    recipients: tuple[str, ...] = ()
    """Kính gửi (9a)."""
    body: tuple[Block, ...]
    closing_mark: bool = True
    """Whether the text ends with './.'."""
    signings: tuple[Signing, ...] = ()
    """One signer stands on the right, across from Nơi nhận; several stand side by side."""
    distribution: tuple[str, ...] = ()
    """Nơi nhận (9b), without dashes and closing signs."""
    appendices: tuple[Appendix, ...] = ()
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    working_copy: WorkingCopy | None = None
    made_at: datetime
    """When the file was made, with its time zone: a property of the file, never printed. The caller reads the clock."""

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError(f"Paper.made_at: {self.made_at} carries no time zone; give an aware moment")

    @property
    def title(self) -> str:
        """What a window or a file list calls this paper."""
        return " ".join(part for part in (self.kind, *self.subject) if part)

    @property
    def text(self) -> tuple[Block, ...]:
        """The body as it is to be set, with the sign that nothing follows."""
        return closed(self.body) if self.closing_mark else self.body


def runs(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """The words as the tuple that blocks take; a number marked by `marked` is a run of its own that keeps its indicator."""
    found, start = [], 0
    for mark in _MARK.finditer(text):
        found += [Run(text[start : mark.start()], bold, italic), Run(mark["number"], bold, italic, mark["figure"])]
        start = mark.end()
    return tuple(run for run in (*found, Run(text[start:], bold, italic)) if run.text)


def para(text: str) -> Paragraph:
    """An ordinary paragraph of the body."""
    return Paragraph(runs(text))


def item(text: str) -> ListItem:
    """A dashed line of the body."""
    return ListItem(runs(text))


def marked(number: str, *, figure: str) -> str:
    """A number inside a sentence with its indicator, for `runs` to take apart: the page links it to its list, paper prints it bare."""
    return f"{_OPEN}{figure}{_BETWEEN}{number}{_CLOSE}"


def closed(body: Sequence[Block]) -> tuple[Block, ...]:
    """The body ending with './.'; a body that ends in a table is left as it is."""
    if not body:
        return ()
    last = body[-1]
    if not isinstance(last, Paragraph | ListItem) or not last.runs:
        return tuple(body)
    final = last.runs[-1]
    words = final.text.removesuffix("./.").rstrip(" .;,")
    ended = (*last.runs[:-1], Run(words + "./.", bold=final.bold, italic=final.italic))
    if isinstance(last, ListItem):
        return (*body[:-1], ListItem(ended, marker=last.marker))
    return (*body[:-1], Paragraph(ended, align=last.align, indented=last.indented))


def punctuated(entries: Sequence[str]) -> tuple[str, ...]:
    """Each entry of a dashed list ends with ';', the last with '.'."""
    bare = [entry.rstrip(" .;") for entry in entries]
    return (*(f"{entry};" for entry in bare[:-1]), *(f"{entry}." for entry in bare[-1:]))


def attached_to(paper: Paper) -> tuple[str, ...]:
    """The bracket under an appendix's title, number and day as far as they are known; it may break only before the issuer."""
    name = paper.kind.capitalize() or "Công văn"
    when = long_day(date(paper.year, paper.month, paper.day)) if paper.day else undated(year=paper.year, month=paper.month)
    which = f"(Kèm theo {name} số {bare_number(paper.symbol, value=paper.number)} {when}"
    return (which, f"của {paper.issuer_name})") if paper.issuer_name else (f"{which})",)
