"""Closing identities, on the report of huyện Gia Lộc, Hải Dương, 7/12/2021 (gialoc.haiduong.gov.vn), which has exactly three broken sums."""

from tienphuong.reports.identities import Identity, ReportedTable, broken, cross_foot

ISOLATION = ReportedTable(
    name="Cách ly",
    columns=("đang cách ly", "hoàn thành", "lũy kế"),
    rows={
        "F0": (6, 5, 11),
        "F1": (141, 124, 265),
        "F2": (468, 1652, 2120),
        "Về từ vùng dịch": (275, 639, 914),
        "Nhập cảnh": (31, 159, 190),
    },
    whole="lũy kế",
    parts=("đang cách ly", "hoàn thành"),
)
# The published rows that break; the sum of the rows that hold is what remains of the published totals.
SAMPLES = ReportedTable(
    name="Xét nghiệm",
    columns=("âm tính", "dương tính", "chờ kết quả", "lũy kế"),
    rows={
        "F1": (553, 4, 23, 581),
        "Khác": (3263, 5, 86, 3376),
        "Các nhóm còn lại": (4129 - 553 - 3263, 10 - 4 - 5, 109 - 23 - 86, 4271 - 581 - 3376),
        "Cộng": (4129, 10, 109, 4271),
    },
    whole="lũy kế",
    parts=("âm tính", "dương tính", "chờ kết quả"),
    total_row="Cộng",
)


def test_the_checker_finds_exactly_the_three_broken_sums_of_gia_loc():
    found = cross_foot(ISOLATION) + cross_foot(SAMPLES)
    assert [(item.where, item.said, sum(item.parts)) for item in found] == [
        ("Xét nghiệm, F1", 581, 580),
        ("Xét nghiệm, Khác", 3376, 3354),
        ("Xét nghiệm, Cộng", 4271, 4248),
    ]


def test_a_broken_column_is_found_too():
    table = ReportedTable("Bảng", ("a", "b"), {"x": (1, 1), "y": (2, 2), "Cộng": (4, 4)}, "b", ("a",), "Cộng")
    assert [item.where for item in cross_foot(table)] == ["Bảng, cột a", "Bảng, cột b"]


def test_thanh_tri_closes_and_one_case_less_does_not():
    figures = {"cases_total": 272, "cases_recovered": 51, "cases_in_treatment": 221, "deaths": 0, "cases_transferred": 0}
    assert broken(figures) == []
    (found,) = broken(figures | {"cases_in_treatment": 220})
    assert found.difference == 1 and str(found) == "51 + 220 + 0 + 0 = 271 ≠ 272"


def test_figures_nobody_told_break_nothing():
    assert broken({"cases_total": 272}, [Identity("cases_total", ("cases_recovered",))]) == []
