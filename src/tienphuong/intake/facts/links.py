"""Whom a row says somebody was with: a case by its number, a listed contact by his code, or a person by name."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold
from tienphuong.intake.facts.codes import list_codes, read_code
from tienphuong.registry.rules.case_numbers import find_links

_DEGREE: Final = re.compile(r"\bF\s?([0-5])\b", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"^\s*(?:F\s?[0-5]\s*[,:]?\s*)?(?:(?:của|cua|tiếp xúc(?: gần)?(?: với)?|tx(?: với)?(?=\s)|liên quan(?: đến)?)\s*)?(?:F\s?[0-5]\s+)?(?:ca\s+(?:bệnh\s+)?test nhanh\s*(?:\(\+\)|dương tính)?\s*)?(?:(?:bệnh nhân|ca bệnh|ca|ông|bà|anh|chị)\s+)?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?:[,;+&\n]|\bvà\b)\s*", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
# What is said of a person beside the name: a telephone, a year of birth. Neither is a number of a case.
_BESIDE: Final = re.compile(
    r"[,;]?\s*\(?(?:(?:đt|sđt|điện thoại|tel)\s*:?\s*\+?[\d .\-]{9,14}|\b0\d{9,10}\b|(?:sn|sinh năm|sinh)?\s*\b(?:19|20)\d\d\b)\)?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b((?:19|20)\d\d)\b")
_NAME: Final = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,5}")
_SOURCE_ONLY: Final = re.compile(r"nguon lay|nguon benh|chua ro|dang dieu tra|khong ro|cong dong|unknown|^yes$|^no$|^known$")


class Link(NamedTuple):
    """One mention: `key` of a case's number or of a listed code, or a `name` with what else is said of its bearer."""

    text: str
    degree: int | None = None
    relation: str = ""
    key: str = ""
    national: bool = False
    own: bool = False
    listed: bool = False
    name: str = ""
    birth_year: int | None = None


def read_links(text: str, *, sender: str, whole: bool) -> list[Link]:
    """Everybody a cell names. `whole`: the cell holds nothing but links, so that an unknown word is a name or a code."""
    return list(_links_in(text, sender, whole))


@lru_cache(maxsize=8192)
def _links_in(text: str, sender: str, whole: bool) -> tuple[Link, ...]:
    text = clean(text)
    if not text or _SOURCE_ONLY.search(fold(text)):
        return ()
    degree = _degree(text)
    if codes := list_codes(text):
        return tuple(_of_code(code, sender, degree=degree) for code in codes)
    found = [
        link for mention in find_links(text) if (link := _of_number(mention.original, mention.alias_key, sender, degree=mention.degree))
    ]
    relation = next((mention.relation for mention in find_links(text) if mention.relation), "") or ""
    if whole or _DEGREE.search(text):
        found = _of_pieces(text, sender, degree=degree) or found
    return tuple(link._replace(relation=relation, degree=link.degree or degree) for link in dict.fromkeys(found))


def _of_number(original: str, key: str, sender: str, *, degree: int | None) -> Link | None:
    prefix, _, number = key.rpartition("-")
    code = read_code(f"{prefix}-{number}" if prefix else number, sender)
    return Link(original, degree=degree, key=code.key, national=code.national, own=code.own) if code else None


def _of_code(text: str, sender: str, *, degree: int | None) -> Link:
    code = read_code(text, sender)
    return Link(text, degree=degree, key=code.key if code else "", listed=True)


def _of_pieces(text: str, sender: str, *, degree: int | None) -> list[Link]:
    """The links of a cell that holds links only: `F1 của BN12, TT 7` or `F1 của Nguyễn Văn A (SN 1985, thôn Thọ Am)`."""
    beside = " ".join([*_BRACKET.findall(text.replace("(+)", "")), *_BESIDE.findall(text)])
    plain = _LEAD.sub("", _BESIDE.sub(" ", _BRACKET.sub(" ", text.replace("(+)", " "))), count=1)
    links = []
    for piece in _BETWEEN.split(plain):
        piece = _LEAD.sub("", piece, count=1).strip(" .:-")
        if piece and (link := _of_piece(piece, beside, sender, degree=degree)):
            links.append(link)
    return links


def _of_piece(piece: str, beside: str, sender: str, *, degree: int | None) -> Link | None:
    code = read_code(piece, sender) if any(c.isdigit() for c in piece) and len(piece) <= 24 else None
    if code is not None:
        return Link(piece, degree=degree, key=code.key, national=code.national, own=code.own)
    year = _YEAR.search(f"{piece} {beside}")
    name = _NAME.match(piece)
    if name is None or not name.group()[0].isupper():
        return None
    return Link(piece, degree=degree, name=name.group().strip(), birth_year=int(year.group(1)) if year else None)


def _degree(text: str) -> int | None:
    """What the row itself is: the first F of the text."""
    match = _DEGREE.search(text)
    return int(match.group(1)) if match else None


def said_degree(text: str) -> int | None:
    """The degree a cell of degrees says."""
    return _degree(text)
