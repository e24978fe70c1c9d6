"""The report as one web page that needs nothing else: styles and pictures are inside it."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from tienphuong.reports.forecasting.page import Page


def write_html(page: Page, path: Path) -> None:
    """Writes the page as one .html file."""
    with override(page.language):
        path.write_text(render_to_string("forecasting/page.html", {"page": page}), encoding="utf-8")
