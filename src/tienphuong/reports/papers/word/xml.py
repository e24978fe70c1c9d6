"""How is a thing that python-docx has no call for written in WordprocessingML? Small builders, one element each.

Child order inside w:pPr, w:tcPr and w:sectPr is fixed by the schema (ECMA-376 part 1, 17.3 to 17.6); Word refuses files that break it,
so children are put in by `placed`, which keeps that order.
"""

from typing import Final
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tienphuong.reports.papers import measures as m

SCRIPTS: Final = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
LANGUAGE: Final = "vi-VN"
SIDES: Final = ("top", "left", "bottom", "right")

_ORDER: Final = {
    "w:tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
        "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    ),
    "w:tcPr": ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign"),
    "w:pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs",
        "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
        "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
        "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    ),
    "w:sectPr": (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType",
        "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    ),
    "w:trPr": ("cnfStyle", "gridBefore", "gridAfter", "wBefore", "wAfter", "cantSplit", "trHeight", "tblHeader", "tblCellSpacing", "jc", "hidden"),
    "w:rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint", "noProof",
        "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd",
        "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    ),
}  # fmt: skip


def element(tag: str, **attributes: str | int) -> BaseOxmlElement:
    """One element of the w: namespace with w: attributes."""
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def placed(parent: BaseOxmlElement, child: BaseOxmlElement, *, kind: str) -> BaseOxmlElement:
    """Puts a property where the schema wants it, in place of an earlier one of the same name."""
    order = _ORDER[kind]
    tag = child.tag
    for old in parent.findall(tag):
        parent.remove(old)
    later = {qn(f"w:{name}") for name in order[order.index(tag.rpartition("}")[2]) + 1 :]}
    for position, sibling in enumerate(parent):
        if sibling.tag in later:
            parent.insert(position, child)
            return child
    parent.append(child)
    return child


def twips(millimetres: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(millimetres / 25.4 * 1440)


def dress_type(properties: BaseOxmlElement, *, size: float | None = None) -> None:
    """Times New Roman for every script and Vietnamese as the language, so that no viewer substitutes another face for ơ, ư or đ."""
    fonts = element("w:rFonts")
    for script in SCRIPTS:
        fonts.set(qn(script), m.TYPEFACE)
    placed(properties, fonts, kind="w:rPr")
    placed(properties, element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE), kind="w:rPr")
    if size is not None:
        placed(properties, element("w:sz", val=round(size * 2)), kind="w:rPr")
        placed(properties, element("w:szCs", val=round(size * 2)), kind="w:rPr")


def write(paragraph: Paragraph, text: str, *, size: float, bold: bool = False, italic: bool = False, colour: str = "") -> Run:
    """Adds words in one type style, each property said on the run itself so that pasting keeps it."""
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    dress_type(run._r.get_or_add_rPr(), size=size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def rule_under(paragraph: Paragraph, *, length: float, block: float) -> None:
    """Turns an empty paragraph into a drawn line of this length, centred in a block of that width (a border, never underscores)."""
    gap = max(0.0, (block - length) / 2)
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent, shape.first_line_indent = Mm(gap), Mm(gap), Mm(0)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(3), Pt(0), Pt(4)
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=round(m.RULE_WEIGHT * 8), space=0, color="000000"))
    placed(paragraph._p.get_or_add_pPr(), borders, kind="w:pPr")
    size_mark(paragraph, size=2)


def shrink(paragraph: Paragraph) -> None:
    """Makes a paragraph the format needs and the reader does not (after a table, at a section's end) a hair's height."""
    size_mark(paragraph, size=1)
    paragraph.paragraph_format.line_spacing = Pt(1)


def size_mark(paragraph: Paragraph, *, size: float) -> None:
    """Sizes the paragraph mark itself: an empty cell or line is as tall as its mark."""
    mark = element("w:rPr")
    dress_type(mark, size=size)
    placed(paragraph._p.get_or_add_pPr(), mark, kind="w:pPr")


def bare_table(table: Table, *, widths: tuple[float, ...], indent: float = 0.0) -> None:
    """Fixed columns, no lines, no padding: a table that only arranges."""
    properties = table._tbl.tblPr
    total = sum(twips(width) for width in widths)
    placed(properties, element("w:tblW", w=total, type="dxa"), kind="w:tblPr")
    placed(properties, element("w:tblInd", w=twips(indent), type="dxa"), kind="w:tblPr")
    placed(properties, _table_borders("nil"), kind="w:tblPr")
    placed(properties, element("w:tblLayout", type="fixed"), kind="w:tblPr")
    placed(properties, _cell_margins(0.0), kind="w:tblPr")
    set_columns(table, widths=widths)


def lined_table(table: Table, *, widths: tuple[float, ...], padding: float) -> None:
    """Fixed columns with thin black lines on all sides."""
    bare_table(table, widths=widths)
    placed(table._tbl.tblPr, _table_borders("single"), kind="w:tblPr")
    placed(table._tbl.tblPr, _cell_margins(padding), kind="w:tblPr")


def set_columns(table: Table, *, widths: tuple[float, ...]) -> None:
    """Column widths, said both in the grid and in every cell, since Word reads the one and LibreOffice the other."""
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(twips(width)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            placed(cell._tc.get_or_add_tcPr(), element("w:tcW", w=twips(width), type="dxa"), kind="w:tcPr")


def keep_row_whole(table: Table, row: int, *, heading: bool = False) -> None:
    """A row never breaks over two pages; a heading row comes again on each."""
    properties = table.rows[row]._tr.get_or_add_trPr()
    placed(properties, element("w:cantSplit"), kind="w:trPr")
    if heading:
        placed(properties, element("w:tblHeader"), kind="w:trPr")


def box_cell(cell: _Cell, *, colour: str) -> None:
    """Four thick lines around one cell: the frame of an urgency or secrecy mark."""
    borders = element("w:tcBorders")
    for side in SIDES:
        borders.append(element(f"w:{side}", val="single", sz=12, space=0, color=colour))
    placed(cell._tc.get_or_add_tcPr(), borders, kind="w:tcPr")


def centre_upright(cell: _Cell) -> None:
    """Words stand midway between the top and the bottom of the cell."""
    placed(cell._tc.get_or_add_tcPr(), element("w:vAlign", val="center"), kind="w:tcPr")


def add_page_number(paragraph: Paragraph) -> None:
    """The PAGE field, with a figure in it for readers that do not compute fields."""
    for part in (element("w:fldChar", fldCharType="begin"), _instruction(), element("w:fldChar", fldCharType="separate")):
        write(paragraph, "", size=m.SIZE_PAGE_NUMBER)._r.append(part)
    write(paragraph, "2", size=m.SIZE_PAGE_NUMBER)
    write(paragraph, "", size=m.SIZE_PAGE_NUMBER)._r.append(element("w:fldChar", fldCharType="end"))


def watermark(text: str) -> BaseOxmlElement:
    """Pale slanted words behind the page, as Word's own watermark command draws them (VML word art in the header)."""
    return parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" '
        'style="position:absolute;width:420pt;height:70pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;'
        'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" '
        'fillcolor="#d9d9d9" stroked="f" o:allowincell="f"><v:fill opacity=".6"/>'
        f'<v:textpath style="font-family:&quot;{m.TYPEFACE}&quot;;font-size:1pt" string="{escape(text, {chr(34): "&quot;"})}"/></v:shape></w:pict>'
    )


def _instruction() -> BaseOxmlElement:
    made = element("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = " PAGE "
    return made


def _table_borders(line: str) -> BaseOxmlElement:
    borders = element("w:tblBorders")
    for side in (*SIDES, "insideH", "insideV"):
        borders.append(element(f"w:{side}", val=line, sz=0 if line == "nil" else 4, space=0, color="000000"))
    return borders


def _cell_margins(padding: float) -> BaseOxmlElement:
    margins = element("w:tblCellMar")
    for side in SIDES:
        margins.append(element(f"w:{side}", w=0 if side in ("top", "bottom") else twips(padding), type="dxa"))
    return margins
