"""The answers a commander looks for: on which day what there is runs out under each plan, and how surely."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tienphuong.forecast.outcomes import Comparison, Overrun
from tienphuong.reports.forecasting.figures import NOTHING, band, day_at, number, percent, sentence_case

#: Below the first it is told as enough, from the second on as not enough; between, as doubtful.
SELDOM, MOSTLY = 0.05, 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """One plan's answer: how bad it is (danger, warning, success), the verdict in words, the day with its 90 % range, the peak."""

    plan: str
    level: str
    verdict: str
    chance: str
    first_day: str
    between: str
    peak: str


@dataclass(frozen=True, slots=True)
class Question:
    """On which day something runs out: what there is of it, who says so, and the answer of each plan."""

    asked: str
    limit: str
    source: str
    answers: tuple[Answer, ...]


def questions(found: Comparison, *, language: str) -> tuple[Question, ...]:
    """One question for each capacity of the study; called with the page's language already chosen."""
    return tuple(
        Question(
            asked=sentence_case(_("%(name)s hết ngày nào? Xác suất bao nhiêu?") % {"name": over.capacity.name}),
            limit=number(over.capacity.limit, language=language),
            source=over.capacity.source,
            answers=tuple(_answers(found, over, language)),
        )
        for over in found.overruns
    )


def _answers(found: Comparison, over: Overrun, language: str) -> Iterator[Answer]:
    for plan, name in enumerate(found.plans):
        low, middle, high = (day_at(over.first_day[level, plan], dates=found.dates, language=language) for level in (0, 2, 4))
        level, verdict = _verdict(float(over.probability[plan]))
        yield Answer(
            plan=name,
            level=level,
            verdict=verdict,
            chance=percent(over.probability[plan]),
            first_day=middle,
            between=NOTHING if low == NOTHING else low if low == high else f"{low} – {high}",
            peak=band(over.peak[:, plan], language=language),
        )


def _verdict(probability: float) -> tuple[str, str]:
    if probability < SELDOM:
        return "success", _("đủ")
    return ("danger", _("không đủ")) if probability >= MOSTLY else ("warning", _("có thể không đủ"))
