"""How infectious one infection is: a pure function too, so that tracing can draw its contacts again."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, whole, word
from epiengine.simulate.courses import WITHOUT_SYMPTOMS
from epiengine.simulate.marks import People, marks_of, variant_of
from epiengine.simulate.model import ONWARD, TRANSMISSION, Model
from epiengine.simulate.protection import protected
from epiengine.simulate.worlds import IS_TOWN, World

CONTACTS: Final = int(Purpose.CONTACTS)
_22: Final = word(22)


@inner
def strength_of(world: World, model: Model, people: People, seed: int, person: int, path: int) -> float:
    """What the rates are multiplied by: the individual, its variant, its doses, symptoms or none, and the bounds for thinning."""
    day, variant = whole(people.infected_on[person]), variant_of(marks_of(people, person))
    _, individual, _, _ = philox(seed, CONTACTS, person, day, 0, 0)
    strength = model.bound * model.headroom * model.individual[whole(individual >> _22)] * model.variant[variant, TRANSMISSION]
    strength *= protected(model, people, person, day, variant, ONWARD)
    if path == WITHOUT_SYMPTOMS:
        strength *= model.asymptomatic
    if world.kind != IS_TOWN:
        strength *= world.rel_transmit[person]
    return strength  # type: ignore[no-any-return]
