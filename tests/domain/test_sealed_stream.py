"""A long content sealed in pieces: read back as it was written, or not at all."""

import io
import os

import pytest

from tienphuong.core import sealed_stream
from tienphuong.core.sealed_stream import MAGIC, NotWhole, Sealing, Unsealing

START = len(MAGIC) + 16


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch):
    monkeypatch.setattr(sealed_stream, "PIECE", 100)


def sealed(content, *, step=37):
    out = io.BytesIO()
    sealing = Sealing(out)
    for at in range(0, len(content), step):
        sealing.write(content[at : at + step])
    sealing.close()
    return out.getvalue()


def opened(raw):
    return Unsealing(io.BytesIO(raw)).readall()


def pieces(raw):
    found, at = [], START
    while at < len(raw):
        end = at + 4 + int.from_bytes(raw[at : at + 4], "big")
        found.append(raw[at:end])
        at = end
    return found


@pytest.mark.parametrize("length", [0, 1, 99, 100, 101, 200, 999])
def test_what_was_written_is_read_back(length):
    content = os.urandom(length)
    raw = sealed(content)
    assert opened(raw) == content and (length < 20 or content not in raw)


@pytest.mark.parametrize(
    "harm", ["cut at a piece", "cut in a piece", "a piece left out", "two exchanged", "one twice", "one changed", "of another"]
)
def test_whatever_was_changed_is_no_content(harm):
    raw = sealed(os.urandom(350))
    head, [one, two, three, four] = raw[:START], pieces(raw)
    spoilt = {
        "cut at a piece": [one, two, three],
        "cut in a piece": [one, two, three, four[:-3]],
        "a piece left out": [one, three, four],
        "two exchanged": [two, one, three, four],
        "one twice": [one, one, two, three, four],
        "one changed": [one, two[:-1] + bytes([two[-1] ^ 1]), three, four],
        "of another": [one, pieces(sealed(os.urandom(350)))[1], three, four],
    }
    with pytest.raises(NotWhole):
        opened(head + b"".join(spoilt[harm]))


def test_the_key_of_another_post_opens_nothing(settings):
    raw = sealed(b"content")
    settings.IDENTITY_KEY = "another key of another post " * 2
    with pytest.raises(NotWhole, match="khóa khác"):
        opened(raw)


def test_a_file_of_another_kind_is_said_so():
    with pytest.raises(NotWhole, match="không phải bản lưu"):
        opened(b"PK" + bytes(100))
