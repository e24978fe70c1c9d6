"""Numbers of papers in texts that are kept open."""

import pytest

from tienphuong.core.text.papers import masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("001099123456", "•••456"),
        ("cccd 001 099 123 456 của An", "cccd •••456 của An"),
        ("013456789, 001099123456", "•••789, •••456"),
        ("0983123456", "•••456"),
        ("bao-cao-2021-08-24-16h00-1a2b3c4d.pdf", "bao-cao-2021-08-24-16h00-1a2b3c4d.pdf"),
        ("01a22d33-7437-74c2-84b0-088605516234", "01a22d33-7437-74c2-84b0-088605516234"),
        ("24/8/2021 16:00", "24/8/2021 16:00"),
        ("12345678", "12345678"),
    ],
)
def test_all_but_the_last_three_figures_are_left_out(text, kept):
    assert masked(text) == kept


def test_whatever_holds_texts_is_gone_through():
    assert masked({"q": "001099123456", "n": 1, "l": ["001099123456", None]}) == {"q": "•••456", "n": 1, "l": ["•••456", None]}
