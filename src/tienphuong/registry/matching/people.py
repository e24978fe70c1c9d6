"""Whether the post knows the people of a batch of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.matching.blocks import Blocks
from tienphuong.registry.matching.decisions import Scored, Verdict, Who, decide
from tienphuong.registry.matching.earlier import Earlier
from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.matching.reading import CaseNumbers, FactDays, Records, no_days, profile_of
from tienphuong.registry.matching.rules import compare
from tienphuong.registry.matching.terms import MatchKind
from tienphuong.registry.models import Person


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the row may be: a person of the post, or an earlier row of the batch; with the score in bits and why."""

    person: Person | None
    entry_index: int | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchDecision:
    """What became of one row. `person` is set when known; `entry_index` when an earlier row of the batch is the same person.

    A row in doubt has its candidates, best first: an officer chooses, or it becomes a new person with a proposal beside it.
    """

    kind: MatchKind
    person: Person | None = None
    entry_index: int | None = None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()


def match_people(
    entries: Sequence[PersonEntry], *, case_numbers: CaseNumbers | None = None, fact_days: FactDays = no_days
) -> list[MatchDecision]:
    """For each row: a person the post knows, an earlier row of the same batch, a doubt, or somebody new. Writes nothing.

    `case_numbers` gives the numbers of the people behind case-number keys, of the disease and the numbering the caller means, `fact_days` the days
    of their samples and detection.
    """
    profiles = [profile_of(entry) for entry in entries]
    blocks = Blocks(profiles, case_numbers=case_numbers, fact_days=fact_days)
    records = (
        Records(set().union(*blocks.found), case_numbers=blocks.cases_of, fact_days=fact_days) if profiles else Records((), case_numbers={})
    )
    verdicts = _verdicts(profiles, blocks, records)
    people = Person.objects.in_bulk({each.who[1] for verdict in verdicts for each in verdict.candidates if each.who[0] == "person"})
    return [_decision(verdict, people) for verdict in verdicts]


def _verdicts(profiles: Sequence[Profile], blocks: Blocks, records: Records) -> list[Verdict]:
    """One verdict a row, in order: a later row may be the same person as an earlier one, wherever that one ended."""
    verdicts: list[Verdict] = []
    ended: list[Who] = []
    joined: dict[Who, list[int]] = defaultdict(list)
    earlier = Earlier()
    shared = shared_phones([*records.profiles.values(), *profiles])
    for i, profile in enumerate(profiles):
        around = blocks.around(i, shared_phones=shared)
        scored = [
            Scored(("person", records.identities[pk]), ("person", pk), compare(profile, records.profiles[pk], around))
            for pk in sorted(blocks.found[i])
            if pk in records.profiles
        ]
        scored += [Scored(ended[j], ("entry", j), compare(profile, profiles[j], around)) for j in sorted(earlier.like(profile))]
        # Whoever gave a record without a name their own is compared too, though they share no number with this row.
        tied = sorted({each.who for each in scored if each.comparison.nameless})
        scored += [Scored(who, ("entry", j), compare(profile, profiles[j], around)) for who in tied for j in joined[who]]
        verdict = decide(scored)
        linked = verdict.kind in (MatchKind.KNOWN, MatchKind.SAME_AS_ENTRY)
        verdicts.append(verdict)
        ended.append(verdict.candidates[0].who if linked else ("entry", i))
        if profile.name_key:
            joined[ended[i]].append(i)
        earlier.remember(i, profile)
    return verdicts


def shared_phones(profiles: Iterable[Profile]) -> frozenset[str]:
    """The telephones that people of several names gave: a family's, a neighbour's or a station's."""
    names: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        for phone in profile.phones if profile.loose_key else ():
            names[phone].add(profile.loose_key)
    return frozenset(phone for phone, given in names.items() if len(given) > 1)


def _decision(verdict: Verdict, people: dict[int, Person]) -> MatchDecision:
    candidates = tuple(_candidates(verdict.candidates, people))
    linked = candidates[0] if verdict.kind in (MatchKind.KNOWN, MatchKind.SAME_AS_ENTRY) else None
    return MatchDecision(
        kind=verdict.kind,
        person=linked.person if linked else None,
        entry_index=linked.entry_index if linked else None,
        candidates=candidates,
        reasons=verdict.reasons,
    )


def _candidates(scored: Iterable[Scored], people: dict[int, Person]) -> Iterable[Candidate]:
    for each in scored:
        kind, number = each.who
        person, entry_index = (people[number], None) if kind == "person" else (None, number)
        yield Candidate(person, entry_index, each.comparison.score, each.comparison.reasons)
