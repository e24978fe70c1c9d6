"""Whatever stands in the cells, a survey answers: every row has one fate, every data row gives its records."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tienphuong.intake.mapping.survey import date_orders, records, survey
from tienphuong.intake.reading.book import UNCOMPUTED, Book, BrokenCell, Row, Sheet, Value
from tienphuong.intake.reading.terms import FileKind

WORDS = [
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Nam",
    "Nữ",
    "Cộng",
    "Tổng cộng",
    "I",
    "## x",
    "Thôn Thọ Am",
    "F1",
    "NA",
    "(1)",
    "Nguyễn Văn An",
    "0912345678",
    "#REF!",
    "from",
    "to",
]
CELLS: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.sampled_from(WORDS), st.text(max_size=12), st.integers(-5, 3000), st.booleans(), st.just(date(2021, 8, 24)), st.just(UNCOMPUTED), st.just(BrokenCell("#NAME?"))
)  # fmt: skip
GRIDS = st.lists(
    st.lists(CELLS, min_size=1, max_size=7).filter(lambda cells: any(cell is not None for cell in cells)), min_size=1, max_size=12
)


@settings(max_examples=150, deadline=None)
@given(GRIDS)
def test_every_row_has_one_fate(grid: list[list[Value]]) -> None:
    rows = [Row(number, cells) for number, cells in enumerate(grid, 1)]
    sheet = Sheet("Trang", lambda: iter(rows), row_count=len(rows), last_row=len(rows), width=max(len(cells) for cells in grid))
    book = Book("a.xlsx", FileKind.XLSX, (sheet,))
    (plan,) = survey(book, commune_names=["Liên Ninh"])
    assert sorted([*plan.data_rows, *(row for row, _, _ in plan.ignored)]) == [row.number for row in rows]
    assert {record.row for record in records(book, plan)} == set(plan.data_rows)
    date_orders(book, plan)
