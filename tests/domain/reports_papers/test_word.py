"""Does the Word file hold every measure of NĐ 30/2020/NĐ-CP, Phụ lục I?"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from tests.domain.reports_papers import sample, wordxml
from tests.domain.reports_papers.wordxml import alignment, millimetres, paragraph, rule_after, style, text_of, value

from tienphuong.reports.papers import Column, Table, Urgency, measures
from tienphuong.reports.papers.word.writer import write_docx


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "report.docx"
    write_docx(sample.daily_report(urgency=Urgency.FLASH), path)
    return path


@pytest.fixture(scope="module")
def body(report: Path) -> BaseOxmlElement:
    return wordxml.part(report, "word/document.xml")


def written(tmp_path: Path, paper: sample.Paper) -> BaseOxmlElement:
    path = tmp_path / "paper.docx"
    write_docx(paper, path)
    return wordxml.part(path, "word/document.xml")


def sections(body: BaseOxmlElement) -> list[BaseOxmlElement]:
    return list(body.iter(qn("w:sectPr")))


def tables(body: BaseOxmlElement) -> list[BaseOxmlElement]:
    return list(body[0].findall(qn("w:tbl")))


def test_the_sheet_is_a4_with_the_decrees_margins(body: BaseOxmlElement) -> None:
    first = sections(body)[0]
    size = first.find(qn("w:pgSz"))
    margins = first.find(qn("w:pgMar"))
    assert (millimetres(size.get(qn("w:w"))), millimetres(size.get(qn("w:h")))) == (210, 297)
    assert 20 <= millimetres(margins.get(qn("w:top"))) <= 25
    assert 20 <= millimetres(margins.get(qn("w:bottom"))) <= 25
    assert 30 <= millimetres(margins.get(qn("w:left"))) <= 35
    assert 15 <= millimetres(margins.get(qn("w:right"))) <= 20
    assert millimetres(margins.get(qn("w:header"))) < millimetres(margins.get(qn("w:top")))


def test_every_run_is_times_new_roman_in_all_four_scripts_and_vietnamese(body: BaseOxmlElement) -> None:
    spoken = [run for run in body.iter(qn("w:r")) if text_of(run)]
    assert len(spoken) > 300
    for run in spoken:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert {name.rpartition("}")[2]: face for name, face in fonts.attrib.items()} == dict.fromkeys(
            ("ascii", "hAnsi", "cs", "eastAsia"), "Times New Roman"
        )
        assert value(run, "w:rPr/w:lang") == "vi-VN"


def test_no_style_brings_a_theme_face_or_a_colour_into_the_text(report: Path) -> None:
    styles = wordxml.part(report, "word/styles.xml")
    used = [styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{name}']") for name in ("Normal", "Heading1", "Heading2", "Heading3")]
    for found in (styles.find(qn("w:docDefaults")), *used):
        for fonts in found.iter(qn("w:rFonts")):
            assert not [name for name in fonts.attrib if "Theme" in name]
        assert all(colour.get(qn("w:val")) == "000000" for colour in found.iter(qn("w:color")))


def test_only_the_mark_is_red(body: BaseOxmlElement) -> None:
    coloured = {text_of(run) for run in body.iter(qn("w:r")) if value(run, "w:rPr/w:color") not in (None, "000000")}
    assert coloured == {"HỎA TỐC"}


def test_the_head_is_a_bare_table_of_65_and_100_millimetres(body: BaseOxmlElement) -> None:
    head = tables(body)[0]
    assert [millimetres(column.get(qn("w:w"))) for column in head.iter(qn("w:gridCol"))][:2] == [65, 100]
    properties = head.find(qn("w:tblPr"))
    assert value(properties, "w:tblLayout", "w:type") == "fixed"
    assert {side.get(qn("w:val")) for side in properties.find(qn("w:tblBorders"))} == {"nil"}
    assert {side.get(qn("w:w")) for side in properties.find(qn("w:tblCellMar"))} == {"0"}


def test_nation_and_motto_stand_bold_in_their_sizes_over_a_line_as_long_as_the_motto(body: BaseOxmlElement) -> None:
    nation, motto = paragraph(body, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), paragraph(body, "Độc lập - Tự do - Hạnh phúc")
    assert style(nation) == (12, True, False) and style(motto) == (13, True, False)
    assert alignment(nation) == alignment(motto) == "center"
    length = rule_after(motto, block=100)
    assert length == pytest.approx(measures.text_width("Độc lập - Tự do - Hạnh phúc", size=13, bold=True), abs=0.2)


def test_the_parent_stands_light_and_the_issuer_bold_over_a_short_line(body: BaseOxmlElement) -> None:
    assert style(paragraph(body, "THÀNH PHỐ HÀ NỘI")) == (12, False, False)
    issuer = paragraph(body, "HUYỆN THANH TRÌ")
    assert style(paragraph(body, "ỦY BAN NHÂN DÂN")) == style(issuer) == (12, True, False)
    longest = max(measures.text_width(line, size=12, bold=True) for line in ("ỦY BAN NHÂN DÂN", "HUYỆN THANH TRÌ"))
    assert longest / 3 <= rule_after(issuer, block=65) <= longest / 2


def test_number_and_day_stand_on_one_row_and_wait_for_the_clerk(body: BaseOxmlElement) -> None:
    number, day = paragraph(body, "Số: /BC-UBND"), paragraph(body, "Thanh Trì, ngày tháng 8 năm 2021")
    assert style(number) == (13, False, False) and style(day) == (13, False, True)
    assert number.getparent().getparent() is day.getparent().getparent()


def test_the_title_is_bold_and_centred_over_a_short_line(body: BaseOxmlElement) -> None:
    subject = "Công tác phòng, chống dịch COVID-19 trên địa bàn huyện Thanh Trì"
    for words in ("BÁO CÁO", subject):
        assert style(paragraph(body, words)) == (14, True, False)
        assert alignment(paragraph(body, words)) == "center"
    note = paragraph(body, "(số liệu tính từ 16h00 ngày 23/8/2021 đến 16h00 ngày 24/8/2021)")
    width = measures.text_width(subject, size=14, bold=True)
    assert width / 3 <= rule_after(note, block=165) <= width / 2


def test_several_recipients_form_a_dashed_list_under_the_colon(body: BaseOxmlElement) -> None:
    opening = paragraph(body, "Kính gửi:")
    first, last = (
        paragraph(body, "- Ban Chỉ đạo phòng, chống dịch COVID-19 Thành phố;"),
        paragraph(body, "- Thường trực Hội đồng nhân dân huyện Thanh Trì."),
    )
    dash = millimetres(value(first, "w:pPr/w:ind", "w:left")) - millimetres(value(first, "w:pPr/w:ind", "w:hanging"))
    colon = millimetres(value(opening, "w:pPr/w:ind", "w:left")) + measures.text_width("Kính gửi", size=14)
    assert dash == pytest.approx(colon, abs=0.2)
    assert style(first) == style(last) == (14, False, False)


def test_the_text_is_justified_with_an_indent_of_a_centimetre_and_six_points_between(body: BaseOxmlElement) -> None:
    line = next(
        found for found in body.iter(qn("w:p")) if text_of(found).startswith("Lũy kế từ ngày 27/4/2021 đến 16h00 ngày 24/8/2021: 272 ca")
    )
    assert style(line) == (14, False, False)
    assert alignment(line) == "both"
    assert millimetres(value(line, "w:pPr/w:ind", "w:firstLine")) == 10
    assert int(value(line, "w:pPr/w:spacing", "w:after") or 0) >= 120
    assert 240 <= int(value(line, "w:pPr/w:spacing", "w:line") or 0) <= 360


@pytest.mark.parametrize(
    ("words", "name", "bold"),
    [("I. TÌNH HÌNH DỊCH", "Heading1", True), ("1. Ca mắc COVID-19", "Heading2", True), ("a) Truy vết", "Heading3", False)],
)
def test_headings_are_words_own_and_stay_with_what_follows(report: Path, body: BaseOxmlElement, words: str, name: str, bold: bool) -> None:
    heading = paragraph(body, words)
    assert value(heading, "w:pPr/w:pStyle") == name
    assert style(heading) == (14, bold, False)
    styles = wordxml.part(report, "word/styles.xml")
    assert value(styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{name}']"), "w:pPr/w:keepNext") is not None


def test_the_text_closes_with_its_mark_and_stays_with_the_signature(body: BaseOxmlElement) -> None:
    last = paragraph(body, "Đề nghị Sở Y tế hỗ trợ nhân lực lấy mẫu xét nghiệm từ ngày 25/8/2021./.")
    assert value(last, "w:pPr/w:keepNext") is not None
    assert value(last.getnext(), "w:pPr/w:keepNext") is not None
    assert last.getnext().getnext().tag == qn("w:tbl")


def test_receivers_stand_left_and_the_signer_right_at_one_height(body: BaseOxmlElement) -> None:
    title, signer = paragraph(body, "Nơi nhận:"), paragraph(body, "TM. ỦY BAN NHÂN DÂN")
    assert style(title) == (12, True, True)
    assert alignment(title) in (None, "left")
    assert [style(paragraph(body, words)) for words in ("- Như trên;", "- Lưu: VT, YT.")] == [(11, False, False)] * 2
    left, right = title.getparent(), signer.getparent()
    assert left.getnext() is right and left.index(title) == right.index(signer)
    assert [text_of(line) for line in right.iter(qn("w:p"))] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", ""]
    assert style(signer) == (14, True, False) and alignment(signer) == "center"
    assert left.getparent().find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_the_urgency_frame_has_the_decrees_size(body: BaseOxmlElement) -> None:
    mark = paragraph(body, "HỎA TỐC")
    cell, row = mark.getparent(), mark.getparent().getparent()
    assert style(mark) == (13, True, False)
    assert millimetres(value(cell, "w:tcPr/w:tcW", "w:w")) == 30
    assert millimetres(value(row, "w:trPr/w:trHeight")) == 8
    assert value(row, "w:trPr/w:trHeight", "w:hRule") == "exact"
    assert {side.get(qn("w:color")) for side in cell.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}")} == {"C00000"}


def test_page_numbers_stand_at_the_top_centre_from_the_second_page(report: Path) -> None:
    for section in docx.Document(str(report)).sections:
        assert section.different_first_page_header_footer
        numbered = section.header.paragraphs[0]._p
        assert [found.text.strip() for found in numbered.iter(qn("w:instrText"))] == ["PAGE"]
        assert alignment(numbered) == "center" and style(numbered) == (13, False, False)
        assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_each_appendix_counts_its_own_pages_and_may_lie_on_its_side(body: BaseOxmlElement) -> None:
    assert [value(section, "w:pgNumType", "w:start") for section in sections(body)] == ["1"] * 4
    assert [value(section, "w:pgSz", "w:orient") or "portrait" for section in sections(body)] == [
        "portrait",
        "portrait",
        "landscape",
        "portrait",
    ]
    wide = sections(body)[2].find(qn("w:pgSz"))
    assert (millimetres(wide.get(qn("w:w"))), millimetres(wide.get(qn("w:h")))) == (297, 210)


def test_an_appendix_opens_with_its_number_name_and_bracket(body: BaseOxmlElement) -> None:
    assert style(paragraph(body, "Phụ lục I")) == style(paragraph(body, "CA BỆNH COVID-19 THEO XÃ, THỊ TRẤN")) == (14, True, False)
    bracket = paragraph(body, "(Kèm theo Báo cáo số /BC-UBND ngày tháng 8 năm 2021của Ủy ban nhân dân huyện Thanh Trì)")
    assert len(list(bracket.iter(qn("w:br")))) == 1
    assert style(bracket) == (14, False, True)
    assert alignment(bracket) == "center"


def test_tables_of_figures_repeat_their_heads_and_break_no_row(body: BaseOxmlElement) -> None:
    figures = tables(body)[2:]
    assert len(figures) == 3
    for table, depth, size in zip(figures, (1, 2, 2), (12, 11, 12), strict=True):
        rows = table.findall(qn("w:tr"))
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] * depth + [False] * (
            len(rows) - depth
        )
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        looks = {style(line)[0] for line in table.iter(qn("w:p")) if text_of(line)}
        assert looks == {size}


def test_a_table_is_as_wide_as_its_text(body: BaseOxmlElement) -> None:
    widths = [sum(millimetres(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))) for table in tables(body)[2:]]
    assert widths == [pytest.approx(165, abs=0.5), pytest.approx(252, abs=0.5), pytest.approx(165, abs=0.5)]


def test_a_group_head_spans_its_columns_and_a_lone_head_both_rows(body: BaseOxmlElement) -> None:
    upper = tables(body)[3].findall(qn("w:tr"))[0]
    spans = [(text_of(cell), value(cell, "w:tcPr/w:gridSpan"), value(cell, "w:tcPr/w:vMerge")) for cell in upper.findall(qn("w:tc"))]
    assert spans == [("STT", None, "restart"), ("Xã, thị trấn", None, "restart"), ("F1", "4", None), ("F2", "4", None)]


def test_the_appendix_carries_the_sixteen_communes_and_the_published_sums(body: BaseOxmlElement) -> None:
    rows = [[text_of(cell) for cell in row.findall(qn("w:tc"))] for row in tables(body)[2].findall(qn("w:tr"))]
    assert len(rows) == 1 + 16 + 1
    assert rows[-1] == ["", "Cộng", "11", "272", "51", "221", "0"]
    assert ["6", "Xã Liên Ninh", "8", "136", "9", "127", "0"] in rows
    assert style(paragraph(body, "Cộng"))[1]


def test_the_total_stays_with_the_row_before_it(body: BaseOxmlElement) -> None:
    rows = tables(body)[2].findall(qn("w:tr"))
    kept = [all(value(line, "w:pPr/w:keepNext") is not None for line in row.iter(qn("w:p"))) for row in rows]
    assert kept == [False] * 16 + [True, False]


def test_a_table_without_rows_still_shows_its_head_and_lines_in_a_cell_break(tmp_path: Path) -> None:
    empty, broken = Table((Column("STT"), Column("Xã")), ()), Table((Column("Xã"),), (("Liên Ninh\nNgọc Hồi",),))
    body = written(tmp_path, replace(sample.pledge(), body=(empty, broken)))
    first, second = tables(body)[1:3]
    assert [text_of(row) for row in first.findall(qn("w:tr"))] == ["STTXã"]
    assert len(list(second.iter(qn("w:br")))) == 1


def test_the_file_names_an_office_and_no_person(report: Path) -> None:
    core = docx.Document(str(report)).core_properties
    assert core.author == "Ủy ban nhân dân huyện Thanh Trì"
    assert (core.last_modified_by, core.comments, core.language) == ("", "", "vi-VN")
    assert core.created == core.modified == datetime(2021, 8, 24, 10, 5, tzinfo=UTC)
    assert core.title == "BÁO CÁO Công tác phòng, chống dịch COVID-19 trên địa bàn huyện Thanh Trì"


def test_a_letter_says_its_subject_under_the_number_and_its_recipient_on_one_line(tmp_path: Path) -> None:
    body = written(tmp_path, sample.official_letter())
    assert style(paragraph(body, "Số: 05/UBND-YT")) == (13, False, False)
    assert style(paragraph(body, "V/v hỗ trợ nhân lực lấy mẫu xét nghiệm tại xã Liên Ninh")) == (12, False, False)
    assert alignment(paragraph(body, "Kính gửi: Sở Y tế Hà Nội")) == "center"
    assert paragraph(body, "Thanh Trì, ngày 05 tháng 02 năm 2021") is not None
    assert style(paragraph(body, "Phụ lục")) == (14, True, False)
    assert millimetres(value(paragraph(body, "THƯỢNG KHẨN").getparent(), "w:tcPr/w:tcW", "w:w")) == 40
    assert paragraph(body, "MẬT") is not None


def test_a_pledge_has_no_agency_and_seats_its_signers_side_by_side(tmp_path: Path) -> None:
    body = written(tmp_path, sample.pledge())
    assert "Số:" not in text_of(body)
    assert "./." not in text_of(body)
    left, right = paragraph(body, "ĐẠI DIỆN UBND XÃ"), paragraph(body, "ĐẠI DIỆN HỘ GIA ĐÌNH")
    assert left.getparent().getnext() is right.getparent()


def test_a_working_copy_is_marked_on_every_page_and_ends_with_its_remarks(tmp_path: Path) -> None:
    path = tmp_path / "working.docx"
    write_docx(sample.daily_report(working_copy=sample.working_copy()), path)
    document = docx.Document(str(path))
    for section in document.sections:
        for header in (section.header, section.first_page_header):
            assert 'string="BẢN LÀM VIỆC"' in header._element.xml
    texts = [line.text for line in document.paragraphs if line.text]
    assert texts[-3] == "GHI CHÚ CHẤT LƯỢNG SỐ LIỆU"
    assert texts[-1].endswith("cần đối chiếu danh sách.")


def test_a_paper_to_be_signed_carries_neither_mark_nor_remarks(report: Path, body: BaseOxmlElement) -> None:
    assert "GHI CHÚ" not in text_of(body)
    for section in docx.Document(str(report)).sections:
        assert "textpath" not in section.header._element.xml + section.first_page_header._element.xml


def test_properties_stand_in_the_order_the_schema_asks(body: BaseOxmlElement) -> None:
    order = ("pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "spacing", "ind", "jc", "rPr", "sectPr")
    for properties in body.iter(qn("w:pPr")):
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=order.index)
    cell_order = ("tcW", "gridSpan", "vMerge", "tcBorders", "vAlign")
    for properties in body.iter(qn("w:tcPr")):
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=cell_order.index)
