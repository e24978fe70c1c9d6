"""What browsers and strangers meet: headers, cookies, methods, what is handed out, what a new post holds."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from tienphuong.core.access.terms import Role
from tienphuong.core.models import User
from tienphuong.registry.models import Person

from .test_who_reads_what import _at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/ca-benh/", "/khong-co/", "/api/v1/cases", "/health/"])
def test_every_answer_carries_the_headers_that_browsers_need(world, address):
    answer = _at(world, Role.EPIDEMIOLOGIST, "district").get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-inline" not in policy.split("style-src-attr")[0]
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Content-Type"].startswith(("text/html", "application/json"))


def test_cookies_are_for_tls_and_this_site_only():
    script = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS >= 31536000)"
    environment = {"DJANGO_SETTINGS_MODULE": "tienphuong.config.settings", "TIENPHUONG_TLS": "1"}
    out = subprocess.run([sys.executable, "-c", script], env=os.environ | environment, capture_output=True, text=True, check=True).stdout
    assert out.split() == ["True", "True", "True", "Lax", "True"]


def test_debugging_is_off_unless_asked_for():
    script = "from django.conf import settings as s; print(s.DEBUG)"
    environment = {key: value for key, value in os.environ.items() if key != "TIENPHUONG_DEBUG"}
    environment["DJANGO_SETTINGS_MODULE"] = "tienphuong.config.settings"
    assert (
        subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )


def test_what_is_taken_out_is_an_attachment(world):
    file = world.ids["file_id"]["here"][0]
    asked = [(reverse("contacts"), {"format": "csv"}), (reverse("intake_errors", args=[file]), {}), (f"/api/v1/files/{file}/errors", {})]
    for address, query in asked:
        answer = _at(world, Role.HEALTH_STATION, "commune").get(address, query)
        header = answer.headers["Content-Disposition"]
        assert (
            header.startswith("attachment; filename") and "\n" not in header and "/" not in header.split("filename", 1)[1].split("''")[-1]
        )


def test_what_is_read_changes_nothing_but_the_audit(world):
    page = _at(world, Role.EPIDEMIOLOGIST, "district")
    held = (Person, User)
    before = [list(model.objects.order_by("pk").values_list()) for model in held]
    for address in (reverse("board"), reverse("cases"), reverse("person", args=[world.ids["uid"]["here"][0]]), reverse("intake")):
        assert page.get(address).status_code == 200
    assert [list(model.objects.order_by("pk").values_list()) for model in held] == before
    for name in ("sign_out", "report_keep", "follow_up_record", "contradictions_settle", "study_keep"):
        assert page.get(reverse(name)).status_code == 405, name


def test_trace_is_not_answered(world):
    assert _at(world, Role.EPIDEMIOLOGIST, "district").trace("/ca-benh/").status_code == 405


@pytest.mark.parametrize(
    "address", ["/.git/config", "/static/", "/static/../pyproject.toml", "/var/keys/identity", "/manage.py", "/static/.git/HEAD"]
)
def test_nothing_of_the_repository_is_served(world, address):
    answer = Client().get(address)
    assert answer.status_code in (301, 302, 404) and b"[core]" not in answer.content and b"Index of" not in answer.content


def test_password_fields_hide_and_take_what_is_pasted(db):
    page = Client().get("/dang-nhap/").content.decode()
    assert 'type="password"' in page and "onpaste" not in page and 'autocomplete="off"' not in page.split('type="password"')[1][:200]


def test_signing_out_is_on_every_page(world):
    page = _at(world, Role.EPIDEMIOLOGIST, "district")
    for address in (reverse("board"), reverse("cases"), reverse("account")):
        assert reverse("sign_out") in page.get(address).content.decode()
