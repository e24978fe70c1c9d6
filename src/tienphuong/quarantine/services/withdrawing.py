"""Taking back the stays that rows of a file gave."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from tienphuong.core.any_of import AnyOf
from tienphuong.core.withdrawing import stop_believing, take_back
from tienphuong.quarantine.models import Stay, StayState


def take_stays_back(rows: Collection[int], *, at: datetime) -> set[int]:
    """Take back these rows' stays and what was believed of them; the people."""
    stays = take_back(Stay, rows, at=at, columns=("pk", "person_id"))
    stop_believing(StayState, Q(stay_id__in=AnyOf([stay for stay, _ in stays])), at=at)
    return {person for _, person in stays}


def placed_by_hand(people: Collection[int], *, since: datetime) -> set[int]:
    """Of these people, those to whom an officer has given a place since."""
    rows = Stay.objects.filter(source_row=None, recorded_at__gte=since, person_id__in=AnyOf(people))
    return set(rows.values_list("person_id", flat=True))
