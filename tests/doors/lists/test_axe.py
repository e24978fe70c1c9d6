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
LISTS = ("cases", "contacts", "follow_up", "referrals", "returnees", "stays", "samples", "search", "duplicates")


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


def _context(chromium, live_server, username, viewport):
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(viewport=viewport)
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


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_lists_people_and_doubts_pass_axe_and_fit_their_width(chromium, live_server, world, lan, checked, viewport):
    people = [world.cases[1], world.contacts[0]]
    addresses = [*map(reverse, LISTS), *(reverse("person", args=[person.uid]) for person in people)]
    addresses += [f"{reverse('referral_send', args=[people[1].uid])}?noi=thanh", f"{reverse('referrals')}?chieu=di"]
    context = _context(chromium, live_server, "lan", viewport)
    assert _visited(context, live_server, addresses, viewport) == {}
    context.close()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_log_passes_axe_and_fits_its_width(chromium, live_server, world, officer, viewport):
    officer("Oanh", Role.INSPECTOR, "020")
    context = _context(chromium, live_server, "oanh", viewport)
    assert _visited(context, live_server, [reverse("audit")], viewport) == {}
    context.close()
