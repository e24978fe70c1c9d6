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


class HeadingGuess(NamedTuple):
    """The meanings a heading may have; none where it says what the post has no field for."""

    targets: tuple[F, ...] = ()
    score: float = 0.96


def _rule(words: str, *targets: F, also: str = "", score: float = 0.96) -> tuple[frozenset[str], frozenset[str], HeadingGuess]:
    return frozenset(words.split()), frozenset(also.split()) | _ABOUT, HeadingGuess(targets, score)


def _place(words: str, target: F) -> tuple[frozenset[str], frozenset[str], HeadingGuess]:
    return frozenset(words.split()), frozenset(_OF_PLACES.split()), HeadingGuess((target,))


# What must be said, what may stand beside it, and what that means; the first that fits.
_RULES: Final = (
    # whose: a relative, an officer; their names and telephones are not the person's
    *(_rule(f"{what} {who}", also="name number full given family member home address report") for what in ("name", "full", "given", "family", "phone", "mail", "number", "address") for who in ("kin", "officer")),
    _rule("mail", also="home member"), _rule("country", also="home address name number"), _rule("money", also="unit kind number day total"), _rule("booking", also="number day name"),
    _rule("age group", also="years"), *(_rule(f"{place} number", also="home name address") for place in ("province", "district", "commune")),
    # days the post keeps beside the row
    _rule("day entry", also="number"), _rule("day vaccine", also="start last years number end final 1 2 3 4 5"), _rule("day stay", also="start"), _rule("day transfer"),
    _rule("member number"), _rule("batch", also="number vaccine 1 2 3"), _rule("result leaving", also="before test"), _rule("result treatment", also="before test end"), _rule("day treatment", also="start"), _rule("vaccine 1", also="name"), _rule("vaccine 2", also="name"), _rule("vaccine 3", also="name"), _rule("vaccine number", also="start last 1 2 3 4 5"), _rule("vaccine total", also="number"), _rule("household size", also="number"), _rule("day planned", also="death leaving"),
    # days
    _rule("day death leaving", F.OUTCOME_ON, also="recovery"), _rule("day death recovery", F.OUTCOME_ON), _rule("day death", F.DIED_ON, also="outcome"), _rule("day recovery", F.RECOVERED_ON, also="leaving outcome"),
    _rule("day leaving", F.RECOVERED_ON, also="outcome"), _rule("day outcome", F.OUTCOME_ON, also="final"), _rule("day birth", F.BIRTH), _rule("years birth", F.BIRTH_YEAR),
    _rule("day onset", F.ONSET_ON, also="symptom start rash"), _rule("day symptom", F.ONSET_ON, also="start"), _rule("day rash", F.ONSET_ON, also="start"), _rule("onset symptom", F.ONSET_ON, also="day start"),
    _rule("day result", F.RESULT_ON, also="test sample lab"), _rule("day sample", F.SAMPLED_ON, also="taken test lab start detection"), _rule("day test taken", F.SAMPLED_ON, also="lab start"),
    _rule("day report", F.REPORTED_ON), _rule("day detection", F.DETECTED_ON, also="lab announced"), _rule("day taken sample", F.SAMPLED_ON),
    _rule("day contact last", F.LAST_CONTACT_ON), _rule("day contact", F.LAST_CONTACT_ON), _rule("day contact start", F.EXPOSURE_FROM), _rule("day contact end", F.EXPOSURE_TO), _rule("day exposure start", F.EXPOSURE_FROM), _rule("day exposure end", F.EXPOSURE_TO), _rule("day exposure last", F.EXPOSURE_TO),
    _rule("day arrival", F.ARRIVED_ON, also="home"), _rule("day quarantine start", F.QUARANTINE_FROM), _rule("day quarantine end", F.QUARANTINE_TO, also="planned"), _rule("day quarantine", F.QUARANTINE_FROM),
    _rule("quarantine start", F.QUARANTINE_FROM),
    # the person
    _rule("full", F.FULL_NAME, also="member"), _rule("name patient", F.FULL_NAME, also="full"), _rule("name member", F.FULL_NAME, also="full"),
    _rule("given", F.GIVEN_NAME, also="member"), _rule("family", F.FAMILY_NAME, also="member"), _rule("phone", F.PHONE, also="number member home address"), _rule("address location", F.COMMUNE, also="home name"),
    _rule("sex", F.SEX, also="member birth number"), _rule("age years", F.AGE, also="member"), _rule("age years months", F.AGE_UNIT), _rule("age unit", F.AGE_UNIT), _rule("age", F.AGE, also="member"),
    _rule("work", F.OCCUPATION, also="member name"), _rule("workplace", F.WORKPLACE, also="member name"), _rule("relation head", F.RELATION_TO_HEAD, also="end household"), _rule("relation", F.RELATION, also="end linked"),
    _rule("paper number", F.IDENTITY_NO, also="member national"), _rule("paper", F.IDENTITY_NO, also="member national"), _rule("national number", F.IDENTITY_NO), _rule("household head name", F.HOUSEHOLD_HEAD), _rule("household number", F.HOUSEHOLD_CODE), _rule("nation", F.NATIONALITY, also="member"),
    # where
    _rule("permanent", F.PERMANENT_ADDRESS, also="address home street"), _rule("address", F.ADDRESS, also="home temporary member street"), _rule("street", F.ADDRESS, also="home name"),
    _place("province", F.PROVINCE), _place("district", F.DISTRICT), _place("commune", F.COMMUNE), _place("hamlet", F.HAMLET),
    *(_place(f"level {rank} {beside}", target) for rank, target in (("1", F.PROVINCE), ("2", F.DISTRICT), ("3", F.COMMUNE)) for beside in ("name", "home")),
    # the illness
    _rule("death", F.DIED, F.DIED_ON, also="asked"), _rule("recovery", F.RECOVERED, F.RECOVERED_ON, also="asked"), _rule("leaving", F.RECOVERED, F.RECOVERED_ON, also="asked"),
    _rule("outcome", F.OUTCOME, also="final status 1"), _rule("final status", F.OUTCOME), _rule("symptom", F.SYMPTOMS, also="other signs asked"), _rule("class", F.CLASSIFICATION, also="final end"),
    _rule("result", F.RESULT, also="test lab sample"), _rule("temperature", F.TEMPERATURE, also="home"), _rule("cluster", F.CLUSTER, also="name number"), _rule("degree", F.DEGREE),
    _rule("vaccine", F.VACCINATION, also="asked status name"), _rule("vaccine status", F.VACCINATION),
    _rule("linked case", F.LINKED_CASE, also="number contact"), _rule("linked cases", F.LINKED_CASE, also="number contact"), _rule("linked full", F.LINKED_NAME, also="case"),
    _rule("number ministry", F.NATIONAL_NO, also="paper national"), _rule("paper ministry", F.NATIONAL_NO, also="number"), _rule("national case number", F.NATIONAL_NO),
    _rule("case number", F.CASE_NO), _rule("patient number", F.CASE_NO, score=0.9), _rule("test unit", F.METHOD, also="lab"), _rule("test kind", F.METHOD, also="lab"), _rule("detection kind", F.METHOD),
    _rule("lab name", F.LAB),
)  # fmt: skip


@lru_cache(maxsize=8192)
def composed(label: str) -> HeadingGuess | None:
    """What a heading says by its words; None where a word is not explained, or they make nothing together."""
    words = _words(label)
    return next((guess for must, may, guess in _RULES if must <= words <= must | may), None) if words else None


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
