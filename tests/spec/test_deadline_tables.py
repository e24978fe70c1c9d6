"""The legal deadlines answer every row of their table."""

from datetime import timedelta
from typing import Any

import pytest
from tests.spec.tables import rows

from tienphuong.core.policy import pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.deadlines import deadline_for, state_of


@pytest.mark.parametrize("row", rows("deadlines"))
def test_an_act_is_due_when_the_law_says_and_stands_where_it_should_a_day_later(row: dict[str, Any]) -> None:
    given = row["facts"]
    due = deadline_for(given["kind"], started_at=given["started_at"], policy=pack(row["pack"]), doubled=given["doubled"])
    assert not isinstance(due, Refusal)
    assert (due.due_at, due.document) == (row["due"], row["document"])
    a_day_later = given["started_at"] + timedelta(days=1, minutes=1)
    assert state_of(due.due_at, at=a_day_later, met_at=given.get("met_at"), lapses=due.lapses) == row["after_a_day"]
