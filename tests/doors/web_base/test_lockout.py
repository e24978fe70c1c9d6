"""Guessing at the sign-in page: it slows who guesses, and shuts out neither an office nor an officer at the own browser."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tienphuong.cli.main import main
from tienphuong.core.access.terms import Role
from tienphuong.core.models import AttemptCount, AuditEntry

from .conftest import PASSWORD, officer

pytestmark = pytest.mark.django_db
OFFICE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def guess(username="lan", password="sai", *, client=None, address=ELSEWHERE):
    return (client or Client()).post(reverse("sign_in"), {"username": username, "password": password}, REMOTE_ADDR=address)


def wear_out(username="lan", *, address=ELSEWHERE, times=8):
    return [guess(username, address=address).status_code for _ in range(times)]


def test_after_eight_wrong_passwords_an_account_waits_wherever_the_next_comes_from(lan):
    assert wear_out() == [200] * 8
    answer = guess(password=PASSWORD, address="192.0.2.1")
    assert answer.status_code == 429 and 880 < int(answer.headers["Retry-After"]) <= 900
    assert "Thử lại sau 15 phút" in answer.content.decode()
    assert AuditEntry.objects.filter(act="sign_in.blocked", subject_id=str(lan.pk)).count() == 1


def test_a_name_that_nobody_has_waits_like_an_account(lan):
    assert wear_out("khong-co") == wear_out("lan")
    nobody, known = guess("khong-co"), guess("lan")
    assert nobody.status_code == known.status_code == 429
    assert "Thử lại sau 15 phút" in nobody.content.decode() and "Thử lại sau 15 phút" in known.content.decode()


def test_others_cannot_shut_an_officer_out_of_the_browser_where_they_have_signed_in(lan):
    own = Client()
    assert guess(password=PASSWORD, client=own, address=OFFICE).status_code == 302
    own.post(reverse("sign_out"))
    wear_out(address=OFFICE)
    assert guess(password=PASSWORD, address=OFFICE).status_code == 429
    back = guess(password=PASSWORD, client=own, address=OFFICE)
    assert back.status_code == 302
    assert "có 8 lần nhập sai" in own.get(reverse("account")).content.decode()
    assert AttemptCount.objects.filter(failures__gt=0, kind="account").count() == 0


def test_the_mark_of_a_browser_lets_nobody_in_and_has_its_own_count(lan):
    thief = Client()
    assert guess(password=PASSWORD, client=thief).status_code == 302
    thief.post(reverse("sign_out"))
    assert [guess(client=thief).status_code for _ in range(9)] == [200] * 8 + [429]
    assert guess(password=PASSWORD).status_code == 302, "another browser does not wait for this one"
    thief.cookies["known"] = signing.dumps(["x", [str(lan.pk)]], salt="another")
    assert guess(client=thief).status_code == 200, "a mark that was not signed here is none"


def test_an_office_behind_one_address_goes_on_while_somebody_sprays_names_from_it(lan):
    """Fifty names are free; then the address waits, but not for browsers that are known."""
    own = Client()
    guess(password=PASSWORD, client=own, address=OFFICE)
    own.post(reverse("sign_out"))
    sprayed = [guess(f"ten{number}", address=OFFICE).status_code for number in range(60)]
    assert sprayed == [200] * 50 + [429] * 10
    assert guess(password=PASSWORD, client=own, address=OFFICE).status_code == 302
    assert guess(password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_names_sprayed_from_everywhere_are_slowed_together(lan, monkeypatch):
    from dataclasses import replace

    from tienphuong.core.access.terms import AttemptKind
    from tienphuong.core.rules.attempts import BUDGETS

    monkeypatch.setitem(BUDGETS, AttemptKind.POST, replace(BUDGETS[AttemptKind.POST], free=20))
    came = [guess(f"ten{number}", address=f"198.51.{number}.1").status_code for number in range(25)]
    assert came == [200] * 20 + [429] * 5


def test_officers_of_one_machine_are_each_known_to_it(lan):
    officer("minh", full_name="Lê Minh", role=Role.EPIDEMIOLOGIST, area_path="0001")
    shared = Client()
    for name in ("lan", "minh"):
        assert guess(name, PASSWORD, client=shared).status_code == 302
        shared.post(reverse("sign_out"))
    wear_out("lan")
    wear_out("minh")
    assert guess("lan", PASSWORD, client=shared).status_code == 302


def test_an_administrator_opens_it_again_from_the_terminal(lan, capsys):
    wear_out()
    assert main(["users", "unlock", "lan"]) == 0 and main(["users", "unlock", "lan"]) == 2
    assert guess(password=PASSWORD).status_code == 302


def test_the_waiting_page_is_in_english_too(lan):
    wear_out()
    reader = Client()
    reader.post(reverse("language"), {"language": "en", "next": "/"})
    assert "Try again in 15 min." in guess(client=reader).content.decode()
