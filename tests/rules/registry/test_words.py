import pytest

from tienphuong.core.text.terms import DateFlag, Flag, LegacyFlag, NumberFlag
from tienphuong.registry.rules.terms import BirthFlag, IdentityFlag, NameFlag, PhoneFlag, SexFlag

VOCABULARIES: list[type[Flag]] = [DateFlag, LegacyFlag, NumberFlag, BirthFlag, IdentityFlag, NameFlag, PhoneFlag, SexFlag]


@pytest.mark.parametrize("words", VOCABULARIES)
def test_every_flag_explains_itself_and_says_what_to_do(words: type[Flag]) -> None:
    assert all(flag.explanation.endswith(".") and flag.remedy.endswith(".") for flag in words)


def test_no_two_flags_share_a_word() -> None:
    values = [flag.value for words in VOCABULARIES for flag in words]
    assert len(values) == len(set(values))
