"""The character 0 in a cell or a heading stands for nothing, and no text that is kept holds it."""

from tienphuong.intake.reading.book import BrokenCell, Row, Sheet


def test_rows_come_without_it_and_all_else_stays():
    broken = BrokenCell("#REF!")
    plain = Row(1, ["Họ tên", None, 5])
    sheet = Sheet("a", lambda: iter([plain, Row(2, ["Họ\0 tên", "\0", 1.5, broken], {0: ".VnTime"})]))
    first, second = sheet.rows()
    assert first is plain
    assert (second.number, second.cells, second.fonts) == (2, ["Họ tên", "", 1.5, broken], {0: ".VnTime"})
    assert second.cells[3] is broken and sheet.head(1) == [plain]
