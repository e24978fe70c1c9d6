"""People who came back from an affected place, and how the area police learned of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demodistrict.epidemic import DAY
from demodistrict.people import Person
from demodistrict.randomness import Stream, pick

HOW_FOUND = ("tự khai báo", "danh sách chuyến bay", "công an khu vực rà soát", "tổ dân phố báo", "hàng xóm báo")


@dataclass(frozen=True)
class Route:
    """A way back: place, vehicle and seat wording."""

    origin: str
    vehicle: str


@dataclass(frozen=True)
class Returnee:
    """One arrival of one person."""

    person: Person
    route: Route
    seat: str
    arrived: date
    found: date
    how: str
    form: str
    passport: str = ""
    nationality: str = "Việt Nam"


def returnee(rng: Stream, person: Person, *, routes: tuple[Route, ...], arrived: date, form: str, passport: str = "") -> Returnee:
    """How this person came back and was found, up to three days later."""
    route = pick(rng, routes)
    seat = f"{int(rng.integers(1, 45))}{pick(rng, 'ABCDEF')}"
    found = arrived + int(rng.integers(0, 4)) * DAY
    return Returnee(person, route, seat, arrived, found, pick(rng, HOW_FOUND), form, passport)
