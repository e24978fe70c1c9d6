"""How does a table of figures look in Word? Heading rows that come again on each page, rows that never break, 11-12 pt."""

from copy import deepcopy

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers.paper import Align, Column, Table
from tienphuong.reports.papers.tablehead import column_widths, head_cells, head_depth
from tienphuong.reports.papers.word import xml

_ALIGNMENT = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.LEFT,
}
CELL_PADDING = 1.2
CELL_ROOM = 2.0


def add_table(document: Document, block: Table, *, width: float) -> None:
    """The table as wide as the text, its title above and its note below."""
    size = m.table_size(len(block.columns))
    if block.title:
        _add_title(document, block.title)
    depth = head_depth(block.columns)
    table = document.add_table(rows=depth + 1, cols=len(block.columns))
    xml.lined_table(table, widths=column_widths(block.columns, width=width), padding=CELL_PADDING)
    for place in range(depth + 1):
        xml.keep_row_whole(table, place, heading=place < depth)
    _fill_head(table, block.columns, size=size)
    _add_rows(table, block, size=size)
    _keep_end_together(table, depth=depth)
    _add_note(document, block.note)


def _add_rows(table: WordTable, block: Table, *, size: float) -> None:
    """Every row is a copy of one dressed row: a list of thousands of people is written in seconds, not minutes."""
    model = table.rows[-1]
    for cell, column in zip(model.cells, block.columns, strict=True):
        _write_cell(cell, "", align=column.align, size=size, bold=False)
    table._tbl.remove(model._tr)
    for row in block.rows:
        table._tbl.append(_filled(model._tr, row, bold=False))
    if block.total:
        table._tbl.append(_filled(model._tr, block.total, bold=True))


def _filled(model: CT_Row, texts: tuple[str, ...], *, bold: bool) -> CT_Row:
    row = deepcopy(model)
    for run, text in zip(row.iter(qn("w:r")), texts, strict=True):
        run.text = text
        if bold:
            xml.placed(run.get_or_add_rPr(), xml.element("w:b"), kind="w:rPr")
    return row


def _add_title(document: Document, title: str) -> None:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(m.SPACE_AFTER)
    line.paragraph_format.keep_with_next = True
    xml.write(line, title, size=m.SIZE_BODY, bold=True)


def _fill_head(table: WordTable, columns: tuple[Column, ...], *, size: float) -> None:
    for cell in head_cells(columns):
        target = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        _write_cell(target, cell.text, align=Align.CENTRE, size=size, bold=True)


def _write_cell(cell: _Cell, text: str, *, align: Align, size: float, bold: bool) -> None:
    line = cell.paragraphs[0]
    line.alignment = _ALIGNMENT[align]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(CELL_ROOM)
    xml.centre_upright(cell)
    xml.size_mark(line, size=size)
    xml.write(line, text, size=size, bold=bold)


def _keep_end_together(table: WordTable, *, depth: int) -> None:
    """The last row, mostly a total, never stands alone on a page."""
    rows = table._tbl.tr_lst
    if len(rows) - depth >= 2:
        for line in rows[-2].iter(qn("w:p")):
            xml.placed(line.get_or_add_pPr(), xml.element("w:keepNext"), kind="w:pPr")


def _add_note(document: Document, note: str) -> None:
    line = document.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(3), Pt(m.SPACE_AFTER)
    if note:
        xml.write(line, note, size=m.SIZE_TABLE_DENSE, italic=True)
    else:
        line.paragraph_format.line_spacing = Pt(4)
