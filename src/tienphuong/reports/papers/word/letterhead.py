"""What stands above the text of a Word paper? Nation and agency (1, 2), number and day (3, 4), marks (10), title (5), recipients (9a)."""

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers import wording
from tienphuong.reports.papers.paper import Paper, punctuated
from tienphuong.reports.papers.word import xml


def add_letterhead(document: Document, paper: Paper) -> None:
    """The two blocks at the head: agency left in 65 mm, nation right in 100 mm."""
    if not paper.issuing_agency:
        _add_nation_alone(document, paper)
        return
    table = document.add_table(rows=2, cols=2)
    xml.bare_table(table, widths=(m.AGENCY_WIDTH, m.NATION_WIDTH))
    for row in range(2):
        xml.keep_row_whole(table, row)
    _fill_agency(table.cell(0, 0), paper)
    _fill_nation(table.cell(0, 1))
    _fill_number(table.cell(1, 0), paper)
    _fill_dateline(table.cell(1, 1), paper)
    _gap(document, 10)


def add_title(document: Document, paper: Paper) -> None:
    """BÁO CÁO, its subject, the period in brackets and the short line (5a)."""
    if not paper.kind:
        return
    _centred(document, paper.kind, size=m.SIZE_KIND, bold=True)
    for line in paper.subject:
        _centred(document, line, size=m.SIZE_SUBJECT, bold=True)
    if paper.subject_note:
        _centred(document, f"({paper.subject_note})", size=m.SIZE_SUBJECT, italic=True)
    if paper.subject:
        length = m.rule_length(paper.subject, size=m.SIZE_SUBJECT)
        xml.rule_under(document.add_paragraph(), length=length, block=m.TEXT_WIDTH)
    _gap(document, 8)


def add_recipients(document: Document, paper: Paper) -> None:
    """Kính gửi: one recipient on the same line, several as a dashed list below the colon."""
    if not paper.recipients:
        return
    lines = paper.recipients if len(paper.recipients) == 1 else punctuated(paper.recipients)
    if len(lines) == 1:
        _centred(document, f"Kính gửi: {lines[0]}", size=m.SIZE_BODY)
    else:
        _add_dashed_recipients(document, lines)
    _gap(document, 8)


def recipients_indent(lines: tuple[str, ...]) -> float:
    """Where 'Kính gửi' starts so that it and its longest line stand in the middle of the page."""
    opening = m.text_width("Kính gửi", size=m.SIZE_BODY)
    longest = max(m.text_width(f"- {line}", size=m.SIZE_BODY) for line in lines)
    return max(m.FIRST_LINE, (m.TEXT_WIDTH - opening - longest) / 2)


def _add_dashed_recipients(document: Document, lines: tuple[str, ...]) -> None:
    start = recipients_indent(lines)
    opening = document.add_paragraph()
    opening.paragraph_format.left_indent = Mm(start)
    xml.write(opening, "Kính gửi:", size=m.SIZE_BODY)
    hanging = m.text_width("- ", size=m.SIZE_BODY)
    for line in lines:
        entry = document.add_paragraph()
        entry.paragraph_format.left_indent = Mm(start + m.text_width("Kính gửi", size=m.SIZE_BODY) + hanging)
        entry.paragraph_format.first_line_indent = Mm(-hanging)
        xml.write(entry, f"- {line}", size=m.SIZE_BODY)


def _add_nation_alone(document: Document, paper: Paper) -> None:
    """A paper that no agency heads (a pledge) carries the nation's lines in the middle and the day below."""
    table = document.add_table(rows=1, cols=1)
    xml.bare_table(table, widths=(m.TEXT_WIDTH,))
    _fill_nation(table.cell(0, 0), block=m.TEXT_WIDTH)
    dateline = document.add_paragraph()
    dateline.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    dateline.paragraph_format.space_before = Pt(6)
    xml.write(dateline, _dateline(paper), size=m.SIZE_DATE, italic=True)
    _gap(document, 10)


def _fill_agency(cell: _Cell, paper: Paper) -> None:
    lines = [(line, False) for line in paper.parent_agency] + [(line, True) for line in paper.issuing_agency]
    for place, (line, bold) in enumerate(lines):
        paragraph = _line(cell, first=place == 0)
        xml.write(paragraph, line.upper(), size=m.SIZE_AGENCY, bold=bold)
    capitals = tuple(line.upper() for line in paper.issuing_agency)
    xml.rule_under(cell.add_paragraph(), length=m.rule_length(capitals, size=m.SIZE_AGENCY), block=m.AGENCY_WIDTH)


def _fill_nation(cell: _Cell, *, block: float = m.NATION_WIDTH) -> None:
    xml.write(_line(cell, first=True), m.NATION, size=m.SIZE_NATION, bold=True)
    xml.write(_line(cell), m.MOTTO, size=m.SIZE_MOTTO, bold=True)
    xml.rule_under(cell.add_paragraph(), length=m.text_width(m.MOTTO, size=m.SIZE_MOTTO, bold=True), block=block)


def _fill_number(cell: _Cell, paper: Paper) -> None:
    line = _line(cell, first=True, before=4)
    xml.write(line, wording.document_number(paper.symbol, value=paper.number), size=m.SIZE_NUMBER)
    if not paper.kind and paper.subject:
        letter = _line(cell)
        xml.write(letter, f"V/v {' '.join(paper.subject)}", size=m.SIZE_LETTER_SUBJECT)
    for mark in (paper.secrecy, paper.urgency):
        if mark is not None:
            _add_mark(cell, mark.value)


def _fill_dateline(cell: _Cell, paper: Paper) -> None:
    line = _line(cell, first=True, before=4)
    xml.write(line, _dateline(paper), size=m.SIZE_DATE, italic=True)


def _dateline(paper: Paper) -> str:
    return wording.dateline(paper.place, year=paper.year, month=paper.month, day=paper.day)


def _add_mark(cell: _Cell, mark: str) -> None:
    """A red frame of the Decree's size, as a one-cell table inside the block."""
    _spacer(cell.paragraphs[-1] if not cell.paragraphs[-1].text else cell.add_paragraph())
    table = cell.add_table(rows=1, cols=1)
    xml.bare_table(table, widths=(m.box_width(mark),))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    row = table.rows[0]
    row.height, row.height_rule = Mm(m.BOX_HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
    inner = table.cell(0, 0)
    xml.box_cell(inner, colour=m.RED)
    xml.centre_upright(inner)
    xml.write(_line(inner, first=True), mark, size=m.SIZE_MARK, bold=True, colour=m.RED)
    _spacer(cell.paragraphs[-1])


def _spacer(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing = Pt(4)


def _line(cell: _Cell, *, first: bool = False, before: float = 0) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _centred(document: Document, text: str, *, size: float, bold: bool = False, italic: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    xml.write(paragraph, text, size=size, bold=bold, italic=italic)


def _gap(document: Document, points: float) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(points)
