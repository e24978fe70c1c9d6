"""The lists, a person, the doubts and the log in a real browser: axe finds nothing, and no page is wider than its screen."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tienphuong.core.access.terms import Role
from tienphuong.core.models import User
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import supplement

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
LOOKS = [pytest.param(DESK, "light", id="desk-light"), pytest.param(PHONE, "dark", id="phone-dark")]
LISTS = ("cases", "contacts", "follow_up", "referrals", "returnees", "stays", "samples", "search", "duplicates", "contradictions")


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


def _faults(page, viewport):
    """What axe finds, and what the page's width and the browser's console say."""
    found = Axe().run(page).response["violations"]
    faults = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return faults + ([f"{wide} px wide"] if wide > viewport["width"] else [])


def _context(chromium, live_server, username, viewport, scheme="light"):
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(viewport=viewport, color_scheme=scheme)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context


def _visited(context, live_server, addresses, viewport):
    page, found = context.new_page(), {}
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").count() == 1, address
        assert page.locator("#id_username").count() == 0, address
        page.evaluate("document.querySelectorAll('.sources details, .picture-twin').forEach(one => one.open = true)")
        found[address] = _faults(page, viewport)
    return {address: faults for address, faults in found.items() if faults}


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_lists_people_and_doubts_pass_axe_and_fit_their_width(chromium, live_server, world, lan, checked, at, viewport, scheme):
    people = [world.cases[1], world.contacts[0]]
    supplement([(people[1], PersonEntry(full_name="Trần Thị Khác", birth_year=1930))], at=at)
    addresses = [*map(reverse, LISTS), *(reverse("person", args=[person.uid]) for person in people)]
    addresses += [f"{reverse('referral_send', args=[people[1].uid])}?place=thanh", f"{reverse('referrals')}?direction=out"]
    context = _context(chromium, live_server, "lan", viewport, scheme)
    assert _visited(context, live_server, addresses, viewport) == {}
    context.close()


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_the_log_passes_axe_and_fits_its_width(chromium, live_server, world, officer, viewport, scheme):
    officer("Oanh", Role.INSPECTOR, "020")
    context = _context(chromium, live_server, "oanh", viewport, scheme)
    assert _visited(context, live_server, [reverse("audit")], viewport) == {}
    context.close()


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_what_goes_wrong_is_a_page_that_passes_axe(chromium, live_server, world, lan, monkeypatch, viewport, scheme):
    monkeypatch.setattr("tienphuong.web.reports.frozen_reports", lambda *_args, **_more: 1 / 0)
    context = _context(chromium, live_server, "lan", viewport, scheme)
    page, found = context.new_page(), {}
    for address, status in (("/khong-co/", 404), (reverse("audit"), 403), (reverse("reports"), 500)):
        assert page.goto(f"{live_server.url}{address}").status == status
        assert page.locator("h1").count() == 1 and page.locator("a[href]").count(), "every wrong turn has a way on"
        found[address] = _faults(page, viewport)
    assert {address: faults for address, faults in found.items() if faults} == {}
    context.close()


def test_a_list_prints_whole_and_without_the_frame(chromium, live_server, world, lan):
    context = _context(chromium, live_server, "lan", DESK)
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('contacts')}")
    page.emulate_media(media="print")
    seen = page.evaluate(
        "[...document.querySelectorAll('.no-print, nav:not(:has(.tabs)), .filters, .btn')].filter(one => one.offsetParent).map(one => one.outerHTML.slice(0, 300))"
    )
    assert seen == []
    assert page.evaluate("[...document.querySelectorAll('.wide')].every(one => one.scrollHeight <= one.clientHeight + 1)"), (
        "no row is cut off"
    )
    assert page.locator("table.list tbody tr").first.is_visible() and page.locator(".paper-foot").is_visible()
    context.close()
