"""What stands below the text of a Word paper? Nơi nhận on the left (9b), the signature on the right (7)."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers.paper import Paper, Signing, punctuated
from tienphuong.reports.papers.word import xml

GAP = 6.0


def add_closing(document: Document, paper: Paper) -> None:
    """One signer across from Nơi nhận; several signers side by side, Nơi nhận below them."""
    _gap(document).paragraph_format.keep_with_next = True
    if len(paper.signings) == 1:
        _add_facing(document, paper)
    else:
        _add_apart(document, paper)
    xml.shrink(document.add_paragraph())


def _add_apart(document: Document, paper: Paper) -> None:
    if paper.signings:
        _add_side_by_side(document, paper.signings)
        _gap(document)
    if paper.distribution:
        _add_receivers_alone(document, paper)


def _gap(document: Document) -> Paragraph:
    """Air above a table; it also keeps two tables from running together."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(GAP)
    return paragraph


def _add_facing(document: Document, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=2)
    xml.bare_table(table, widths=(m.RECEIVER_WIDTH, m.SIGNER_WIDTH))
    xml.keep_row_whole(table, 0)
    _fill_receivers(table.cell(0, 0), paper.distribution)
    _fill_signer(table.cell(0, 1), paper.signings[0])


def _add_side_by_side(document: Document, signings: tuple[Signing, ...]) -> None:
    table = document.add_table(rows=1, cols=len(signings))
    xml.bare_table(table, widths=(m.TEXT_WIDTH / len(signings),) * len(signings))
    xml.keep_row_whole(table, 0)
    for cell, signing in zip(table.rows[0].cells, signings, strict=True):
        _fill_signer(cell, signing)


def _add_receivers_alone(document: Document, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=1)
    xml.bare_table(table, widths=(m.RECEIVER_WIDTH,))
    xml.keep_row_whole(table, 0)
    _fill_receivers(table.cell(0, 0), paper.distribution)


def _fill_receivers(cell: _Cell, distribution: tuple[str, ...]) -> None:
    if not distribution:
        return
    xml.write(cell.paragraphs[0], "Nơi nhận:", size=m.SIZE_RECEIVER_TITLE, bold=True, italic=True)
    for entry in punctuated(distribution):
        xml.write(cell.add_paragraph(), f"- {entry}", size=m.SIZE_RECEIVER)


def _fill_signer(cell: _Cell, signing: Signing) -> None:
    """Authority and title, then room for the hand and the seal, then the name if anyone has signed."""
    for place, line in enumerate(signing.authority):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        xml.write(paragraph, line.upper(), size=m.SIZE_SIGNING, bold=True)
    name = cell.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    name.paragraph_format.space_before = Pt(m.SIGNATURE_ROOM)
    xml.write(name, signing.name, size=m.SIZE_SIGNING, bold=True)
