"""The whole paper as a Word file: text, then each appendix in pages of its own, then the remarks of a working copy."""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers import wording
from tienphuong.reports.papers.paper import Appendix, Paper, WorkingCopy, attached_to, item, punctuated
from tienphuong.reports.papers.word import xml
from tienphuong.reports.papers.word.body import add_blocks, keep_last_line
from tienphuong.reports.papers.word.closing import add_closing
from tienphuong.reports.papers.word.letterhead import add_letterhead, add_recipients, add_title
from tienphuong.reports.papers.word.sheet import lay_out, next_section, prepare

SPACE_UNDER_HEAD = 10.0


def write_docx(paper: Paper, path: Path) -> None:
    """Writes the paper as .docx in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""
    document = docx.Document()
    prepare(document, paper)
    mark = paper.working_copy.watermark if paper.working_copy else ""
    lay_out(document.sections[0], watermark=mark)
    add_letterhead(document, paper)
    add_title(document, paper)
    add_recipients(document, paper)
    add_blocks(document, paper.text, width=m.TEXT_WIDTH)
    keep_last_line(document)
    add_closing(document, paper)
    for appendix in paper.appendices:
        _add_appendix(document, paper, appendix, watermark=mark)
    if paper.working_copy and paper.working_copy.remarks:
        _add_remarks(document, paper.working_copy)
    document.save(str(path))


def _add_appendix(document: Document, paper: Paper, appendix: Appendix, *, watermark: str) -> None:
    lay_out(next_section(document), landscape=appendix.landscape, watermark=watermark)
    _add_centred(document, wording.appendix_name(appendix.number), bold=True)
    _add_centred(document, appendix.title.upper(), bold=True)
    width = m.TEXT_WIDTH_LANDSCAPE if appendix.landscape else m.TEXT_WIDTH
    bracket = m.joined_if_short(attached_to(paper), size=m.SIZE_APPENDIX, width=width)
    _add_centred(document, "\n".join(bracket), italic=True, after=SPACE_UNDER_HEAD)
    add_blocks(document, appendix.body, width=width)


def _add_remarks(document: Document, working_copy: WorkingCopy) -> None:
    lay_out(next_section(document), watermark=working_copy.watermark)
    _add_centred(document, working_copy.heading, bold=True, after=SPACE_UNDER_HEAD)
    add_blocks(document, tuple(item(remark) for remark in punctuated(working_copy.remarks)), width=m.TEXT_WIDTH)


def _add_centred(document: Document, text: str, *, bold: bool = False, italic: bool = False, after: float = 0) -> None:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(after)
    line.paragraph_format.keep_with_next = True
    xml.write(line, text, size=m.SIZE_APPENDIX, bold=bold, italic=italic)
