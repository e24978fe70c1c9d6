"""TX is short for "tiếp xúc" and the letters of quận Thanh Xuân's case numbers: only a space after it makes it the former."""

import pytest

from tienphuong.intake.facts.links import read_links


@pytest.mark.parametrize("text", ["TX001", "F1 của TX001"])
def test_a_number_that_begins_with_tx_keeps_its_letters(text):
    (link,) = read_links(text, sender="TTYT", whole=True)
    assert link.key != read_links("001", sender="TTYT", whole=True)[0].key
    assert "tx" in link.key.casefold()


def test_tx_before_a_number_is_the_word_contact():
    (link,) = read_links("TX BN12", sender="TTYT", whole=True)
    assert link.key == read_links("BN12", sender="TTYT", whole=True)[0].key
