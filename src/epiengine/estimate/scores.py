"""How good a forecast was: the weighted interval score and its parts, and the coverage of intervals. Lower scores are better.

Bracher, Ray, Gneiting, Reich, PLoS Comput Biol 2021;17:e1008618; Gneiting & Raftery, J Am Stat Assoc 2007;102:359.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epiengine.errors import EngineError
from epiengine.estimate.gates import Float, probabilities, real, reals, refuse_where


@dataclass(frozen=True, eq=False)
class IntervalScore:
    """float64[n] each, in the unit of what is forecast: score = dispersion + underprediction + overprediction.

    dispersion       the width of the intervals;  underprediction  what was seen lay above them;  overprediction  it lay below
    """

    score: Float
    dispersion: Float
    underprediction: Float
    overprediction: Float


def weighted_interval_score(observed: ArrayLike, quantiles: ArrayLike, *, levels: ArrayLike) -> IntervalScore:
    """The score of n forecasts that are given as quantiles: Bracher's equation 3, with weights alpha / 2 and 1/2 for the median.

    observed [n];  quantiles [n, q], not falling along a row;  levels [q] ascending and symmetric, the median among them (0.025, 0.5, 0.975)
    Raises EngineError for anything else, and for missing values.
    """
    values, forecast, level = _checked(observed, quantiles, levels)
    if level.size % 2 == 0 or not np.allclose(level + level[::-1], 1):
        raise EngineError("levels", level.tolist(), "symmetric around the median, which is among them: for example 0.025, 0.5, 0.975")
    middle = level.size // 2
    parts = [_interval_parts(values, forecast[:, row], forecast[:, -1 - row], 2 * float(level[row])) for row in range(middle)]
    median = forecast[:, middle]
    # the median is an interval of no width, of weight 1/2
    last = (np.zeros_like(values), np.maximum(values - median, 0.0) / 2, np.maximum(median - values, 0.0) / 2)
    weighted = [tuple(level[row] * part for part in three) for row, three in enumerate(parts)]
    spread, under, over = (np.sum([three[part] for three in (*weighted, last)], axis=0) / (middle + 0.5) for part in range(3))
    return IntervalScore(spread + under + over, spread, under, over)


def interval_score(observed: ArrayLike, low: ArrayLike, high: ArrayLike, *, level: float) -> IntervalScore:
    """The score of n central intervals that should hold what is seen with probability `level`: width + 2 / (1 - level) times what lies outside."""
    bounds = np.stack([reals("low", low), reals("high", high)], axis=1) if np.shape(low) == np.shape(high) else np.empty((0, 2))
    alpha = 1 - real("level", level, low=0.001, high=0.9999)
    values, forecast, _ = _checked(observed, bounds, [alpha / 2, 1 - alpha / 2])
    spread, under, over = _interval_parts(values, forecast[:, 0], forecast[:, 1], alpha)
    return IntervalScore(spread + under + over, spread, under, over)


def interval_coverage(observed: ArrayLike, quantiles: ArrayLike, *, levels: ArrayLike) -> tuple[Float, Float]:
    """float64[h], float64[h]: each central interval's level and the share of the n observations within it (bounds included), widest first."""
    values, forecast, level = _checked(observed, quantiles, levels)
    if not np.allclose(level + level[::-1], 1):
        raise EngineError("levels", level.tolist(), "symmetric around the median")
    pairs = range(level.size // 2)
    within = [np.mean((forecast[:, row] <= values) & (values <= forecast[:, -1 - row])) for row in pairs]
    return np.array([1 - 2 * level[row] for row in pairs]), np.array(within)


def quantile_coverage(observed: ArrayLike, quantiles: ArrayLike, *, levels: ArrayLike) -> Float:
    """float64[q]: the share of the observations at or below each quantile; a calibrated forecast has the levels themselves."""
    values, forecast, _ = _checked(observed, quantiles, levels)
    return np.asarray(np.mean(values[:, None] <= forecast, axis=0))


def _interval_parts(values: Float, low: Float, high: Float, alpha: float) -> tuple[Float, Float, Float]:
    return high - low, np.maximum(values - high, 0.0) * 2 / alpha, np.maximum(low - values, 0.0) * 2 / alpha


def _checked(observed: ArrayLike, quantiles: ArrayLike, levels: ArrayLike) -> tuple[Float, Float, Float]:
    values, forecast, level = reals("observed", observed), reals("quantiles", quantiles, axes=(2,)), probabilities("levels", levels)
    if values.size == 0 or forecast.shape != (values.size, level.size):
        raise EngineError(
            "quantiles",
            f"shape {forecast.shape}",
            f"one row per observation and one column per level: ({values.size or 'n'}, {level.size})",
        )
    falling = np.diff(forecast, axis=1) < 0
    refuse_where(
        "quantiles", forecast, np.concatenate([np.zeros((values.size, 1), dtype=np.bool_), falling], axis=1), "not falling along the levels"
    )
    return values, forecast, level
