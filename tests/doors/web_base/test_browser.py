"""The frame and every component in a real browser: both widths, light and dark, by keyboard, offline, checked by axe."""

import os
import xml.etree.ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from .conftest import CHROMIUM, PASSWORD

# Playwright's synchronous driver keeps an event loop in this thread; the database is only used outside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.doors.web_base.gallery"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}: apt-get install chromium"),
]
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server, lan):
    """Opens the gallery as Lan and collects what the browser complains about."""
    contexts = []

    def signed_in(*, viewport=DESK, scheme="light"):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda request: page.faults.append(request.url) if _is_elsewhere(request.url, live_server.url) else None)
        page.goto(live_server.url)
        page.fill("#id_username", "lan")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector(".picture-acts button >> nth=7")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def _is_elsewhere(url, home):
    return not url.startswith((home, "data:", "blob:"))


def violations(page):
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_every_component_passes_axe_fits_the_width_and_makes_no_complaint(visit, viewport, scheme):
    page = visit(viewport=viewport, scheme=scheme)
    for twin in page.locator(".picture-twin summary").all():
        twin.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.faults == []


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_sign_in_page_passes_axe(chromium, live_server, viewport, db):
    page = chromium.new_page(viewport=viewport)
    page.goto(f"{live_server.url}/dang-nhap/")
    assert violations(page) == []
    assert page.evaluate("document.activeElement.id") == "id_username"
    page.close()


def test_thumbs_find_targets_of_44_pixels_on_a_phone(visit):
    page = visit(viewport=PHONE)
    small = page.eval_on_selector_all(
        ".btn, .form-control, .chip, .side-open, .officer summary, .languages button:not([aria-current])",
        "found => found.filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 80))",
    )
    assert small == []


def test_the_menu_of_a_phone_opens_and_says_so(visit):
    page = visit(viewport=PHONE)
    expect(page.locator("#side-list")).to_be_hidden()
    page.click("[data-side]")
    expect(page.locator("[data-side]")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#side-list a[aria-current=page]")).to_be_visible()


def test_the_first_tab_leads_past_the_frame(visit):
    page = visit()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_a_list_is_walked_selected_and_opened_by_keyboard(visit):
    page = visit()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("#bulk")).to_be_visible()
    expect(page.locator("[data-count]")).to_have_text("2 dòng đã chọn")
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("jx")
    expect(page.locator("[data-search]")).to_have_value("jx")
    page.locator("table[data-list] tbody tr").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?nguoi=1")


def test_a_chosen_column_set_is_remembered(visit):
    page = visit()
    page.click("summary:has-text('Cột')")
    page.uncheck("[data-columns] input[value=phone]")
    page.reload()
    expect(page.locator("td[data-column=phone]").first).to_be_hidden()
    expect(page.locator("th[data-column=phone]")).to_be_hidden()


def test_an_area_of_the_map_is_a_named_link_for_the_keyboard(visit):
    page = visit()
    area = page.get_by_role("link", name="Liên Ninh: 136 ca")
    area.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?xa=0")


def test_a_network_too_large_to_read_folds_its_leaves_and_counts_them_all(visit):
    page = visit()
    counts = page.evaluate(
        """async () => {
            const { fold } = await import("/static/js/fold.js");
            const data = JSON.parse(document.getElementById("picture-contacts").textContent);
            const seen = fold(data, data.limit);
            return [seen.nodes.length, seen.nodes.reduce((sum, node) => sum + (node.count || 1), 0), data.nodes.length];
        }"""
    )
    assert counts == [19, 130, 130]


def test_somebody_with_two_sources_stays_one_person_with_two_arrows(visit):
    page = visit()
    places = page.evaluate(
        """async () => {
            const { layers } = await import("/static/js/fold.js");
            const data = JSON.parse(document.getElementById("picture-tree").textContent);
            return Object.fromEntries([...layers(data)].map(([id, place]) => [id, place.x]));
        }"""
    )
    assert places == {"1": 0, "2": 1, "3": 1, "4": 1, "5": 2, "6": 2, "7": 2, "8": 3, "9": 3, "10": 0}


@pytest.mark.parametrize("name", ["curve", "map", "contacts", "tree"])
def test_a_picture_is_saved_as_svg_and_png(visit, tmp_path, name):
    page = visit()
    figure = page.locator(f"figure[data-name={name}]")
    for at, ending in enumerate(["png", "svg"]):
        with page.expect_download() as download:
            figure.locator("[data-acts] button").nth(at).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.name == f"{name}.{ending}" and path.stat().st_size > 2000
        assert path.read_bytes().startswith(b"\x89PNG") if ending == "png" else ET.parse(path).getroot().tag.endswith("svg")


def test_what_was_typed_survives_a_lost_line_and_is_forgotten_once_it_arrived(visit):
    page = visit()
    page.fill("#note", "Ho, sốt 38,5 từ tối qua")
    page.context.set_offline(True)
    page.click("form[data-keep] .btn-primary")
    expect(page.locator("#notices")).to_contain_text("được giữ trên máy này")
    page.context.set_offline(False)
    page.goto(page.url.split("?")[0])
    expect(page.locator("#note")).to_have_value("Ho, sốt 38,5 từ tối qua")
    expect(page.locator("#notices")).to_contain_text("Đã khôi phục")
    page.click("#notices button")
    expect(page.locator("#note")).to_have_value("")


def test_the_next_officer_on_the_machine_finds_nothing_half_typed(visit):
    page = visit(viewport=PHONE)
    page.fill("#note", "riêng tư")
    page.click(".officer summary")
    page.click(".officer-menu button")
    page.wait_for_selector("#id_username")
    assert page.evaluate("JSON.stringify(sessionStorage)").count("riêng tư") == 0
