"""Does every machine print the same bytes, whatever fonts it has?"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.architecture.house import ROOT

SHIPPED = ROOT / "node_modules/@expo-google-fonts/tinos"
PROGRAM = """
import sys
from pathlib import Path
from tests.domain.reports_papers import sample
from tienphuong.reports.papers.pdf.writer import write_pdf
write_pdf(sample.daily_report(), Path(sys.argv[1]), font_dirs=[Path(place) for place in sys.argv[2:]])
"""
Printer = Callable[..., bytes]
has_fonts = pytest.mark.skipif(not SHIPPED.is_dir(), reason="the post's fonts are not installed (make test installs them)")


@pytest.fixture
def machine(tmp_path: Path) -> Printer:
    """Prints the same report on a machine (a process of its own) whose only user keeps the fonts given."""

    def prints(*fonts: Path, font_dirs: tuple[Path, ...] = ()) -> bytes:
        home = tmp_path / f"home-{len(fonts)}"
        kept = home / ".fonts"
        kept.mkdir(parents=True, exist_ok=True)
        for font in fonts:
            shutil.copy(font, kept)
        paths = {"HOME": str(home), "XDG_DATA_HOME": str(home), "TYPST_FONT_PATHS": str(kept)}
        environment = os.environ | paths | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        words = [sys.executable, "-c", PROGRAM, str(home / "paper.pdf"), *map(str, font_dirs)]
        subprocess.run(words, env=environment, cwd=ROOT, check=True)
        return (home / "paper.pdf").read_bytes()

    return prints


def _faces(paper: bytes) -> set[str]:
    return {found.decode() for found in re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?(\w+)", paper)}


def _mark(paper: bytes) -> str:
    return hashlib.sha256(paper).hexdigest()


@has_fonts
@pytest.mark.parametrize("font_dirs", [(), (SHIPPED,)], ids=["before set-up", "with the post's fonts"])
def test_the_fonts_of_the_machine_change_no_byte(machine: Printer, font_dirs: tuple[Path, ...]) -> None:
    foreign = sorted(SHIPPED.glob("*/*.ttf"))
    assert foreign
    bare, rich = machine(font_dirs=font_dirs), machine(*foreign, font_dirs=font_dirs)
    assert _faces(bare) == _faces(rich)
    assert _mark(bare) == _mark(rich)


@has_fonts
def test_a_paper_is_set_in_one_family(machine: Printer) -> None:
    assert _faces(machine(font_dirs=(SHIPPED,))) == {"Tinos"}
    assert _faces(machine()) == {"LibertinusSerif"}
