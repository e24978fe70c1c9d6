"""What the runs of a study say, under the words of forecasts."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np

from epiengine.ensemble import BANDS, Ensemble, difference, overrun, quantiles
from tienphuong.core.sentences import sentence
from tienphuong.forecast.bridge.measures import usual_settings
from tienphuong.forecast.entries import CapacityEntry, CommuneEntry, StudyEntry
from tienphuong.forecast.outcomes import Beginning, Comparison, Fit, Overrun
from tienphuong.forecast.studies import StudyError, nth
from tienphuong.forecast.terms import FLOWS, NEEDED_PLACES, Need, Series

KEPT_BY_COMMUNE = (Series.INFECTIONS, Series.CONFIRMED)


def comparison_of(
    runs: Ensemble, *, study: StudyEntry, communes_of: tuple[CommuneEntry, ...], seed: int, beginning: Beginning | None, fit: Fit | None
) -> Comparison:
    """The quantiles of everything that a report or a table shows."""
    flows = {series: runs.daily(series).sum(axis=2) for series in FLOWS}
    needs = {need: runs.used(need) for need in Need}
    return Comparison(
        study=study,
        communes_of=communes_of,
        replicates=runs.totals.shape[1],
        seed=seed,
        levels=BANDS,
        dates=tuple(study.day0 + timedelta(days=day) for day in range(study.days)),
        daily={series: quantiles(runs.daily(series)) for series in Series},
        totals={series: quantiles(total) for series, total in flows.items()},
        differences={series: difference(total, against=0) for series, total in flows.items()},
        communes={series: quantiles(runs.communes(series).sum(axis=2)) for series in KEPT_BY_COMMUNE},
        needs={need: quantiles(used) for need, used in needs.items()},
        used={need: quantiles(used.sum(axis=2)) for need, used in needs.items()},
        overruns=tuple(_overruns(study.capacities, runs)),
        beginning=beginning,
        fit=fit,
        usual=usual_settings(measure.kind for plan in study.plans for measure in (*study.common, *plan.measures)),
    )


def check_capacities(capacities: Iterable[CapacityEntry]) -> None:
    """Refuse a capacity of something that is not counted."""
    for number, capacity in enumerate(capacities, 1):
        if capacity.series not in set(Series):
            known = sentence("Chọn một trong: {known}.", known=", ".join(Series))
            raise StudyError(sentence("không có chuỗi “{series}”", series=capacity.series), where=nth("[[capacity]]", number), remedy=known)


def _overruns(capacities: Sequence[CapacityEntry], runs: Ensemble) -> Iterable[Overrun]:
    check_capacities(capacities)
    for capacity in capacities:
        series = Series(capacity.series)
        wanted = sum(runs.daily(each) for each in NEEDED_PLACES.get(series, (series,)))
        found = overrun(np.asarray(wanted), capacity=capacity.limit)
        yield Overrun(capacity, found.probability, found.first_day, found.peak)
