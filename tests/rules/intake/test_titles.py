"""The day that the titles of a list give it."""

from datetime import date

import pytest

from tienphuong.intake.mapping.titles import title_day

CAME = date(2021, 8, 25)


@pytest.mark.parametrize(
    "titles",
    [
        ("UBND XÃ LIÊN NINH", "DANH SÁCH CA DƯƠNG TÍNH SARS-CoV-2 NGÀY 24/8/2021"),
        ("Báo cáo ngày 24-08-2021",),
        ("Liên Ninh, ngày 24 tháng 8 năm 2021", "DANH SÁCH CA BỆNH NGÀY 24.8.2021"),
        ("danh sach ca benh ngay 24/8/2021",),
    ],
)
def test_one_plain_day_is_the_day_of_the_list(titles):
    assert title_day(titles, at=CAME) == date(2021, 8, 24)


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH CA BỆNH TỪ 27/4/2021 (Tính đến 16h00 ngày 24/8/2021)",
        "Danh sách lũy kế ngày 24/8/2021",
        "Danh sách ca bệnh ngày 23/8/2021 và ngày 24/8/2021",
        "Danh sách ca bệnh ngày 26/8/2021",
        "Danh sách ca bệnh ngày 31/6/2021",
        "Căn cứ Quyết định 2008 ngày 26/4/2021",
        "Danh sách ca bệnh",
    ],
)
def test_spans_other_papers_and_impossible_days_give_none(title):
    assert title_day([title], at=CAME) is None
