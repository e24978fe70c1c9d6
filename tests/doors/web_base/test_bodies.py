"""What a request may bring: nothing long from a stranger, and nothing of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tienphuong.web.bodies import OF_A_STRANGER
from tienphuong.web.sign_in import client_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread(monkeypatch):
    """Nothing may read what comes."""

    def read(*_, **__):
        raise AssertionError("a stranger's body was read")

    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", read)


@pytest.mark.parametrize("address", ["/dang-nhap/", "/", "/khong-co/"])
def test_a_strangers_file_is_refused_unread(client, address, unread):
    answer = client.post(address, {"files": SimpleUploadedFile("a.xlsx", b"x" * (OF_A_STRANGER + 1))})
    assert answer.status_code == 413 and "đăng nhập" in answer.content.decode()


def test_pieces_of_no_announced_length_are_refused(client, unread):
    answer = client.post("/dang-nhap/", b"", content_type="text/plain", headers={"transfer-encoding": "chunked"}, CONTENT_LENGTH="")
    assert answer.status_code == 413


def test_a_machine_without_an_account_is_told_in_json(client, unread):
    answer = client.post("/api/v1/files", {"file": SimpleUploadedFile("a.xlsx", b"x" * (OF_A_STRANGER + 1))})
    assert answer.status_code == 413 and answer.json()["reason"]


def test_an_officers_body_has_an_end_too(client, lan, settings):
    settings.INTAKE_LARGEST_REQUEST = 100_000
    from tienphuong.core.models import User

    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("intake")
    assert client.post(address, {"files": SimpleUploadedFile("a.csv", b"x" * 90_000)}).status_code != 413
    assert client.post(address, {"files": SimpleUploadedFile("a.csv", b"x" * 200_000)}).status_code == 413


def test_the_proxys_own_address_stands_for_nobody(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 10.1.2.3"}, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == "127.0.0.1"
    settings.TLS = True
    assert client_address(request) == "10.1.2.3"


def test_the_sign_in_form_passes():
    assert Client().post("/dang-nhap/", {"username": "a", "password": "b"}).status_code == 200
