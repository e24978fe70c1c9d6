"""The page of one's own password, and what an officer with a one-time password meets."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tienphuong.cli.demo_plan import PASSWORD as OF_THE_DEMO
from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.core.models import User
from tienphuong.core.passwords import password_refusal

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
SENTENCE = "mèo trèo cây cau đêm trăng"


def enter(client, password=PASSWORD):
    return client.post(reverse("sign_in"), {"username": "lan", "password": password})


def change(client, old, new, again=None):
    return client.post(reverse("password_change"), {"old": old, "new": new, "again": again or new})


@pytest.fixture
def at_desk(client, lan):
    assert enter(client).status_code == 302
    return client


def test_a_new_password_works_and_the_old_one_and_the_other_sessions_do_not(at_desk, lan):
    other = Client()
    enter(other)
    assert change(at_desk, PASSWORD, SENTENCE).url == reverse("account")
    assert at_desk.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    assert enter(Client()).status_code == 200 and enter(Client(), SENTENCE).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "why"),
    [
        ("sai", SENTENCE, SENTENCE, "Mật khẩu hiện tại không đúng"),
        (PASSWORD, "ngan", "ngan", "có 4 ký tự, cần ít nhất 12"),
        (PASSWORD, SENTENCE, SENTENCE + "!", "không giống nhau"),
        (PASSWORD, "anhyeuem2021", "anhyeuem2021", "đã lộ hoặc quá phổ biến"),
        (PASSWORD, PASSWORD, PASSWORD, "trùng với mật khẩu đang dùng"),
        (PASSWORD, "Lan:NguyễnThịLan!", "Lan:NguyễnThịLan!", "chỉ gồm tên"),
    ],
)
def test_what_stands_in_the_way_is_said_at_its_line(at_desk, old, new, again, why):
    page = change(at_desk, old, new, again).content.decode()
    assert why in page and f'value="{new}"' not in page


def test_the_reasons_are_in_english_too(at_desk):
    at_desk.post(reverse("language"), {"language": "en", "next": "/"})
    page = change(at_desk, PASSWORD, "anhyeuem2021").content.decode()
    assert "leaked or is too common" in page and "At least 12 characters" in page and "đã lộ" not in page


def test_a_one_time_password_leads_to_the_page_of_passwords_and_nowhere_else(lan, capsys, client):
    assert main(["users", "reset", "lan"]) == 0
    secret = capsys.readouterr().out.splitlines()[0]
    assert enter(client, secret).status_code == 302
    for address in ("/", reverse("account"), "/ca-benh/"):
        assert client.get(address).url == reverse("password_change")
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == reverse("password_change")
    assert client.get("/api/v1/indicators").status_code == 401
    assert "mật khẩu một lần" in client.get(reverse("password_change")).content.decode()
    assert change(client, secret, SENTENCE).url == reverse("account")
    assert client.get("/").status_code == 200 and client.get("/api/v1/indicators").status_code == 200


def test_a_one_time_password_of_yesterday_opens_nothing(client, lan):
    User.objects.filter(pk=lan.pk).update(one_time_until=clock.machine_now() - timedelta(seconds=1))
    assert "đã hết hạn" in enter(client).content.decode()


def test_the_terminal_asks_the_same_rule(lan, monkeypatch, capsys):
    monkeypatch.setattr("getpass.getpass", lambda _: "anhyeuem2021")
    assert main(["users", "add", "hoa", "--name", "Trần Thị Hoa"]) == 2
    assert "đã lộ" in capsys.readouterr().err and not User.objects.filter(username="hoa").exists()
    assert main(["users", "add", "hoa", "--name", "Trần Thị Hoa", "--one-time"]) == 0
    assert User.objects.get(username="hoa").one_time_until is not None


def test_the_password_of_the_demos_follows_the_rule(db):
    assert password_refusal(OF_THE_DEMO, user=User(username="lan", full_name="Vũ Ngọc Lan")) is None


def test_a_vietnamese_password_opens_the_post_however_it_is_composed(client, lan):
    import unicodedata

    lan.set_password(unicodedata.normalize("NFD", SENTENCE))
    lan.save()
    assert enter(client, unicodedata.normalize("NFC", SENTENCE)).status_code == 302


def test_a_post_keeps_passwords_as_argon2():
    from tienphuong.config import settings as of_a_post

    assert of_a_post.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
