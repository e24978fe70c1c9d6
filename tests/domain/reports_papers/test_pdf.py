"""Is the PDF the same paper as the Word file, in the same places on the sheet?"""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from tests.domain.reports_papers import sample

from tienphuong.reports.papers import Appendix, Column, Paper, Table, Urgency, measures, para
from tienphuong.reports.papers.pdf.data import paper_data
from tienphuong.reports.papers.pdf.writer import write_pdf
from tienphuong.reports.papers.word.writer import write_docx

POINT = 25.4 / 72
XHTML = "{http://www.w3.org/1999/xhtml}"
reads_pdf = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed, so no PDF can be read back"
)


@dataclass(frozen=True)
class LabelledChoice:
    """One printed word and its box in millimetres."""

    text: str
    left: float
    top: float
    right: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[LabelledChoice, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def find(self, text: str) -> LabelledChoice:
        return next(word for word in self.words if word.text == text)


def printed(tmp_path: Path, paper: Paper, *, font_dirs: tuple[Path, ...] = ()) -> list[Page]:
    path = tmp_path / "paper.pdf"
    write_pdf(paper, path, font_dirs=font_dirs)
    answer = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    return [_page(found) for found in ElementTree.fromstring(answer.stdout).iter(f"{XHTML}page")]


def _page(found: ElementTree.Element) -> Page:
    words = tuple(
        LabelledChoice(_read(word.text or ""), *(float(word.attrib[side]) * POINT for side in ("xMin", "yMin", "xMax")))
        for word in found.iter(f"{XHTML}word")
    )
    return Page(float(found.attrib["width"]) * POINT, float(found.attrib["height"]) * POINT, words)


def _read(text: str) -> str:
    """One form of each letter; typst's own bold italic, used where the post's fonts are not given, says its ơ twice when copied out (it prints once)."""
    return unicodedata.normalize("NFC", text).replace("ơơ", "ơ")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return printed(tmp_path_factory.mktemp("pdf"), sample.daily_report(urgency=Urgency.FLASH))


def test_the_file_is_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_pdf(sample.daily_report(), path)
    assert path.read_bytes().startswith(b"%PDF-1.7")


@reads_pdf
def test_the_sheets_are_a4_and_the_wide_table_lies_on_its_side(pages: list[Page]) -> None:
    shapes = [(round(page.width), round(page.height)) for page in pages]
    assert shapes[-3:] == [(210, 297), (297, 210), (210, 297)]
    assert set(shapes[:-3]) == {(210, 297)}


@reads_pdf
def test_all_words_stay_between_the_decrees_margins(pages: list[Page]) -> None:
    for page in pages:
        for word in page.words:
            assert word.left >= measures.MARGIN_LEFT - 0.2, word
            assert word.right <= page.width - measures.MARGIN_RIGHT + 0.2, word


@reads_pdf
def test_page_numbers_stand_at_the_top_centre_from_the_second_page_of_the_text(pages: list[Page]) -> None:
    above = [[word for word in page.words if word.top < measures.MARGIN_TOP - 4] for page in pages]
    text = len(pages) - 3
    assert text >= 2
    assert [[word.text for word in line] for line in above] == [[], *([str(count)] for count in range(2, text + 1)), [], [], []]
    number = above[1][0]
    assert (number.left + number.right) / 2 == pytest.approx(measures.MARGIN_LEFT + measures.TEXT_WIDTH / 2, abs=0.5)


@reads_pdf
def test_a_long_appendix_counts_from_two_again_and_repeats_its_head(tmp_path: Path) -> None:
    columns = (Column("STT", width=0.5), Column("Họ và tên", width=3))
    rows = tuple((str(place), f"Người {place}") for place in range(1, 121))
    appendix = Appendix("Danh sách kèm theo", (Table(columns, rows, total=("", "Cộng 120 người")),), number="I")
    last = replace(appendix, number="II")
    pages = printed(tmp_path, replace(sample.daily_report(), appendices=(appendix, last)))
    numbers = [[word.text for word in page.words if word.top < measures.MARGIN_TOP - 4] for page in pages]
    text = next(place for place, page in enumerate(pages) if page.text.startswith("Phụ lục I "))
    length = (len(pages) - text) // 2
    assert length >= 3
    assert numbers[text:] == [[], *([str(count)] for count in range(2, length + 1))] * 2
    assert all("STT Họ và tên" in page.text for page in pages[text:])
    assert "Người 120" in pages[-1].text


@reads_pdf
def test_agency_and_nation_keep_to_their_blocks(pages: list[Page]) -> None:
    edge = measures.MARGIN_LEFT + measures.AGENCY_WIDTH
    assert pages[0].find("PHỐ").right < edge < pages[0].find("CỘNG").left
    assert pages[0].find("Số:").top == pytest.approx(pages[0].find("Trì,").top, abs=0.3)


@reads_pdf
def test_receivers_and_signer_stand_at_one_height(pages: list[Page]) -> None:
    last = pages[-4]
    receivers, signer = last.find("Nơi"), last.find("TM.")
    assert "./." in last.text, "a signature never stands alone on a page"
    assert receivers.left == pytest.approx(measures.MARGIN_LEFT, abs=0.3)
    assert signer.left > measures.MARGIN_LEFT + measures.RECEIVER_WIDTH
    assert receivers.top == pytest.approx(signer.top, abs=1)


@reads_pdf
def test_pdf_and_word_say_the_same(tmp_path: Path, pages: list[Page]) -> None:
    path = tmp_path / "paper.docx"
    write_docx(sample.daily_report(urgency=Urgency.FLASH), path)
    said = {token for text in docx.Document(str(path)).element.body.itertext() for token in text.split()}
    shown = {word.text for page in pages for word in page.words}
    assert _whole_words(said) - _whole_words(shown) == set()
    assert _whole_words(shown) - _whole_words(said) == set()


def _whole_words(tokens: set[str]) -> set[str]:
    """Words of two letters or more, free of the signs that line breaks and gaps attach to them."""
    return {found for token in tokens for found in re.findall(r"[^\W\d_]{2,}", token)}


@reads_pdf
def test_without_any_font_of_the_machine_every_vietnamese_letter_is_still_printed(tmp_path: Path) -> None:
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = {unicodedata.normalize("NFC", letter + mark) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks} | {"đ", "Đ"}
    bare = tmp_path / "no-fonts"
    bare.mkdir()
    paper = replace(sample.pledge(), body=(para(" ".join(sorted(letters))),))
    pages = printed(tmp_path, paper, font_dirs=(bare,))
    assert letters <= {word.text for page in pages for word in page.words}


@reads_pdf
def test_a_working_copy_shows_its_remarks_on_a_page_of_their_own(tmp_path: Path, pages: list[Page]) -> None:
    working = printed(tmp_path, sample.daily_report(working_copy=sample.working_copy(), urgency=Urgency.FLASH))
    assert len(working) == len(pages) + 1
    assert "GHI CHÚ CHẤT LƯỢNG SỐ LIỆU" in working[-1].text
    assert "GHI" not in {word.text for page in pages for word in page.words}


@reads_pdf
def test_letter_and_pledge_print(tmp_path: Path) -> None:
    letter = printed(tmp_path, sample.official_letter())
    assert "Số: 05/UBND-YT" in letter[0].text and "Kính gửi: Sở Y tế Hà Nội" in letter[0].text
    pledge = printed(tmp_path, sample.pledge())[0]
    assert pledge.find("CAM").left > measures.MARGIN_LEFT + 40
    assert pledge.find("ngày").left > measures.SHEET_WIDTH / 2


def test_the_template_gets_every_measure_and_every_wording_ready_made() -> None:
    data = paper_data(sample.daily_report(urgency=Urgency.FLASH), fonts=("Tinos",))
    assert data["measures"]["margin_left"] == 30.0  # type: ignore[index,call-overload]
    assert data["marks"] == [{"text": "HỎA TỐC", "width": 30.0}]
    assert data["number"] == "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-UBND"
    assert data["remarks"] is None and data["watermark"] == ""
