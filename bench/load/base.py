"""The base under load, its officers and what they will ask; and afterwards, whether every acknowledged write is there once.

Run as a process of its own (python -m bench.load.base prepare|check FILE), because settings are read once, from its environment.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

DAY = "2021-09-30"
PASSWORD = "muoi-hai-chu-mot-bai-do"
PEOPLE, PLACES = 200, 40


def main() -> None:
    """Makes the base and writes the plan, or reads the writes and prints what became of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    import django

    django.setup()
    task, file, *more = sys.argv[1:]
    measured = (
        plan(int(more[0]), officers=int(more[1]), writes=int(more[2])) if task == "prepare" else found(json.loads(Path(file).read_text()))
    )
    Path(file).write_text(json.dumps(measured))


def plan(cases: int, *, officers: int, writes: int) -> dict[str, Any]:
    """Whose sessions there are, and the people and communes that are asked for and written about."""
    from bench.lists_base import prepared

    city = prepared(cases)
    night()
    return {
        "officers": [officer(number, city) for number in range(officers)],
        "password": PASSWORD,
        "people": cases_of(),
        "due": due(city, writes),
        "communes": communes(city),
        "day": DAY,
    }


def night() -> None:
    """The check of the night counts as done, as on any day at work. It may not be: a base written in bulk has degrees nobody derived."""
    from bench.board import LAST

    from tienphuong.core import audit
    from tienphuong.core.access.viewer import system_viewer
    from tienphuong.jobs.schedule import night_check_due

    if night_check_due(LAST):
        audit.record("night.checked", actor=system_viewer(), at=LAST)


def officer(number: int, city: str) -> str:
    """One who sees the whole base, which is the most that can be asked, with the rights of a health station."""
    from tienphuong.core.models import Appointment, User

    name = f"tai{number}"
    user, made = User.objects.get_or_create(username=name, defaults={"full_name": f"Cán bộ {number}"})
    user.set_password(PASSWORD)
    user.save()
    if made:
        Appointment.objects.create(user=user, role="health_station", area_path=city, area_name="Hà Nội", valid_from=date(2020, 1, 1))
    return name


def cases_of() -> list[str]:
    """Some people who are cases."""
    from tienphuong.registry.models import Person

    return [str(uid) for uid in Person.objects.filter(pk__lte=PEOPLE).order_by("pk").values_list("uid", flat=True)]


def due(city: str, writes: int) -> list[str]:
    """Contacts under watch on the day whom nobody has asked after yet: one for each write, so that each is news."""
    from bench.board import DISEASE, LAST

    from tienphuong.tracing.models import DegreeRecord, FollowUp

    asked = FollowUp.objects.filter(disease=DISEASE, day=DAY).values("person_id")
    rows = DegreeRecord.objects.filter(disease=DISEASE, degree__gte=1, known_to__gt=LAST, area_path__startswith=city)
    rows = rows.exclude(person_id__in=asked).order_by("-last_exposure", "pk")
    found = [str(uid) for uid in rows.values_list("person__uid", flat=True)[:writes]]
    assert len(found) == writes, f"a base of this size has {len(found)} people to write about, {writes} are wanted"
    return found


def communes(city: str) -> list[str]:
    """Communes spread over the city."""
    from tienphuong.registry.models import Area

    paths = list(
        Area.objects.filter(level="commune", code_system="gso-2019", path__startswith=city).order_by("path").values_list("path", flat=True)
    )
    return paths[:: max(1, len(paths) // PLACES)][:PLACES]


def found(writes: dict[str, list[Any]]) -> dict[str, dict[str, int]]:
    """How many of the writes are there once, more than once, and not at all; of the acknowledged and of the others."""
    from tienphuong.reports.models import Submission
    from tienphuong.tracing.models import FollowUp

    checks = Counter(str(act) for act in FollowUp.everything.exclude(act_id=None).values_list("act_id", flat=True))
    figures = Counter(said["cases_total"] for said in Submission.everything.values_list("figures", flat=True))
    times = {kind: [checks[key] if isinstance(key, str) else figures[key] for key in keys] for kind, keys in writes.items()}
    return {
        kind: {"acknowledged": len(several), "once": several.count(1), "lost": several.count(0), "doubled": sum(one > 1 for one in several)}
        for kind, several in times.items()
    }


if __name__ == "__main__":
    main()
