"""People of lists made up with their truth: days that follow each other, and what each cell of a row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

TODAY = date(2021, 8, 24)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
MIDDLE = {"M": ("Văn", "Đức", "Quang", "Hữu", "Minh"), "F": ("Thị", "Ngọc", "Thu", "Khánh", "Thị Thanh")}
GIVEN = {"M": ("Hùng", "Dũng", "Tuấn", "Sơn", "Thắng", "Khoa", "Hải"), "F": ("Hoa", "Lan", "Thúy", "Hạnh", "Mai", "Hương", "Nga")}
HAMLETS = ("Thôn Thọ Am", "Thôn Nội Am", "Thôn Phương Nhị", "Xóm 3", "Đội 5", "Thôn Yên Phú")
COMMUNES = ("Liên Ninh", "Ngũ Hiệp", "Đông Mỹ", "Vĩnh Quỳnh", "Tứ Hiệp")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row is about, and the days of the illness in their order."""

    number: int
    sex: str
    family: str
    given: str
    birth: date
    fate: str
    days: dict[str, date]

    @property
    def name(self) -> str:
        return f"{self.family} {self.given}"


def person(number: int, dice: Random) -> Person:
    """One person; every list of one seed has the same people."""
    sex = dice.choice("MF")
    born = TODAY - timedelta(days=dice.randint(3 * 365, 88 * 365))
    family = f"{dice.choice(FAMILY)} {dice.choice(MIDDLE[sex])}"
    fate = dice.choices(("in_treatment", "recovered", "died"), (70, 25, 5))[0]
    return Person(number, sex, family, dice.choice(GIVEN[sex]), born, fate, _days(dice))


def _days(dice: Random) -> dict[str, date]:
    """Exposure, onset, sample, result and end, each after the one before; the end is no later than the list."""
    contact = TODAY - timedelta(days=dice.randint(16, 40))
    onset = contact + timedelta(days=dice.randint(2, 5))
    sampled = onset + timedelta(days=dice.randint(0, 3))
    answered = sampled + timedelta(days=dice.randint(0, 1))
    ended = min(TODAY, answered + timedelta(days=dice.randint(5, 14)))
    return {
        "last_contact_on": contact, "onset_on": onset, "sampled_on": sampled, "result_on": answered, "detected_on": answered, "reported_on": answered,
        "died_on": ended, "recovered_on": ended, "outcome_on": ended, "quarantine_from": onset, "quarantine_to": onset + timedelta(days=14),
        "sampled_on_2": ended, "arrived_on": onset, "found_on": sampled, "follow_up_on": ended, "event_on": contact,
    }  # fmt: skip
