"""What a row becomes in the base: one pair for each thing it says, an official word of its sort and the word or code that goes with it."""

from collections.abc import Iterator
from typing import Final

from tienphuong.cases.entries import CaseEntry
from tienphuong.core.choices import LabelledChoice
from tienphuong.intake.facts.contacts import LinkedContact
from tienphuong.intake.facts.corrections import DENIES
from tienphuong.intake.facts.facts import RowFacts
from tienphuong.intake.facts.row import NOT_UNDERSTOOD
from tienphuong.intake.facts.unused import POSITIVE_BEYOND, UNWRITTEN


class Becomes(LabelledChoice):
    """The sorts of things a row may become."""

    ASKED = "asked", "hỏi cán bộ", "asked"
    CASE = "case", "ca bệnh", "case"
    UNCLASSIFIED = "unclassified", "hồ sơ chưa phân loại, chưa tính là ca", "not classified, not counted"
    OUTCOME = "outcome", "kết cục", "outcome"
    CONTACT = "contact", "tiếp xúc", "contact"
    SAMPLE = "sample", "mẫu xét nghiệm", "sample"
    STAY = "stay", "cách ly", "quarantine"
    ARRIVAL = "arrival", "về từ vùng dịch", "returnee"
    FOLLOW_UP = "follow_up", "theo dõi sức khỏe", "follow-up"
    EVENT = "event", "mốc dịch tễ", "exposure event"
    PERSON = "person", "chỉ ghi người", "person only"
    FIGURES = "figures", "số liệu xã báo cáo", "submitted figures"
    NOTHING = "nothing", "không ghi", "nothing"


Pair = tuple[str, str]
_SHOWN: Final = 60
_QUESTIONS: Final = frozenset({NOT_UNDERSTOOD[0], UNWRITTEN[0], POSITIVE_BEYOND[0], DENIES[0]})


def becomes_of(facts: RowFacts) -> list[Pair]:
    """Every thing the row becomes, questions first."""
    if facts.refused:
        return [(Becomes.NOTHING, "")]
    found = [*_asked(facts), *_cases(facts), *_contacts(facts.contacts), *_others(facts)]
    return found if any(sort != Becomes.ASKED for sort, _ in found) or facts.person is None else [*found, (Becomes.PERSON, "")]


def _asked(facts: RowFacts) -> Iterator[Pair]:
    return ((Becomes.ASKED, issue.value[:_SHOWN]) for issue in facts.issues if issue.reason in _QUESTIONS)


def _cases(facts: RowFacts) -> Iterator[Pair]:
    for case in facts.cases:
        yield from _case(case, sampled=bool(facts.labs))


def _case(case: CaseEntry, *, sampled: bool) -> Iterator[Pair]:
    """The case; beside a sample its class is what the sample says."""
    if case.classification or not sampled:
        yield (Becomes.CASE, case.classification) if case.classification else (Becomes.UNCLASSIFIED, "")
    if case.outcome:
        yield Becomes.OUTCOME, case.outcome


def _contacts(contacts: list[LinkedContact]) -> Iterator[Pair]:
    for contact in contacts:
        yield Becomes.CONTACT, contact.link.text[:_SHOWN] if contact.link else ""


def _others(facts: RowFacts) -> Iterator[Pair]:
    yield from ((Becomes.SAMPLE, lab.result) for lab in facts.labs)
    yield from ((Becomes.STAY, stay.form) for stay in facts.stays)
    yield from ((Becomes.FOLLOW_UP, check.state) for check in facts.follow_ups)
    yield from ((Becomes.ARRIVAL, arrival.from_place[:_SHOWN]) for arrival in facts.arrivals)
    if facts.event is not None:
        yield Becomes.EVENT, facts.event.place[:_SHOWN]
