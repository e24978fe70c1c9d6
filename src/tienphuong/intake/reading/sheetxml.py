"""What the sheet XML tells and the fast reader does not: stored errors, uncalculated formulas, hidden rows, old fonts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<")
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_CELL_STYLE = re.compile(rb"<(?:\w+:)?c\b[^>]*?>")
_REF = re.compile(rb"\br=\"([A-Z]{1,3})([0-9]{1,7})\"")
_ROW_NUMBER = re.compile(rb"\br=\"([0-9]{1,7})\"")
_STYLE = re.compile(rb"\bs=\"([0-9]+)\"")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.S)
_FONT = re.compile(rb"<(?:\w+:)?font>.*?</(?:\w+:)?font>|<(?:\w+:)?font/>", re.S)
_FONT_NAME = re.compile(rb"<(?:\w+:)?name\b[^>]*\bval=\"([^\"]*)\"")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FONT_ID = re.compile(rb"\bfontId=\"([0-9]+)\"")

_KEEP = 20_000
Spot = tuple[int, int]


@dataclass(slots=True)
class SheetMarks:
    """What was seen in one sheet; spots are (1-based row, 0-based column)."""

    errors: dict[Spot, str] = field(default_factory=dict)
    uncomputed: set[Spot] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    fonts: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: int = 0


def scanner(marks: SheetMarks, *, old_fonts: dict[int, str]) -> Callable[[bytes], None]:
    """A reader of XML pieces that notes the marks; it holds one piece and the cut-off cell before it, no more."""
    rest = b""

    def take(piece: bytes) -> None:
        nonlocal rest
        text = rest + piece
        cut = _cut(text)
        _note(text[:cut], marks=marks, old_fonts=old_fonts)
        rest = text[cut:]

    return take


def _cut(text: bytes) -> int:
    """Where a piece may be cut so that no cell is halved; a cell longer than the piece is given up."""
    for tag in (b"</c>", b"</row>", b"</x:c>", b"/>"):
        at = text.rfind(tag)
        if at > 0:
            return at + len(tag)
    return len(text)


def _note(text: bytes, *, marks: SheetMarks, old_fonts: dict[int, str]) -> None:
    """Adds what one whole piece of XML shows."""
    if b"hidden=" in text:
        marks.hidden_rows.update(_hidden(text))
    if b't="e"' in text:
        marks.errors.update(_spotted(_ERROR, text, room=_KEEP - len(marks.errors)))
    if formulas := len(_FORMULA.findall(text)):
        marks.formulas += formulas
        _note_uncomputed(text, marks=marks)
    if old_fonts:
        _note_fonts(text, marks=marks, old_fonts=old_fonts)


def _hidden(text: bytes) -> list[int]:
    """The numbers of rows marked hidden."""
    found = (_ROW_NUMBER.search(match.group()) for match in _ROW.finditer(text))
    return [int(number.group(1)) for number in found if number]


def _spotted(pattern: re.Pattern[bytes], text: bytes, *, room: int) -> dict[Spot, str]:
    """Cells a pattern finds, with the value it captured."""
    found: dict[Spot, str] = {}
    for match in pattern.finditer(text):
        if len(found) >= room:
            break
        if (spot := _spot(match.group(1))) is not None:
            found[spot] = match.group(2).decode("utf-8", "replace")
    return found


def _note_uncomputed(text: bytes, *, marks: SheetMarks) -> None:
    """Formulas without a stored value; one that gave an empty text is marked as text by the writer and is fine."""
    for match in _BARE_FORMULA.finditer(text):
        if b't="str"' in match.group(1) or len(marks.uncomputed) >= _KEEP:
            continue
        if (spot := _spot(match.group(1))) is not None:
            marks.uncomputed.add(spot)


def _note_fonts(text: bytes, *, marks: SheetMarks, old_fonts: dict[int, str]) -> None:
    """Cells drawn in a font of the TCVN3 or VNI age."""
    for match in _CELL_STYLE.finditer(text):
        style = _STYLE.search(match.group())
        font = old_fonts.get(int(style.group(1))) if style else None
        spot = _spot(match.group()) if font else None
        if font and spot:
            marks.fonts.setdefault(spot[0], {})[spot[1]] = font


def _spot(attributes: bytes) -> Spot | None:
    """The place of a cell from its attributes."""
    match = _REF.search(attributes)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + letter - 64
    return int(match.group(2)), column - 1


def old_font_styles(styles: bytes) -> dict[int, str]:
    """The cell styles whose font belongs to TCVN3 (.Vn…) or VNI, by style number; the value is the font's name."""
    fonts, formats = _FONTS.search(styles), _CELL_FORMATS.search(styles)
    if fonts is None or formats is None:
        return {}
    names = [_FONT_NAME.search(block) for block in _FONT.findall(fonts.group())]
    old = {index: name.group(1).decode("utf-8", "replace") for index, name in enumerate(names) if name and _is_old(name.group(1))}
    ids = [_FONT_ID.search(block) for block in _FORMAT.findall(formats.group())]
    return {style: old[int(match.group(1))] for style, match in enumerate(ids) if match and int(match.group(1)) in old}


def _is_old(font: bytes) -> bool:
    """Whether a font name is one of the two old families."""
    return font.lower().startswith((b".vn", b"vni"))
