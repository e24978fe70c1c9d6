"""Step: campaigns. Hamlet after hamlet everybody is sampled, in pools, as far as the day's tests reach."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.books import Books
from epiengine.simulate.calendars import CHUNK, Calendar, chunks_for, clear, count, drop_first, put, room
from epiengine.simulate.marks import CONFIRMED, SAMPLED, UNTOUCHED, People, marks_of
from epiengine.simulate.measures.laboratory import COVERAGE, DILUTION, EVERY, IN_CORDONS, POOL
from epiengine.simulate.measures.measure import CAMPAIGN
from epiengine.simulate.model import Model
from epiengine.simulate.orders import Orders
from epiengine.simulate.plan import Tables
from epiengine.simulate.slots import ROUND, desk_slot, queue_slot
from epiengine.simulate.steps.sampling import affordable, take_sample, use_tests
from epiengine.simulate.worlds import World

_CAMPAIGN: Final = int(Purpose.CAMPAIGN)
_NEXT_ROUND, _TAKEN, _SAMPLED_OF_HAMLET = range(3)
_HAMLET: Final = (1 << 20) - 1
_MEASURE_SHIFT: Final = 20


@inner
def round_word(hamlet: int, measure: int) -> int:
    """A cordoned hamlet that a campaign is to sample."""
    return word(hamlet | measure << _MEASURE_SHIFT)  # type: ignore[no-any-return]


@inner
def _call_up(world: World, desk: Calendar, orders: Orders, measure: int) -> None:
    """A round begins: every hamlet of the communes where the campaign is in force waits for it."""
    for hamlet in range(world.hamlet_commune.size):
        if orders.in_force[measure, world.hamlet_commune[hamlet]]:
            put(desk, 0, queue_slot(desk, measure), word(hamlet))


@inner
def _call_up_cordons(world: World, desk: Calendar, orders: Orders, today: int) -> None:
    """Cordoned hamlets whose round is due today."""
    slot = desk_slot(desk, ROUND, today)
    chunk = whole(desk.first[0, slot])
    while chunk >= 0:
        for at in range(chunk * CHUNK, chunk * CHUNK + desk.fill[0, chunk]):
            told = whole(desk.words[0, at])
            hamlet, measure = told & _HAMLET, told >> _MEASURE_SHIFT
            if orders.in_force[measure, world.hamlet_commune[hamlet]] and orders.locked_until[hamlet] > today:
                put(desk, 0, queue_slot(desk, measure), word(hamlet))
        chunk = whole(desk.after[0, chunk])
    clear(desk, 0, slot)


@inner
def _sample_pool(
    model: Model, tables: Tables, people: People, desk: Calendar, books: Books, measure: int, seed: int, first: int, last: int, today: int
) -> None:
    """The people from first to last give one pool; when it is positive each of them is tested alone."""
    positive = False
    for person in range(first, last):
        if people.infected_on[person] == UNTOUCHED or marks_of(people, person) & (CONFIRMED | SAMPLED):
            continue
        drawn, _, _, _ = philox(seed, _CAMPAIGN, person, today, 0, 0)
        if unit(drawn) < tables.number[measure, COVERAGE]:
            dilution = tables.number[measure, DILUTION]
            positive = take_sample(model, tables, people, desk, measure, seed, person, today, dilution) or positive
    members = min(tables.number[measure, POOL], float(last - first))
    again = members if positive and tables.number[measure, POOL] > 1 else 0.0
    use_tests(books, measure, 1.0 + again, members)


@inner
def _sample_hamlet(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    desk: Calendar,
    books: Books,
    measure: int,
    seed: int,
    hamlet: int,
    today: int,
) -> bool:
    """Go on in the hamlet as far as the tests reach; True when it is done."""
    pool = int(tables.number[measure, POOL])
    block = max(1, int(pool / max(tables.number[measure, COVERAGE], 1e-6) + 0.5))
    end = world.hamlet_start[hamlet + 1]
    first = world.hamlet_start[hamlet] + books.cursor[measure, _SAMPLED_OF_HAMLET]
    dearest = 1.0 + (pool if pool > 1 else 0)
    while first < end and affordable(books, measure) >= dearest:
        last = min(first + block, end)
        _sample_pool(model, tables, people, desk, books, measure, seed, first, last, today)
        first = last
    done = first >= end
    books.cursor[measure, _SAMPLED_OF_HAMLET] = 0 if done else first - world.hamlet_start[hamlet]
    return done  # type: ignore[no-any-return]


@inner
def _go_on(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, books: Books, measure: int, seed: int, today: int
) -> bool:
    """Sample the hamlets that wait; False when the desk is short of room: call again."""
    slot = queue_slot(desk, measure)
    while desk.first[0, slot] >= 0:
        chunk, taken = whole(desk.first[0, slot]), whole(books.cursor[measure, _TAKEN])
        hamlet = whole(desk.words[0, chunk * CHUNK + taken])
        if room(desk, 0) < chunks_for(desk, world.hamlet_start[hamlet + 1] - world.hamlet_start[hamlet]):
            return False
        if not _sample_hamlet(world, model, tables, people, desk, books, measure, seed, hamlet, today):
            return True
        books.cursor[measure, _TAKEN] = taken + 1
        if taken + 1 == desk.fill[0, chunk]:
            drop_first(desk, 0, slot)
            books.cursor[measure, _TAKEN] = 0
    return True


@inner
def _begin_round(world: World, tables: Tables, desk: Calendar, orders: Orders, books: Books, measure: int, today: int) -> None:
    """The next round begins when its day has come and the one before is done."""
    in_force = False
    for commune in range(orders.in_force.shape[1]):
        in_force = in_force or orders.in_force[measure, commune] != 0
    if not in_force or tables.number[measure, IN_CORDONS] or today < books.cursor[measure, _NEXT_ROUND]:
        return
    if desk.first[0, queue_slot(desk, measure)] < 0:
        _call_up(world, desk, orders, measure)
        books.cursor[measure, _NEXT_ROUND] = today + int(tables.number[measure, EVERY])


@inner
def campaign(
    world: World, model: Model, tables: Tables, people: People, desk: Calendar, orders: Orders, books: Books, seed: int, today: int
) -> bool:
    """Every campaign's samples of today; False when the desk is short of room: call again, what is done is done."""
    campaigns = 0
    for measure in range(tables.start.size):
        campaigns += int(tables.kind[measure] == CAMPAIGN)
    if campaigns == 0:
        return True
    if room(desk, 0) < chunks_for(desk, campaigns * world.hamlet_commune.size + count(desk, 0, desk_slot(desk, ROUND, today))):
        return False
    _call_up_cordons(world, desk, orders, today)
    for measure in range(tables.start.size):
        if tables.kind[measure] == CAMPAIGN:
            _begin_round(world, tables, desk, orders, books, measure, today)
            if not _go_on(world, model, tables, people, desk, books, measure, seed, today):
                return False
    return True
