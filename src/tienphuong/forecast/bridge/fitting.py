"""Matching transmission to what was counted before day 0: ABC-SMC over runs that begin with the records as they were then."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import numpy as np

from epiengine.calibrate import Posterior, Prior, abc_smc, epidemic_model
from epiengine.calibrate.abc_smc import Mapper
from epiengine.ensemble import BANDS, replicate_seed
from epiengine.simulate import Disease, Run
from tienphuong.core.sentences import sentence
from tienphuong.forecast.bridge.beginnings import from_records
from tienphuong.forecast.bridge.measures import measure_of
from tienphuong.forecast.bridge.people import town_of
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, StudyEntry
from tienphuong.forecast.outcomes import Fit, Float64
from tienphuong.forecast.progress import Progress, no_progress
from tienphuong.forecast.studies import StudyError
from tienphuong.forecast.terms import Step

# half to double is two thirds of the prior
PRIOR = Prior.lognormal("transmission", 1.0, 0.7)
# counts of single days are mostly chance
PERIOD = 3
# how far back a line list reaches
MOST_DAYS = 90
STARTS, PARTICLES, ROUNDS = 24, 80, 6


def fit_transmission(
    study: StudyEntry,
    known: LineListEntry | None,
    people: tuple[CommuneEntry, ...],
    *,
    disease: Disease,
    draws: int,
    seed: int,
    workers: int,
    progress: Progress = no_progress,
) -> tuple[Fit | None, tuple[float, ...]]:
    """The factor on transmission under which runs of the last `fit_days` days find what was found, and draws of it for the replicates."""
    if not study.fit_days:
        return None, ()
    check_fit(study, known)
    assert known is not None  # checked just now
    periods = study.fit_days // PERIOD
    first = first_day(study)
    observed = _counted(known, first=first, periods=periods)
    past = replace(study, day0=first)
    then, _ = from_records(known, communes_of=people, day0=first, disease=disease, contacts=False)
    town = town_of(people)
    measures = tuple(measure_of(one, past, people) for one in (*study.common, *study.plans[0].measures))
    model = epidemic_model(
        town,
        [then(town, replicate_seed(seed, each)) for each in range(STARTS)],
        days=periods * PERIOD,
        scenario_of=lambda values: (disease.scaled(float(values[0])), measures),
        summaries=lambda run: _found(run, periods=periods),
    )
    with ThreadPoolExecutor(workers) as pool:
        posterior = abc_smc(
            model, [PRIOR], _scaled(observed), seed=seed, particles=PARTICLES, rounds=ROUNDS, mapper=_mapper(pool, progress)
        )
    return _fit_of(posterior, observed, first=first), _drawn(posterior, draws=draws)


def check_fit(study: StudyEntry, known: LineListEntry | None) -> None:
    """Refuse to match where nothing was counted, over less than one period, or from before the first known case."""
    if not study.fit_days:
        return
    if known is None:
        raise StudyError(
            "chỉ khớp được khi bắt đầu từ hồ sơ", where="[study], fit_days", remedy='Dùng [start] kind = "records", hoặc bỏ fit_days.'
        )
    if not PERIOD <= study.fit_days <= MOST_DAYS:
        raise StudyError(
            f"fit_days = {study.fit_days}",
            where="[study], fit_days",
            remedy=sentence("Giá trị cho phép: {allowed}.", allowed=sentence("từ {low} đến {high}", low=PERIOD, high=MOST_DAYS)),
        )
    first = first_day(study)
    if not any(case.detected_on < first for case in known.cases):
        raise StudyError(
            sentence(
                "hồ sơ chưa có ca xác định nào trước ngày {day}, chưa khớp được từ ngày đó", day=f"{first.day}/{first.month}/{first.year}"
            ),
            where="[study], fit_days",
            remedy="Khớp với ít ngày hơn, hoặc không khớp.",
        )


def first_day(study: StudyEntry) -> date:
    """The day from which on counts are matched: a whole number of periods before day 0."""
    return study.day0 - timedelta(days=study.fit_days // PERIOD * PERIOD)


def _mapper(pool: ThreadPoolExecutor, progress: Progress) -> Mapper:
    """The pool's map that tells, in the caller's thread, of each run that came in; how many there will be nobody knows."""
    runs = count(1)

    def mapped(model: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
        for found in pool.map(model, jobs):
            progress(Step.FITTING, next(runs), 0)
            yield found

    return mapped


def _counted(known: LineListEntry, *, first: date, periods: int) -> Float64:
    """Cases confirmed in each period."""
    days = [(case.detected_on - first).days for case in known.cases]
    return np.bincount([day // PERIOD for day in days if 0 <= day < periods * PERIOD], minlength=periods).astype(np.float64)


def _found(run: Run, *, periods: int) -> Float64:
    return _scaled(run.total("confirmed").reshape(periods, PERIOD).sum(axis=1).astype(np.float64))


def _scaled(counts: Float64) -> Float64:
    # square roots of counts vary alike, whether the counts are large or small
    return np.sqrt(counts)


def _fit_of(posterior: Posterior, observed: Float64, *, first: date) -> Fit:
    return Fit(
        dates=tuple(first + timedelta(days=PERIOD * (period + 1) - 1) for period in range(observed.size)),
        observed=observed,
        fitted=posterior.fit(BANDS) ** 2,
        factor=posterior.quantile(BANDS)[:, 0],
        effective=posterior.effective,
        runs=posterior.simulations,
    )


def _drawn(posterior: Posterior, *, draws: int) -> tuple[float, ...]:
    """One factor a replicate: evenly spaced quantiles of the posterior, in an order that has nothing to do with their size."""
    levels = (np.arange(draws) + 0.5) / draws
    values = posterior.quantile(levels)[:, 0]
    return tuple(np.random.default_rng(draws).permutation(values).tolist())
