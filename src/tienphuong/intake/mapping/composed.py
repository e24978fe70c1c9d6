"""What a heading says by the words it is made of: every word accounted for, or nothing is said.

`date_of_onset_symptoms`, `fecha inicio síntomas`, `Ngày có triệu chứng đầu tiên` and `発症_年月日` are one meaning in other words. A word nobody explained
may turn the meaning round, so a heading with one is left to the looser comparison, which asks.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tienphuong.core.text.fold import fold

from .terms import TargetField as F
from .vocabulary import LONGEST, LONGEST_SIGNS, VOCABULARY

_TOKEN: Final = re.compile(r"[a-z]+|\d+|[^\x00-\x7f]+")
# A number or the code of the question before the words: `12. Nghề nghiệp`, `EGEN_055 Date`, `CBS - Outcome`; `DT_1_DOSE` is no such code.
_QUESTION: Final = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|(?!DT_)[A-Z]{1,6}_?\d{1,4}[\s_.:-]+(?=[A-Za-z]{3})|[A-Z]{3,6}\s+-\s+)")
# `Addresses [1] Location`: the first entry of a list.
_ENTRY: Final = re.compile(r"\[[01]\]")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ABOUT: Final = frozenset({"patient", "person", "case", "local"})
# `region of case` may be the office's that the case belongs to.
_OF_PLACES: Final = "patient person home address temporary name"


class Said(NamedTuple):
    """The meanings a heading may have; none where it says what the post has no field for."""

    targets: tuple[F, ...] = ()
    score: float = 0.96


def _said(words: str, *targets: F, also: str = "", score: float = 0.96) -> tuple[frozenset[str], frozenset[str], Said]:
    return frozenset(words.split()), frozenset(also.split()) | _ABOUT, Said(targets, score)


def _place(words: str, target: F) -> tuple[frozenset[str], frozenset[str], Said]:
    return frozenset(words.split()), frozenset(_OF_PLACES.split()), Said((target,))


# What must be said, what may stand beside it, and what that means; the first that fits.
_RULES: Final = (
    # whose: a relative, an officer; their names and telephones are not the person's
    *(_said(f"{what} {who}", also="name number full given family member home address report") for what in ("name", "full", "given", "family", "phone", "mail", "number", "address") for who in ("kin", "officer")),
    _said("mail", also="home member"), _said("country", also="home address name number"), _said("money", also="unit kind number day total"), _said("booking", also="number day name"),
    _said("age group", also="years"), *(_said(f"{place} number", also="home name address") for place in ("province", "district", "commune")),
    # days the post keeps beside the row
    _said("day entry", also="number"), _said("day vaccine", also="start last years number end final 1 2 3 4 5"), _said("day stay", also="start"), _said("day transfer"),
    _said("member number"), _said("batch", also="number vaccine 1 2 3"), _said("result leaving", also="before test"), _said("result treatment", also="before test end"), _said("day treatment", also="start"), _said("vaccine 1", also="name"), _said("vaccine 2", also="name"), _said("vaccine 3", also="name"), _said("vaccine number", also="start last 1 2 3 4 5"), _said("vaccine total", also="number"), _said("household size", also="number"), _said("day planned", also="death leaving"),
    # days
    _said("day death leaving", F.OUTCOME_ON, also="recovery"), _said("day death recovery", F.OUTCOME_ON), _said("day death", F.DIED_ON, also="outcome"), _said("day recovery", F.RECOVERED_ON, also="leaving outcome"),
    _said("day leaving", F.RECOVERED_ON, also="outcome"), _said("day outcome", F.OUTCOME_ON, also="final"), _said("day birth", F.BIRTH), _said("years birth", F.BIRTH_YEAR),
    _said("day onset", F.ONSET_ON, also="symptom start rash"), _said("day symptom", F.ONSET_ON, also="start"), _said("day rash", F.ONSET_ON, also="start"), _said("onset symptom", F.ONSET_ON, also="day start"),
    _said("day result", F.RESULT_ON, also="test sample lab"), _said("day sample", F.SAMPLED_ON, also="taken test lab start detection"), _said("day test taken", F.SAMPLED_ON, also="lab start"),
    _said("day report", F.REPORTED_ON), _said("day detection", F.DETECTED_ON, also="lab announced"), _said("day taken sample", F.SAMPLED_ON),
    _said("day contact last", F.LAST_CONTACT_ON), _said("day contact", F.LAST_CONTACT_ON), _said("day contact start", F.EXPOSURE_FROM), _said("day contact end", F.EXPOSURE_TO), _said("day exposure start", F.EXPOSURE_FROM), _said("day exposure end", F.EXPOSURE_TO), _said("day exposure last", F.EXPOSURE_TO),
    _said("day arrival", F.ARRIVED_ON, also="home"), _said("day quarantine start", F.QUARANTINE_FROM), _said("day quarantine end", F.QUARANTINE_TO, also="planned"), _said("day quarantine", F.QUARANTINE_FROM),
    _said("quarantine start", F.QUARANTINE_FROM),
    # the person
    _said("full", F.FULL_NAME, also="member"), _said("name patient", F.FULL_NAME, also="full"), _said("name member", F.FULL_NAME, also="full"),
    _said("given", F.GIVEN_NAME, also="member"), _said("family", F.FAMILY_NAME, also="member"), _said("phone", F.PHONE, also="number member home address"), _said("address location", F.COMMUNE, also="home name"),
    _said("sex", F.SEX, also="member birth number"), _said("age years", F.AGE, also="member"), _said("age years months", F.AGE_UNIT), _said("age unit", F.AGE_UNIT), _said("age", F.AGE, also="member"),
    _said("work", F.OCCUPATION, also="member name"), _said("workplace", F.WORKPLACE, also="member name"), _said("relation head", F.RELATION_TO_HEAD, also="end household"), _said("relation", F.RELATION, also="end linked"),
    _said("paper number", F.IDENTITY_NO, also="member national"), _said("paper", F.IDENTITY_NO, also="member national"), _said("national number", F.IDENTITY_NO), _said("household head name", F.HOUSEHOLD_HEAD), _said("household number", F.HOUSEHOLD_CODE), _said("nation", F.NATIONALITY, also="member"),
    # where
    _said("permanent", F.PERMANENT_ADDRESS, also="address home street"), _said("address", F.ADDRESS, also="home temporary member street"), _said("street", F.ADDRESS, also="home name"),
    _place("province", F.PROVINCE), _place("district", F.DISTRICT), _place("commune", F.COMMUNE), _place("hamlet", F.HAMLET),
    *(_place(f"level {rank} {beside}", target) for rank, target in (("1", F.PROVINCE), ("2", F.DISTRICT), ("3", F.COMMUNE)) for beside in ("name", "home")),
    # the illness
    _said("death", F.DIED, F.DIED_ON, also="asked"), _said("recovery", F.RECOVERED, F.RECOVERED_ON, also="asked"), _said("leaving", F.RECOVERED, F.RECOVERED_ON, also="asked"),
    _said("outcome", F.OUTCOME, also="final status 1"), _said("final status", F.OUTCOME), _said("symptom", F.SYMPTOMS, also="other signs asked"), _said("class", F.CLASSIFICATION, also="final end"),
    _said("result", F.RESULT, also="test lab sample"), _said("temperature", F.TEMPERATURE, also="home"), _said("cluster", F.CLUSTER, also="name number"), _said("degree", F.DEGREE),
    _said("vaccine", F.VACCINATION, also="asked status name"), _said("vaccine status", F.VACCINATION),
    _said("linked case", F.LINKED_CASE, also="number contact"), _said("linked cases", F.LINKED_CASE, also="number contact"), _said("linked full", F.LINKED_NAME, also="case"),
    _said("number ministry", F.NATIONAL_NO, also="paper national"), _said("paper ministry", F.NATIONAL_NO, also="number"), _said("national case number", F.NATIONAL_NO),
    _said("case number", F.CASE_NO), _said("patient number", F.CASE_NO, score=0.9), _said("test unit", F.METHOD, also="lab"), _said("test kind", F.METHOD, also="lab"), _said("detection kind", F.METHOD),
    _said("lab name", F.LAB),
)  # fmt: skip


@lru_cache(maxsize=8192)
def composed(label: str) -> Said | None:
    """What a heading says by its words; None where a word is not explained, or they make nothing together."""
    words = _words(label)
    return next((said for must, may, said in _RULES if must <= words <= must | may), None) if words else None


def _words(label: str) -> frozenset[str]:
    """What the words of a heading say, the small ones apart; empty where one of them is not known."""
    text = fold(_CAMEL.sub(" ", _QUESTION.sub("", _ENTRY.sub(" ", label))).replace("_", " "))
    tokens = [part for token in _TOKEN.findall(text) for part in (_cut(token) if not token.isascii() else [token])]
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        size = next((n for n in range(min(LONGEST, len(tokens) - at), 0, -1) if " ".join(tokens[at : at + n]) in VOCABULARY), 0)
        if not size and not tokens[at].isdecimal():
            return frozenset()
        found.add(VOCABULARY[" ".join(tokens[at : at + size])] if size else tokens[at])
        at += size or 1
    return frozenset(found - {""})


def _cut(text: str) -> list[str]:
    """A text without blanks as the longest words that fit; as it is where none does."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        size = next((n for n in range(min(LONGEST_SIGNS, len(text) - at), 0, -1) if text[at : at + n] in VOCABULARY), 0)
        if not size:
            return [text]
        parts.append(text[at : at + size])
        at += size
    return parts
