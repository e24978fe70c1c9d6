"""Step: doses of the day, from the eldest to the youngest or the other way round; later doses before first ones."""

from __future__ import annotations

from typing import Final

from epiengine.jit import inner
from epiengine.rng import Purpose, philox, unit, whole
from epiengine.simulate.books import IN_STOCK, TODAY, Books
from epiengine.simulate.detection import dead
from epiengine.simulate.marks import ISOLATED, People, marks_of
from epiengine.simulate.measures.measure import VACCINATION
from epiengine.simulate.measures.vaccination import ACCEPTANCE, DOSES_EACH, ELDEST_FIRST, INTERVAL, YOUNGEST
from epiengine.simulate.model import Model
from epiengine.simulate.orders import Orders
from epiengine.simulate.person import BANDS
from epiengine.simulate.plan import Tables
from epiengine.simulate.series import SERIES
from epiengine.simulate.worlds import World

_DOSE: Final = int(Purpose.DOSE)
_DOSES: Final = SERIES.index("doses")
# of each dose's three places in the measure's cursor
_BAND, _COMMUNE, _NEXT = range(3)
PASSED_OVER, GIVEN, TOO_EARLY = range(3)


@inner
def _offer(model: Model, tables: Tables, people: People, measure: int, seed: int, person: int, dose: int, today: int) -> int:
    """Does he take the dose (0 the first) today, is he passed over, or is it too early for him and all behind him?"""
    if people.doses[person] != dose:
        return PASSED_OVER
    if dose > 0 and whole(people.dosed_on[person]) + int(tables.number[measure, INTERVAL]) > today:
        return TOO_EARLY
    if marks_of(people, person) & ISOLATED or people.until[person] > today or dead(model, people, seed, person, today):
        return PASSED_OVER
    drawn, _, _, _ = philox(seed, _DOSE, person, 0, 0, 0)
    if dose == 0 and unit(drawn) >= tables.number[measure, ACCEPTANCE]:
        return PASSED_OVER
    people.doses[person], people.dosed_on[person] = dose + 1, today
    return GIVEN


@inner
def _vaccinate_list(
    world: World,
    model: Model,
    tables: Tables,
    people: People,
    books: Books,
    measure: int,
    seed: int,
    dose: int,
    row: int,
    commune: int,
    today: int,
) -> bool:
    """Go on in the list of an age of a commune; True when it is done."""
    at = dose * 3 + _NEXT
    first, number = world.age_start[row], world.age_start[row + 1] - world.age_start[row]
    while books.cursor[measure, at] < number:
        if books.left[measure, TODAY] < 1.0 or books.left[measure, IN_STOCK] < 1.0:
            return False
        person = whole(world.age_member[first + books.cursor[measure, at]])
        answer = _offer(model, tables, people, measure, seed, person, dose, today)
        if answer == TOO_EARLY:
            return False
        if answer == GIVEN:
            books.left[measure, TODAY] -= 1.0
            books.left[measure, IN_STOCK] -= 1.0
            books.activity[measure, 0] += 1.0
            books.tally[commune, _DOSES] += 1
        books.cursor[measure, at] += 1
    books.cursor[measure, at] = 0
    return True


@inner
def _give(
    world: World, model: Model, tables: Tables, people: People, orders: Orders, books: Books, measure: int, seed: int, dose: int, today: int
) -> None:
    """The doses of one number: band after band, in each commune after commune."""
    communes = world.commune_start.size - 1
    bands = BANDS - int(tables.number[measure, YOUNGEST])
    band_at, commune_at = dose * 3 + _BAND, dose * 3 + _COMMUNE
    while books.cursor[measure, band_at] < bands:
        turn, commune = books.cursor[measure, band_at], books.cursor[measure, commune_at]
        band = BANDS - 1 - turn if tables.number[measure, ELDEST_FIRST] else int(tables.number[measure, YOUNGEST]) + turn
        row, here = commune * BANDS + band, orders.in_force[measure, commune]
        if here and not _vaccinate_list(world, model, tables, people, books, measure, seed, dose, row, commune, today):
            return
        books.cursor[measure, commune_at] = commune + 1
        if commune + 1 == communes:
            books.cursor[measure, commune_at] = 0
            books.cursor[measure, band_at] += 1


@inner
def vaccinate(world: World, model: Model, tables: Tables, people: People, orders: Orders, books: Books, seed: int, today: int) -> None:
    """Every campaign's doses of today."""
    for measure in range(tables.start.size):
        if tables.kind[measure] != VACCINATION or people.doses.size == 0 or books.left[measure, TODAY] < 1.0:
            continue
        for later in range(int(tables.number[measure, DOSES_EACH])):
            dose = int(tables.number[measure, DOSES_EACH]) - 1 - later
            _give(world, model, tables, people, orders, books, measure, seed, dose, today)
