"""How long a guess waits."""

from datetime import UTC, datetime, timedelta

import pytest

from tienphuong.core.access.terms import AttemptKind
from tienphuong.core.rules.attempts import BUDGETS, MOST, UNTIL_RELEASED, still_counted, wait_after

NOW = datetime(2026, 11, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "failures", "wait"),
    [
        (AttemptKind.ACCOUNT, 7, 0 * MINUTE),
        (AttemptKind.ACCOUNT, 8, 15 * MINUTE),
        (AttemptKind.ACCOUNT, 9, 30 * MINUTE),
        (AttemptKind.ACCOUNT, 30, 24 * 60 * MINUTE),
        (AttemptKind.ACCOUNT, MOST, UNTIL_RELEASED),
        (AttemptKind.FACTOR, 5, MINUTE),
        (AttemptKind.ADDRESS, 49, 0 * MINUTE),
        (AttemptKind.ADDRESS, 1000, 15 * MINUTE),
        (AttemptKind.POST, 500, MINUTE / 30),
        (AttemptKind.POST, 10**6, MINUTE / 2),
    ],
)
def test_each_wrong_guess_beyond_the_free_ones_doubles_the_wait(kind, failures, wait):
    assert wait_after(failures, budget=BUDGETS[kind]) == wait


def test_an_account_never_forgets_and_an_address_does_after_an_hour():
    said = {kind: still_counted(40, failed_at=NOW - 60 * MINUTE, now=NOW, budget=BUDGETS[kind]) for kind in AttemptKind}
    assert said[AttemptKind.ACCOUNT] == said[AttemptKind.FACTOR] == 40 and said[AttemptKind.ADDRESS] == said[AttemptKind.POST] == 0
    assert still_counted(40, failed_at=NOW - 59 * MINUTE, now=NOW, budget=BUDGETS[AttemptKind.ADDRESS]) == 40


def test_guessing_as_fast_as_the_waits_allow_takes_months_to_a_hundred_and_then_ends():
    waits = [wait_after(count, budget=BUDGETS[AttemptKind.ACCOUNT]) for count in range(MOST)]
    assert sum(waits, timedelta(0)) > timedelta(days=80)
