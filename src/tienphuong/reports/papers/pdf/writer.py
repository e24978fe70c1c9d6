"""The whole paper as a PDF file, set by typst with the same measures as the Word file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tienphuong.reports.papers.paper import Paper
from tienphuong.reports.papers.pdf.data import paper_data

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
FONTS: Final = ("Tinos", "Libertinus Serif")
"""Tinos has the widths of Times New Roman and comes with the post; the last one is inside typst itself, so that every letter is printed
before set-up too. No font of the machine is named: two machines would print other lines, and one face would be mixed from two."""
ARCHIVE: Final = "a-2b"


def write_pdf(paper: Paper, path: Path, *, font_dirs: Sequence[Path] = ()) -> None:
    """Writes the paper as PDF/A-2b in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I.

    Fonts come from `font_dirs` and from typst itself, never from the machine, so that every machine makes the same bytes.
    """
    import typst  # here: most processes set no paper

    typst.compile(
        TEMPLATE,
        output=path,
        font_paths=[place for place in font_dirs if place.is_dir()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper_data(paper, fonts=FONTS), ensure_ascii=False)},
        pdf_standards=ARCHIVE,
    )
