"""All that a post holds, written so that two lives of it can be laid side by side; and what hangs in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import AutoField, Field, ForeignKey, Model, UUIDField
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tienphuong.cases.services.answers import wrong_answers
from tienphuong.cases.services.states import wrong_cases
from tienphuong.core import audit
from tienphuong.core.alone import is_locked
from tienphuong.core.models import Night, UnfinishedAct
from tienphuong.core.policy import pack
from tienphuong.intake.services.stopping import unfinished_files
from tienphuong.procedures.close_books import wrong_closings
from tienphuong.registry.models import Person
from tienphuong.registry.services.identities import wrong_identities
from tienphuong.tracing.services.degrees import recheck

State = Counter[str]
_NUMBERS = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b|\b[0-9a-f]{32,64}\b")
_YEAR_OF_MACHINES = 2024
"""Moments from here on are of the machine's clock, which no two lives share; those of the post's are of 2021."""
_REPEATED = 'act="degrees.rechecked"'
"""A check that was begun twice has looked twice, and the audit says so each time."""
_DRAWN = {"touched": "people's numbers", "worker_ids": "workers"}
_POINTING = {"source_row"}
"""Numbers of rows without a foreign key."""


def state() -> State:
    """Every row of every table of the post in words that do not depend on numbers drawn anew: people by name, moments of the machine as such."""
    people = dict(Person.objects.values_list("pk", "full_name"))
    lines = Counter(line for model in _tables() for line in _lines(model, people))
    return Counter({line: 1 if _REPEATED in line else count for line, count in lines.items()})


def _tables() -> list[type[Model]]:
    return [
        model for model in apps.get_models() if model._meta.managed and model.__module__.startswith("tienphuong.") and not _is_area(model)
    ]


def _is_area(model: type[Model]) -> bool:
    """The reference list of areas is loaded once and written by no act."""
    return model._meta.label.startswith("registry.Area") or model._meta.label.startswith("registry.Succession")


def _lines(model: type[Model], people: dict[int, str]) -> Iterator[str]:
    columns = [
        column for column in model._meta.concrete_fields if column.name != "sequence" and not isinstance(column, AutoField | UUIDField)
    ]
    for row in model._default_manager.values_list(*(column.attname for column in columns)).iterator(chunk_size=2000):
        said = (f"{column.attname}={_word(column, value, people)}" for column, value in zip(columns, row, strict=True))
        yield f"{model._meta.label}: {'; '.join(said)}"


def _word(column: Field[Any, Any], value: Any, people: dict[int, str]) -> str:
    if column.attname in _DRAWN:
        return f"{len(value)} {_DRAWN[column.attname]}"
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} sealed bytes"  # sealed anew each time
    if column.attname in _POINTING and value is not None:
        return "some"
    if isinstance(column, ForeignKey) and value is not None:
        return people.get(value, "?") if column.related_model is Person else "some"
    if isinstance(value, datetime):
        return "machine" if _YEAR_OF_MACHINES < value.year < 9999 else value.isoformat()
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return _NUMBERS.sub("#", text)


def lost_and_doubled(known: State, seen: State) -> tuple[list[str], list[str]]:
    """What an undisturbed life has and this one has not; what this one has beyond it."""
    return list((known - seen).elements()), list((seen - known).elements())


def hanging() -> list[str]:
    """What would never end: files being read or written, jobs, acts, nights, locks that a process still holds, broken links of the audit."""
    jobs = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).count()
    summary = {"files": len(unfinished_files()), "jobs": jobs, "acts": UnfinishedAct.objects.count()}
    summary |= {"nights": Night.objects.filter(checked_at=None).count(), "locks": sum(map(is_locked, _locks()))}
    summary |= {"audit": sum(1 for _ in audit.faults()), "half-written files": len(list(Path(settings.VAR).rglob("*.part")))}
    return [f"{count} {name}" for name, count in summary.items() if count]


def _locks() -> list[Path]:
    return [path for path in (Path(settings.VAR) / "locks").rglob("*") if path.is_file()]


def two_minds(disease: str, policy: str) -> list[str]:
    """Where a belief differs from its derivation from scratch, by the night's own questions; the night itself would mend it."""
    summary = {"identities": wrong_identities(), "cases": list(wrong_cases()), "answers": list(wrong_answers())}
    summary |= {"degrees": recheck(policy=pack(policy).disease(disease)), "closings": wrong_closings()}
    return [f"{name}: {len(found)}" for name, found in summary.items() if found]
