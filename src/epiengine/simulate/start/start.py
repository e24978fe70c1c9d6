"""The state of a place on the morning of day 0, as arrays of a line list or as seeds at random."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from epiengine.arrays import Bool, Int32, number, whole_numbers
from epiengine.errors import EngineError
from epiengine.simulate.town import UInt8

EARLIEST_DAY = -365


def _no_people() -> Int32:
    return np.empty(0, dtype=np.int32)


def _no_bytes() -> UInt8:
    return np.empty(0, dtype=np.uint8)


def _no_marks() -> Bool:
    return np.empty(0, dtype=np.bool_)


@dataclass(frozen=True)
class Imports:
    """Infections that come from outside: on each day from `first` to `last` a Poisson number with this mean, of people at random.

    mean   0 to 100; more in several imports
    share  of each commune (they are made to sum to 1); empty: by population
    """

    mean: float
    first: int = 0
    last: int = 32_000
    share: tuple[float, ...] = ()
    variant: int = 0


@dataclass(frozen=True, eq=False)
class Start:
    """Who is in which state when day 0 begins; all columns of one kind are of one length, a column may be left empty.

    infected       int32[k]: people infected so far whose course still matters;  infected_on  int32[k]: the day, -365 to 0
    confirmed      bool[k]: known already, so not looked for again (empty: nobody is)
    isolated_until int32[k]: until which day in a facility, 0 for not isolated; at home  home_until  int32[k]
    variant        uint8[k] (empty: the first)
    quarantined    int32[q]: F1 in quarantine;  quarantine_until  int32[q]: the first day they are free;  in_centre  bool[q]
    dosed          int32[d];  doses  uint8[d]: how many so far;  dosed_on  int32[d]: day of the last one
    immune         int32[i]: people who cannot be infected (any more)
    at_random      this many more people, infected on day `at_random_on`, evenly over all who are not named above
    imports        what comes from outside later
    """

    infected: Int32 = field(default_factory=_no_people)
    infected_on: Int32 = field(default_factory=_no_people)
    confirmed: Bool = field(default_factory=_no_marks)
    isolated_until: Int32 = field(default_factory=_no_people)
    home_until: Int32 = field(default_factory=_no_people)
    variant: UInt8 = field(default_factory=_no_bytes)
    quarantined: Int32 = field(default_factory=_no_people)
    quarantine_until: Int32 = field(default_factory=_no_people)
    in_centre: Bool = field(default_factory=_no_marks)
    dosed: Int32 = field(default_factory=_no_people)
    doses: UInt8 = field(default_factory=_no_bytes)
    dosed_on: Int32 = field(default_factory=_no_people)
    immune: Int32 = field(default_factory=_no_people)
    at_random: int = 0
    at_random_on: int = 0
    imports: tuple[Imports, ...] = ()

    def checked(self, *, people: int) -> Start:
        """The same with every column in its type and range, the empty ones filled; raises EngineError for what cannot be."""
        infected = _distinct("infected", self.infected, people=people)
        quarantined = _distinct("quarantined", self.quarantined, people=people)
        dosed = _distinct("dosed", self.dosed, people=people)
        immune = _distinct("immune", self.immune, people=people)
        if (both := np.intersect1d(infected, immune)).size:
            raise EngineError("immune", int(both[0]), "nobody who is told as infected too")
        return replace(
            self,
            infected=infected,
            infected_on=_column("infected_on", self.infected_on, rows=infected.size, low=EARLIEST_DAY, high=0),
            confirmed=_column("confirmed", self.confirmed, rows=infected.size, low=0, high=1).astype(np.bool_),
            isolated_until=_column("isolated_until", self.isolated_until, rows=infected.size, low=0, high=1000),
            home_until=_column("home_until", self.home_until, rows=infected.size, low=0, high=1000),
            variant=_column("variant", self.variant, rows=infected.size, low=0, high=3).astype(np.uint8),
            quarantined=quarantined,
            quarantine_until=_column("quarantine_until", self.quarantine_until, rows=quarantined.size, low=0, high=1000, reported=True),
            in_centre=_column("in_centre", self.in_centre, rows=quarantined.size, low=0, high=1).astype(np.bool_),
            dosed=dosed,
            doses=_column("doses", self.doses, rows=dosed.size, low=0, high=3, reported=True).astype(np.uint8),
            dosed_on=_column("dosed_on", self.dosed_on, rows=dosed.size, low=-10_000, high=0, reported=True),
            immune=immune,
            at_random=number("at_random", self.at_random, low=0, high=people - infected.size - immune.size),
            at_random_on=number("at_random_on", self.at_random_on, low=EARLIEST_DAY, high=0),
        )

    def farthest(self) -> int:
        """More days than anything told here lies ahead."""
        return int(max(column.max(initial=0) for column in (self.isolated_until, self.home_until, self.quarantine_until))) + 2


def seeds(count: int, *, infected_on: int = 0) -> Start:
    """A start with this many people, drawn at random, infected on that day (0 or before)."""
    return Start(at_random=count, at_random_on=infected_on)


def check_variants(start: Start, *, variants: int) -> None:
    """Refuse who is infected with a variant that a disease of so many does not have: kernels look it up unchecked."""
    whole_numbers("variant", start.variant, low=0, high=variants - 1)


def _distinct(name: str, values: Int32, *, people: int) -> Int32:
    found = whole_numbers(name, values, low=0, high=people - 1)
    if np.unique(found).size != found.size:
        order = np.sort(found)
        raise EngineError(name, int(order[:-1][order[1:] == order[:-1]][0]), "each person once")
    return found


def _column(name: str, values: NDArray[np.generic], *, rows: int, low: int, high: int, reported: bool = False) -> Int32:
    given = np.asarray(values)
    if not given.size and not reported:
        return np.zeros(rows, dtype=np.int32)
    if given.size != rows:
        raise EngineError(name, f"{given.size} rows", f"one row per person: {rows}")
    return whole_numbers(name, given.astype(np.int32) if given.dtype == np.bool_ else given, low=low, high=high)
