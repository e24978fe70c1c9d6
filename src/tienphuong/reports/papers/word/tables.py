"""How does a table of figures look in Word? Heading rows that come again on each page, rows that never break, 11-12 pt."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
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
    rows = [*block.rows, *([block.total] if block.total else [])]
    table = document.add_table(rows=depth + len(rows), cols=len(block.columns))
    xml.lined_table(table, widths=column_widths(block.columns, width=width), padding=CELL_PADDING)
    _fill_head(table, block.columns, size=size)
    for place, row in enumerate(rows, start=depth):
        _fill_row(table, place, row, columns=block.columns, size=size, bold=bool(block.total) and place == depth + len(rows) - 1)
    _keep_rows(table, depth=depth)
    _add_note(document, block.note)


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


def _fill_row(table: WordTable, place: int, row: tuple[str, ...], *, columns: tuple[Column, ...], size: float, bold: bool) -> None:
    for cell, text, column in zip(table.rows[place].cells, row, columns, strict=True):
        _write_cell(cell, text, align=column.align, size=size, bold=bold)


def _write_cell(cell: _Cell, text: str, *, align: Align, size: float, bold: bool) -> None:
    line = cell.paragraphs[0]
    line.alignment = _ALIGNMENT[align]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(CELL_ROOM)
    xml.centre_upright(cell)
    xml.size_mark(line, size=size)
    xml.write(line, text, size=size, bold=bold)


def _keep_rows(table: WordTable, *, depth: int) -> None:
    """Heading rows repeat, no row splits, and the total stays with the row before it."""
    for place in range(len(table.rows)):
        xml.keep_row_whole(table, place, heading=place < depth)
    if len(table.rows) - depth >= 2:
        for cell in table.rows[-2].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _add_note(document: Document, note: str) -> None:
    line = document.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(3), Pt(m.SPACE_AFTER)
    if note:
        xml.write(line, note, size=m.SIZE_TABLE_DENSE, italic=True)
    else:
        line.paragraph_format.line_spacing = Pt(4)
