"""Files through the page: dry run, mapping, applying, sending twice, rights, refusals."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tienphuong.core.access.terms import Role

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT = datetime(2021, 8, 24, 9, 5, tzinfo=UTC)
LIST = (
    "DANH SÁCH CA BỆNH XÃ LIÊN NINH\n"
    "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Mã bệnh nhân\n"
    "1,Trần Thị Mai,Nữ,1984,912345678,\"Thôn Nội Am, xã Liên Ninh\",20/8/2021,Dương tính,BN 101\n"
    "2,Lê Văn Bình,Nam,1979,0912345679,\"Thôn Phương Nhị, xã Liên Ninh\",21/8/2021,Dương tính,BN 102\n"
    "3,Phạm Văn Chi,Nam,1990,0912345680,\"Thôn Yên Phú, xã Liên Ninh\",35/8/2021,Dương tính,BN 103\n"
)  # fmt: skip


def send(page, areas, *files, code="00682", **more):
    sent = [SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return page.post("/tiep-nhan/", {"files": sent, "area": areas[code].path, "disease": "covid-19", "duplicates": "queue", **more})


def test_a_file_is_shown_row_by_row_before_anything_is_written(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    preview = page.get(address).content.decode()
    assert "Đọc thử xong 3 dòng, chưa ghi gì" in preview and "35/8/2021" in preview
    assert '<option value="full_name" selected>' in preview and "%</td>" not in preview and "100%" in preview
    assert "Chưa có số liệu" in page.get("/").content.decode()


def test_applied_rows_are_cases_on_the_board(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    after = page.post(f"{address}nhap/", follow=True).content.decode()
    assert "Đã ghi 3 dòng" in after
    assert "Chưa có số liệu" not in page.get("/").content.decode()


def test_the_same_file_twice_says_so_and_changes_nothing(desk, hoa, areas):
    page = desk(hoa)
    first = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    again = send(page, areas, ("ban sao.csv", LIST))
    assert again.headers["Location"] == first
    assert "đúng tệp này đã nhận trước đây" in page.get(first).content.decode()


def test_several_files_at_once_and_a_bad_one_among_them(desk, hoa, areas):
    page = desk(hoa)
    answer = send(page, areas, ("a.csv", LIST), ("anh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)), ("rong.csv", ""))
    listed = page.get(answer.headers["Location"]).content.decode()
    assert "a.csv" in listed and "không đọc được" in listed


DAYLESS = 'Mã BN,Họ và tên,Giới tính,Tuổi,Địa chỉ,Tình trạng\nBN900901,Lưu Thị Hạ Vy,Nữ,30,"Thôn Nội, xã Liên Ninh",Khỏi\n'


def test_a_list_without_days_is_marked_and_an_officer_gives_it_its_day(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("khong ngay.csv", DAYLESS)).headers["Location"]
    assert "không có cột ngày; ca bệnh của danh sách là số bổ sung" in page.get(address).content.decode()
    refused = page.post(f"{address}ngay/", {"reported_on": "2021-08-25"}, follow=True).content.decode()
    assert "ở sau ngày nhận tệp" in refused
    dated = page.post(f"{address}ngay/", {"reported_on": "2021-08-24"}, follow=True).content.decode()
    assert "ngày báo cáo của cả danh sách là 24/08/2021" in dated and 'value="2021-08-24"' in dated
    page.post(f"{address}nhap/")
    assert "Ca mắc mới trong ngày: 1" in page.get("/").content.decode() or "+1<span" in page.get("/").content.decode()


def test_a_list_may_be_given_its_day_when_it_is_sent(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("khong ngay.csv", DAYLESS), reported_on="2021-08-24").headers["Location"]
    assert "ngày báo cáo của cả danh sách là 24/08/2021" in page.get(address).content.decode()


def test_a_column_is_given_another_meaning_and_the_file_checked_again(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    after = page.post(f"{address}cot/0/", {"kind": "case_list", "column-4": "note"}, follow=True).content.decode()
    assert "do cán bộ chọn" in after and "Đọc thử xong 3 dòng" in after


def test_the_order_of_a_column_of_days_is_set_by_the_officer(desk, hoa, areas):
    page = desk(hoa)
    text = (
        "Mã BN,Họ và tên,Địa chỉ,Ngày phát hiện\nBN900001,Lưu Thị Hạ Vy,Liên Ninh,8/9/2021\nBN900002,Đàm Quốc Tuyển,Liên Ninh,8/10/2021\n"
    )
    address = send(page, areas, ("lien ninh.csv", text)).headers["Location"]
    before = page.get(address, {"severity": "warning"}).content.decode()
    assert "Ngày ở sau thời điểm báo cáo" in before and '<option value="day_first" selected>' in before
    after = page.post(f"{address}cot/0/", {"kind": "case_list", "order-3": "month_first"}, follow=True).content.decode()
    assert "Ngày ở sau thời điểm báo cáo" not in after and '<option value="month_first" selected>' in after


def test_rows_are_shown_by_verdict_and_by_remark(desk, hoa, areas):
    page = desk(hoa)
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    assert "Trần Thị Mai" in page.get(address, {"verdict": "new"}).content.decode()
    repaired = page.get(address, {"severity": "info"}).content.decode()
    assert "912345678" in repaired and "Lê Văn Bình</th>" not in repaired


def test_another_district_sees_no_file_of_this_one_and_may_not_send_for_it(desk, hoa, minh, areas):
    address = send(desk(hoa), areas, ("lien ninh.csv", LIST)).headers["Location"]
    page = desk(minh)
    assert page.get(address).status_code == 404
    assert page.post(f"{address}nhap/").status_code == 404
    assert "lien ninh.csv" not in page.get("/tiep-nhan/").content.decode()
    assert send(page, areas, ("khac.csv", LIST + "\n")).status_code == 403


def test_a_commune_officer_is_offered_his_own_area_only(desk, hoa, areas):
    form = desk(hoa).get("/tiep-nhan/").content.decode()
    assert "Xã Liên Ninh</option>" in form and "Ngũ Hiệp" not in form


def test_who_sends_no_files_has_no_such_page(desk, officer):
    assert desk(officer("Huy", Role.INSPECTOR, "020")).get("/tiep-nhan/").status_code == 403


def test_nothing_chosen_is_said(desk, hoa, areas):
    assert "Chưa chọn tệp." in desk(hoa).post("/tiep-nhan/", {"area": areas["00682"].path}, follow=True).content.decode()


def test_the_pages_speak_english(desk, hoa, areas):
    page = desk(hoa, "en")
    address = send(page, areas, ("lien ninh.csv", LIST)).headers["Location"]
    assert "3 rows read for a preview, nothing written yet" in page.get(address).content.decode()
    assert "Choose files or drop them here" in page.get("/tiep-nhan/").content.decode()


def test_a_district_officer_sends_many_communes_files_and_their_names_tell_whose_they_are(desk, lan, areas):
    page = desk(lan)
    files = [SimpleUploadedFile(name, (LIST + name).encode()) for name in ("Lien Ninh F0 24-8.csv", "TTYT ra vien.csv")]
    answer = page.post("/tiep-nhan/", {"files": files, "area": "theo-ten", "disease": "covid-19", "duplicates": "queue"})
    listed = page.get(answer.headers["Location"]).content.decode()
    assert ">Xã Liên Ninh</td>" in listed and ">TTYT ra vien</td>" in listed


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Không đọc được gì trong tệp này."), ("en", "Nothing in this file was understood.")]
)
def test_a_file_of_which_nothing_is_understood_says_so_and_offers_its_columns(desk, hoa, areas, language, words):
    page = desk(hoa, language)
    address = send(page, areas, ("la.csv", "mot, hai\nba, bon\n")).headers["Location"]
    shown = page.get(address).content.decode()
    assert words in shown
    assert '<select id="kind-0" name="kind">' in shown
