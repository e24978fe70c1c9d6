"""What the scans refuse, and the words they refuse it with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from epiengine.scan import (
    EngineError,
    Trials,
    Windows,
    expected_counts,
    knox,
    on_earth,
    on_plane,
    person_days,
    scan_bernoulli,
    scan_permutation,
    scan_poisson,
)

NAN = float("nan")
TWO = on_plane([0, 1], [0, 0])
CASES = [[1, 0], [0, 2]]


def permuted(windows: Windows = Windows(), trials: Trials = Trials(0)) -> object:  # noqa: B008
    return scan_permutation(CASES, TWO, windows=windows, trials=trials)


REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("nowhere", lambda: on_plane([], []), "places = 'none'"),
    ("beyond the pole", lambda: on_earth([0, 91], [0, 0]), "latitude[1] = 91.0; allowed: a number from -90 to 90"),
    ("a missing coordinate", lambda: on_plane([0, NAN], [0, 0]), "x[1] = nan"),
    ("coordinates of two lengths", lambda: on_plane([0, 1], [0]), "y = '1 rows'"),
    ("coordinates in words", lambda: on_plane(["a"], [0]), "x = '1 dimensions of <U1'"),
    ("a negative count", lambda: scan_poisson([1, -1], [1, 1], TWO), "cases[1] = -1.0"),
    ("half a case", lambda: scan_poisson([1, 0.5], [1, 1], TWO), "cases[1] = 0.5; allowed: a whole number"),
    ("a missing count", lambda: scan_poisson([1, NAN], [1, 1], TWO), "cases[1] = nan"),
    ("counts in words", lambda: scan_poisson(["a", "b"], [1, 1], TWO), "cases = '<U1'"),
    ("counts in three dimensions", lambda: scan_poisson([[[1]]], [[[1]]], TWO), "cases = '3 dimensions'"),
    ("no case", lambda: scan_poisson([0, 0], [1, 1], TWO), "cases = 'no case'"),
    ("too many cases", lambda: scan_poisson([2**24, 1], [1, 1], TWO), "cases = '16777217 together'"),
    ("a case where nobody is", lambda: scan_poisson([1, 1], [1, 0], TWO), "cases[1] = 1.0; allowed: 0 where nothing is expected"),
    ("infinitely many expected", lambda: scan_poisson([1, 1], [1, np.inf], TWO), "expected[1] = inf"),
    ("expected of another shape", lambda: scan_poisson([1, 1], [1], TWO), "expected = 'shape (1, 1)'"),
    ("more rows than places", lambda: scan_poisson([1, 1, 1], [1, 1, 1], TWO), "cases = '3 locations'; allowed: one row per location: 2"),
    ("controls of another shape", lambda: scan_bernoulli([1, 1], [1], TWO), "controls = 'shape (1, 1)'"),
    ("a permutation without time", lambda: scan_permutation([1, 1], TWO), "cases = '1 dimensions'"),
    ("no share", lambda: permuted(Windows(population=0)), "population = 0; allowed: above 0, at most 1"),
    ("more than all", lambda: permuted(Windows(population=1.1)), "population = 1.1"),
    ("no radius", lambda: permuted(Windows(radius=NAN)), "radius = nan"),
    ("no duration", lambda: permuted(Windows(duration=0)), "duration = 0"),
    ("longer than the study", lambda: permuted(Windows(longest=3)), "longest = 3; allowed: a whole number from 1 to 2"),
    ("shortest above longest", lambda: permuted(Windows(shortest=2, longest=1)), "shortest = 2"),
    ("clusters of no case", lambda: permuted(Windows(least_cases=0)), "least_cases = 0"),
    ("earlier analyses of nothing", lambda: permuted(Windows(since=0)), "since = 0; allowed: None unless prospective"),
    ("earlier analyses in the future", lambda: permuted(Windows(prospective=True, since=2)), "since = 2"),
    ("fewer than no replicates", lambda: permuted(trials=Trials(-1)), "replicates = -1"),
    ("a negative seed", lambda: permuted(trials=Trials(1, seed=-1)), "seed = -1"),
    ("no thread", lambda: permuted(trials=Trials(1, threads=0)), "threads = 0"),
    ("stopping before the start", lambda: permuted(trials=Trials(1, stop_after=0)), "stop_after = 0"),
    ("cases of no people", lambda: expected_counts([[[1]]], [[[0]]]), "people[0] = 'nobody'"),
    ("censuses out of order", lambda: person_days([1, 2], [5, 5], [0, 1]), "days[1] = 5.0; allowed: after the one before, 5"),
    ("a census too few", lambda: person_days([1], [1, 2], [0, 1]), "population = 'shape (1,)'"),
    ("no interval", lambda: person_days([1], [1], [0]), "edges = '1 rows'"),
    ("a pair of one", lambda: knox(on_plane([0], [0]), [1], distance=1, lapse=1), "times = '1 cases'"),
    ("a negative distance", lambda: knox(TWO, [1, 2], distance=-1, lapse=1), "distance[0] = -1.0"),
    ("a missing lapse", lambda: knox(TWO, [1, 2], distance=1, lapse=NAN), "lapse[0] = nan"),
]


@pytest.mark.parametrize(("act", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_scan_names_what_is_wrong_and_what_is_allowed(act: Callable[[], object], words: str) -> None:
    with pytest.raises(EngineError) as refusal:
        act()
    assert str(refusal.value).startswith(words)


def test_one_place_and_one_case_are_scanned_and_nothing_is_found() -> None:
    here = on_plane([0], [0])
    assert scan_poisson([1], [1], here, trials=Trials(9)).clusters == ()
    assert scan_bernoulli([1], [0], here, trials=Trials(9)).clusters == ()
    assert scan_permutation([[1]], here, trials=Trials(9)).clusters == ()
