"""A forecast in a line of a list: when each thing runs out, plan by plan; of many plans only the worst and the best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

FEW = 3


@dataclass(frozen=True)
class Headline:
    """One plan's answer: the median first day (None: it never happened), and in how many of the runs it did."""

    plan: str
    first_day: date | None
    probability: float


def headlines(kept: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Headline]]]:
    """By what runs out, its lines."""
    return [(name, _lines([_headline(one) for one in group])) for name, group in groupby(kept, key=lambda one: one["name"])]


def _headline(kept: Mapping[str, Any]) -> Headline:
    day = kept["first_day"]
    return Headline(kept["plan"], date.fromisoformat(day) if day else None, kept["probability"])


def _lines(plans: list[Headline]) -> list[Headline]:
    if len(plans) <= FEW:
        return plans
    ordered = sorted(plans, key=lambda one: (-one.probability, one.first_day or date.max))
    worst, best = ordered[0], ordered[-1]
    return [
        Headline(_("Xấu nhất, %(plan)s") % {"plan": worst.plan}, worst.first_day, worst.probability),
        Headline(_("Tốt nhất, %(plan)s") % {"plan": best.plan}, best.first_day, best.probability),
    ]
