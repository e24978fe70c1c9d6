"""The reading of cells: a negation, an expectation or a question mark never leaves the plain fact; unknown words are asked."""

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from tienphuong.cli import words
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import ASK, CellContext

_PHRASES = Path(__file__).resolve().parents[4] / "shared" / "data" / "phrases"
_FILES = ("result", "classification", "outcome", "follow_up", "symptoms", "boolean", "sex", "degree", "stay", "link", "age", "datetime")
_CONTEXT = CellContext(date(2021, 8, 24))
_PLAIN = (("result", "dương tính", "positive"), ("classification", "ca bệnh xác định", "confirmed"), ("outcome", "tử vong", "died"))


@pytest.mark.parametrize(("kind", "text", "word"), _PLAIN)
def test_what_stands_before_a_word_turns_it(kind, text, word):
    assert read_words(kind, text, context=_CONTEXT).word == word
    for turned in (f"không {text}", f"chưa {text}", f"dự kiến {text}", f"{text}?", f"đính chính: {text}", f"{text} xyzzy"):
        assert read_words(kind, turned, context=_CONTEXT).word != word, turned


@pytest.mark.parametrize(("kind", "text", "word"), _PLAIN)
def test_a_word_nobody_knows_is_asked_with_a_reason(kind, text, word):
    reading = read_words(kind, f"{text} xyzzy", context=_CONTEXT)
    assert (reading.word, bool(reading.reason)) == (ASK, True)


@pytest.mark.parametrize("name", _FILES)
def test_the_shown_phrases_are_never_misread_and_seldom_asked(name):
    if not (_PHRASES / f"{name}.csv").exists():
        pytest.skip("the shared phrases are not here")
    with (_PHRASES / f"{name}.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    wrong = [(row["phrase"], said) for row in rows if (said := _read(name, row)) not in _right(row)]
    assert [row for row in wrong if row[1] != ASK] == []
    assert len(wrong) <= 0.05 * len(rows), wrong


def _read(name, row):
    extra = json.loads(row["extra"] or "{}")
    order = extra.get("column_order", "dmy")
    context = CellContext(_CONTEXT.day, None if order in (None, "none") else order)
    return read_words(extra.get("field", name), row["phrase"], context=context).word.lower()


def _right(row):
    return {word.lower() for word in (row["reading"], *json.loads(row["extra"] or "{}").get("accept", ()))}


def test_the_command_reads_one_cell_a_line(monkeypatch, capsys):
    import argparse

    parser = argparse.ArgumentParser()
    words.arguments(parser)
    monkeypatch.setattr(sys, "stdin", io.StringIO("Âm tính 12/8\nDương tính?\n"))
    words.run(parser.parse_args(["result", "--json", "--day", "2021-08-24"]))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["cell"], first["reading"], first["facts"]) == ("Âm tính 12/8", "negative", {"day": "2021-08-12"})
    assert second["reading"] == ASK
