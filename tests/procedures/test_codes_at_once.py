"""One code is taken once, by whichever of many that bring it at one moment; and the codes are those of RFC 6238."""

from datetime import UTC, datetime

import pytest
from tests.at_once import at_once, base_of_many, faults

from tienphuong.core.access import codes
from tienphuong.core.access.codes import fresh_recovery_codes, keep_secret, step_of, taken_code
from tienphuong.core.access.terms import FactorKind, Role
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.models import RecoveryCode, User
from tienphuong.core.refusal import Refusal
from tienphuong.procedures.add_factor import add_app, remove_factors_of

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SECRET = b"12345678901234567890"
HERE = int(NOW.timestamp()) // codes.STEP


def shown(step):
    return codes._totp(SECRET).generate(step * codes.STEP).decode()


@pytest.fixture
def user(db):
    return User.objects.create_user("lan", None, full_name="Lan")


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, SHA-1: the last six of the eight figures."""
    table = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"}
    for second, code in table.items():
        assert step_of(code, secret=SECRET, now=datetime.fromtimestamp(second, UTC)) == second // 30


def test_a_clock_may_be_half_a_minute_away_and_no_more():
    found = [step_of(shown(HERE + away), secret=SECRET, now=NOW) for away in (-2, -1, 0, 1, 2)]
    assert found == [None, HERE - 1, HERE, HERE + 1, None]
    assert [step_of(typed, secret=SECRET, now=NOW) for typed in ("", "12", "abcdef", "１２３４５６")] == [None] * 4


def test_of_ten_that_bring_one_code_at_one_moment_one_is_let_in(tmp_path, user):
    keep_secret(user, secret=SECRET, at=NOW, step=HERE - 1)
    paper = fresh_recovery_codes(user)
    with base_of_many(tmp_path):
        for typed, kind in ((shown(HERE), FactorKind.TOTP), (paper[0], FactorKind.RECOVERY)):
            came = at_once(*[lambda typed=typed: taken_code(user, typed=typed, now=NOW)] * 10)
            assert faults(came) == [] and sorted(map(str, came)) == sorted([str(kind), *["None"] * 9])


def test_a_later_code_ends_the_earlier_ones(user):
    keep_secret(user, secret=SECRET, at=NOW, step=HERE - 1)
    assert taken_code(user, typed=shown(HERE + 1), now=NOW) is FactorKind.TOTP
    assert taken_code(user, typed=shown(HERE), now=NOW) is None


def test_another_telephone_takes_the_place_of_the_first_and_keeps_the_paper(lan, at):
    first = add_app(SECRET, typed=shown(HERE), actor=lan, at=at, now=NOW)
    assert len(first) == 10
    assert add_app(SECRET[::-1], typed="000000", actor=lan, at=at, now=NOW).reason == "Mã không đúng"
    other = codes._totp(SECRET[::-1]).generate(HERE * codes.STEP).decode()
    assert add_app(SECRET[::-1], typed=other, actor=lan, at=at, now=NOW) == []
    user = User.objects.get(pk=lan.user_id)
    assert taken_code(user, typed=shown(HERE + 1), now=NOW) is None
    assert RecoveryCode.objects.filter(user=user).count() == 10


def test_nobody_takes_the_factors_of_an_officer_of_another_area(lan, minh, officer, at):
    commune = officer("Xã", Role.ADMINISTRATOR, "00682")
    add_app(SECRET, typed=shown(HERE), actor=lan, at=at, now=NOW)
    for stranger in (minh, commune):
        with pytest.raises(NotPermitted):
            remove_factors_of(lan.user_id, actor=stranger, at=at)
    assert remove_factors_of(lan.user_id, actor=officer("Quản", Role.ADMINISTRATOR, "020"), at=at)
    assert not isinstance(add_app(SECRET, typed=shown(HERE), actor=lan, at=at, now=NOW), Refusal)
