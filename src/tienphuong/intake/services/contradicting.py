"""Rows that say something against what is recorded: the remark an officer reads, with both values, before and after applying."""

from collections.abc import Iterable, Sequence

from tienphuong.cases.services.disagreements import Clash, read_back
from tienphuong.cases.services.register import foresee_clashes
from tienphuong.cases.terms import Classification, Outcome
from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.corrections import CORRECTS
from tienphuong.intake.facts.facts import RowFacts
from tienphuong.intake.facts.row import Issue
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching.contradictions import contradictions
from tienphuong.registry.models import Person
from tienphuong.registry.services.contradictions import decided_values, value_of
from tienphuong.registry.terms import Aspect, PersonSex

_TARGETS = {
    Aspect.NAME: F.FULL_NAME,
    Aspect.SEX: F.SEX,
    Aspect.BIRTH: F.BIRTH,
    Aspect.NATIONALITY: F.NATIONALITY,
    Aspect.CLASSIFICATION: F.CLASSIFICATION,
    Aspect.OUTCOME: F.OUTCOME,
}
_REMEDY = "Quyết định ở “Giá trị mâu thuẫn”: giữ giá trị đang có hay lấy giá trị của dòng này."
Known = tuple[Person, RowFacts]


def clashes_of_people(known: Sequence[tuple[Person, PersonEntry]]) -> list[tuple[Clash, ...]]:
    """What each row says against the record of its person; what an officer has decided before is asked no more."""
    found = [
        (person, tuple((aspect, value_of(person, aspect), value_of(entry, aspect)) for aspect in sorted(contradictions(person, entry))))
        for person, entry in known
    ]
    return undecided(found)


def undecided(found: Sequence[tuple[Person, tuple[Clash, ...]]]) -> list[tuple[Clash, ...]]:
    """Of what rows say against records, what no officer has decided before."""
    decided = decided_values({person.pk for person, clashes in found if clashes})
    return [tuple(one for one in clashes if (person.pk, one[0].value, one[2]) not in decided) for person, clashes in found]


def foreseen_remarks(known: Sequence[Known]) -> list[list[Issue]]:
    """The remarks that rows of known people will get by being applied."""
    people = clashes_of_people([(person, facts.person or PersonEntry()) for person, facts in known])
    entries = [(person, entry, number) for number, (person, facts) in enumerate(known) for entry in facts.cases]
    foreseen = foresee_clashes([(person, entry) for person, entry, _ in entries])
    of_cases = undecided([(person, clashes) for (person, _, _), clashes in zip(entries, foreseen, strict=True)])
    found = [list(remarks(each)) for each in people]
    for (_, _, number), each in zip(entries, of_cases, strict=True):
        found[number] += remarks(each)
    return found


def remarks(found: Iterable[Clash]) -> Iterable[Issue]:
    """A clash as a remark on its row."""
    for aspect, current, reported in found:
        values = {"what": aspect.label, "current": _words(aspect, current), "reported": _words(aspect, reported)}
        reason = sentence("Trái với đã ghi ({what}): đang ghi {current}, dòng này ghi {reported}; chưa đổi hồ sơ.", **values)
        yield Issue(Severity.WARNING.value, _TARGETS[aspect].value, "", "", reason, _REMEDY)


def is_contrary(issues: Iterable[Sequence[str]]) -> bool:
    """Whether a row carries such a remark, or a cell that corrects an earlier list."""
    return any(issue[5] in (_REMEDY, CORRECTS[1]) for issue in issues)


def _words(aspect: Aspect, value: str) -> str:
    """A value as an officer reads it."""
    if aspect is Aspect.SEX:
        return PersonSex(value).label
    if aspect is Aspect.CLASSIFICATION:
        return Classification(value).label
    if aspect is Aspect.OUTCOME:
        word, day = read_back(value)
        return f"{Outcome(word).label} {day.day}/{day.month}/{day.year}" if day else str(Outcome(word).label)
    return value
