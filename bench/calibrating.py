"""ABC-SMC on a posterior known by conjugacy, beside pyABC: the same particles, the same rule for the tolerance, as many rounds.

Run:  make peers; python -m bench.calibrating          (half a minute)
Processor time of both; the model takes microseconds on both sides, so it is the cost of the method itself that is compared.
"""

from __future__ import annotations

import argparse
import math
import time

import numpy as np
from bench.harness import Comparison, record
from bench.peers.environments import ask
from tests.engine.calibrate.toys import NormalMean

from epiengine.calibrate import Posterior, abc_smc

SEEN = 1.3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--particles", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=6, help="of pyABC, whose first already rejects: one less than ours")
    given = arguments.parse_args()
    toy = NormalMean()
    began = time.process_time()
    ours = abc_smc(toy, toy.priors, np.array([SEEN]), seed=1, particles=given.particles, rounds=given.rounds + 1)
    seconds = time.process_time() - began
    peer = ask("pyabc", "pyabc_peer.py", "--particles", given.particles, "--rounds", given.rounds, "--seen", SEEN, "--seed", 1)
    check(ours, peer, toy.posterior(SEEN), particles=given.particles)
    record(
        Comparison(
            name="calibrating-normal",
            what=f"posterior of a normal mean, {given.particles} particles, tolerance halved by the median {given.rounds} times",
            ours=seconds,
            peer_name=f"pyABC {peer['version']}",
            peer=peer["cpu_seconds"],
            checked="both means and standard deviations within 5 standard errors of the exact posterior",
            more={
                "clock": "processor time",
                "our mean, sd": f"{ours.mean()[0]:.3f}, {ours.sd()[0]:.3f}",
                "its mean, sd": f"{peer['mean']:.3f}, {peer['sd']:.3f}",
                "exact mean, sd": "{:.3f}, {:.3f}".format(*toy.posterior(SEEN)),
                "our simulations": ours.simulations,
                "its simulations": peer["simulations"],
                "our last tolerance": round(ours.rounds[-1].tolerance * float(ours.scale[0]), 4),
                "its last tolerance": round(peer["tolerance"], 4),
            },
        )
    )


def check(ours: Posterior, peer: dict[str, float], exact: tuple[float, float], *, particles: int) -> None:
    """Both posteriors are the exact one, as far as so many particles can tell."""
    mean, sd = exact
    allowed = 5 * sd / math.sqrt(particles / 2)
    for found in ((ours.mean()[0], ours.sd()[0]), (peer["mean"], peer["sd"])):
        if abs(found[0] - mean) > allowed or abs(found[1] - sd) > allowed:
            raise SystemExit(f"{found} is not the posterior {exact}: no ratio is worth printing")


if __name__ == "__main__":
    main()
