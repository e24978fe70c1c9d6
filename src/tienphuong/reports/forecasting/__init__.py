"""Reports on comparisons of plans: a page and a PDF to read, tables to compute with."""

from pathlib import Path

from django.conf import settings

from tienphuong.forecast.outcomes import Comparison
from tienphuong.reports.composing.rendering import FONTS
from tienphuong.reports.forecasting.content import compose_page
from tienphuong.reports.forecasting.html import write_html
from tienphuong.reports.forecasting.pdf import write_pdf
from tienphuong.reports.forecasting.tables import write_tables

__all__ = ["write_comparison"]


def write_comparison(found: Comparison, folder: Path, *, language: str = "vi") -> list[Path]:
    """Writes report.html, report.pdf and the tables into the folder; says where each is."""
    folder.mkdir(parents=True, exist_ok=True)
    page = compose_page(found, language=language)
    write_html(page, folder / "report.html")
    write_pdf(page, folder / "report.pdf", font_dirs=[settings.REPOSITORY / FONTS])
    return [folder / "report.html", folder / "report.pdf", *write_tables(found, folder)]
