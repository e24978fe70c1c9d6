"""How the slow twin finds contacts of cases, and where they go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.engine.simulate.naive_town import LAYERS
from tests.engine.simulate.twin.people import NEVER, Person

from epiengine.simulate import Quarantine, Tracing

if TYPE_CHECKING:
    from tests.engine.simulate.twin.post import Post


def trace(post: Post, day: int) -> None:
    """First confirmed, first traced, while there are hours; a case that was begun is finished, and the hours are less tomorrow."""
    for at, measure in enumerate(post.plan):
        if not isinstance(measure, Tracing):
            continue
        queue, left = post.queue[at], measure.hours - post.used["owed", at]
        while queue and left >= measure.hours_per_case:
            case, known_on = queue.pop(0)
            found = list(_found(post, measure, case))
            for other, late in found:
                post.due["order", day + late].append((other, day + late - known_on, False))
            left -= measure.hours_per_case + len(found) * measure.hours_per_contact
            post.use("tracer_hours", measure.hours_per_case + len(found) * measure.hours_per_contact)
        post.used["owed", at] = max(0.0, -left)
        post.use("waiting_for_tracing", len(queue))


def _found(post: Post, measure: Tracing, case: Person) -> Iterator[tuple[Person, int]]:
    """Contacts who are found, with the delay of their layer."""
    for layer in LAYERS:
        likely = measure.probability.get(layer, 0.0) * measure.strength
        for other in _contacts(post, layer, case):
            if other is not case and post.draw_key.random() < likely:
                yield other, measure.delay.get(layer, 0)


def _contacts(post: Post, layer: str, case: Person) -> list[Person]:
    if layer == "household":
        return [p for p in post.people if p.home == case.home]
    if layer == "hamlet":
        return [p for p in post.people if p.hamlet == case.hamlet]
    if layer == "community":
        return [other for infected, other in post.met_outside[case.number] if infected == case.infected]
    kind = LAYERS.index(layer) - 1
    if case.group < 0 or post.town.group_kind[case.group] != kind:
        return []
    return [p for p in post.people if p.group == case.group]


def obey(post: Post, day: int) -> None:
    """Orders of the day: F1 into a centre while it has places, else home; F2 at home."""
    for person, age, second in post.due.pop(("order", day), []):
        measure = post.of(Quarantine, person.commune)
        if measure is None or person.known or person.bed or person.is_dead(day) or _is_spared(measure, person, day):
            continue
        free = day + (measure.second_days if second else measure.days) - (age if measure.from_confirmation else 0)
        if person.in_quarantine(day) and (second or person.form != "second"):
            person.free = max(person.free, free)
        elif second:
            person.form, person.free = "second", free
        elif free > day:
            _place(post, measure, person, free, day)
            _trace_second(post, person, age, day)


def _is_spared(measure: Quarantine, person: Person, day: int) -> bool:
    return measure.spares_recovered and person.infected != NEVER and person.end <= day


def _place(post: Post, measure: Quarantine, person: Person, free: int, day: int) -> None:
    taken = sum(other.in_quarantine(day) and other.form == "centre" for other in post.people)
    if taken >= measure.places > 0:
        post.use("no_place")
    person.form, person.free = "centre" if taken < measure.places else "home", free
    post.count("f1_new", person)
    for later in measure.test_days:
        post.due["sample", day + max(later, 1)].append(person)


def _trace_second(post: Post, person: Person, age: int, day: int) -> None:
    tracing = post.of(Tracing, person.commune)
    if tracing is None or tracing.depth < 2:
        return
    for other in post.people:
        if other.home == person.home and other is not person and post.draw_key.random() < tracing.second * tracing.strength:
            late = max(1, tracing.second_delay)
            post.due["order", day + late].append((other, age + late, True))
