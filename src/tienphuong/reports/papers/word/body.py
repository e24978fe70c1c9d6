"""How does the text of a Word paper look? Headings, paragraphs, dashed lines and tables (6)."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers.paper import Align, Block, Heading, Level, ListItem, Paragraph, Run, Table
from tienphuong.reports.papers.word import xml
from tienphuong.reports.papers.word.tables import add_table

ALIGNMENT = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_DEPTH = {Level.PART: 1, Level.SECTION: 2, Level.POINT: 3}


def add_blocks(document: Document, blocks: Sequence[Block], *, width: float) -> None:
    """Sets the blocks one after another in a text of this width (mm)."""
    for block in blocks:
        match block:
            case Heading():
                _add_heading(document, block)
            case Paragraph():
                _add_paragraph(document, block)
            case ListItem():
                _add_item(document, block)
            case Table():
                add_table(document, block, width=width)


def keep_last_line(document: Document) -> None:
    """Ties the last paragraph to what follows, so that a signature never stands alone on a page."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True


def _add_heading(document: Document, block: Heading) -> None:
    line = document.add_paragraph(style=f"Heading {_DEPTH[block.level]}")
    xml.write(line, block.text, size=m.SIZE_BODY, bold=block.level is not Level.POINT)


def _add_paragraph(document: Document, block: Paragraph) -> None:
    line = _body_line(document, block.align)
    line.paragraph_format.first_line_indent = Mm(m.FIRST_LINE if block.indented else 0)
    _write_runs(line, block.runs)


def _add_item(document: Document, block: ListItem) -> None:
    line = _body_line(document, Align.JUSTIFY)
    line.paragraph_format.first_line_indent = Mm(m.FIRST_LINE)
    _write_runs(line, (Run(f"{block.marker} "), *block.runs))


def _body_line(document: Document, align: Align) -> WordParagraph:
    line = document.add_paragraph()
    line.alignment = ALIGNMENT[align]
    line.paragraph_format.space_after = Pt(m.SPACE_AFTER)
    line.paragraph_format.line_spacing = m.LINE_SPACING
    return line


def _write_runs(line: WordParagraph, runs: Sequence[Run]) -> None:
    for run in runs:
        xml.write(line, run.text, size=m.SIZE_BODY, bold=run.bold, italic=run.italic)
