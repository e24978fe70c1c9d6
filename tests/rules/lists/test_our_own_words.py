"""The words our own pages and exports write are read as themselves, in both languages."""

from datetime import date

import pytest

from tienphuong.cases.terms import Classification, LabOutcome, Outcome
from tienphuong.core.choices import LabelledChoice
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext
from tienphuong.quarantine.terms import StayState
from tienphuong.tracing.terms import FollowUpState

KINDS: dict[str, type[LabelledChoice]] = {
    "classification": Classification,
    "outcome": Outcome,
    "result": LabOutcome,
    "follow_up": FollowUpState,
    "stay": StayState,
}


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, words in KINDS.items() for word in words])
def test_an_official_word_is_read_as_itself(kind, word):
    for written in (word.label, word.label.capitalize(), word.label_en):
        assert read_words(kind, written, context=CellContext(date(2021, 8, 24))).value == word.value
