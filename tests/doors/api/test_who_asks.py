"""Nobody is let in without saying who asks; a machine's leave is withdrawn, runs out, and is told in the audit."""

from datetime import timedelta

import pytest
from django.test import Client

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.tokens import BEGINNING, hash_of
from tienphuong.core.access.viewer import NotPermitted, system_viewer
from tienphuong.core.models import ApiToken, AuditEntry, User
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.appoint_officer import close_account
from tienphuong.procedures.issue_token import issue_token, tokens, withdraw_token

POST = system_viewer("Hệ thống")
CATALOGUE = "/api/v1/indicators"


def _issued(*, at, days=30, name="máy thử") -> str:
    secret = issue_token("hoa", name=name, expires_at=at + timedelta(days=days), actor=POST, at=at)
    assert isinstance(secret, str)
    return secret


def _ask(secret: str):
    return Client(headers={"authorization": f"Bearer {secret}"}).get(CATALOGUE)


def test_a_stranger_is_told_how_to_say_who_asks():
    answer = Client().get(CATALOGUE)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["reason"] == "Chưa cho biết ai hỏi."
    assert "Bearer" in answer.json()["remedy"]


def test_a_token_lets_a_machine_in(hoa, at):
    assert _ask(_issued(at=at)).status_code == 200


def test_an_answer_is_not_kept_by_a_shared_machine(hoa, at):
    assert _ask(_issued(at=at)).headers["Cache-Control"] == "private, no-store"


def test_the_post_keeps_only_the_hash_of_a_token(hoa, at):
    secret = _issued(at=at)
    token = ApiToken.objects.get()
    assert secret.startswith(BEGINNING)
    assert token.hash == hash_of(secret)
    assert secret not in str(list(ApiToken.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_wrong_token_is_refused_even_beside_a_session(hoa):
    browser = Client(headers={"authorization": "Bearer tp_doan"})
    browser.force_login(User.objects.get(username="hoa"), backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get(CATALOGUE)
    assert answer.status_code == 401
    assert "mã mới" in answer.json()["remedy"]


def test_a_withdrawn_token_opens_nothing(hoa, at):
    secret = _issued(at=at)
    assert withdraw_token("hoa", name="máy thử", actor=POST, at=at)
    assert _ask(secret).status_code == 401
    assert not withdraw_token("hoa", name="máy thử", actor=POST, at=at), "a second withdrawal finds nothing"


def test_a_token_runs_out_by_itself(hoa, at):
    secret = _issued(at=at, days=2)
    clock.advance(by=timedelta(days=1, hours=23))
    assert _ask(secret).status_code == 200
    clock.advance(by=timedelta(hours=1))
    assert _ask(secret).status_code == 401


def test_a_closed_account_closes_its_machines(hoa, at):
    secret = _issued(at=at)
    close_account("hoa", actor=POST, at=at)
    assert _ask(secret).status_code == 401


def test_the_last_use_is_noted_to_the_minute(hoa, at):
    secret = _issued(at=at)
    _ask(secret)
    assert ApiToken.objects.get().last_used_at == at
    clock.advance(by=timedelta(seconds=30))
    _ask(secret)
    assert ApiToken.objects.get().last_used_at == at
    clock.advance(by=timedelta(minutes=1))
    _ask(secret)
    assert ApiToken.objects.get().last_used_at == at + timedelta(seconds=90)


def test_an_officer_signed_in_at_the_pages_may_ask_too(hoa):
    browser = Client()
    browser.force_login(User.objects.get(username="hoa"), backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(CATALOGUE).status_code == 200


def test_issuing_and_withdrawing_are_in_the_audit(hoa, at):
    _issued(at=at)
    withdraw_token("hoa", name="máy thử", actor=POST, at=at)
    acts = list(AuditEntry.objects.filter(act__startswith="token.").order_by("sequence").values_list("act", "facts__name"))
    assert acts == [("token.issued", "máy thử"), ("token.withdrawn", "máy thử")]


@pytest.mark.parametrize("days", [0, -1, 367], ids=["now", "yesterday", "beyond a year"])
def test_a_token_ends_within_a_year(hoa, at, days):
    refusal = issue_token("hoa", name="máy thử", expires_at=at + timedelta(days=days), actor=POST, at=at)
    assert isinstance(refusal, Refusal)
    assert "Chọn ngày sau hôm nay" in refusal.remedy
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "m" * 81])
def test_a_machine_has_a_name(hoa, at, name):
    assert isinstance(issue_token("hoa", name=name, expires_at=at + timedelta(days=1), actor=POST, at=at), Refusal)


def test_one_machine_holds_one_token_and_a_new_one_after_the_old_is_withdrawn(hoa, at):
    _issued(at=at)
    again = issue_token("hoa", name="máy thử", expires_at=at + timedelta(days=1), actor=POST, at=at)
    assert isinstance(again, Refusal)
    assert "Thu hồi mã cũ" in again.remedy
    withdraw_token("hoa", name="máy thử", actor=POST, at=at)
    assert _ask(_issued(at=at)).status_code == 200


def test_only_who_manages_accounts_gives_tokens(lan, hoa, at):
    with pytest.raises(NotPermitted) as no:
        issue_token("hoa", name="máy thử", expires_at=at + timedelta(days=1), actor=lan, at=at)
    assert no.value.permission is Permission.MANAGE_USERS


def test_an_unknown_account_gets_no_token(db, at):
    refusal = issue_token("khong-co", name="máy thử", expires_at=at + timedelta(days=1), actor=POST, at=at)
    assert isinstance(refusal, Refusal)
    assert "khong-co" in refusal.reason


def test_the_list_of_tokens_names_machine_and_end(hoa, at):
    secret = _issued(at=at)
    _issued(at=at, name="máy cũ")
    withdraw_token("hoa", name="máy cũ", actor=POST, at=at)
    _ask(secret)
    assert list(tokens(at=at)) == ["hoa          máy thử: đến 23/09/2021, dùng lần cuối 24/08/2021"]


def _browser() -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(username="hoa"), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_an_act_by_session_shows_the_pages_token_against_forgery(hoa):
    answer = _browser().post("/api/v1/files")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["reason"]
    assert "X-CSRFToken" in answer.json()["remedy"]


def test_an_act_with_the_pages_token_passes_that_gate(hoa):
    browser, secret = _browser(), "a" * 32
    browser.cookies["csrftoken"] = secret
    assert browser.post("/api/v1/files", headers={"X-CSRFToken": secret}).status_code != 403


def test_a_machine_needs_no_token_against_forgery(hoa, at):
    machine = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {_issued(at=at)}"})
    assert machine.post("/api/v1/files").status_code != 403


def test_a_stranger_who_would_act_is_asked_who_he_is(db):
    assert Client(enforce_csrf_checks=True).post("/api/v1/files").status_code == 401
