"""The case rules answer every row of their tables."""

from typing import Any

import pytest
from tests.spec.tables import facts, rows

from tienphuong.cases.rules import CaseFacts, DischargeFacts, discharge, verdict
from tienphuong.core.policy import pack
from tienphuong.core.refusal import Refusal


@pytest.mark.parametrize("row", rows("verdict"))
def test_a_person_is_classified_as_the_definition_of_the_day_says(row: dict[str, Any]) -> None:
    answer = verdict(facts(CaseFacts, row), policy=pack(row["pack"]).disease(row["disease"]), on=row["on"])
    said = "refusal" if isinstance(answer, Refusal) else str(answer.classification)
    assert (said, answer.document) == (row["answer"], row["document"])
    assert answer.reason


@pytest.mark.parametrize("row", rows("discharge"))
def test_a_case_leaves_treatment_as_the_criteria_of_the_day_say(row: dict[str, Any]) -> None:
    answer = discharge(facts(DischargeFacts, row), policy=pack(row["pack"]).disease("covid-19"), at=row["at"])
    if isinstance(answer, Refusal):
        assert (row["answer"], row["document"]) == ("refusal", answer.document)
        return
    assert ("ready" if answer.ready else "not ready", answer.document) == (row["answer"], row["document"])
    assert bool(answer.missing) is not answer.ready
