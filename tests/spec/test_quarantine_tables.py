"""The quarantine rules answer every row of their tables."""

from datetime import date
from typing import Any

import pytest
from tests.spec.tables import facts, rows

from tienphuong.core.policy import pack
from tienphuong.core.refusal import Refusal
from tienphuong.quarantine.rules import PersonFacts, StayFacts, required_form, stay_end


@pytest.mark.parametrize("row", rows("quarantine_length"))
def test_a_person_stays_where_and_as_long_as_the_rule_of_the_day_says(row: dict[str, Any]) -> None:
    rules = pack(row["pack"])
    answer = required_form(facts(PersonFacts, row), pack=rules, disease=rules.disease(row["disease"]), on=row["on"])
    if isinstance(answer, Refusal):
        assert row["answer"] == "refusal", answer
        assert row["document"] in ("", answer.document)
        return
    days = "-" if answer.days is None else answer.days
    assert (f"{answer.form} {days}", answer.document) == (row["answer"], row["document"])


@pytest.mark.parametrize("row", rows("stay_end"))
def test_a_stay_ends_on_the_day_the_facts_give(row: dict[str, Any]) -> None:
    f1 = pack("vn-2021-07-30").disease("covid-19").quarantine_for(1, on=date(2021, 8, 10))
    assert f1 is not None
    end = stay_end(facts(StayFacts, row), row=f1, on=row["on"])
    assert f"{end.ends_on or '-'} {end.change}" == row["answer"]
    assert end.document == "5599/BYT-MT"
