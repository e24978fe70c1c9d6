"""Step: infections that come from outside."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit
from epiengine.simulate.arrivals import Arrivals
from epiengine.simulate.contacts import poisson
from epiengine.simulate.course_events import IMPORTED
from epiengine.simulate.day_view import DayView
from epiengine.simulate.marks import NEVER_INFECTED
from epiengine.simulate.steps.transmitting import infect

_IMPORT: Final = int(Purpose.IMPORT)
_NOBODY: Final = -1


@inner
def _draw_commune(arrivals: Arrivals, row: int, at: float) -> int:
    commune = 0
    while commune + 1 < arrivals.summed.shape[1] and arrivals.summed[row, commune] <= at:
        commune += 1
    return commune


@inner
def arrive(scene: DayView, today: int) -> None:
    """Infect a Poisson number of people; who has been infected already cannot be the one who brings it."""
    world, arrivals, entry, seed = scene.world, scene.arrivals, scene.diary.entry, scene.seed
    for row in range(arrivals.mean.size):
        if not arrivals.first[row] <= today <= arrivals.last[row]:
            continue
        drawn, _, _, _ = philox(seed, _IMPORT, row, today, 0, 0)
        for turn in range(poisson(arrivals.mean[row], unit(drawn))):
            a, b, _, _ = philox(seed, _IMPORT, row, today, turn + 1, 0)
            commune = _draw_commune(arrivals, row, unit(a))
            number = world.commune_start[commune + 1] - world.commune_start[commune]
            person = world.commune_start[commune] + int(unit(b) * number)
            if number > 0 and scene.people.infected_on[person] == NEVER_INFECTED:
                lane = person >> world.lane_bits
                infect(scene, lane, person, today, arrivals.variant[row], _NOBODY)
                entry[commune + lane, today & (entry.shape[1] - 1), IMPORTED] += 1
