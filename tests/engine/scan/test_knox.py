"""Knox's test against counting every pair and every permutation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.scan import naive

from epiengine.scan import knox, on_earth, on_plane

POINT = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4))


@given(st.lists(POINT, min_size=2, max_size=6), st.integers(0, 2), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_count_mean_and_variance_are_those_of_all_permutations(cases: list[tuple[int, int, int]], distance: int, lapse: int) -> None:
    table = np.array(cases, dtype=float)
    points, times = table[:, :2], table[:, 2]
    result = knox(on_plane(*points.T), times, distance=distance, lapse=lapse, replicates=0)
    every = naive.all_exchanges(points, times, distance=distance, lapse=lapse)
    assert result.close == every[0]
    assert result.mean == pytest.approx(np.mean(every))
    assert result.variance == pytest.approx(np.var(every), abs=1e-9)


def test_the_p_value_is_the_share_of_permutations_with_as_many() -> None:
    points, times = np.array([[0, 0], [0, 1], [5, 5], [5, 6], [9, 0]], dtype=float), np.array([0.0, 1, 10, 11, 30])
    every = np.array(naive.all_exchanges(points, times, distance=1, lapse=1))
    result = knox(on_plane(*points.T), times, distance=1, lapse=1, replicates=4000, seed=6)
    assert (result.close, result.near_in_space, result.near_in_time, result.pairs) == (2, 2, 2, 10)
    assert result.p_value == pytest.approx((every >= 2).mean(), abs=0.01)
    assert result.z > 2


def test_on_the_earth_distance_is_in_km_along_the_ground() -> None:
    degree = np.pi / 180 * 6367
    places = on_earth([0, 1, 3], [105, 105, 105])
    assert knox(places, [0, 0, 0], distance=degree, lapse=0, replicates=0).near_in_space == 1
    assert knox(places, [0, 0, 0], distance=3 * degree, lapse=0, replicates=0).near_in_space == 3
    assert knox(places, [0, 0, 0], distance=1e6, lapse=0, replicates=0).near_in_space == 3
