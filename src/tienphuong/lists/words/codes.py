"""Codes of cases and of listed people: the key under which the spellings of one code meet, and every code a cell of codes holds."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.date_forms import NO_FACT
from tienphuong.core.text.fold import fold
from tienphuong.lists.reasons import BARE_NUMBER, CODE_NOT_UNDERSTOOD, SEVERAL_OF_ONE_SERIES
from tienphuong.lists.words.lexicon import COMMON, lexicon

PATIENT_WORDS: Final = r"(?:benh nhan|nguoi benh|ca benh|ca nhiem|ca duong tinh|ca mac|ca f0|ca)\s*(?:mac\s*)?(?:covid(?:-19)?\s*)?(?:ma\s*)?(?:thu|so)?\s*[:.]?"
_NUMBER: Final = re.compile(rf"(?:({PATIENT_WORDS})|([a-z][a-z .\-/_]{{0,12}}?))?\s*[ .\-_:#/]*\s*0*(\d{{1,9}})")
_LABEL: Final = re.compile(
    r"^(?:(?:ma|code|id)(?: (?:so|ca|benh nhan|bn|f[01]))?|case(?: id| no)?|no|number)\s*[:.#]+\s*|^(?:ma so|ma ca|case)\s+(?=\S*\d)"
)
_SIMPLE: Final = re.compile(r"(?!ca[- ]?\d)([a-z]{1,3})[- ]?([0-9]{1,9})", re.IGNORECASE | re.ASCII)
"""The usual code, which needs no folding: a few letters and a number."""
_GROUPED: Final = re.compile(r"(?<![\d.])(\d{1,3})((?:\.\d{3})+)(?![\d.])")
_SPELLED: Final = re.compile(r"[a-z0-9 _\-./:#]+")
_NUMBERED: Final = re.compile(r"([a-z]+)0*(\d+)")
_COUNTED: Final = re.compile(r"^(bn|nb)[ .]*(?:ma )?(?:so|thu)[ .:]*")
_NATIONAL: Final = re.compile(rf"(?:bn|nb|{PATIENT_WORDS})(?![a-z])")
_BETWEEN: Final = re.compile(r"\s*(?:[,;|+&\n()\[\]]|(?<!\w)(?:và|va|and)(?!\w)|(?<=\s)[-–](?=\s))\s*", re.IGNORECASE)
_ENDS: Final = re.compile(r"(([a-z]{1,6})[ .]?\d+)\s*[-–]\s*(([a-z]{1,6})[ .]?\d+)")
_LETTERED: Final = re.compile(r"(?=\S*[a-z])(?=\S*\d)\S+")
_NO_CODE: Final = re.compile(
    r"(?:chua|khong|ko|cho|dang|dang cho|doi)\b.*|nguon.*|f\s?\d|stt|moi|cu|yes|no|true|false|co|nam|nu|male|female|am|duong"
)
_WORDS: Final = frozenset(lexicon(COMMON))
_LETTERS: Final = re.compile(r"[a-z]{3,12}")


class CellCodes(NamedTuple):
    """The codes of one person's cell, each with its key and as written; what is left over has a reason."""

    found: tuple[tuple[str, str], ...] = ()
    reason: str = ""


@lru_cache(maxsize=32768)
def number_key(raw: str) -> str | None:
    """The form under which spellings of one case number meet (`BN 0012`, `bệnh nhân số 12` -> `BN-12`), or None."""
    if simple := _SIMPLE.fullmatch(raw):
        return f"{simple.group(1).upper()}-{int(simple.group(2))}"
    low = _GROUPED.sub(lambda match: match.group().replace(".", ""), fold(raw).strip(" ().,"))
    match = _NUMBER.fullmatch(_COUNTED.sub(r"\1 ", low))
    if not match:
        return None
    words, prefix, digits = match.groups()
    letters = "BN" if words else re.sub("[^A-Z]", "", (prefix or "").upper())
    return f"{letters}-{int(digits)}" if letters else str(int(digits))


@lru_cache(maxsize=32768)
def code_key(raw: str) -> str:
    """The key of one code, or nothing: zeros before a number are writing, zeros inside a code of letters and digits belong to it."""
    text = clean(raw).strip(" ().,")
    low = fold(text)
    label = _LABEL.match(low)
    text, low = (text[label.end() :], low[label.end() :]) if label and len(low) == len(text) else (text, low)
    number = number_key(low)
    if number is not None and (_NATIONAL.match(low) or number.isdecimal()):
        return number
    if _NATIONAL.match(low) or not _is_code(text, low):
        return ""
    return number or "-".join(filter(None, map(_part, re.split(r"[ _\-./:#]+", low))))


def _part(token: str) -> str:
    """`0012` -> `12`, `F1` -> `F-1`, `LN001` -> `LN-1`, `a01b2c3` as it is."""
    if token.isdecimal():
        return str(int(token))
    numbered = _NUMBERED.fullmatch(token)
    return f"{numbered.group(1).upper()}-{int(numbered.group(2))}" if numbered else token.upper()


def _is_code(text: str, low: str) -> bool:
    """Letters and figures without sentences: at most one word of letters stands apart, and only `Đ` has a mark."""
    words = [token for token in low.split() if token.isalpha()]
    spelled = _SPELLED.fullmatch(low) and text.replace("Đ", "D").replace("đ", "d").isascii()
    return bool(spelled) and len(low) <= 60 and any(map(str.isdecimal, low)) and len(words) <= 1 and not _NO_CODE.fullmatch(low)


@lru_cache(maxsize=65536)
def read_codes(text: str) -> CellCodes:
    """Every code a cell of codes gives its person: `BN900501, LN001` is two, `vợ của BN12` and `BN1, BN2` are questions."""
    text = clean(text)
    if (key := number_key(text)) and _SIMPLE.fullmatch(text) and not _NO_CODE.fullmatch(text.lower()):
        return CellCodes(((key, text),))  # the usual cell, which needs no taking apart
    low = fold(text).strip(" .,;:-()'\"")
    if not low or NO_FACT.fullmatch(low) or (_NO_CODE.fullmatch(low) and not any(map(str.isdecimal, low))):
        return CellCodes()
    if is_lettered(text):
        return CellCodes(((low.upper(), text[:60]),))
    pieces = [text] if text.isalnum() else _pieces(text)
    if len(pieces) == 1 and (key := code_key(text)):
        return CellCodes(((key, text[:60]),))
    return _of_pieces(pieces)


def is_lettered(text: str) -> bool:
    """Whether a text may be a code of letters only: one word in one case, unaccented, that is no word of any list."""
    low = text.lower()
    return bool(_LETTERS.fullmatch(low)) and (text.isupper() or text.islower()) and low not in _WORDS and not _NO_CODE.fullmatch(low)


def _pieces(text: str) -> list[str]:
    """The parts of a cell between its separators; words with figures that only a space or a stroke parts are parts too."""
    parts: list[str] = []
    for piece in _BETWEEN.split(text):
        tokens = [token for token in re.split(r"[\s/]+", piece) if token]
        apart = len(tokens) > 1 and all(_LETTERED.fullmatch(fold(token)) for token in tokens)
        parts += span_of(piece) or (tokens if apart else [piece] if piece.strip(" .:-/") else [])
    return parts


def span_of(piece: str) -> list[str]:
    """The two ends of `BN1-BN5`."""
    ends = _ENDS.fullmatch(fold(piece))
    return list(ends.group(1, 3)) if ends and ends.group(2) == ends.group(4) else []


def _of_pieces(pieces: list[str]) -> CellCodes:
    found = {key: piece.strip()[:60] for piece in pieces if (key := code_key(piece))}
    if not found or any(not code_key(piece) and _tells(piece) for piece in pieces):
        return CellCodes(reason=CODE_NOT_UNDERSTOOD)
    lettered = {key: text for key, text in found.items() if not key.isdecimal()}
    series = [key.rpartition("-")[0] for key in lettered]
    if len(set(series)) < len(series) or (not lettered and len(found) > 1):
        return CellCodes(reason=SEVERAL_OF_ONE_SERIES)
    return CellCodes(tuple((lettered or found).items()), BARE_NUMBER if lettered and len(lettered) < len(found) else "")


def _tells(piece: str) -> bool:
    """Whether words beside a code say something of whose it is: `vợ`, `F1 của`."""
    return fold(piece).strip(" .:-") not in _HARMLESS


_HARMLESS: Final = frozenset(
    {"tai duong tinh", "byt", "bo y te", "xa", "dia phuong", "moi", "cu", "huyen", "thanh pho", "tp", "quan", "cdc", "ma xa", "ma huyen"}
)
