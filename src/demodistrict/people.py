"""What is true of one person, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demodistrict import names
from demodistrict.randomness import Stream, pick

_MILLION = 1_000_000
_OUTSIDERS_FROM = 900_000
_PREFIXES = ("090", "091", "098", "097", "096", "094", "093", "086", "088", "089", "032", "033", "034", "035", "036", "037", "038", "039")
_PREFIXES_2018 = ("070", "079", "077", "076", "078", "083", "084", "085", "081", "082", "056", "058", "059")
ELSEWHERE = (
    "Xã Hiền Giang, huyện Thường Tín, TP Hà Nội",
    "Phường Hoàng Liệt, quận Hoàng Mai, TP Hà Nội",
    "Phường Phú Lương, quận Hà Đông, TP Hà Nội",
    "Huyện Văn Giang, tỉnh Hưng Yên",
    "Huyện Ý Yên, tỉnh Nam Định",
    "Thị xã Duy Tiên, tỉnh Hà Nam",
    "TP Bắc Ninh, tỉnh Bắc Ninh",
)


@dataclass(frozen=True)
class Person:
    """One person of the generated district, or from outside it (then `commune` is empty)."""

    id: str
    name: str
    sex: str
    birth: date
    cccd: str
    cmnd: str
    phone: str
    commune: str
    place: str
    hamlet: str
    household: str
    relation: str
    occupation: str

    @property
    def identity(self) -> str:
        """The paper this person shows: the citizen card if there is one, for every fifth adult still the old nine-digit one."""
        return self.cmnd if self.cmnd and self.cmnd.endswith(("3", "7")) else self.cccd

    def address(self, hamlet_word: str) -> str:
        """Where the person lives, as told at the door."""
        return f"{hamlet_word} {self.hamlet}, {self.place}" if self.hamlet else self.place


def cccd_number(index: int, *, sex: str, year: int, province: int) -> str:
    """A well-formed 12-digit citizen number: province, sex and century, year, six digits that no other person of the district has."""
    century_and_sex = (0 if sex == "nam" else 1) + (2 if year >= 2000 else 0)
    return f"{province:03d}{century_and_sex}{year % 100:02d}{_scatter(index):06d}"


def cmnd_number(index: int) -> str:
    """A nine-digit identity card number of Hà Nội (01...)."""
    return f"01{_scatter(index) * 10 + index % 10:07d}"


def phone_number(index: int) -> str:
    """A ten-digit mobile number; every third has a prefix that had eleven digits before 2018."""
    prefixes = _PREFIXES_2018 if index % 3 == 0 else _PREFIXES
    return f"{prefixes[index // 3 % len(prefixes)]}{_scatter(index) * 10 + (index * 7) % 10:07d}"


ELSEWHERE_ID = "X-"


def outsider(rng: Stream, number: int, *, place: str = "") -> Person:
    """Somebody who lives in another district or province."""
    sex = pick(rng, ("nam", "nữ"))
    birth = date(int(rng.integers(1955, 2003)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    index = _OUTSIDERS_FROM + number
    foreign = number % 9 == 2
    return Person(
        id=f"{ELSEWHERE_ID}{number:04d}",
        name=names.FOREIGN[number // 9 % len(names.FOREIGN)]
        if foreign
        else f"{pick(rng, names.FAMILY)[0]} {pick(rng, names.MIDDLE[sex])} {pick(rng, names.GIVEN[sex])}",
        sex=sex,
        birth=birth,
        cccd=f"M{10_000_000 + number}"
        if foreign
        else cccd_number(index, sex=sex, year=birth.year, province=pick(rng, (1, 33, 35, 36, 38))),
        cmnd="",
        phone=phone_number(index),
        commune="",
        place=place or pick(rng, ELSEWHERE),
        hamlet="",
        household="",
        relation="",
        occupation=pick(rng, names.OCCUPATIONS),
    )


def _scatter(index: int) -> int:
    # Multiplying by a number without common factor with a million is a shuffle: different people get different digits.
    return index * 387_433 % _MILLION
