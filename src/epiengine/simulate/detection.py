"""Whether a sample taken today finds an infection."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole
from epiengine.simulate.courses import FATAL_PATH, Course, course_of
from epiengine.simulate.marks import IMMUNE, NEVER_INFECTED, PATH, People, marks_of
from epiengine.simulate.measures.laboratory import INFECTIOUS_ONLY
from epiengine.simulate.measures.measure import SENSITIVE_DAYS
from epiengine.simulate.model import Model
from epiengine.simulate.plan import Tables

_POSITIVE: Final = int(Purpose.POSITIVE)


@inner
def infected_course(model: Model, people: People, seed: int, person: int) -> Course:
    """The course of the person's last infection; they must have had one."""
    return course_of(model, seed, person, whole(people.infected_on[person]), marks_of(people, person) & PATH)


@inner
def ever_infected(people: People, person: int) -> bool:
    """Have they a course, that is an infection since the start?"""
    return people.infected_on[person] != NEVER_INFECTED and not marks_of(people, person) & IMMUNE


@inner
def dead(model: Model, people: People, seed: int, person: int, today: int) -> bool:
    """Have they died of it?"""
    if not ever_infected(people, person) or marks_of(people, person) & PATH != FATAL_PATH:
        return False
    return infected_course(model, people, seed, person).end <= today


@inner
def sensitivity_on(tables: Tables, measure: int, since: int) -> float:
    """The probability of a positive sample so many days after the infection."""
    return tables.sensitivity[measure, min(since, SENSITIVE_DAYS - 1)]  # type: ignore[no-any-return]


@inner
def could_be_found(tables: Tables, people: People, measure: int, person: int, today: int) -> bool:
    """Have they an infection, and one not so long ago that no sample finds it? A quick look that spares the draws."""
    return ever_infected(people, person) and sensitivity_on(tables, measure, today - whole(people.infected_on[person])) > 0.0


@inner
def found(model: Model, tables: Tables, people: People, measure: int, seed: int, person: int, today: int, factor: float) -> bool:
    """Is the person's sample positive? The probability is by days since infection, times `factor`; nobody is positive without one."""
    if not could_be_found(tables, people, measure, person, today):
        return False
    course = infected_course(model, people, seed, person)
    since = today - whole(people.infected_on[person])
    if tables.number[measure, INFECTIOUS_ONLY] and not course.infectious <= today < course.end:
        return False
    if since >= SENSITIVE_DAYS and course.end <= today:
        return False
    likely = sensitivity_on(tables, measure, since) * factor
    drawn, _, _, _ = philox(seed, _POSITIVE, person, today, 0, 0)
    return unit(drawn) < likely
