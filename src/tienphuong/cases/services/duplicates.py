"""Two cases of one disease in one person: one counts, the other's facts speak through it; and the way back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.states import belief_of, derive, states_of, write_beliefs
from tienphuong.core import balances
from tienphuong.core.models.records import STILL_BELIEVED


def count_once(people: Iterable[int], *, at: datetime) -> list[Case]:
    """Of the cases these records of one person have in a disease, let the first count and the others be its duplicates.

    Two cases of one record are two infections, not duplicates: the first is compared with the first, the second with the second.
    """
    cases = Case.objects.filter(person_id__in=list(people), duplicate_of=None).order_by("recorded_at", "id")
    first: dict[tuple[str, int], Case] = {}
    episodes: Counter[tuple[int, str]] = Counter()
    duplicates: list[Case] = []
    for case in cases:
        episodes[case.person_id, case.disease] += 1
        key = (case.disease, episodes[case.person_id, case.disease])
        if key in first:
            case.duplicate_of = first[key]
            duplicates.append(case)
        else:
            first[key] = case
    Case.objects.bulk_update(duplicates, ["duplicate_of"])
    # A duplicate of a duplicate would be counted by nobody: whoever pointed at it points at the first.
    for case in duplicates:
        Case.objects.filter(duplicate_of=case).update(duplicate_of=case.duplicate_of)
    _stop_counting(duplicates, at=at)
    refresh({case.duplicate_of for case in duplicates if case.duplicate_of}, at=at)
    return duplicates


def count_apart(people: Sequence[int], others: Sequence[int], *, at: datetime) -> None:
    """Undo: cases of the one group no longer hide behind cases of the other."""
    crossing = Q(person_id__in=people, duplicate_of__person_id__in=others) | Q(person_id__in=others, duplicate_of__person_id__in=people)
    hidden = list(Case.objects.filter(crossing).select_related("duplicate_of"))
    behind = {case.duplicate_of for case in hidden if case.duplicate_of}
    Case.objects.filter(pk__in=[case.pk for case in hidden]).update(duplicate_of=None)
    refresh({*behind, *hidden}, at=at)


def refresh(cases: Iterable[Case], *, at: datetime) -> None:
    """Re-derive what is believed of these cases from their records."""
    chosen = list(cases)
    states = states_of([case.pk for case in chosen])
    news = ((case, states.get(case.pk), derive(case.pk)) for case in chosen)
    write_beliefs(
        ((case.pk, case.disease, state, belief) for case, state, belief in news if state is None or belief_of(state) != belief), at=at
    )


def _stop_counting(cases: Sequence[Case], *, at: datetime) -> None:
    balances.reopen(CaseState, diseases=(case.disease for case in cases), since=at)
    held = CaseState.objects.filter(case__in=cases, known_to=STILL_BELIEVED)
    held.filter(known_from=at).delete()
    held.update(known_to=at)
