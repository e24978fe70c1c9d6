"""How much of a contact the measures leave: the share of its probability that remains when two people meet in a layer today."""

from __future__ import annotations

from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.active_measures import BORDERS_CUT, CONTACTS_CUT, HAMLETS_LOCKED, ActiveMeasures
from epiengine.simulate.course_events import commune_of
from epiengine.simulate.marks import CENTRE, FACILITY, ISOLATED, SECOND, People, marks_of
from epiengine.simulate.measures.isolation import IN_FACILITY, IN_HOME
from epiengine.simulate.measures.quarantine import AT_CENTRE, AT_HOME, AT_HOME_AS_SECOND
from epiengine.simulate.person import hamlet_of
from epiengine.simulate.plan import Tables
from epiengine.simulate.worlds import World


@inner
def _as_case(people: People, tables: Tables, person: int, layer: int) -> float:
    """What isolation leaves of a known case's contacts."""
    where = IN_FACILITY if marks_of(people, person) & FACILITY else IN_HOME
    return tables.keeps[people.stay[person], where, layer]  # type: ignore[no-any-return]


@inner
def _as_contact(people: People, tables: Tables, person: int, layer: int) -> float:
    """What quarantine leaves of an F1's or F2's contacts."""
    marks = marks_of(people, person)
    where = AT_CENTRE if marks & CENTRE else (AT_HOME_AS_SECOND if marks & SECOND else AT_HOME)
    return tables.keeps[people.stay[person], where, layer]  # type: ignore[no-any-return]


@inner
def _alone(people: People, tables: Tables, person: int, layer: int, today: int) -> float:
    """What the person's isolation or quarantine leaves."""
    if marks_of(people, person) & ISOLATED:
        return _as_case(people, tables, person, layer)
    if people.until[person] > today:
        return _as_contact(people, tables, person, layer)
    return 1.0


@inner
def _between(world: World, orders: ActiveMeasures, a: int, b: int, layer: int) -> float:
    """What orders to communes leave: the stricter of the two communes' orders decides, and of their borders when they differ."""
    home, there = commune_of(world, a), commune_of(world, b)
    left = min(orders.contact[home, layer], orders.contact[there, layer])
    if home != there and orders.is_active[BORDERS_CUT]:
        left *= min(orders.border[home, layer], orders.border[there, layer])
    return left  # type: ignore[no-any-return]


@inner
def _past_cordon(world: World, orders: ActiveMeasures, tables: Tables, a: int, b: int, layer: int, today: int) -> float:
    """What cordons leave: of a contact with somebody behind one, the stricter when both are."""
    left = 1.0
    first, second = whole(hamlet_of(world.person[a])), whole(hamlet_of(world.person[b]))
    if orders.locked_until[first] > today:
        left = tables.keeps[orders.locked_by[first], 0, layer]
    if orders.locked_until[second] > today:
        left = min(left, tables.keeps[orders.locked_by[second], 0, layer])
    return left


@inner
def allowed(
    world: World, people: People, orders: ActiveMeasures, tables: Tables, infectors: int, taker: int, layer: int, today: int
) -> float:
    """The share that remains, 0 to 1. Isolation and quarantine of each, cordons, and orders multiply."""
    left = _alone(people, tables, infectors, layer, today) * _alone(people, tables, taker, layer, today)
    if orders.is_active[HAMLETS_LOCKED] and left > 0.0:
        left *= _past_cordon(world, orders, tables, infectors, taker, layer, today)
    if (orders.is_active[CONTACTS_CUT] or orders.is_active[BORDERS_CUT]) and left > 0.0:
        left *= _between(world, orders, infectors, taker, layer)
    return left
