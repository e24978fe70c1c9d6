"""On a network made by Covasim, with Covasim's parameters, our mean curves are Covasim's: without measures, and with testing and tracing.

The network (5,000 people, hybrid population) and the mean curves of 100 runs of each version are Covasim's own output, stored beside this file
by `python -m bench.peers.reference 5000` (Kerr et al. 2021, PLoS Comput Biol 17(7) e1009149; Covasim is under the MIT licence).

"3.1.9 exact" is 3.1.9 with one correction: its viral load stays high a day too long for about half of the durations, because a double is
compared with a fraction rounded to single precision. 4.0.1 has no such day, and neither have we.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from bench.peers.covasim_twin import covasim_disease, covasim_network, covasim_response
from bench.peers.parity import SERIES, Float64, curves, reference, z_scores

from epiengine.jit import COMPILED

HERE = Path(__file__).with_name("covasim")
STORED = reference(HERE / "5000.json")
DAYS = [15, 30, 45, 60, 80, 100, 119]
REPLICATES = 300

pytestmark = pytest.mark.skipif(not COMPILED, reason="means of hundreds of runs; the steps' naive twins cover the plain Python")


@cache
def ours(plan: str) -> dict[str, Float64]:
    measures = covasim_response() if plan == "response" else ()
    world = covasim_network(HERE / "5000.npz")
    return curves(world, covasim_disease(), measures, infected=STORED["infected"], replicates=REPLICATES, days=STORED["days"])


@pytest.mark.parametrize("version", ["4.0.1", "3.1.9", "3.1.9 exact"])
@pytest.mark.parametrize("plan", ["none", "response"])
def test_mean_curves_are_those_of_covasim(plan: str, version: str) -> None:
    found = {
        name: z_scores(ours(plan)[name], STORED["curves"][plan][version][name], runs=STORED["seeds"])[DAYS].round(1).tolist()
        for name in SERIES
    }
    beyond = {name: z for name, z in found.items() if max(map(abs, z)) > 3.5}
    assert not beyond, f"z on days {DAYS}: {found}"


def test_a_wrong_parameter_would_be_seen() -> None:
    """The comparison has teeth: three days less of quarantine are beyond error."""
    *others, quarantine = covasim_response()
    shorter = (*others, replace(quarantine, days=11))
    world = covasim_network(HERE / "5000.npz")
    found = curves(world, covasim_disease(), shorter, infected=STORED["infected"], replicates=REPLICATES, days=STORED["days"])
    z = z_scores(found["new_infections"], STORED["curves"]["response"]["4.0.1"]["new_infections"], runs=STORED["seeds"])
    assert abs(z[DAYS]).max() > 3.5
