"""Two cases of one disease in one person: one counts, the other's facts speak through it; and the way back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.states import belief_of, derived, states_of, write_states
from tienphuong.core import balances
from tienphuong.core.any_of import AnyOf
from tienphuong.core.models.records import OPEN_END
from tienphuong.registry.models import Merge
from tienphuong.registry.services.identities import merges_of


def count_once(people: Iterable[int], *, at: datetime) -> list[Case]:
    """Let each infection of these people count once, as the merges of their records in force say; the cases of which that changed.

    Of two records that were merged, the first case of the one is compared with the first of the other, the second with the second: the
    earlier counts, the later is its duplicate. A case opened after the merge was known to be another infection when it was opened.
    """
    records = set(people)
    cases = list(Case.objects.filter(person_id__in=AnyOf(records)).order_by("recorded_at", "id"))
    behind = _hidden(cases, merges_of(records))
    changed = [case for case in cases if case.duplicate_of_id != behind.get(case.pk)]
    concerned = {pk for case in changed for pk in (case.duplicate_of_id, behind.get(case.pk)) if pk} - {case.pk for case in changed}
    for case in changed:
        case.duplicate_of_id = behind.get(case.pk)
    Case.objects.bulk_update(changed, ["duplicate_of"])
    refresh([*changed, *Case.objects.filter(pk__in=AnyOf(concerned))], at=at)
    return changed


def _hidden(cases: Sequence[Case], merges: Sequence[Merge]) -> dict[UUID, UUID]:
    """Of cases, oldest first, those that are not counted, each with the one that counts for it."""
    counted: defaultdict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in cases:
        counted[case.person_id, case.disease].append(case)
    canonical, behind = {case.person_id: case.person_id for case in cases}, dict[UUID, UUID]()
    for done in merges:
        kept, absorbed = (canonical.get(number, number) for number in (done.kept_id, done.absorbed_id))
        for disease in {case.disease for case in cases}:
            mine, theirs = counted[kept, disease], counted.pop((absorbed, disease), [])
            then = ([case for case in side if case.pk < done.pk] for side in (mine, theirs))
            pairs = [sorted(pair, key=_came) for pair in zip(*then, strict=False)]
            behind |= {later.pk: first.pk for first, later in pairs}
            counted[kept, disease] = sorted((case for case in (*mine, *theirs) if case.pk not in behind), key=_came)
        canonical = {number: kept if canonical_id == absorbed else canonical_id for number, canonical_id in canonical.items()} | {
            absorbed: kept
        }
    return {case: _end(case, behind) for case in behind}


def _came(case: Case) -> tuple[datetime, UUID]:
    return case.recorded_at, case.pk


def _end(case: UUID, behind: Mapping[UUID, UUID]) -> UUID:
    """The case that counts, behind however many: a duplicate of a duplicate would be counted by nobody."""
    while case in behind:
        case = behind[case]
    return case


def refresh(cases: Iterable[Case], *, at: datetime) -> int:
    """Derive what is believed of these cases from their records again, and believe nothing of duplicates; says of how many it was wrong."""
    chosen = {case.pk: case for case in cases}
    states = states_of(list(chosen))
    counted = {case.pk: case for case in chosen.values() if case.duplicate_of_id is None}
    statement = derived(counted)
    news = [case for case in counted.values() if case.pk not in states or belief_of(states[case.pk]) != statement[case.pk]]
    write_states(((case.pk, case.disease, states.get(case.pk), statement[case.pk]) for case in news), at=at)
    hidden = [case for pk, case in chosen.items() if pk in states and pk not in counted]
    if hidden:
        _stop_counting(hidden, at=at)
    return len(news) + len(hidden)


def _stop_counting(cases: Sequence[Case], *, at: datetime) -> None:
    balances.reopen(CaseState, diseases=(case.disease for case in cases), since=at)
    current = CaseState.objects.filter(case__in=cases, known_to=OPEN_END)
    current.filter(known_from=at).delete()
    current.update(known_to=at)
