"""A browser, a post at the exercise's hour, an officer, and a worker that works at once."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.at_once import base_of_many

from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.models import Appointment, User
from tienphuong.web.translations import compile_catalogue

# Playwright's synchronous driver keeps an event loop in this thread; the database is only used outside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
PASSWORD = "khong-phai-mat-khau-that"


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    compile_catalogue()


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def own_server(transactional_db, areas, tmp_path):
    """A server whose every thread has a connection of its own: a browser asks for several things at once."""
    with base_of_many(tmp_path):
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture
def post(own_server, areas, settings, tmp_path):
    """The post at 16h05 on 24/8/2021 with one epidemiologist of the district."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "forecasts"]}}
    settings.MEDIA_ROOT = tmp_path
    clock.set_scenario(stands_at=datetime(2021, 8, 24, 9, 5, tzinfo=UTC), scenario="thanh-tri-2021")
    user = User.objects.create_user("lan", PASSWORD, full_name="Vũ Ngọc Lan", position="Trung tâm Y tế huyện")
    area = areas["020"]
    Appointment.objects.create(user=user, role=Role.EPIDEMIOLOGIST, area_path=area.path, area_name=area.name, valid_from=date(2020, 1, 1))
    return own_server


@pytest.fixture
def sign_in(chromium, post):
    """Open the post as Lan; what the browser complains about is collected in `faults`."""
    contexts = []

    def signed_in(*, viewport, scheme="light"):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(post.url)
        page.fill("#id_username", "lan")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector("#content")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def violations(page):
    """What axe finds wrong with the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
