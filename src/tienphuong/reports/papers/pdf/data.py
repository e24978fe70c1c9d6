"""What does the PDF template need to know? The paper and the measures as plain JSON values, every wording already decided."""

from collections.abc import Sequence
from datetime import UTC

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers import wording
from tienphuong.reports.papers.paper import (
    Appendix,
    Block,
    Heading,
    Level,
    ListItem,
    Paper,
    Paragraph,
    Run,
    Signing,
    Table,
    attached_to,
    item,
    punctuated,
)
from tienphuong.reports.papers.tablehead import column_widths, head_cells

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None


def paper_data(paper: Paper, *, fonts: Sequence[str]) -> dict[str, Json]:
    """Everything the template prints, in its order on the page."""
    return {
        "fonts": list(fonts),
        "title": paper.title,
        "issuer_name": paper.issuer_name,
        "made_at": list(paper.made_at.astimezone(UTC).timetuple()[:6]),
        "measures": measures_data(),
        "watermark": paper.working_copy.watermark if paper.working_copy else "",
        **_head_data(paper),
        "body": _blocks(paper.text, width=m.TEXT_WIDTH),
        "signings": [_signing(signing) for signing in paper.signings],
        "distribution": [f"- {entry}" for entry in punctuated(paper.distribution)],
        "appendices": [_appendix(paper, appendix) for appendix in paper.appendices],
        "remarks": _remarks(paper),
    }


def measures_data() -> dict[str, Json]:
    """The constants of `measures` by their names in lower case."""
    return {name.lower(): value for name, value in vars(m).items() if name.isupper() and isinstance(value, float | str)}


def _head_data(paper: Paper) -> dict[str, Json]:
    letter = not paper.kind and bool(paper.subject)
    return {
        "parent_agency": [line.upper() for line in paper.parent_agency],
        "issuing_agency": [line.upper() for line in paper.issuing_agency],
        "number": wording.document_number(paper.symbol, value=paper.number),
        "letter_subject": f"V/v {' '.join(paper.subject)}" if letter else "",
        "dateline": wording.dateline(paper.place, year=paper.year, month=paper.month, day=paper.day),
        "marks": [{"text": mark.value, "width": m.box_width(mark.value)} for mark in (paper.secrecy, paper.urgency) if mark],
        "kind": paper.kind,
        "subject": list(paper.subject),
        "subject_note": f"({paper.subject_note})" if paper.subject_note else "",
        "recipients": list(paper.recipients if len(paper.recipients) == 1 else punctuated(paper.recipients)),
    }


def _signing(signing: Signing) -> Json:
    return {"authority": [line.upper() for line in signing.authority], "name": signing.name}


def _appendix(paper: Paper, appendix: Appendix) -> Json:
    width = m.TEXT_WIDTH_LANDSCAPE if appendix.landscape else m.TEXT_WIDTH
    return {
        "name": wording.appendix_name(appendix.number),
        "title": appendix.title.upper(),
        "attached_to": list(m.joined_if_short(attached_to(paper), size=m.SIZE_APPENDIX, width=width)),
        "landscape": appendix.landscape,
        "body": _blocks(appendix.body, width=width),
    }


def _remarks(paper: Paper) -> Json:
    copy = paper.working_copy
    if copy is None or not copy.remarks:
        return None
    return {"heading": copy.heading, "body": _blocks(tuple(item(remark) for remark in punctuated(copy.remarks)), width=m.TEXT_WIDTH)}


def _blocks(blocks: Sequence[Block], *, width: float) -> list[Json]:
    return [_block(block, width=width) for block in blocks]


def _block(block: Block, *, width: float) -> Json:
    match block:
        case Heading():
            return {
                "kind": "heading",
                "text": block.text,
                "bold": block.level is not Level.POINT,
                "level": list(Level).index(block.level) + 1,
            }
        case Paragraph():
            return {"kind": "paragraph", "runs": _runs(block.runs), "align": block.align.value, "indented": block.indented}
        case ListItem():
            return {"kind": "paragraph", "runs": _runs((Run(f"{block.marker} "), *block.runs)), "align": "justify", "indented": True}
        case Table():
            return _table(block, width=width)


def _runs(runs: Sequence[Run]) -> list[Json]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in runs]


def _table(block: Table, *, width: float) -> Json:
    head: list[Json] = [
        {"text": cell.text, "x": cell.column, "y": cell.row, "colspan": cell.columns, "rowspan": cell.rows}
        for cell in head_cells(block.columns)
    ]
    return {
        "kind": "table",
        "title": block.title,
        "note": block.note,
        "size": m.table_size(len(block.columns)),
        "widths": list(column_widths(block.columns, width=width)),
        "align": [column.align.value for column in block.columns],
        "head": head,
        "rows": [list(row) for row in block.rows],
        "total": list(block.total),
    }
