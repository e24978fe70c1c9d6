"""Plans whose answer needs no luck: what is used on which day, what nothing changes, whom a measure cannot reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.simulate.places import illness, textbook, town

from epiengine.simulate import (
    ALWAYS,
    Campaign,
    Checkpoints,
    Closures,
    Cordons,
    Delay,
    Efficacy,
    Imports,
    Isolation,
    Quarantine,
    Run,
    Start,
    StayHome,
    Testing,
    Tracing,
    Trigger,
    Vaccination,
    Vaccine,
    Waning,
    advance,
    begin,
    simulate,
)

VACCINE = Vaccine((Efficacy(0.7, 0.5, 0.9), Efficacy(0.9, 0.6, 0.95)), takes=2)
RATES = {"household": 0.1, "hamlet": 0.1, "community": 0.3}
ILLNESS = illness(rates=RATES, vaccine=VACCINE, waning=Waning(40))
#: Nobody of a commune meets anybody of the other: no groups, and all contacts at home.
APART = town(240, communes=2, hamlet=60, home=1.0)
SEEDS = Start(at_random=12, at_random_on=-2, imports=(Imports(0.5),))

#: One of each kind, lively enough that leaving it out is seen.
EACH = {
    "testing": Testing(with_symptoms=0.5, background=0.02),
    "campaign": Campaign(every=6, coverage=1.0, needs_per_hundred={"team_shifts": 50.0}),
    "isolation": Isolation(beds=8),
    "tracing": Tracing(probability={"household": 1.0, "hamlet": 0.1, "community": 0.5}, depth=2),
    "quarantine": Quarantine(places=20),
    "cordons": Cordons(cases=1),
    "stay home": StayHome(),
    "closures": Closures(prevents={"community": 0.6}, needs={"team_shifts": 1.0}),
    "checkpoints": Checkpoints(),
    "vaccination": Vaccination(per_day=15, youngest=0),
}
WHOLE = tuple(EACH.values())


def at(people: list[int], *, day: int = 0, **more: object) -> Start:
    return Start(infected=np.array(people, dtype=np.int32), infected_on=np.full(len(people), day, dtype=np.int32), **more)


def ill_from(day: int, *, days: int = 40):
    """Everybody infected on day 0 falls ill on this day, infects nobody, and is ill for so long."""
    return textbook(rates={}, latent=day, symptomatic=(1.0,) * 16, mild_recovery=Delay.fixed(days))


def at_once(**more: object) -> Testing:
    return Testing(**{"with_symptoms": 1.0, "sensitivity": ALWAYS, "turnaround": 0, "needs": {}, **more})


def same(one: Run, two: Run) -> bool:
    return one.daily.tobytes() == two.daily.tobytes() and one.resources.tobytes() == two.resources.tobytes()


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize(
    "idle",
    [{"strength": 0.0}, {"start": 25}, {"start": 3, "end": 3}, {"start": -9, "end": 0}],
    ids=["strength 0", "after the last day", "no day", "over"],
)
def test_what_is_not_in_force_changes_no_byte(kind: str, idle: dict[str, float]):
    others = tuple(measure for name, measure in EACH.items() if name != kind)
    place = (*others[:4], replace(EACH[kind], **idle), *others[4:])
    one, two = (simulate(APART, ILLNESS, plan, SEEDS, seed=5, days=25) for plan in (others, place))
    assert same(one, two)


@pytest.mark.parametrize("kind", EACH)
def test_each_kind_changes_something(kind: str):
    """The test above could fail: in force, every one of them is seen."""
    others = tuple(measure for name, measure in EACH.items() if name != kind)
    one, two = (simulate(APART, ILLNESS, plan, SEEDS, seed=5, days=25) for plan in (others, WHOLE))
    assert not same(one, two)


@pytest.mark.parametrize("kind", EACH)
def test_a_measure_of_one_commune_touches_nobody_elsewhere(kind: str):
    """Cases are found and traced everywhere, so that what hangs on them is reached; one kind is for commune 0 alone."""
    kinds = (EACH["testing"], Isolation(), EACH["tracing"], Quarantine())
    everywhere = tuple(measure for measure in kinds if type(measure) is not type(EACH[kind]))
    here = replace(EACH[kind], communes=(0,))
    one, two = (simulate(APART, ILLNESS, plan, SEEDS, seed=5, days=25) for plan in (everywhere, (*everywhere, here)))
    assert one.daily[:, 1].tobytes() == two.daily[:, 1].tobytes()
    assert not same(one, two)


def test_doses_of_each_day_until_everybody_has_one():
    plan = (Vaccination(per_day=35, acceptance=1.0, doses_each=1, youngest=0),)
    run = simulate(town(240), textbook(rates={}, vaccine=VACCINE), plan, Start(), seed=1, days=9)
    assert run.total("doses").tolist() == run.resource("doses").tolist() == [35] * 6 + [30, 0, 0]
    assert run.resource("ppe").tolist() == [2] * 7 + [0, 0]  # 1.75 and 1.5


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"per_day": 35, "stock": 80}, [35, 35, 10, 0]),
        ({"per_day": 0}, [0, 0, 0, 0]),
        ({"stock": 0}, [0, 0, 0, 0]),
        ({"per_day": 10.9}, [10, 10, 10, 10]),
        ({"per_day": 35, "start": 1, "end": 3}, [0, 35, 35, 0]),
        ({"per_day": 35, "acceptance": 0.0}, [0, 0, 0, 0]),
        ({"per_day": 1e9}, [240, 0, 0, 0]),
    ],
)
def test_doses_are_what_there_is(figures: dict[str, float], expected: list[int]):
    plan = (Vaccination(**{"acceptance": 1.0, "doses_each": 1, "youngest": 0, **figures}),)
    run = simulate(town(240), textbook(rates={}, vaccine=VACCINE), plan, Start(), seed=1, days=4)
    assert run.total("doses").tolist() == expected


@pytest.mark.parametrize("eldest_first", [True, False])
def test_the_bands_that_are_dosed(eldest_first: bool):
    world = town(240)
    older = np.sort(world.ages()[world.ages() >= 6])
    plan = (Vaccination(per_day=40, stock=40, acceptance=1.0, doses_each=1, youngest=6, eldest_first=eldest_first),)
    state = begin(world, textbook(rates={}, vaccine=VACCINE), plan, Start(), seed=1)
    advance(state, 3)
    given = np.sort(world.ages()[state.people.doses > 0])
    assert given.tolist() == (older[-40:] if eldest_first else older[:40]).tolist()


def test_bed_days_meals_and_protection_of_five_cases():
    """Ill and found on day 3, ten days in a facility with room for three; the other two at home."""
    plan = (at_once(), Isolation(beds=3, days=10, until_recovered=False, needs_home={"meals": 2.0}))
    run = simulate(town(240), ill_from(3), plan, at([0, 50, 100, 150, 200]), seed=1, days=16)
    inside = [0] * 3 + [3] * 10 + [0] * 3
    assert run.resource("bed_days").tolist() == run.total("isolated_facility").tolist() == inside
    assert run.total("isolated_home").tolist() == [2 * (beds > 0) for beds in inside]
    assert run.resource("meals").tolist() == [(3 * 3 + 2 * 2) * (beds > 0) for beds in inside]
    assert run.resource("ppe").tolist() == inside
    assert run.resource("no_bed").tolist() == [0] * 3 + [2] + [0] * 12


def test_a_case_stays_until_it_has_recovered():
    plan = (at_once(), Isolation(days=4))
    run = simulate(town(240), ill_from(3, days=9), plan, at([0]), seed=1, days=16)
    assert run.total("isolated_facility").tolist() == [0] * 3 + [1] * 9 + [0] * 4


def test_the_dead_leave_their_bed_on_the_day_they_die():
    fatal = {"severe": (1.0,) * 16, "critical": (1.0,) * 16, "fatal": (1.0,) * 16}
    stages = {"to_severe": Delay.fixed(1), "to_critical": Delay.fixed(1), "to_death": Delay.fixed(3)}
    disease = replace(ill_from(2), **fatal, **stages)
    run = simulate(town(240), disease, (at_once(), Isolation(days=14)), at([0, 9]), seed=1, days=10)
    # ill on day 2, severe on 3, critical on 4, dead on 7
    assert run.total("isolated_facility").tolist() == [0, 0, 2, 2, 2, 2, 2, 0, 0, 0]
    assert run.total("severe").tolist() == [0, 0, 0, 2, 2, 2, 2, 0, 0, 0]
    assert run.total("critical").tolist() == [0, 0, 0, 0, 2, 2, 2, 0, 0, 0]
    assert run.total("deaths").tolist() == [0, 0, 0, 0, 0, 0, 0, 2, 0, 0]


@pytest.mark.parametrize(("capacity", "stock"), [(4, 1e9), (4, 9), (0, 1e9), (100, 0), (100, 1e9)])
def test_the_queue_of_a_laboratory(capacity: float, stock: float):
    """Eleven fall ill on day 2 and ask at once; each is tested once, the first come first."""
    run = simulate(town(240), ill_from(2), (at_once(capacity=capacity, stock=stock),), at(list(range(0, 220, 20))), seed=1, days=8)
    waiting, left, tests, waits = 0, stock, [], []
    for day in range(8):
        waiting += 11 if day == 2 else 0
        tests.append(int(min(waiting, capacity, left)))
        waiting, left = waiting - tests[-1], left - tests[-1]
        waits.append(waiting)
    assert run.resource("tests").tolist() == run.total("confirmed").tolist() == tests
    assert run.resource("waiting_for_test").tolist() == waits


@pytest.mark.parametrize("turnaround", [0, 1, 4])
def test_a_result_takes_its_days(turnaround: int):
    run = simulate(town(240), ill_from(2), (at_once(turnaround=turnaround),), at([0, 99]), seed=1, days=8)
    assert np.flatnonzero(run.total("confirmed")).tolist() == [2 + turnaround]


def test_who_is_not_ill_takes_his_share_of_the_tests():
    """A hundredth of 600 people want a test every day: six, no more and no less by more than the rounding of a day."""
    run = simulate(town(600), textbook(rates={}), (at_once(background=0.01, capacity=4),), Start(), seed=1, days=12)
    assert run.resource("tests").tolist() == [4] * 12
    assert np.diff(run.resource("waiting_for_test"), prepend=0).tolist() == [2] * 12


@pytest.mark.parametrize(
    ("hours", "used", "waiting"),
    [
        (1e9, [0, 0, 21, 0, 0, 0, 0, 0], [0] * 8),
        (8, [0, 0, 7, 7, 7, 0, 0, 0], [0, 0, 2, 1, 0, 0, 0, 0]),
        (5, [0, 0, 7, 0, 7, 0, 7, 0], [0, 0, 2, 2, 1, 1, 0, 0]),
        (3.5, [0] * 8, [0, 0, 3, 3, 3, 3, 3, 3]),
        (0, [0] * 8, [0, 0, 3, 3, 3, 3, 3, 3]),
    ],
)
def test_the_hours_of_tracers(hours: float, used: list[int], waiting: list[int]):
    """Three cases on day 2 with three others at home each: 4 + 3 hours. Who has begun finishes, and has the hours less tomorrow."""
    traced = Tracing(probability={"household": 1.0}, delay={}, hours=hours, hours_per_case=4.0, hours_per_contact=1.0)
    run = simulate(town(240, household=4), ill_from(2), (at_once(), traced), at([0, 40, 80]), seed=1, days=8)
    assert run.resource("tracer_hours").tolist() == used
    assert run.resource("waiting_for_tracing").tolist() == waiting


@pytest.mark.parametrize(("places", "inside", "outside"), [(1e9, 6, 0), (4, 4, 2), (0, 0, 6)])
@pytest.mark.parametrize("from_confirmation", [True, False])
def test_days_meals_and_tests_of_contacts(places: float, inside: int, outside: int, from_confirmation: bool):
    """Two cases on day 2; their households are ordered a day later, for five days, and sampled on the second."""
    plan = (
        at_once(),
        Tracing(probability={"household": 1.0}, delay={"household": 1}),
        Quarantine(places=places, days=5, test_days=(2,), from_confirmation=from_confirmation, needs_home={"meals": 1.0}),
    )
    run = simulate(town(240, household=4), ill_from(2), plan, at([0, 40]), seed=1, days=12)
    stay = [1 if 3 <= day < (7 if from_confirmation else 8) else 0 for day in range(12)]
    assert run.total("f1_new").tolist() == [0, 0, 0, 6] + [0] * 8
    assert run.resource("centre_days").tolist() == run.total("f1_centre").tolist() == [inside * here for here in stay]
    assert run.total("f1_home").tolist() == [outside * here for here in stay]
    assert run.resource("meals").tolist() == [(3 * inside + outside) * here for here in stay]
    assert run.resource("tests").tolist() == [0, 0, 2, 0, 0, 6] + [0] * 6
    assert run.resource("no_place").tolist() == [0, 0, 0, outside * (places > 0)] + [0] * 8


def test_a_contact_who_is_found_to_be_a_case_leaves_quarantine():
    """Two of one household: the second falls ill on day 4, two days after the first was found."""
    plan = (at_once(), Isolation(), Tracing(probability={"household": 1.0}, delay={}), Quarantine(test_days=()))
    told = Start(infected=np.array([0, 1]), infected_on=np.array([-2, 0]))
    run = simulate(town(240, household=4), ill_from(4), plan, told, seed=1, days=10)
    assert run.total("f1_centre").tolist() == [0, 0, 3, 3, 2, 2, 2, 2, 2, 2]
    assert run.total("isolated_facility").tolist() == [0, 0, 1, 1, 2, 2, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("figures", "closed"),
    [
        ({"cases": 1, "renewed": False}, [*range(2, 7), *range(9, 14)]),
        ({"cases": 1, "renewed": True}, [*range(2, 14)]),
        ({"cases": 2, "within": 3}, []),
        ({"cases": 2, "within": 4, "renewed": False}, [*range(5, 10)]),
        ({"cases": 3, "within": 7}, []),
        ({"cases": 3, "within": 8}, [*range(9, 14)]),
        ({"cases": 4, "within": 60}, []),
    ],
)
def test_the_days_a_hamlet_is_closed(figures: dict[str, int], closed: list[int]):
    """Cases of one hamlet of 60 on days 2, 5 and 9, and one in each of two others; a cordon stands five days."""
    told = Start(infected=np.array([1, 20, 45, 70, 130]), infected_on=np.array([-7, -4, 0, -7, 0]))
    plan = (at_once(), Cordons(lasts=5, needs_per_person={"meals": 2.0}, **figures))
    run = simulate(town(240, hamlet=60), ill_from(9), plan, told, seed=1, days=16)
    single = [*range(2, 7)], [*range(9, 14)]
    hamlets = [(day in closed) + sum(day in days for days in single if figures["cases"] == 1) for day in range(16)]
    assert run.total("cordoned_people").tolist() == [60 * number for number in hamlets]
    assert run.resource("team_shifts").tolist() == [12 * number for number in hamlets]
    assert run.resource("meals").tolist() == [2 * 60 * number for number in hamlets]
    assert run.resource("ppe").tolist() == [48 * number for number in hamlets]


def test_what_orders_need_each_day():
    """600 people in three communes, 200 each."""
    plan = (
        StayHome(start=2, end=5, communes=(0, 2), needs_per_commune={"team_shifts": 6.0}, needs_per_thousand={"meals": 1000.0}),
        Closures(start=4, end=6, needs={"ppe": 7.0}),
        Checkpoints(end=3, communes=(1,), needs={"ppe": 100.0}),
    )
    run = simulate(town(600, communes=3), textbook(rates={}), plan, Start(), seed=1, days=7)
    assert run.resource("team_shifts").tolist() == [0, 0, 12, 12, 12, 0, 0]
    assert run.resource("meals").tolist() == [0, 0, 400, 400, 400, 0, 0]
    assert run.resource("ppe").tolist() == [100, 100, 100, 0, 21, 21, 0]


#: Confirmed: three in commune 0 on day 2, three in commune 1 on day 5.
TRIGGERED = [
    (Trigger(at_least=3, within=4, lasts=3), [(3, 9), (6, 12)]),
    (Trigger(at_least=3, within=1, lasts=1), [(3, 4), (6, 7)]),
    (Trigger(at_least=4, within=60), [(0, 0), (0, 0)]),
    (Trigger(at_least=6, within=4, lasts=3, each=False), [(6, 9), (6, 9)]),
    (Trigger(at_least=6, within=3, each=False), [(0, 0), (0, 0)]),
    (Trigger(at_least=4, within=7, lasts=5, each=False), [(6, 14), (6, 14)]),
    (Trigger(series="isolated_facility", at_least=3, lasts=2), [(3, 14), (6, 17)]),
    (Trigger(series="isolated_facility", at_least=6, lasts=2, each=False), [(6, 14), (6, 14)]),
    (Trigger(series="infections", at_least=1), [(0, 0), (1, 21)]),
    (Trigger(series="infectious", at_least=0, lasts=1), [(0, 20), (0, 20)]),
]


@pytest.mark.parametrize(("trigger", "days"), TRIGGERED)
@pytest.mark.parametrize(("start", "end"), [(0, 32_000), (0, 8), (4, 5)])
def test_the_days_a_trigger_holds(trigger: Trigger, days: list[tuple[int, int]], start: int, end: int):
    """In force from the day after the number is reached, and so many days after the last evening on which it still is."""
    told = Start(infected=np.array([0, 30, 60, 120, 150, 180]), infected_on=np.array([-3, -3, -3, 0, 0, 0]))
    told_by = {0: {"team_shifts": 1.0}, 1: {"meals": 1.0}}
    plan = (
        at_once(),
        Isolation(days=10, until_recovered=False, needs_facility={}),
        *(Closures(prevents={}, start=start, end=end, communes=(c,), trigger=trigger, needs=told_by[c]) for c in (0, 1) if trigger.each),
        *(() if trigger.each else [Closures(prevents={}, start=start, end=end, trigger=trigger, needs={"team_shifts": 1.0})]),
    )
    run = simulate(town(240, communes=2), ill_from(5, days=40), plan, told, seed=1, days=20)
    in_force = [[int(max(first, start) <= day < min(last, end)) for day in range(20)] for first, last in days]
    if trigger.each:
        assert run.resource("team_shifts").tolist() == in_force[0]
        assert run.resource("meals").tolist() == in_force[1]
    else:
        assert run.resource("team_shifts").tolist() == [sum(both) for both in zip(*in_force, strict=True)]


def test_the_first_of_a_kind_counts():
    """Beds of the first in commune 0, which it covers, and of the second elsewhere."""
    plan = (at_once(), Isolation(beds=1, communes=(0,)), Isolation(beds=2))
    run = simulate(town(240, communes=2), ill_from(2), plan, at([0, 30, 60, 120, 150, 180]), seed=1, days=6)
    assert run.series("isolated_facility")[2:].tolist() == [[1, 2]] * 4
    assert run.series("isolated_home")[2:].tolist() == [[2, 1]] * 4


def test_who_is_isolated_or_in_quarantine_at_the_start_is_free_on_the_day_told():
    told = Start(
        infected=np.array([0, 1, 2]),
        infected_on=np.array([-9, -9, -9]),
        confirmed=np.array([True, True, True]),
        isolated_until=np.array([4, 0, 0]),
        home_until=np.array([0, 2, 0]),
        quarantined=np.array([20, 21, 22]),
        quarantine_until=np.array([1, 3, 5]),
        in_centre=np.array([True, False, True]),
    )
    run = simulate(town(240), textbook(rates={}), (), told, seed=1, days=7)
    assert run.total("isolated_facility").tolist() == [1, 1, 1, 1, 0, 0, 0]
    assert run.total("isolated_home").tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert run.total("f1_centre").tolist() == [2, 1, 1, 1, 1, 0, 0]
    assert run.total("f1_home").tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert run.resource("bed_days").tolist() == [1, 1, 1, 1, 0, 0, 0]
