"""Whatever an address asks, the post answers: a page or a no, never a fault of its own; and machines are answered in JSON always."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tienphuong.api import figures
from tienphuong.api.door import door
from tienphuong.core import clock
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.bounds import LARGEST, whole_number
from tienphuong.core.models import User
from tienphuong.procedures.issue_token import issue_token

pytestmark = pytest.mark.django_db
DAYS = ("0001-01-01", "9999-12-31", "2021-02-30", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00")
NUMBERS = ("0", "-1", str(10**30), "9" * 5000, "²", "٣")
TEXTS = ("\x00", "a\x00b", "\ud800", "%", "đ" * 3000)
SAID = {
    **dict.fromkeys(("at", "indicator=cases_total&at", "indicator=cases_new&known_at", "day"), DAYS),
    **dict.fromkeys(("page", "degree"), NUMBERS),
    **dict.fromkeys(("q", "area", "disease", "indicator"), TEXTS),
    **dict.fromkeys(
        ("doubt", "missing", "order", "state", "format", "direction", "narrow", "severity", "setting", "sort", "curve", "version"),
        TEXTS[1:2],
    ),
}
WORST = {"limit": NUMBERS, "degree": NUMBERS} | dict.fromkeys(("known_at", "at", "on", "since", "until"), DAYS)


def _pages():
    """The addresses of pages that need nothing but their parameters."""
    for name in sorted(name for name in get_resolver().reverse_dict if isinstance(name, str)):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


@pytest.fixture
def page(lan, at):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=lan.user_id))
    return client


@pytest.fixture
def machine(lan, at):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    user = User.objects.get(pk=lan.user_id).username
    secret = issue_token(user, name="máy", expires_at=at + timedelta(days=9), actor=system_viewer(), at=at)
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})


@pytest.mark.parametrize("address", list(_pages()))
def test_a_page_is_answered_whatever_its_address_asks(page, address):
    asked = [f"{address}?{name}={quote(value, errors='surrogatepass')}" for name, values in SAID.items() for value in values]
    plain = page.get(address).status_code  # a post without its workers is not ready, and says so by 503
    assert [one[:90] for one in asked if page.get(one).status_code >= 500 and plain < 500] == []
    assert plain < 500 or address.endswith("/ready/")


def _operations():
    """Every operation: method, address, the parameters of its query."""
    for path, methods in door.get_openapi_schema()["paths"].items():
        address = path.replace("{file_id}", "0198d2c4-5b7e-7a10-8f00-000000000001").replace(
            "{report_id}", "0198d2c4-5b7e-7a10-8f00-000000000001"
        )
        for method, told in methods.items():
            yield method, address, [one["name"] for one in told.get("parameters", ()) if one["in"] == "query"]


OPERATIONS = list(_operations())


def _is_told(answer):
    """Whether an answer that is a no says so as a problem does."""
    if answer.status_code < 400:
        return True
    return answer.status_code < 500 and answer["Content-Type"].startswith("application/json") and "reason" in json.loads(answer.content)


@pytest.mark.parametrize(("method", "address", "names"), OPERATIONS, ids=[f"{m} {a[8:50]}" for m, a, _ in OPERATIONS])
def test_an_operation_is_answered_in_json_whatever_is_asked(machine, method, address, names):
    values = [(name, value) for name in names for value in WORST.get(name, TEXTS)]
    asked = [f"{address}?{name}={quote(value, errors='surrogatepass')}" for name, value in values]
    assert [one[:90] for one in (address, *asked) if not _is_told(machine.generic(method.upper(), one))] == []
    bodies = (b"{", b"\xff", b"[]", b'{"reason": "\\u0000"}', b'{"reason": "' + b"a" * 5000 + b'"}', b"null")
    assert [
        body[:20] for body in bodies if not _is_told(machine.generic(method.upper(), address, body, content_type="application/json"))
    ] == []
    if address == "/api/v1/files":
        assert _is_told(machine.post(address, {"sender": "a\x00b", "files": [SimpleUploadedFile("a.csv", b"a")]}))
    assert _is_told(machine.generic(method.upper(), address, b"--x\r\nbroken", content_type="multipart/form-data; boundary=y"))


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/", 404),
        ("GET", "/api/v2/cases", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("PUT", "/api/v1/files", 405),
        ("DELETE", "/api/v1/cases", 405),
        ("PATCH", "/api/v1/files/0198d2c4-5b7e-7a10-8f00-000000000001/apply", 405),
        ("GET", "/api/v1/files/no-id", 404),
    ],
)
def test_where_there_is_nothing_to_ask_a_machine_is_told_in_json(machine, method, address, status):
    answer = machine.generic(method, address)
    assert (answer.status_code, _is_told(answer)) == (status, True), answer.content


def test_a_fault_of_ours_and_a_request_too_large_are_told_in_json(machine, monkeypatch, settings):
    monkeypatch.setattr(figures, "pack_at", lambda _: 1 / 0)
    answer = machine.get("/api/v1/figures")
    assert answer.status_code == 500 and "ZeroDivision" not in answer.content.decode() and "reason" in answer.json()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    address = "/api/v1/files/0198d2c4-5b7e-7a10-8f00-000000000001/withdraw"
    assert _is_told(machine.post(address, {"reason": "a" * 100}, content_type="application/json"))
    settings.INTAKE_LARGEST_FILE = 10
    answer = machine.post("/api/v1/files", {"files": [SimpleUploadedFile("a.csv", b"a" * 100)]})
    assert answer.status_code == 413 and _is_told(answer)
    stranger = Client(raise_request_exception=False, headers={"host": "elsewhere.example"}).get("/api/v1/cases")
    assert stranger.status_code == 400 and _is_told(stranger)


def test_a_number_of_an_address_is_read_or_not():
    said = ("7", "0", "007", "-1", "1.5", "", "²", "٣", str(10**30), "9" * 5000)
    assert [whole_number(text) for text in said] == [7, 0, 7, None, None, None, None, None, LARGEST, LARGEST]
