"""Back-calculation: against a twin in loops, where the answer is exact, and on epidemics whose hidden part is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from epiengine.errors import EngineError
from epiengine.simulate.delays import Delay
from epiengine.simulate.start import Infections, delay_days, infections_of
from epiengine.simulate.start.back_calculation import _ROUNDS, _deconvolved

DELAY = delay_days(Delay.lognormal(4.5, 1.5), Delay.lognormal(1.1, 0.9), Delay.gamma(3.3, 2.0), at_least=1)


def naive_deconvolution(counts: list[float], delay: list[float]) -> list[float]:
    """EM with smoothing, every sum written out."""
    days = len(counts)
    f = [[delay[d - t] if 0 <= d - t < len(delay) else 0.0 for t in range(days)] for d in range(days)]
    seen = [sum(delay[: days - t]) for t in range(days)]
    rate = [max(sum(counts) / days, 1e-12)] * days
    for _ in range(_ROUNDS):
        expected = [sum(f[d][t] * rate[t] for t in range(days)) for d in range(days)]
        shared = [sum(rate[t] * f[d][t] * counts[d] / expected[d] for d in range(days) if expected[d] > 0) for t in range(days)]
        rate = [shared[t] / seen[t] if seen[t] > 0.01 else rate[t] for t in range(days)]
        ends = [rate[0], *rate, rate[-1]]
        rate = [0.25 * ends[t] + 0.5 * ends[t + 1] + 0.25 * ends[t + 2] for t in range(days)]
    return rate


@given(st.lists(st.integers(0, 9), min_size=3, max_size=12), st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_the_deconvolution_agrees_with_its_twin(counts: list[int], weights: list[float]) -> None:
    delay = np.array(weights) / sum(weights)
    seen = np.array([delay[: len(counts) - t].sum() for t in range(len(counts))])
    found = _deconvolved(np.array(counts, dtype=float), delay, seen)
    assert np.allclose(found, naive_deconvolution([float(each) for each in counts], delay.tolist()), rtol=1e-6, atol=1e-9)


def test_delays_add_up_and_a_latent_period_lasts_at_least_its_day() -> None:
    days = delay_days(Delay.fixed(2), Delay.of_days([0.5, 0.5]), Delay.fixed(1))
    assert days.tolist() == [0, 0, 0, 0.5, 0.5]
    assert delay_days(Delay.fixed(0), at_least=1).tolist() == [0, 1]
    mean = float(DELAY @ np.arange(DELAY.size))
    assert mean == pytest.approx(4.5 + 1.1 + 3.3, abs=0.15)


def test_a_fixed_delay_moves_a_steady_epidemic_and_changes_nothing_else() -> None:
    detected = np.repeat(np.arange(-40, 0, dtype=np.int32), 10)
    found = infections_of(detected, delay=np.array([0.0, 0, 0, 1.0]), days=40)
    assert np.nanmax(np.abs(found.rate[5:] - 10)[:-4]) < 0.5
    assert found.observed.tolist() == [1.0] * 37 + [0.0] * 3
    assert found.growth[1] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("rate", [-0.08, 0.0, 0.12])
def test_the_growth_is_that_of_the_epidemic_and_the_infections_lie_where_they_were(rate: float) -> None:
    # an expected epidemic, no chance in it: 40 infections on day 0, growing or falling for ever
    days = np.arange(-200, 0)
    infections = 40 * np.exp(rate * days)
    detections = np.array([sum(infections[200 + d - u] * DELAY[u] for u in range(DELAY.size) if d - u >= -200) for d in range(-60, 0)])
    detected = np.repeat(np.arange(-60, 0, dtype=np.int32), np.rint(detections * 50).astype(int))
    found = infections_of(detected, delay=DELAY, days=60)
    assert found.growth[1] == pytest.approx(rate, abs=0.004)
    # the first days answer for all that came before the window
    well_seen = np.flatnonzero(found.observed >= 0.7)[25:]
    assert np.allclose(found.rate[well_seen] / 50, infections[-60:][well_seen], rtol=0.1)


def naive_growth(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(b, r) where the posterior is highest, found without derivatives, and the inverse of its curvature there by differences."""
    days = np.arange(-counts.size, 0)
    centre = np.log(max(counts.mean(), 0.5 / counts.size))

    def loss(at: np.ndarray) -> float:
        line = at[0] + at[1] * days
        return float((np.exp(line) - counts * line).sum() + (at[0] - centre) ** 2 / 2 / 2.0**2 + at[1] ** 2 / 2 / 0.15**2)

    best = minimize(loss, [centre, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}).x
    step = np.diag([1e-4, 1e-5])

    def curvature(a: np.ndarray, b: np.ndarray) -> float:
        ends = loss(best + a + b) - loss(best + a - b) - loss(best - a + b) + loss(best - a - b)
        return ends / (4 * a.sum() * b.sum())

    return best, np.linalg.inv(np.array([[curvature(a, b) for b in step] for a in step]))


@given(st.lists(st.integers(0, 12), min_size=21, max_size=21))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_the_growth_agrees_with_its_twin(counts: list[int]) -> None:
    detected = np.repeat(np.arange(-21, 0, dtype=np.int32), counts)
    found = infections_of(detected, delay=DELAY, days=40)
    best, spread = naive_growth(np.array(counts, dtype=float))
    assert found.growth == pytest.approx(best, abs=1e-4)
    mean = np.exp(best[0] + best[1] * np.arange(-21, 0))
    excess = max(1.0, float(((np.array(counts) - mean) ** 2 / mean).sum() / 19)) if sum(counts) else 1.0
    assert found.spread == pytest.approx(excess * spread, rel=0.01, abs=1e-6)
    assert found.excess == pytest.approx(min(excess, 20.0), rel=1e-3)


def simulated(chance: np.random.Generator, *, level: float, rate: float, ascertained: float = 1.0) -> tuple[np.ndarray, int]:
    """Detections known this morning, and how many infected in the last 30 days are not."""
    days = np.arange(-90, 0)
    infections = chance.poisson(level * np.exp(rate * days))
    infected = np.repeat(days, infections)
    detected = infected + chance.choice(DELAY.size, size=infected.size, p=DELAY)
    known = (detected < 0) & (chance.random(infected.size) < ascertained)
    return detected[known].astype(np.int32), int((~known & (infected >= -30)).sum())


def drawn(found: Infections, chance: np.random.Generator, ascertained: float) -> np.ndarray:
    return np.array([found.unseen(chance, ascertained=ascertained)[-30:].sum() for _ in range(60)])


@pytest.mark.parametrize(("level", "rate", "ascertained"), [(60.0, 0.10, 1.0), (15.0, -0.05, 1.0), (12.0, 0.0, 0.5)])
def test_nine_of_ten_times_the_hidden_lie_in_the_interval_of_nine_tenths(level: float, rate: float, ascertained: float) -> None:
    chance = np.random.default_rng(20)
    inside, ratio = [], []
    for _ in range(50):
        detected, hidden = simulated(chance, level=level, rate=rate, ascertained=ascertained)
        draws = drawn(infections_of(detected, delay=DELAY, days=60), chance, ascertained)
        low, high = np.quantile(draws, [0.05, 0.95])
        inside.append(low <= hidden <= high)
        ratio.append(np.median(draws) / hidden)
    # 50 trials at 0.9: 38 to 50 with probability 0.999
    assert 38 <= sum(inside) <= 50
    assert np.mean(ratio) == pytest.approx(1, abs=0.12)


def test_a_place_without_cases_has_next_to_no_hidden_ones() -> None:
    found = infections_of(np.empty(0, dtype=np.int32), delay=DELAY, days=60)
    assert np.mean(drawn(found, np.random.default_rng(1), 1.0)) < 8


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("days", {"delay": DELAY, "days": 0}),
        ("delay", {"delay": np.array([0.5, 0.4]), "days": 30}),
        ("delay", {"delay": np.array([1.5, -0.5]), "days": 30}),
        ("delay", {"delay": np.array([np.nan, 1.0]), "days": 30}),
    ],
)
def test_what_is_no_delay_is_refused(name: str, given: dict) -> None:
    with pytest.raises(EngineError) as caught:
        infections_of(np.array([-3], dtype=np.int32), **given)
    assert caught.value.name == name
