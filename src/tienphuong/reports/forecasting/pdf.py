"""The report as a PDF, set by typst from the same parts."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tienphuong.reports.forecasting.page import Page
from tienphuong.reports.papers.pdf.writer import FONTS

TEMPLATE: Final = Path(__file__).with_name("page.typ")


def write_pdf(page: Page, path: Path, *, font_dirs: Sequence[Path] = ()) -> None:
    """Writes the page as PDF; fonts come from `font_dirs` and from typst itself, never from the machine."""
    import typst  # here: most processes set no paper

    found = [place for place in font_dirs if place.is_dir()]
    content = json.dumps({**asdict(page), "fonts": FONTS}, ensure_ascii=False)
    typst.compile(TEMPLATE, output=path, font_paths=found, ignore_system_fonts=True, sys_inputs={"page": content})
