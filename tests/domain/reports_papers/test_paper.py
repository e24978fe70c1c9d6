"""Does a paper keep its own form: closing signs, table shapes, the bracket under an appendix?"""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.domain.reports_papers.sample import daily_report, official_letter, pledge

from tienphuong.reports.papers import Column, Heading, Level, ListItem, Run, Table, item, measures, para
from tienphuong.reports.papers.paper import attached_to, closed, punctuated
from tienphuong.reports.papers.tablehead import HeadCell, column_widths, head_cells, head_depth


def test_the_text_ends_with_the_closing_mark_once() -> None:
    assert closed((para("Hết."),))[-1] == para("Hết./.")
    assert closed(closed((para("Hết;"),)))[-1] == para("Hết./.")
    assert closed((ListItem((Run("Đề nghị "), Run("hỗ trợ.", bold=True))),))[-1] == ListItem((Run("Đề nghị "), Run("hỗ trợ./.", bold=True)))


def test_a_text_that_ends_in_a_table_or_is_empty_is_left_alone() -> None:
    table = Table((Column("STT"),), (("1",),))
    assert closed((para("Xem bảng."), table)) == (para("Xem bảng."), table)
    assert closed(()) == ()


def test_a_pledge_carries_no_closing_mark() -> None:
    assert pledge().text[-1] == item("Khai báo y tế trung thực.")


def test_list_entries_end_in_semicolons_and_the_last_in_a_full_stop() -> None:
    assert punctuated(["Như trên", "Lưu: VT, YT."]) == ("Như trên;", "Lưu: VT, YT.")


@pytest.mark.parametrize(
    ("level", "number", "written"),
    [(Level.PART, "II", "II. CÁC BIỆN PHÁP"), (Level.SECTION, "1", "1. Các biện pháp"), (Level.POINT, "a", "a) Các biện pháp")],
)
def test_headings_carry_the_signs_of_their_level(level: Level, number: str, written: str) -> None:
    assert Heading(level, number, "Các biện pháp").text == written


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="made_at: 2021-08-24 17:05:00 carries no time zone"):
        replace(daily_report(), made_at=datetime(2021, 8, 24, 17, 5))  # noqa: DTZ001  the very thing refused


def test_a_row_with_a_missing_cell_is_refused_by_name_and_place() -> None:
    columns = (Column("STT"), Column("Xã"))
    with pytest.raises(ValueError, match=r"Bảng “Ca bệnh”, dòng 2: có 1 ô, cần 2 ô"):
        Table(columns, (("1", "Liên Ninh"), ("2",)), title="Ca bệnh")
    with pytest.raises(ValueError, match="dòng 2: có 3 ô"):
        Table(columns, (("1", "Liên Ninh"),), total=("", "Cộng", "136"))


def test_columns_of_one_group_share_a_header_and_the_others_run_through_both_rows() -> None:
    columns = (Column("STT"), Column("Mới", group="F1"), Column("Lũy kế", group="F1"), Column("Ghi chú"))
    assert head_depth(columns) == 2
    assert head_cells(columns) == (
        HeadCell("STT", row=0, column=0, rows=2),
        HeadCell("F1", row=0, column=1, columns=2),
        HeadCell("Ghi chú", row=0, column=3, rows=2),
        HeadCell("Mới", row=1, column=1),
        HeadCell("Lũy kế", row=1, column=2),
    )


def test_column_shares_fill_the_width() -> None:
    assert column_widths((Column("a", width=1), Column("b", width=2)), width=165) == (55, 110)


def test_the_bracket_leaves_number_and_day_blank_until_they_are_given() -> None:
    blank = " ".join(attached_to(daily_report())).replace("\u00a0", " ")
    assert " ".join(blank.split()) == "(Kèm theo Báo cáo số /BC-UBND ngày tháng 8 năm 2021 của Ủy ban nhân dân huyện Thanh Trì)"
    assert attached_to(official_letter()) == (
        "(Kèm theo Công văn số 05/UBND-YT ngày 05 tháng 02 năm 2021",
        "của Ủy ban nhân dân huyện Thanh Trì)",
    )


def test_the_bracket_breaks_before_the_issuer_only_where_the_sheet_is_too_narrow() -> None:
    phrases = attached_to(official_letter())
    assert measures.joined_if_short(phrases, size=14, width=measures.TEXT_WIDTH) == phrases
    assert measures.joined_if_short(phrases, size=14, width=measures.TEXT_WIDTH_LANDSCAPE) == (" ".join(phrases),)


def test_the_nations_line_fits_its_block_and_measures_stay_in_the_decrees_ranges() -> None:
    assert measures.text_width(measures.NATION, size=measures.SIZE_NATION, bold=True) < measures.NATION_WIDTH
    assert measures.AGENCY_WIDTH + measures.NATION_WIDTH == measures.TEXT_WIDTH
    assert 1 / 3 <= measures.RULE_SHARE <= 1 / 2
    assert 11 <= measures.SIZE_TABLE_DENSE <= measures.SIZE_TABLE <= 12


def test_tone_marks_add_no_width_but_horns_do() -> None:
    assert measures.text_width("ấ", size=14) == measures.text_width("a", size=14)
    assert measures.text_width("ự", size=14) == measures.text_width("ư", size=14) > measures.text_width("u", size=14)
    assert measures.text_width("0" * 72, size=14) == pytest.approx(72 * 0.5 * 14 * 25.4 / 72)
