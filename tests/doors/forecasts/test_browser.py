"""Forecasts in a real browser: asked for by mouse, looked at on a desk and on a phone; axe finds nothing, no page is wider than its screen."""

import os
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import OperationalError
from django.test import Client
from playwright.sync_api import sync_playwright

from tienphuong.core.models import User
from tienphuong.forecast.entries import PeopleEntry, RunsEntry
from tienphuong.forecast.models import Forecast
from tienphuong.forecast.populations import read_population
from tienphuong.forecast.studies import read_study
from tienphuong.forecast.terms import ForecastState
from tienphuong.procedures.forecast_plans import ask_forecast, run_forecast

from .conftest import PEOPLE, TEXT

# Playwright's synchronous driver keeps an event loop in this thread; the database is only used outside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}: apt-get install chromium"),
]
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
# milliseconds: drawing is work, and other tests may be at it on the same cores
PATIENCE = 120_000
LOOKS = ((DESK, "light"), (DESK, "dark"), (PHONE, "dark"))


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def signed_in(lan):
    """Lan's session, made before anybody asks for a page: the tests' database in memory locks a table that somebody else reads."""
    client = Client()
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def _page(chromium, live_server, signed_in, viewport, scheme="light"):
    """A page of the post with Lan signed in; what the browser complains about is collected in `faults`."""
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
    context.add_cookies([{"name": "sessionid", "value": signed_in, "url": live_server.url}])
    context.set_default_timeout(PATIENCE)
    made = context.new_page()
    made.faults = []
    made.on("console", lambda message: made.faults.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: made.faults.append(str(error)))
    return made


def _while_the_page_asks(write):
    """Write to a table that the page reads again and again, as soon as it is not being read."""
    for _ in range(200):
        try:
            return write()
        except OperationalError:
            time.sleep(0.05)
    return write()


def _asked(page, live_server, tmp_path):
    """Add the study and ask for a forecast of it by mouse; the address of what came out."""
    (tmp_path / "o-nha.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dan-cu.csv").write_text(PEOPLE, encoding="utf-8")
    page.goto(f"{live_server.url}/du-bao/")
    page.click(".nothing a")
    page.set_input_files("#study-file", str(tmp_path / "o-nha.toml"))
    page.click("form.upload button")
    study = page.locator("details.study").first
    assert "Ở nhà hay không" in study.inner_text()
    study.locator("text=Như nghiên cứu ghi").click()
    study.locator("select[name=runs]").select_option("50")
    study.locator(".more summary").click()
    study.locator("input[type=file]").set_input_files(str(tmp_path / "dan-cu.csv"))
    # here the worker works at once, so the answer comes when the forecast is done
    study.locator("button.btn-primary").click(no_wait_after=True)
    page.wait_for_selector(".question", timeout=2 * PATIENCE)
    return page.url.removeprefix(live_server.url)


def _faults(page, viewport):
    found = Axe().run(page).response["violations"]
    faults = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return faults + page.faults + ([f"{wide} px wide"] if wide > viewport["width"] else [])


def test_a_forecast_is_asked_for_and_read_on_every_screen(chromium, live_server, post, signed_in, tmp_path):
    address = _asked(_page(chromium, live_server, signed_in, DESK), live_server, tmp_path)
    found = {}
    for viewport, scheme in LOOKS:
        page = _page(chromium, live_server, signed_in, viewport, scheme)
        for place in ("/du-bao/", "/du-bao/moi/", address):
            page.goto(f"{live_server.url}{place}")
            page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
            page.wait_for_load_state("networkidle")
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = !one.classList.contains('officer'))")
            found[place, viewport["width"], scheme] = _faults(page, viewport)
        drawn = page.evaluate("[...document.querySelectorAll('.fan img')].map(one => one.naturalWidth)")
        assert drawn and all(drawn), "every picture is drawn"
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_one_that_is_being_run_passes_too_and_turns_into_its_outcome(chromium, live_server, post, areas, lan, signed_in, at):
    people, runs = PeopleEntry(read_population(PEOPLE), "thử"), RunsEntry(2, 1)
    forecast = ask_forecast(areas["020"], read_study(TEXT), communes=[], people=people, runs=runs, actor=lan, at=at)
    run_forecast(forecast, actor=lan, at=at)
    page, address = _page(chromium, live_server, signed_in, PHONE), f"/du-bao/{forecast.pk}/"
    Forecast.objects.update(state=ForecastState.RUNNING, step="comparing", runs_done=30, runs_total=100)
    page.goto(f"{live_server.url}{address}")
    page.wait_for_selector(".progress-line")
    assert _faults(page, PHONE) == []
    _while_the_page_asks(lambda: Forecast.objects.update(state=ForecastState.DONE))
    page.wait_for_selector(".question")
    with page.expect_download() as download:
        page.click(".acts a:has-text('.pdf')")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert page.faults == []
