"""Whom a row says somebody was with: a case by its number, a listed contact by their code, or a person by name."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.intake.facts.codes import own_key
from tienphuong.lists.words.links import Mention, read_mentions

_LISTED: Final = re.compile(r"[A-Z]{1,5}-F-\d-\d+")


class Link(NamedTuple):
    """One mention: `key` of a case's number or of a listed code, or a `name` with what else is said of its bearer.

    A link that is not `sure` counts when the base knows whom its `key`, else its key `also`, means; until then it is asked about.
    """

    text: str
    degree: int | None = None
    relation: str = ""
    key: str = ""
    also: str = ""
    national: bool = False
    own: bool = False
    listed: bool = False
    name: str = ""
    birth_year: int | None = None
    sure: bool = True
    patient: bool = False


class Links(NamedTuple):
    """Everybody a cell names, the degree it gives its own person, and why something of it is not understood."""

    found: tuple[Link, ...] = ()
    degree: int | None = None
    reason: str = ""


@lru_cache(maxsize=8192)
def read_links(text: str, *, sender: str, whole: bool) -> Links:
    """Everybody a cell names. `whole`: the cell holds nothing but links; elsewhere only numbers count, and names behind a degree."""
    read = read_mentions(text)
    if not whole and read.degree is None:
        return Links(tuple(_link(one, sender) for one in read.found if one.key and one.sure))
    return Links(
        tuple(_link(one, sender) for one in read.found), read.degree, read.reason if not read.found or _left_over(read.found) else ""
    )


def _left_over(found: tuple[Mention, ...]) -> bool:
    """Whether the reason is about something beside the mentions, which are asked about by themselves."""
    return all(one.sure for one in found)


def _link(one: Mention, sender: str) -> Link:
    link = Link(one.text, one.degree, one.relation, name="" if one.key else one.name, birth_year=one.birth_year)
    link = link._replace(sure=one.sure, patient=one.patient)
    if not one.key:
        return link
    key, also = (own_key(key, sender) if key.isdecimal() else key for key in (one.key, one.also))
    prefix = one.key.rpartition("-")[0]
    if prefix == "NB":
        key = "BN" + one.key[2:]
    return link._replace(
        key=key[:60], also=also[:60], national=prefix in ("BN", "NB"), own=one.key.isdecimal(), listed=bool(_LISTED.fullmatch(one.key))
    )
