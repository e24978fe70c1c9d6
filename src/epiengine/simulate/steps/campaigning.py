"""Step: campaigns. Hamlet after hamlet everybody is sampled, in pools, as far as the day's tests reach."""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole, word
from epiengine.simulate.calendars import CHUNK, END, clear, count, drop_first, following, has_room, put, start
from epiengine.simulate.day_view import DayView
from epiengine.simulate.detection import could_be_found
from epiengine.simulate.marks import CONFIRMED, SAMPLED, marks_of
from epiengine.simulate.measures.laboratory import CAPACITY, COVERAGE, DILUTION, EVERY, IN_CORDONS, POOL, STOCK
from epiengine.simulate.measures.measure import CAMPAIGN
from epiengine.simulate.slots import ROUND, area_event_queue, area_event_slot
from epiengine.simulate.steps.sampling import affordable, take_sample, take_tests, write_tests
from epiengine.simulate.town import Float64

_CAMPAIGN: Final = int(Purpose.CAMPAIGN)
_NEXT_ROUND, _TAKEN, _POOLS_OF_HAMLET = range(3)
_HAMLET: Final = (1 << 20) - 1
_MEASURE_SHIFT: Final = 20


@inner
def round_word(hamlet: int, measure: int) -> int:
    """A cordoned hamlet that a campaign is to sample."""
    return word(hamlet | measure << _MEASURE_SHIFT)  # type: ignore[no-any-return]


@inner
def _call_up(scene: DayView, measure: int) -> None:
    """A round begins: every hamlet of the communes where the campaign is in force waits for it."""
    for hamlet in range(scene.world.hamlet_commune.size):
        if scene.orders.in_force[measure, scene.world.hamlet_commune[hamlet]]:
            put(scene.area_events, 0, area_event_queue(scene.area_events, measure), word(hamlet))


@inner
def _call_up_cordons(scene: DayView, today: int) -> None:
    """Cordoned hamlets whose round is due today."""
    area_events, orders, slot = scene.area_events, scene.orders, area_event_slot(scene.area_events, ROUND, today)
    at = start(area_events, 0, slot)
    while at != END:
        packed = whole(area_events.words[0, at])
        hamlet, measure = packed & _HAMLET, packed >> _MEASURE_SHIFT
        if orders.in_force[measure, scene.world.hamlet_commune[hamlet]] and orders.locked_until[hamlet] > today:
            put(area_events, 0, area_event_queue(area_events, measure), word(hamlet))
        at = following(area_events, 0, at)
    clear(area_events, 0, slot)


@inner
def _sample_pool(scene: DayView, measure: int, commune: int, first: int, last: int, members: float, today: int) -> None:
    """Of the people from first to last so many members give a pool; when it is positive they are tested one by one."""
    people, number, positive = scene.people, scene.tables.number[measure], False
    for person in range(first, last):
        if marks_of(people, person) & (CONFIRMED | SAMPLED) or not could_be_found(scene.tables, people, measure, person, today):
            continue
        drawn, _, _, _ = philox(scene.seed, _CAMPAIGN, person, today, 0, 0)
        if unit(drawn) < number[COVERAGE]:
            positive = take_sample(scene, measure, person, commune, today, number[DILUTION]) or positive
    tests = members
    if _pool(number) > 1:
        tests = min(1.0, members) + (members if positive else 0.0)
    take_tests(scene.books, measure, tests)
    write_tests(scene.books, 0, measure, tests, members)


@inner
def _sample_hamlet(scene: DayView, measure: int, hamlet: int, today: int) -> bool:
    """Go on in the hamlet as far as the tests reach; True when it is done."""
    number, cursor = scene.tables.number[measure], scene.books.cursor[measure]
    begin, end = scene.world.hamlet_start[hamlet], scene.world.hamlet_start[hamlet + 1]
    commune, pool, pools = whole(scene.world.hamlet_commune[hamlet]), _pool(number), cursor[_POOLS_OF_HAMLET]
    # of the people who fill a pool a share does not come
    each = pool / max(number[COVERAGE], 1e-6)
    most = np.ceil(np.ceil(each) * number[COVERAGE])
    dearest = 1.0 + most if pool > 1 else most
    first = begin + int(pools * each)
    while first < end and affordable(scene.books, measure) >= dearest:
        pools += 1
        last = min(begin + int(pools * each), end)
        members = np.rint((last - begin) * number[COVERAGE]) - np.rint((first - begin) * number[COVERAGE])
        _sample_pool(scene, measure, commune, first, last, members, today)
        first = last
    done = first >= end
    cursor[_POOLS_OF_HAMLET] = 0 if done else pools
    return done  # type: ignore[no-any-return]


@inner
def _pool(number: Float64) -> int:
    """Samples in a pool: no more than a small laboratory could test one by one behind it."""
    return min(int(number[POOL]), max(1, int(min(number[CAPACITY], number[STOCK])) - 2))


@inner
def _has_room(scene: DayView, hamlet: int) -> bool:
    """Do the results of everybody in the hamlet fit on the calendars of their lanes?"""
    world, enough = scene.world, True
    first, end = world.hamlet_start[hamlet], world.hamlet_start[hamlet + 1]
    for lane in range(first >> world.lane_bits, (max(end - 1, first) >> world.lane_bits) + 1):
        enough = has_room(scene.person_events, lane, end - first, 1) and enough
    return enough


@inner
def _go_on(scene: DayView, measure: int, today: int) -> bool:
    """Sample the hamlets that wait; False when a calendar is short of room: call again."""
    area_events, cursor, slot = scene.area_events, scene.books.cursor[measure], area_event_queue(scene.area_events, measure)
    while area_events.first[0, slot] >= 0:
        chunk, taken = whole(area_events.first[0, slot]), whole(cursor[_TAKEN])
        hamlet = whole(area_events.words[0, chunk * CHUNK + taken])
        if not _has_room(scene, hamlet):
            return False
        here = scene.orders.in_force[measure, scene.world.hamlet_commune[hamlet]]
        if here and not _sample_hamlet(scene, measure, hamlet, today):
            return True
        cursor[_TAKEN] = taken + 1
        if taken + 1 == area_events.fill[0, chunk]:
            drop_first(area_events, 0, slot)
            cursor[_TAKEN] = 0
    return True


@inner
def _begin_round(scene: DayView, measure: int, today: int) -> None:
    """The next round begins when its day has come and the one before is done."""
    in_force, cursor = False, scene.books.cursor[measure]
    for commune in range(scene.orders.in_force.shape[1]):
        in_force = in_force or scene.orders.in_force[measure, commune] != 0
    if not in_force or scene.tables.number[measure, IN_CORDONS] or today < cursor[_NEXT_ROUND]:
        return
    if scene.area_events.first[0, area_event_queue(scene.area_events, measure)] < 0:
        _call_up(scene, measure)
        cursor[_NEXT_ROUND] = today + int(scene.tables.number[measure, EVERY])


@inner
def campaign(scene: DayView, today: int) -> bool:
    """Every campaign's samples of today; False when a calendar is short of room: call again, what is done is done."""
    tables, area_events, campaigns = scene.tables, scene.area_events, 0
    for measure in range(tables.start.size):
        campaigns += int(tables.kind[measure] == CAMPAIGN)
    if campaigns == 0:
        return True
    called = campaigns * scene.world.hamlet_commune.size + count(area_events, 0, area_event_slot(area_events, ROUND, today))
    if not has_room(area_events, 0, called, tables.start.size):
        return False
    _call_up_cordons(scene, today)
    for measure in range(tables.start.size):
        if tables.kind[measure] == CAMPAIGN:
            _begin_round(scene, measure, today)
            if not _go_on(scene, measure, today):
                return False
    return True
