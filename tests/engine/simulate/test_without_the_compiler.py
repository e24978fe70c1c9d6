"""The same bytes whether kernels are compiled or plain Python: a reader of the code sees what the machine runs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from tests.engine.simulate.places import illness
from tests.engine.simulate.test_plain_answers import APART, ILLNESS, SEEDS, WHOLE

from epiengine.jit import COMPILED
from epiengine.simulate import Closures, Isolation, Quarantine, Run, Step, Testing, Tracing, Trigger, network, seeds, simulate

ALL = {"*": 0.8}


def runs() -> list[Run]:
    """All measures in a town, with luck of every purpose; and the other way of drawing contacts, on a network with two layers."""
    draw_key = np.random.default_rng(1)
    ends = [tuple(draw_key.integers(0, 200, (2, 500))) for _ in range(2)]
    world = network(200, ends, names=["near", "far"], rel_transmit=draw_key.gamma(2, 0.5, 200))
    plan = (
        Testing(with_symptoms=0.4, without=0.02),
        Isolation(beds=3, prevents_facility=ALL, prevents_home=ALL),
        Tracing(probability={"near": 0.7, "far": 0.2}, delay={"far": 2}, depth=2),
        Quarantine(places=5, prevents_centre=ALL, prevents_home=ALL, prevents_second=ALL),
        Closures(prevents={"far": 0.5}, trigger=Trigger(at_least=2)),
    )
    spreads = illness(rates={"near": 0.15, "far": 0.08}, profile=Step())
    return [
        simulate(APART, ILLNESS, WHOLE, SEEDS, seed=11, days=30),
        simulate(APART, ILLNESS, (), SEEDS, seed=11, days=60),
        simulate(world, spreads, plan, seeds(12), seed=12, days=40),
    ]


def digests() -> list[str]:
    return [hashlib.sha256(run.daily.tobytes() + run.resources.tobytes()).hexdigest() for run in runs()]


@pytest.mark.skipif(not COMPILED, reason="asks what the compiler changes")
def test_the_compiler_changes_no_byte():
    assert all(run.total("infections").sum() > 20 for run in runs())
    program = "from tests.engine.simulate.test_without_the_compiler import digests; print(*digests())"
    environment = {**os.environ, "EPIENGINE_NO_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    plain = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert plain.stdout.split() == digests()
