"""The page of a file that is being checked: how far it is, stopping it, going on with it."""

import pytest
from tests.doors.intake.test_intake import LIST, send

from tienphuong.intake.models import IntakeFile


@pytest.fixture
def half_checked(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    IntakeFile.objects.update(state="read", checked_rows=2, rows_total=3)
    return page, address


def test_the_page_tells_how_far_the_check_is_and_shows_no_half_numbers(half_checked):
    page, address = half_checked
    shown = page.get(address).content.decode()
    assert "Đã kiểm tra" in shown and "2 / 3" in shown and "Dừng kiểm tra" in shown
    assert '<progress max="3" value="2"' in page.get("/tiep-nhan/").content.decode()


def test_a_check_is_stopped_by_name_and_gone_on_with(half_checked):
    page, address = half_checked
    stopped = page.post(f"{address}dung/", follow=True).content.decode()
    assert "Hoa đã dừng việc kiểm tra tệp" in stopped and IntakeFile.objects.get().state == "stopped"
    assert "không có gì thay đổi" in page.post(f"{address}dung/", follow=True).content.decode()
    assert "Đọc thử xong 3 dòng" in page.post(f"{address}kiem-tra/", follow=True).content.decode()


def test_only_whoever_may_send_for_the_area_stops_its_files(half_checked, desk, minh):
    _, address = half_checked
    assert desk(minh).post(f"{address}dung/").status_code == 404
    assert IntakeFile.objects.get().state == "read"
