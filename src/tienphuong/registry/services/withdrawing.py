"""Taking back what rows of a file said of people: who stays is described anew by the rows that are left, who does not is taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from tienphuong.core.any_of import AnyOf
from tienphuong.core.withdrawing import take_back
from tienphuong.registry.matching.reading import FactDays, no_days
from tienphuong.registry.matching.sweep import pairs_in_doubt
from tienphuong.registry.models import Address, Contradiction, Identifier, MatchProposal, Merge, Person, Phone
from tienphuong.registry.services.people import DESCRIBED
from tienphuong.registry.terms import ContradictionState, MatchState

CHUNK = 500
# What a record says of a person, and what it is when nobody said anything.
_UNKNOWN = {"birth_year", "birth_date", "household_id", "area_id"}
_BLANK: dict[str, object] = {name: None if name in _UNKNOWN else "" for name in DESCRIBED if name != "source_row"} | {"filled": {}}
# What goes with a column that a later row filled.
_WITH = {
    "full_name": ("name_key", "loose_key", "sort_key"),
    "birth_year": ("birth_precision",),
    "birth_date": ("birth_precision",),
    "area_id": ("area_path",),
}


def take_particulars_back(rows: Collection[int], *, at: datetime) -> None:
    """Take back the papers, telephones and addresses that these rows gave."""
    for kind in (Identifier, Phone, Address):
        take_back(kind, rows, at=at)


def enrolled_by(rows: Collection[int]) -> set[int]:
    """The records that these rows opened."""
    return set(Person.objects.filter(source_row__in=AnyOf(rows), withdrawn_at=None).values_list("pk", flat=True))


def take_people_back(people: Collection[int], *, at: datetime, reason: str) -> None:
    """Take records back, with the doubts about who they are."""
    Person.objects.filter(pk__in=AnyOf(people)).update(withdrawn_at=at, withdrawn_reason=reason[:300])
    doubted = Q(left_id__in=AnyOf(people)) | Q(right_id__in=AnyOf(people))
    MatchProposal.objects.filter(doubted, state=MatchState.OPEN).update(
        state=MatchState.WITHDRAWN, decided_at=at, decision_reason=reason[:300]
    )


def close_doubts(people: Collection[int], *, at: datetime, reason: str, fact_days: FactDays = no_days) -> None:
    """Close the open doubts of these people that what now stands in their records raises no more; a shared case number goes on raising one."""
    doubted = Q(left_id__in=AnyOf(people)) | Q(right_id__in=AnyOf(people))
    waiting = list(MatchProposal.objects.filter(doubted, state=MatchState.OPEN))
    doubtful = pairs_in_doubt(sorted({number for one in waiting for number in (one.left_id, one.right_id)}), fact_days=fact_days)
    over = [one.pk for one in waiting if (one.left_id, one.right_id) not in doubtful and not any("mã ca" in why for why in one.reasons)]
    MatchProposal.objects.filter(pk__in=AnyOf(over)).update(state=MatchState.WITHDRAWN, decided_at=at, decision_reason=reason[:300])


def take_questions_back(people: Collection[int], *, at: datetime, reason: str) -> None:
    """Take back the open contradictions of these people: what is still contradicted is asked again by the rows that are left."""
    rows = Contradiction.objects.filter(person_id__in=AnyOf(people), state=ContradictionState.OPEN)
    rows.update(state=ContradictionState.WITHDRAWN, decided_at=at, decision_reason=reason[:300])


def forget(people: Collection[int], rows: Collection[int]) -> set[int]:
    """Empty what these rows said in people's records; the records whose first source is among the rows are emptied whole."""
    given, emptied = frozenset(rows), set()
    found = list(Person.objects.filter(pk__in=AnyOf(people), withdrawn_at=None))
    for person in found:
        if person.source_row in given:
            _empty(person, _BLANK)
            emptied.add(person.pk)
        else:
            _empty(person, _filled_by(person, given))
    Person.objects.bulk_update(found, list(_BLANK), batch_size=CHUNK)
    return emptied


def decided_by_hand(people: Collection[int]) -> set[int]:
    """Of these people, those of whom an officer has settled what is true of them: their description stays as they left it."""
    settled = Contradiction.objects.filter(
        state__in=(ContradictionState.KEPT, ContradictionState.TAKEN), disease="", person_id__in=AnyOf(people)
    )
    return set(settled.values_list("person_id", flat=True))


def merged_by_hand(people: Collection[int]) -> set[int]:
    """Of these people, those an officer has merged with another record."""
    merges = Merge.objects.filter(undone_at=None, source_row=None)
    found = set(merges.filter(kept_id__in=AnyOf(people)).values_list("kept_id", flat=True))
    return found | set(merges.filter(absorbed_id__in=AnyOf(people)).values_list("absorbed_id", flat=True))


def merges_of_rows(rows: Collection[int]) -> Sequence[Merge]:
    """The merges that these rows told and no officer decided."""
    return list(Merge.objects.filter(undone_at=None, source_row__in=AnyOf(rows)).order_by("-at", "-id"))


def records_of(people: Collection[int]) -> set[int]:
    """The numbers of all records that stand for these people."""
    apart = Person.objects.filter(pk__in=AnyOf(people), identity_id__isnull=False)
    speakers = set(people) | set(apart.values_list("identity_id", flat=True))
    return speakers | set(Person.objects.filter(identity_id__in=AnyOf(speakers)).values_list("pk", flat=True))


def _filled_by(person: Person, rows: frozenset[int]) -> dict[str, object]:
    """The columns of a record that rows among these filled, with what goes with them, each with its empty value."""
    columns = [column for column, row in person.filled.items() if row in rows]
    emptied = {name: _BLANK[name] for column in columns for name in (column, *_WITH.get(column, ()))}
    return {**emptied, "filled": {column: row for column, row in person.filled.items() if row not in rows}}


def _empty(person: Person, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(person, name, dict(value) if isinstance(value, dict) else value)
