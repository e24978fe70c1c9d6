"""A frozen report as files, for the clerk to number and the official to sign."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from tienphuong.core.text.fold import fold
from tienphuong.reports.composing.report import compose_report
from tienphuong.reports.cutoff import VIETNAM
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import Paper

FONTS = Path("node_modules/@expo-google-fonts/tinos")


def render_report(
    snapshot: Snapshot, *, folder: Path, formats: Sequence[str] = ("docx", "pdf"), steering: bool = False, working_copy: bool = False
) -> list[Path]:
    """Write the paper in each format and say where; printing a report again writes the same words."""
    paper = compose_report(snapshot, steering=steering, working_copy=working_copy)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in formats:
        path = folder / f"{file_stem(snapshot, working_copy=working_copy)}.{kind}"
        _write(paper, path, kind)
        written.append(path)
    return written


def _write(paper: Paper, path: Path, kind: str) -> None:
    """One format. The writers are imported when a paper is printed: their libraries are half of what a page loads."""
    if kind == "docx":
        from tienphuong.reports.papers.word.writer import write_docx

        write_docx(paper, path)
    elif kind == "pdf":
        from tienphuong.reports.papers.pdf.writer import write_pdf

        write_pdf(paper, path, font_dirs=[settings.REPOSITORY / FONTS])
    else:
        raise ValueError(f"render_report: “{kind}” is no format of reports; give docx or pdf")


def file_stem(snapshot: Snapshot, *, working_copy: bool = False) -> str:
    """'bao-cao-thanh-tri-covid-19-2021-08-24-16h00-1a2b3c4d': the same report has the same name, a replacement another."""
    moment = snapshot.cutoff.astimezone(VIETNAM)
    place = fold(snapshot.area.full_name).replace(" ", "-")
    mark = "-ban-lam-viec" if working_copy else ""
    return f"bao-cao-{place}-{snapshot.disease}-{moment:%Y-%m-%d-%Hh%M}-{snapshot.content_hash[:8]}{mark}"
