"""How large is each part? The measures of NĐ 30/2020/NĐ-CP, Phụ lục I, chosen once for Word and PDF alike.

Millimetres for lengths, points for type. Where the Decree gives a range, the comment shows it.
"""

import unicodedata
from types import MappingProxyType
from typing import Final

from tienphuong.reports.papers.paper import Urgency

TYPEFACE: Final = "Times New Roman"

# The sheet (khổ giấy, lề trang)
SHEET_WIDTH: Final = 210.0
SHEET_HEIGHT: Final = 297.0
MARGIN_TOP: Final = 20.0  # 20-25
MARGIN_BOTTOM: Final = 20.0  # 20-25
MARGIN_LEFT: Final = 30.0  # 30-35
MARGIN_RIGHT: Final = 15.0  # 15-20
HEADER_DISTANCE: Final = 10.0
TEXT_WIDTH: Final = SHEET_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_WIDTH_LANDSCAPE: Final = SHEET_HEIGHT - MARGIN_LEFT - MARGIN_RIGHT
AGENCY_WIDTH: Final = 65.0
NATION_WIDTH: Final = 100.0
RECEIVER_WIDTH: Final = 75.0
SIGNER_WIDTH: Final = TEXT_WIDTH - RECEIVER_WIDTH

# Type (cỡ chữ)
SIZE_PAGE_NUMBER: Final = 13.0  # 13-14
SIZE_NATION: Final = 12.0  # 12-13; 12 keeps the line inside its 100 mm
SIZE_MOTTO: Final = 13.0  # 13-14
SIZE_AGENCY: Final = 12.0  # 12-13
SIZE_NUMBER: Final = 13.0
SIZE_DATE: Final = 13.0  # 13-14
SIZE_KIND: Final = 14.0  # 13-14
SIZE_SUBJECT: Final = 14.0  # 13-14
SIZE_LETTER_SUBJECT: Final = 12.0  # 12-13
SIZE_BODY: Final = 14.0  # 13-14
SIZE_SIGNING: Final = 14.0  # 13-14
SIZE_RECEIVER_TITLE: Final = 12.0
SIZE_RECEIVER: Final = 11.0
SIZE_MARK: Final = 13.0  # 13-14
SIZE_APPENDIX: Final = 14.0
SIZE_TABLE: Final = 12.0  # 11-12
SIZE_TABLE_DENSE: Final = 11.0
DENSE_FROM_COLUMNS: Final = 9

# Paragraphs
FIRST_LINE: Final = 10.0  # 1 or 1.27 cm
SPACE_AFTER: Final = 6.0  # at least 6 pt
LINE_SPACING: Final = 1.15  # single to 1.5
SIGNATURE_ROOM: Final = 72.0

# Lines
RULE_WEIGHT: Final = 0.75
RULE_SHARE: Final = 0.4  # of the text above it, between 1/3 and 1/2
RED: Final = "C00000"

URGENCY_BOX: Final = MappingProxyType({Urgency.FLASH: 30.0, Urgency.EXPRESS: 40.0, Urgency.URGENT: 20.0})
BOX_HEIGHT: Final = 8.0
BOX_PADDING: Final = 4.0

MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

# Advance widths of Times in 1/2048 em, read from Tinos 1.340 (metric twin of Times New Roman).
_REGULAR: Final = (
    (512, " ,."), (569, "/:;\\ijlt"), (682, "!()-I[]fr"), (797, "Js"), (909, "?acez"), (1083, "ơ"), (1110, "ư"),
    (1139, "FPS"), (1251, "ELTZ"), (1366, "BCR"), (1479, "ADGHKNOQUVXYwĐƠ"), (1589, "Ư"), (1593, "&m"), (1706, "%"),
    (1821, "M"), (1933, "W"),
)  # fmt: skip
_BOLD: Final = (
    (512, " ,."), (569, "/il"), (682, "!()-:;[]fjt"), (797, "Is"), (909, "cerz"), (1134, "ơ"), (1139, "Sbdhknpquđ"),
    (1229, "ư"), (1251, "FP"), (1366, "BELTZ"), (1479, "ACDNRUVXYwĐ"), (1593, "GHKOQƠ"), (1630, "Ư"), (1706, "&m"),
    (1933, "M"), (2048, "%W"),
)  # fmt: skip
_USUAL: Final = 1024
_POINT_IN_MM: Final = 25.4 / 72


def _widths(rows: tuple[tuple[int, str], ...]) -> dict[str, int]:
    return {letter: width for width, letters in rows for letter in letters}


_WIDTHS: Final = {False: _widths(_REGULAR), True: _widths(_BOLD)}


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """How many millimetres do these words take in Times? Tone marks add nothing; the horns of ơ and ư do."""
    table = _WIDTHS[bold]
    units = sum(table.get(_letter(char), _USUAL) for char in unicodedata.normalize("NFC", text))
    return units / 2048 * size * _POINT_IN_MM


def _letter(char: str) -> str:
    """The letter that decides the width: horns kept, tone marks and hats dropped."""
    parts = unicodedata.normalize("NFD", char)
    return unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark == "\u031b")).replace("\u00a0", " ")


def rule_length(lines: tuple[str, ...], *, size: float) -> float:
    """How long is the line under bold words that asks for 1/3 to 1/2 of their length?"""
    return RULE_SHARE * max(text_width(line, size=size, bold=True) for line in lines)


def joined_if_short(phrases: tuple[str, ...], *, size: float, width: float) -> tuple[str, ...]:
    """One line if the phrases fit side by side, else one line each."""
    whole = " ".join(phrases)
    return (whole,) if text_width(whole, size=size) <= width else phrases


def table_size(columns: int) -> float:
    """The type size of a table: tight when it has many columns."""
    return SIZE_TABLE_DENSE if columns >= DENSE_FROM_COLUMNS else SIZE_TABLE


def box_width(mark: str) -> float:
    """The width of a red stamp: the Decree's for urgency, the words and a margin for secrecy."""
    fixed = {urgency.value: width for urgency, width in URGENCY_BOX.items()}
    return fixed.get(mark) or text_width(mark, size=SIZE_MARK, bold=True) + 2 * BOX_PADDING
