"""The whole paper as a PDF file, set by typst with the same measures as the Word file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typst

from tienphuong.reports.papers.paper import Paper
from tienphuong.reports.papers.pdf.data import paper_data

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
FONTS: Final = ("Tinos", "Times New Roman", "Liberation Serif", "Libertinus Serif")
"""Tinos has the widths of Times New Roman; the last one is inside typst itself, so that a bare machine still prints every letter."""
ARCHIVE: Final = "a-2b"


def write_pdf(paper: Paper, path: Path, *, font_dirs: Sequence[Path] = ()) -> None:
    """Writes the paper as PDF/A-2b in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I.

    Fonts come from `font_dirs` alone if any of these folders exists, so that every machine makes the same pages; else from the system.
    """
    found = [place for place in font_dirs if place.is_dir()]
    typst.compile(
        TEMPLATE,
        output=path,
        font_paths=found,
        ignore_system_fonts=bool(found),
        sys_inputs={"paper": json.dumps(paper_data(paper, fonts=FONTS), ensure_ascii=False)},
        pdf_standards=ARCHIVE,
    )
