"""Security keys: added once, asked once, bound to this post's page, and no copy of one opens."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tienphuong.core.models import AuditEntry, SecurityKey

from .conftest import PASSWORD
from .token import Token

pytestmark = pytest.mark.django_db
ADD, FACTOR = reverse("factor_key"), reverse("sign_in_factor")
HERE = "https://localhost"
AT = {"headers": {"host": "localhost"}}


def enter():
    client = Client(**AT)
    client.answer = client.post(reverse("sign_in"), {"username": "lan", "password": PASSWORD})
    return client


def asked(page):
    return json.loads(re.search(r'id="asked-of-key"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)[1])


def add(client, token, *, origin=HERE, name="Khóa xanh"):
    return client.post(ADD, {"name": name, "answer": token.make(asked(client.get(ADD)), origin=origin)})


def sign_in(token, *, origin=HERE, client=None):
    client = client or enter()
    return client.post(FACTOR, {"answer": token.sign(asked(client.get(FACTOR)), origin=origin), "next": "/tai-khoan/"})


@pytest.fixture
def token(lan):
    made = Token()
    page = add(enter(), made)
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", page.content.decode())) == 10
    return made


def test_a_key_is_added_and_opens_the_post_beside_the_password(token):
    assert enter().get(reverse("account")).status_code == 302
    assert sign_in(token).url == "/tai-khoan/"
    assert AuditEntry.objects.filter(act="sign_in").latest("sequence").facts == {"factor": "key"}
    row = SecurityKey.objects.get()
    assert (row.name, row.uses) == ("Khóa xanh", 2) and row.used_at is not None


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost.evil.example", "https://localhost.evil.example"])
def test_a_page_of_another_name_gets_nothing_out_of_a_key(token, origin):
    assert "Khóa bảo mật không đúng" in sign_in(token, origin=origin).content.decode()
    page = add(enter_with(token), Token(), origin=origin).content.decode()
    assert "chưa trả lời đúng" in page and SecurityKey.objects.count() == 1


def enter_with(token):
    client = enter()
    sign_in(token, client=client)
    return client


def test_what_was_asked_is_asked_once(token):
    client = enter()
    answer = token.sign(asked(client.get(FACTOR)), origin=HERE)
    thief = enter()
    assert thief.post(FACTOR, {"answer": answer}).status_code == 200
    assert client.post(FACTOR, {"answer": answer}).status_code == 302
    assert enter().post(FACTOR, {"answer": answer}).status_code == 200


def test_a_copy_of_a_key_is_known_by_its_count(token):
    assert sign_in(token).status_code == 302
    token.uses = 0
    assert sign_in(token).status_code == 200
    token.uses = 9
    assert sign_in(token).status_code == 302


def test_a_key_that_counts_nothing_goes_on_opening(lan):
    quiet = Token(counts=False)
    add(enter(), quiet)
    assert [sign_in(quiet).status_code for _ in range(2)] == [302, 302]


def test_another_s_key_and_no_key_at_all_open_nothing(token):
    assert sign_in(Token()).status_code == 200
    for answer in ("{}", "[]", "null", "x", '{"id": 1}', json.dumps({"rawId": "AA", "response": {}})):
        client = enter()
        client.get(FACTOR)
        assert client.post(FACTOR, {"answer": answer}).status_code in (200, 429)


def test_rubbish_adds_no_key(lan):
    client = enter()
    for answer in ("{}", "[]", "null", "x", '{"id": 1}'):
        client.get(ADD)
        assert "chưa trả lời đúng" in unescape(client.post(ADD, {"name": "x", "answer": answer}).content.decode())
    assert not SecurityKey.objects.exists()


def test_one_key_is_added_once(token):
    client = enter_with(token)
    assert "đã được thêm" in add(client, token).content.decode() and SecurityKey.objects.count() == 1


def test_the_last_factor_of_a_role_that_needs_one_stays(token, settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"epidemiologist"})
    client = enter_with(token)
    first = SecurityKey.objects.get()
    away = reverse("factor_key_remove", args=[first.pk])
    assert "phải có lớp xác thực thứ hai" in client.post(away, follow=True).content.decode()
    add(client, Token(), name="khóa thứ hai")
    assert "Đã bỏ khóa bảo mật" in client.post(away, follow=True).content.decode()
    assert SecurityKey.objects.get().name == "khóa thứ hai"
