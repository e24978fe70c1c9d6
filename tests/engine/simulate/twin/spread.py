"""Who meets whom in the slow twin, and who is infected by it: all pairs are asked every day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from tests.engine.simulate.naive_town import LAYERS
from tests.engine.simulate.twin.people import NEVER, Person, infect, left_by_doses, left_by_infection

from epiengine.simulate import Checkpoints, Closures, Isolation, Quarantine, StayHome

if TYPE_CHECKING:
    from tests.engine.simulate.twin.post import Post

ALL = np.ones(len(LAYERS))


def left_of(prevents: Mapping[str, float], share: float = 1.0) -> np.ndarray:
    """[layer]: what remains of contacts of which this share is prevented."""
    return np.array([1 - share * prevents.get(layer, 0.0) for layer in LAYERS])


def meet(post: Post, day: int) -> None:
    """Draw today's infectious contacts of everybody with everybody: (layer, from, to), as often as they meet."""
    weight = post.disease.profile.weight
    sources = [p for p in post.people if p.is_infectious(day) and day - p.infectious < len(weight)]
    post.met = []
    if not sources:
        return
    strength = np.array([p.strength * weight[day - p.infectious] for p in sources])
    times = post.draw_key.poisson(post.hazard[:, [p.number for p in sources]] * strength[None, :, None])
    for layer, at, to in np.argwhere(times):
        post.met += [(int(layer), sources[at], post.people[to])] * int(times[layer, at, to])
    for layer, source, other in post.met:
        if LAYERS[layer] == "community" and source is not other:
            post.met_outside[source.number].append((source.infected, other))


def transmit(post: Post, day: int) -> None:
    """Each of today's contacts infects with the probability that age, protection and measures leave."""
    new: dict[int, list[int]] = {}
    for layer, source, other in post.met:
        if other.infected != day and post.draw_key.random() < _chance(post, layer, source, other, day):
            new.setdefault(other.number, []).append(source.variant)
    for number, variants in new.items():
        post.infect(post.people[number], day, int(post.draw_key.choice(variants)))
    for told in post.start.imports:
        if told.first <= day <= told.last:
            _import(post, told, day)


def _chance(post: Post, layer: int, source: Person, other: Person, day: int) -> float:
    variant = post.disease.variants[source.variant]
    chance = post.disease.susceptibility[other.age] * left_by_infection(other, post.disease, variant, day=day)
    chance *= left_by_doses(other, post.disease, variant, day=day, against="infection")
    for person in (source, other):
        chance *= _alone(post, person, day)[layer]
    chance *= min(_cordon(post, source, day)[layer], _cordon(post, other, day)[layer])
    chance *= min(_orders(post, source, day)[layer], _orders(post, other, day)[layer])
    if source.commune != other.commune:
        chance *= min(_border(post, source, day)[layer], _border(post, other, day)[layer])
    return chance


def _alone(post: Post, person: Person, day: int) -> np.ndarray:
    """What isolation and quarantine leave of a person's contacts."""
    left = ALL
    if person.bed:
        isolation = post.first(Isolation)
        left = left * left_of(isolation.prevents_facility if person.bed == "facility" else isolation.prevents_home)
    if person.in_quarantine(day):
        quarantine = post.first(Quarantine)
        forms = {"centre": quarantine.prevents_centre, "home": quarantine.prevents_home, "second": quarantine.prevents_second}
        left = left * left_of(forms[person.form])
    return left


def _cordon(post: Post, person: Person, day: int) -> np.ndarray:
    return left_of(post.cordon.prevents) if post.opens[person.hamlet] > day else ALL


def _orders(post: Post, person: Person, day: int) -> np.ndarray:
    left = ALL
    for measure in post.in_force(StayHome, person.commune):
        left = left * left_of(measure.prevents, measure.strength * measure.compliance)
    for measure in post.in_force(Closures, person.commune):
        left = left * left_of(measure.prevents, measure.strength)
    return left


def _border(post: Post, person: Person, day: int) -> np.ndarray:
    left = ALL
    for measure in post.in_force(Checkpoints, person.commune):
        left = left * left_of(measure.prevents, measure.strength)
    return left


def _import(post: Post, told, day: int) -> None:
    """So many people of the communes' shares are infected elsewhere; who has ever been infected is not counted."""
    size = np.bincount([p.commune for p in post.people], minlength=post.town.communes)
    share = np.array(told.share) if told.share else size
    for _ in range(post.draw_key.poisson(told.mean)):
        commune = post.draw_key.choice(size.size, p=share / share.sum())
        person = post.draw_key.choice([p for p in post.people if p.commune == commune])
        if person.infected == NEVER:
            infect(person, post.disease, day=day, variant=told.variant, draw_key=post.draw_key)
            post.count("imported", person)
            post.count("infections", person)
