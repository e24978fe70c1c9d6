"""Guesses at one moment: no more of them pass than of as many in a row, and strangers cannot make the table grow."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.at_once import at_once, base_of_many, faults

from tienphuong.core.access import attempts
from tienphuong.core.access.attempts import OF_POST, of_account, of_address, of_device, reserve, succeeded, wrong_guesses
from tienphuong.core.access.terms import AttemptKind, Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import AttemptCount, AuditEntry, User
from tienphuong.procedures.appoint_officer import release_account

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NONE = timedelta(0)


@pytest.fixture
def lan(db):
    return User.objects.create_user("lan", None, full_name="Lan")


def test_of_thirty_guesses_at_one_moment_eight_are_looked_at(tmp_path, lan):
    subjects = [of_account(lan, username="lan"), of_address("203.0.113.7"), OF_POST]
    with base_of_many(tmp_path):
        came = at_once(*[lambda: reserve(subjects, now=NOW)] * 30)
        assert faults(came) == []
        assert sum(wait == NONE for wait in came) == 8
        assert wrong_guesses([subjects[0]]) == 8 and wrong_guesses([OF_POST]) == 8
        assert AttemptCount.objects.count() == 3


def test_right_guesses_at_one_moment_leave_nothing_counted(tmp_path, lan):
    subjects = [of_account(lan, username="lan"), of_address("203.0.113.7"), OF_POST]

    def guess():
        assert reserve(subjects, now=NOW) == NONE
        succeeded(subjects)

    with base_of_many(tmp_path):
        assert faults(at_once(*[guess] * 8)) == []
        assert wrong_guesses(subjects) == 0 and not AttemptCount.objects.exclude(blocked_until=None).exists()


def test_a_guess_that_waits_is_not_counted_and_writes_nothing(lan, django_assert_num_queries):
    subject = [of_account(lan, username="lan")]
    for _ in range(8):
        assert reserve(subject, now=NOW) == NONE
    with django_assert_num_queries(1):
        assert reserve(subject, now=NOW) == timedelta(minutes=15)
    assert wrong_guesses(subject) == 8
    assert reserve(subject, now=NOW + timedelta(minutes=15)) == NONE
    assert reserve(subject, now=NOW + timedelta(minutes=44)) == timedelta(minutes=1)


def test_an_insider_cannot_clear_the_wait_of_the_address_by_signing_in(lan):
    address = of_address("203.0.113.7")
    for _ in range(49):
        reserve([address], now=NOW)
    own = [of_account(lan, username="lan"), address]
    assert reserve(own, now=NOW) == NONE
    succeeded(own)
    assert wrong_guesses([address]) == 49 and reserve([address], now=NOW) == NONE
    assert reserve([address], now=NOW) > NONE
    succeeded(own)
    assert wrong_guesses([address]) == 49


def test_strangers_fill_no_more_places_than_there_are(monkeypatch):
    monkeypatch.setattr(attempts, "PLACES", 8)
    for number in range(200):
        reserve([of_account(None, username=f"ten{number}"), of_address(f"198.51.100.{number}")], now=NOW)
    assert AttemptCount.objects.count() <= 16


def test_an_address_is_one_however_it_is_written_and_a_household_of_the_sixth_version_too(lan):
    assert of_address("2001:db8:1:2::1") == of_address("2001:0db8:0001:0002:ffff::9") != of_address("2001:db8:1:3::1")
    assert of_address("không phải địa chỉ") == of_address("")
    assert of_account(None, username=" LAN ") == of_account(None, username="lan") != of_account(lan, username="lan")
    assert of_device(lan, device="a") != of_device(lan, device="b")


def test_an_administrator_lets_an_officer_guess_again_and_nobody_else_does(officer, at):
    boss, hoa = officer("Quản", Role.ADMINISTRATOR, "020"), officer("Hoa", Role.HEALTH_STATION, "00682")
    user = User.objects.get(pk=hoa.user_id)
    for kind in (AttemptKind.ACCOUNT, AttemptKind.FACTOR):
        for _ in range(9):
            reserve([of_account(user, username="hoa", kind=kind)], now=NOW)
    with pytest.raises(NotPermitted):
        release_account("hoa", actor=hoa, at=at)
    assert release_account("hoa", actor=boss, at=at) and not release_account("hoa", actor=boss, at=at)
    assert reserve([of_account(user, username="hoa")], now=NOW) == NONE
    assert AuditEntry.objects.filter(act="sign_in.released").count() == 1
