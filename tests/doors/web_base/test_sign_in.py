"""Signing in and out, the lock after too many wrong passwords, and where an officer lands."""

import pytest
from django.urls import reverse

from tienphuong.core.models import AuditEntry

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def enter(client, *, password=PASSWORD, **more):
    return client.post(reverse("sign_in"), {"username": "lan", "password": password, **more})


def test_a_stranger_is_sent_to_the_sign_in_page_and_back_afterwards(client, lan):
    answer = client.get("/tai-khoan/")
    assert answer.status_code == 302 and answer.url == "/dang-nhap/?next=/tai-khoan/"
    assert enter(client, next="/tai-khoan/").url == "/tai-khoan/"


def test_a_page_fragment_tells_the_whole_page_to_sign_in_again(client, lan):
    answer = client.get("/", headers={"HX-Request": "true"})
    assert answer.status_code == 401 and answer.headers["HX-Redirect"] == "/dang-nhap/"


def test_a_foreign_address_is_never_followed_after_sign_in(client, lan):
    assert enter(client, next="https://elsewhere.example/").url == "/"


def test_a_wrong_password_does_not_say_whether_the_name_exists(client, lan):
    known = enter(client, password="sai").content.decode()
    unknown = client.post(reverse("sign_in"), {"username": "khong-co", "password": "sai"}).content.decode()
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng."
    assert sentence in known and sentence in unknown


def test_signing_in_and_out_is_in_the_audit(client, lan):
    enter(client)
    client.post(reverse("sign_out"))
    acts = AuditEntry.objects.order_by("sequence").values_list("act", "actor_name")
    assert list(acts) == [("sign_in", "Nguyễn Thị Lan"), ("sign_out", "Nguyễn Thị Lan")]


def test_signing_out_by_a_link_is_refused(client, lan):
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("sign_out")).status_code == 405


def test_the_account_s_language_comes_with_the_officer(client, lan):
    lan.language = "en"
    lan.save()
    enter(client)
    assert "Command board" in client.get("/").content.decode()


def test_the_language_chosen_at_the_door_stands_and_is_forgotten_on_leaving(client, lan):
    client.post(reverse("language"), {"language": "en", "next": "/"})
    client.post(reverse("sign_in"), {"username": lan.username, "password": PASSWORD})
    assert client.get(reverse("account")).headers["Content-Language"] == "en"
    client.post(reverse("sign_out"))
    assert client.get(reverse("sign_in")).headers["Content-Language"] == "vi"
