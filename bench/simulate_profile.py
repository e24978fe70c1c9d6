"""Where the simulator's time goes: processor time of each step of the day, in nanoseconds an infection.

Run:  PYTHONPATH=src:. .venv/bin/python -m bench.simulate_profile      (two minutes, 1 GB)

The steps are those of `epiengine/simulate/day.py`, called one by one, so that what is timed is what a run does.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from bench.simulate_worlds import all_measures, delta, town_of

from epiengine.jit import step
from epiengine.simulate import RESOURCES, SERIES, Plan, State, SyntheticPopulation, begin, seeds
from epiengine.simulate.barrier import is_short
from epiengine.simulate.books import STEP
from epiengine.simulate.day import OPEN, STEPS, do_part
from epiengine.simulate.state import make_room
from epiengine.simulate.threads import meeting_at

DAYS = 180
NAMES = dict(
    enumerate(
        [
            "open",
            "release",
            "vaccinate",
            "sample",
            "sample_rest",
            "campaign",
            "confirm",
            "trace",
            "trace_rest",
            "obey",
            "allot",
            "place",
            "transmit",
            "arrive",
            "infect",
            "close",
        ],
        start=OPEN,
    )
)


@step
def do_step(scene, meeting, number, today):  # type: ignore[no-untyped-def]
    """One step alone, on one thread; False when a calendar is short of room."""
    do_part(scene, meeting, number, today, 0)
    return not is_short(meeting, 0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=8_500_000)
    asked = arguments.parse_args()
    small = town_of(30_000)
    profile(begin(small, delta(), all_measures(30_000), seeds(30), seed=1), days=30)  # compile
    town = town_of(asked.people)
    told = {}
    for name, plan, factor in (
        ("50pc", all_measures(asked.people), 0.77),
        ("1pc", all_measures(asked.people), 0.265),
        ("floor", (), 0.345),
    ):
        told[name] = of_run(town, plan, factor)
        show(name, told[name])
    Path("bench/results/simulate-profile.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def of_run(town: SyntheticPopulation, plan: Plan, factor: float) -> dict[str, float]:
    """Nanoseconds an infection of each step, of the start and of making room."""
    began = time.thread_time_ns()
    state = begin(town, delta().scaled(factor), plan, seeds(town.people // 1000), seed=1)
    start = time.thread_time_ns() - began
    infections, spent = profile(state, days=DAYS)
    return {"infections": infections, "start": start / infections} | {name: took / infections for name, took in spent.items()}


def profile(state: State, *, days: int) -> tuple[int, dict[str, int]]:
    """How many infections, and processor nanoseconds of each step."""
    daily = np.zeros((days, state.books.history.shape[1], len(SERIES)), dtype=np.int32)
    resources = np.zeros((days, len(RESOURCES)), dtype=np.int64)
    scene, spent = state.scene(daily, resources), dict.fromkeys([*NAMES.values(), "room"], 0)
    for today in range(days):
        for number in range(1, STEPS):
            while not timed(spent, NAMES[number], lambda: do_step(scene, meeting_at(state), number, today)):  # noqa: B023
                timed(spent, "room", lambda: make_room(state))
                scene = state.scene(like=scene)
        state.books.clock[STEP] = 0
    return int(daily[:, :, SERIES.index("infections")].sum()), spent


def timed(spent: dict[str, int], name: str, work: object) -> object:
    began = time.thread_time_ns()
    answer = work()
    spent[name] += time.thread_time_ns() - began
    return answer


def show(name: str, told: dict[str, float]) -> None:
    rest = {step: took for step, took in told.items() if step != "infections"}
    print(
        f"{name}: {told['infections']} infections, {sum(rest.values()):.0f} ns each, {sum(rest.values()) * told['infections'] / 1e9:.2f} s"
    )
    for name_of, took in sorted(rest.items(), key=lambda one: -one[1]):
        print(f"   {name_of:12} {took:8.0f} ns  {took / sum(rest.values()):6.1%}", flush=True)


if __name__ == "__main__":
    main()
