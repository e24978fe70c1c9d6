"""The tracing rules answer every row of their tables."""

from datetime import date
from typing import Any

import pytest
from tests.spec.tables import facts, rows

from tienphuong.core.policy import Window, pack
from tienphuong.core.refusal import Refusal
from tienphuong.tracing.rules import CaseDates, ExposureFacts, close_contact, window_of_case


@pytest.mark.parametrize("row", rows("window"))
def test_a_case_infects_from_and_until_the_days_the_document_says(row: dict[str, Any]) -> None:
    disease = pack(row["pack"]).disease(row["disease"])
    dates = facts(CaseDates, row)
    window = window_of_case(dates, policy=disease)
    if isinstance(window, Refusal):
        assert (row["answer"], row["document"]) == ("refusal", window.document)
        return
    assert f"{window.since}..{window.until or ''}" == row["answer"]
    period = disease.infectious_period_at(dates.first_positive_sample or dates.onset or date.max)
    assert period is not None
    assert str(period.cite) == row["document"]


@pytest.mark.parametrize("row", rows("close_contact"))
def test_a_meeting_is_close_by_the_definition_of_its_day(row: dict[str, Any]) -> None:
    disease = pack(row["pack"]).disease(row["disease"])
    met = facts(ExposureFacts, row)
    answer = close_contact(met, window=Window(row.get("infectious_since", date.min), None), policy=disease)
    said = "refusal" if isinstance(answer, Refusal) else "close" if answer.close else "not close"
    assert (said, answer.document) == (row["answer"], row["document"])
    assert answer.reason
