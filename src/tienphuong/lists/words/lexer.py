"""A cell as clauses of items: each known phrase with its part, each day, each number, and what nothing accounts for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.dates import read_date
from tienphuong.core.text.fold import fold, tone_key
from tienphuong.core.text.terms import DateOrder
from tienphuong.lists.words.lexicon import Entry, Lexicon, same_word
from tienphuong.lists.words.reading import CellContext


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a clause: its role, for a value the word, for a day the day, and the text it was read from."""

    role: str
    value: str = ""
    text: str = ""
    day: date | None = None


# The prefix of a Go.Data reference is the name of its list, no word of the cell.
_CATALOGUE: Final = re.compile(
    r"\blng reference data (?:category )?(?:gender|case classification|outcome|lab test result|yes no|contact daily follow up status type|[a-z ]*?status(?: type)?)\b",
    re.IGNORECASE,
)
_MARKS: Final = (
    (re.compile(r"±|\(?\s*\+\s*/?\s*\(?\s*[-\u2013\u2212]\s*\)?(?![\w])|\(?\s*[-\u2013\u2212]\s*\)?\s*/\s*\(?\s*\+\s*\)?"), " bothmarks "),
    (re.compile(r"\(\s*\+\s*\)|(?<=\w)\+(?!\w)|^\s*\+\s*(?=$|\d|ng)|(?<=\w)\s+\+\s*(?=$|[),;.])"), " plusmark "),
    (re.compile(r"\(\s*[-\u2013\u2212]\s*\)|(?<=\w)\s*[-\u2013\u2212]\s*(?=\))"), " minusmark "),
    (re.compile(r"→|⇒|=>|->"), " arrowmark "),
    (re.compile(r"[✓✔☑√]"), " tickmark "),
    (re.compile(r"[?？]"), " questionmark "),
    (re.compile(r"\bn/a\b", re.IGNORECASE), " na "),
    # What stands after "but" is said on its own: no negation before it goes on.
    (re.compile(r"\b(?:nhưng|but|mais|pero)\b", re.IGNORECASE), " ; vẫn "),
    (_CATALOGUE, " "),
)
_DAY: Final = r"\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d{1,2}[/-]\d{1,2}(?![\d/])|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}"
_PIECE: Final = re.compile(
    rf"(?P<day>{_DAY})|(?P<dotted>(?<=ngày )\d{{1,2}}\.\d{{1,2}}(?!\d))|(?P<time>\d{{1,2}}(?:h|:)\d{{0,2}}(?!\w))|(?P<ct>\bct\b\s*[:=<>]*\s*\d+(?:[.,]\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?)(?![\w-])|(?P<word>\w(?:[\w']|-(?=\w))*)|(?P<stop>[,;:()\[\]\n/+.]|-)",
    re.IGNORECASE,
)
_TURNS: Final = ("NOT", "YET", "EXPECT", "DOUBT")
_NEAREST: Final = timedelta(days=150)


def clauses_of(text: str, words: Lexicon, context: CellContext) -> list[list[Item]]:
    """The clauses of a cell, in its order; empty ones are left out."""
    return [clause for pieces in _pieces(text, context) if (clause := _named(pieces, words))]


def _plain(text: str) -> str:
    kept = clean(text).replace("_", " ")
    for pattern, name in _MARKS:
        kept = pattern.sub(name, kept)
    return tone_key(kept)


def _pieces(text: str, context: CellContext) -> list[list[Item]]:
    clauses: list[list[Item]] = [[]]
    for match in _PIECE.finditer(_plain(text)):
        if match.lastgroup == "stop":
            clauses.append([])
        else:
            clauses[-1].extend(_raw(match, context))
    return clauses


def _raw(match: re.Match[str], context: CellContext) -> list[Item]:
    text, kind = match.group(), match.lastgroup
    if kind in ("day", "dotted"):
        day = _day(text, context)
        return [Item("DAY", text=text, day=day) if day else Item("NUM", text=text)]
    if kind in ("time", "number", "ct"):
        return [Item("NUM" if kind != "ct" else "CT", text=text)]
    return [Item("WORD", text=word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return [text] if text in ("covid-19", "sars-cov-2", "sars-cov") else [part for part in text.split("-") if part]


def _day(text: str, context: CellContext) -> date | None:
    """A day of a cell; without its year it is the nearest such day, before the list or after it."""
    order = DateOrder(context.order) if context.order else None
    return read_date(text, order=order, context=context.day + _NEAREST).value


def _named(pieces: Sequence[Item], words: Lexicon) -> list[Item]:
    items: list[Item] = []
    at = 0
    while at < len(pieces):
        step, found = _next(pieces, at, words)
        items.extend(found)
        at += step
    return items


def _next(pieces: Sequence[Item], at: int, words: Lexicon) -> tuple[int, list[Item]]:
    piece = pieces[at]
    if piece.role != "WORD":
        return 1, [piece]
    if entry := _entry(pieces, at, words):
        return len(entry.words), [Item(entry.role, entry.value, " ".join(entry.words))]
    return 1, _prefixed(piece.text, words)


def _prefixed(text: str, words: Lexicon) -> list[Item]:
    """A word nobody knows, `un-` before a known one (`unconfirmed` is a negation and its word), or a known one's other ending."""
    if text.startswith("un") and (entry := _value(text[2:], words)):
        return [Item("NOT", text="un"), Item("V", entry.value, text)]
    entry = next((found for plain in _plain_endings(text) if (found := _value(plain, words))), None)
    return [Item("V", entry.value, text) if entry else Item("UNK", text=text)]


def _value(text: str, words: Lexicon) -> Entry | None:
    entry = _entry([Item("WORD", text=text)], 0, words) if text else None
    return entry if entry and entry.role == "V" else None


def _plain_endings(text: str) -> list[str]:
    """The masculine singular of a French, Spanish or Portuguese participle: `guérie`, `fallecidas`."""
    one = text.removesuffix("s")
    return [one[:-1] + "o", one.removesuffix("e")] if len(one) > 5 and one[-1] in "ae" else [one] if len(one) > 5 else []


def _entry(pieces: Sequence[Item], at: int, words: Lexicon) -> Entry | None:
    known = words.get(fold(pieces[at].text), ())
    fitting = [entry for entry in known if _fits(pieces, at, entry)]
    if not fitting:
        return None
    longest = [entry for entry in fitting if len(entry.words) == len(fitting[0].words)]
    exact = [entry for entry in longest if all(pieces[at + i].text == word for i, word in enumerate(entry.words))]
    best = (exact or longest)[0]
    # Without any accent `cho` may be "chờ": the word that turns the next one is the safe reading.
    turned = (
        [entry for entry in longest if entry.role in _TURNS]
        if best.role == "FILL" and all(piece.text.isascii() for piece in pieces)
        else []
    )
    return (turned or [best])[0]


def _fits(pieces: Sequence[Item], at: int, entry: Entry) -> bool:
    ahead = pieces[at : at + len(entry.words)]
    same = all(piece.role in ("WORD", "NUM") and same_word(piece.text, known) for piece, known in zip(ahead, entry.words, strict=False))
    return len(ahead) == len(entry.words) and same
