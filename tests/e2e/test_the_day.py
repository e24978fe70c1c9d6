"""One day in a browser: a messy file becomes a figure, the figure its list, the list a report; by mouse and by keyboard, at both widths."""

import pytest

from .conftest import violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
MESSY = """UBND XÃ LIÊN NINH;;;;;;;;
DANH SÁCH CA BỆNH ĐẾN 16H NGÀY 24/8/2021;;;;;;;;
STT;Họ và tên;Giới tính;Năm sinh;SĐT;Địa chỉ;Ngày lấy mẫu;Kết quả;Mã BN
1;TRẦN THỊ MAI;Nữ;1984;912345678;Thôn Nội Am, xã Liên Ninh;20/8/2021;Dương tính;BN 101
2;Lê Văn Bình;nam;1979;0912345679;Thôn Phương Nhị, xã Liên Ninh;21.8.2021;(+);BN 102
3;Phạm Văn Chi;Nam;1990;0912345680;Thôn Yên Phú, xã Liên Ninh;35/8/2021;Dương tính;BN 103
Cộng;3;;;;;;;
"""


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "Lien Ninh 24-8.csv"
    path.write_text(MESSY, encoding="utf-8-sig")
    return path


def sent(page, post, messy):
    """Upload and wait for the dry run."""
    page.goto(f"{post.url}/tiep-nhan/")
    page.select_option("#area", label="Xã Liên Ninh")
    page.set_input_files("#files", str(messy))
    page.click("form[data-upload] button.btn-primary")
    page.wait_for_selector(".verdicts")


def applied(page, post, messy):
    sent(page, post, messy)
    page.click(".ready button")
    page.wait_for_selector(".ended")


def freeze(page):
    """From the draft to its preview, and from there to the frozen report."""
    page.click(".freeze button")
    page.wait_for_url("**/xem-truoc/**")
    page.click(".freeze button")
    page.wait_for_selector(".frozen-side #figures")


def test_from_a_messy_file_to_the_signed_report(sign_in, post, messy, tmp_path):
    page = sign_in(viewport=DESK)
    sent(page, post, messy)
    assert "35/8/2021" in page.inner_text("#content")
    page.click(".ready button")
    page.wait_for_selector(".ended")
    page.goto(post.url)
    page.wait_for_selector(".map-legend")
    figure = page.locator(".tile-value a").first
    number = int(figure.inner_text().split()[0])
    figure.click()
    page.wait_for_selector("table[data-list]")
    assert number == 3 == page.locator("table[data-list] tbody tr").count()
    page.goto(f"{post.url}/bao-cao/soan/")
    page.fill("#w-assessment", "Ổ dịch tại Liên Ninh")
    page.wait_for_selector("#kept .icon")
    freeze(page)
    assert "Ổ dịch tại Liên Ninh" in page.inner_text(".paper")
    with page.expect_download() as download:
        page.click("a:has-text('.docx') >> nth=0")
    path = tmp_path / "paper.docx"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"PK")
    assert page.faults == []


def tab_to(page, selector, most=80):
    """Press Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_same_day_by_keyboard_alone(sign_in, post, messy):
    page = sign_in(viewport=DESK)
    page.goto(f"{post.url}/tiep-nhan/")
    tab_to(page, "#files")
    page.set_input_files("#files", str(messy))
    tab_to(page, "form[data-upload] .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdicts")
    tab_to(page, ".ready button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ended")
    page.goto(post.url)
    tab_to(page, ".tile-value a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ca-benh/**")
    page.goto(f"{post.url}/bao-cao/soan/")
    tab_to(page, ".freeze button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".paper")
    tab_to(page, ".freeze button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".frozen-side #figures")


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light")])
def test_every_page_passes_axe_and_fits_its_width(sign_in, post, messy, viewport, scheme):
    page = sign_in(viewport=viewport, scheme=scheme)
    applied(page, post, messy)
    found = {"applied": violations(page)}
    page.goto(f"{post.url}/bao-cao/soan/")
    freeze(page)
    report = page.url
    for address in ("/", "/tiep-nhan/", "/bao-cao/", "/bao-cao/soan/", "/bao-cao/so-lieu-xa/", report.removeprefix(post.url)):
        page.goto(f"{post.url}{address}")
        page.wait_for_load_state("networkidle")
        found[address] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert page.faults == []


def test_the_board_fits_one_screen(sign_in, post, messy):
    page = sign_in(viewport=DESK)
    applied(page, post, messy)
    page.goto(post.url)
    page.wait_for_selector(".map-legend")
    assert page.evaluate("document.documentElement.scrollHeight") <= DESK["height"]


def test_words_of_the_report_survive_a_lost_line(sign_in, post):
    page = sign_in(viewport=DESK)
    page.goto(f"{post.url}/bao-cao/soan/")
    page.context.set_offline(True)
    page.fill("#w-tasks", "Xét nghiệm toàn thôn Nội Am")
    page.wait_for_selector("#notices .notice")
    page.context.set_offline(False)
    page.reload()
    assert page.input_value("#w-tasks") == "Xét nghiệm toàn thôn Nội Am"
