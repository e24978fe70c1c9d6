"""How far a dose or an earlier infection protects on a day."""

from __future__ import annotations

from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.courses import FATAL_PATH, course_of
from epiengine.simulate.marks import IMMUNE, NEVER_INFECTED, PATH, People, doses_of, marks_of, weeks_between
from epiengine.simulate.model import ESCAPE, REMEMBERED, Model


@inner
def protected(model: Model, people: People, person: int, day: int, variant: int, against: int) -> float:
    """What the person's doses leave of the risk (1 for no dose); `against` is INFECTION, ONWARD or SEVERE_DISEASE."""
    if people.dosed_on.size == 0 or people.doses[person] == 0:
        return 1.0
    doses, since = doses_of(people, person), day - whole(people.dosed_on[person])
    if doses > 1 and since < model.takes:
        # the last dose does not work yet, the one before it still does; where it is not known when that was, it has just begun to
        doses, since = doses - 1, since + max(7 * weeks_between(people, person), model.takes)
    if since < 0:
        return 1.0
    dose = min(doses, model.vaccine.shape[0]) - 1
    return 1.0 - model.vaccine[dose, against, min(since, REMEMBERED - 1)] * (1.0 - model.variant[variant, ESCAPE])  # type: ignore[no-any-return]


@inner
def reinfectable(model: Model, people: People, seed: int, person: int, day: int, variant: int) -> float:
    """What an earlier infection leaves of the risk of another: 1 for who had none, 0 during it, after death and if it lasts for ever."""
    infected = whole(people.infected_on[person])
    if infected == NEVER_INFECTED:
        return 1.0
    marks = marks_of(people, person)
    path = marks & PATH
    if model.protection.size == 0 or marks & IMMUNE or path == FATAL_PATH:
        return 0.0
    ended = course_of(model, seed, person, infected, path).end
    if ended > day:
        return 0.0
    return 1.0 - model.protection[min(day - ended, REMEMBERED - 1)] * (1.0 - model.variant[variant, ESCAPE])  # type: ignore[no-any-return]
