"""An officer's own password, and the one-time password that an administrator hands out."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tienphuong.core.access.terms import Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AuditEntry, User
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.appoint_officer import open_account
from tienphuong.procedures.change_password import ONE_TIME, change_password, reset_password

pytestmark = pytest.mark.django_db
SENTENCE = "mèo trèo cây cau đêm trăng"


@pytest.fixture
def boss(officer):
    return officer("Quản", Role.ADMINISTRATOR, "020")


def test_a_new_password_follows_the_rule_and_is_in_the_audit_without_its_words(lan, at):
    for bad, why in (("ngan", "cần ít nhất 12"), ("anhyeuem2021", "đã lộ"), ("mat-khau-thu-nghiem", "trùng với")):
        assert why in str(change_password(bad, actor=lan, at=at))
    assert change_password(SENTENCE, actor=lan, at=at) is None
    assert User.objects.get(pk=lan.user_id).check_password(SENTENCE)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.act, entry.actor_name, entry.facts) == ("password_change", "Lan", {})


def test_a_one_time_password_must_be_changed_and_ends_after_a_day(lan, boss, at):
    secret = reset_password("lan", actor=boss, at=at, now=at)
    user = User.objects.get(username="lan")
    assert user.check_password(secret) and user.one_time_until == at + ONE_TIME == at + timedelta(hours=24)
    assert "trùng với" in str(change_password(secret, actor=lan, at=at))
    assert change_password(SENTENCE, actor=lan, at=at) is None
    assert User.objects.get(username="lan").one_time_until is None
    assert secret not in "".join(str(entry.facts) for entry in AuditEntry.objects.all())


def test_two_one_time_passwords_are_two_and_one_act_is_one(lan, boss, at):
    act = uuid4()
    first = reset_password("lan", actor=boss, at=at, now=at, act_id=act)
    again = reset_password("lan", actor=boss, at=at, now=at, act_id=act)
    assert isinstance(again, Refusal) and "chỉ hiện một lần" in str(again)
    assert User.objects.get(username="lan").check_password(first)
    assert reset_password("lan", actor=boss, at=at, now=at) != first


def test_who_gives_no_accounts_gives_no_passwords(lan, hoa, boss, at):
    with pytest.raises(NotPermitted):
        reset_password("hoa", actor=lan, at=at, now=at)
    assert isinstance(reset_password("khong-co", actor=boss, at=at, now=at), Refusal)


def test_an_account_is_opened_by_the_same_rule(boss, at):
    refused = open_account("minh.le", full_name="Lê Văn Minh", password="LeVanMinh@1990", actor=boss, at=at)
    assert "chỉ gồm tên" in refused[0] and not User.objects.filter(username="minh.le").exists()
    assert open_account("minh.le", full_name="Lê Văn Minh", password=SENTENCE, actor=boss, at=at) == []
    assert open_account("may", full_name="Máy", password=None, actor=boss, at=at) == []
    assert not User.objects.get(username="may").has_usable_password()
