"""A made-up population in households, and lists that name some of its people twice, the second time as another hand wrote them down.

Family names follow the shares Lê Trung Hoa counted (Họ và tên người Việt Nam, 2005); given names are those of ../shared/data/vn_names, a few
common and many rare. What a second list does to a record comes in two kinds: USUAL damage, which Vietnamese lists are known for, and OTHER
damage, which no rule of ours was written for. The generator knows nothing of the matching rules.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

NAMES = Path(__file__).parents[2] / "shared" / "data" / "vn_names"
FAMILIES = {
    "Nguyễn": 38.4, "Trần": 12.1, "Lê": 9.5, "Phạm": 7.0, "Hoàng": 2.6, "Huỳnh": 2.5, "Phan": 4.5, "Vũ": 2.0, "Võ": 1.9, "Đặng": 2.1,
    "Bùi": 2.0, "Đỗ": 1.4, "Hồ": 1.3, "Ngô": 1.3, "Dương": 1.0, "Lý": 0.5, "Đinh": 0.9, "Đoàn": 0.8, "Lương": 0.8, "Trịnh": 0.8,
    "Mai": 0.7, "Đào": 0.7, "Cao": 0.6, "Lưu": 0.6, "Tạ": 0.5, "Chu": 0.5, "Hà": 0.5, "Tô": 0.4, "Kiều": 0.3, "Thạch": 0.2,
}  # fmt: skip
TODAY = date(2021, 8, 24)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a list, as written; `who` is the truth nobody tells the matchers."""

    who: int
    name: str
    sex: str
    birth: str
    paper: str
    phone: str
    commune: int
    hamlet: str
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Human:
    who: int
    name: str
    sex: str
    born: date
    paper: str
    phone: str
    commune: int
    hamlet: int


class Population:
    """People of `communes` communes with eight hamlets each, in households that share a family name and often a telephone."""

    def __init__(self, people: int, *, seed: int, communes: int = 27) -> None:
        self.random = random.Random(seed)
        self.communes = communes
        self.given = {"M": _given("boy.txt"), "F": _given("girl.txt")}
        self.humans: list[Human] = []
        while len(self.humans) < people:
            self._household()
        del self.humans[people:]

    def lists(self, *, twice: float, damage: str = "all") -> list[Record]:
        """Every human once, that share of them a second time and damaged, in no order."""
        records = [self.written(human) for human in self.humans]
        again = self.random.sample(self.humans, int(len(self.humans) * twice))
        records += [self.damaged(human, damage) for human in again]
        self.random.shuffle(records)
        return records

    def written(self, human: Human) -> Record:
        """The human in a careful list, where some cells are empty all the same."""
        chance = self.random.random
        birth = f"{human.born:%d/%m/%Y}" if chance() < 0.7 else str(human.born.year) if chance() < 0.85 else ""
        return Record(
            who=human.who,
            name=human.name,
            sex=human.sex if chance() < 0.95 else "",
            birth=birth,
            paper=human.paper if chance() < 0.6 else "",
            phone=human.phone if chance() < 0.8 else "",
            commune=human.commune,
            hamlet=f"Thôn {human.hamlet}" if chance() < 0.8 else "",
        )

    def damaged(self, human: Human, kinds: str) -> Record:
        """The same human in a hurried list: one to three kinds of damage."""
        record = self.written(human)
        table = {"usual": USUAL, "other": OTHER, "all": USUAL | OTHER}[kinds]
        chosen = self.random.sample(sorted(table), self.random.choice((1, 1, 2, 2, 3)))
        for kind in chosen:
            record = table[kind](record, self.random)
        return replace(record, damage=tuple(chosen))

    def _household(self) -> None:
        r = self.random
        family, commune, hamlet = r.choices(list(FAMILIES), list(FAMILIES.values()))[0], r.randrange(self.communes), r.randint(1, 8)
        shared, oldest = self._phone(), r.randint(25, 80)
        for place in range(r.choice((1, 2, 2, 3, 4, 4, 5, 6))):
            sex = "MF"[place % 2] if place < 2 else r.choice("MF")
            age = oldest if place == 0 else oldest + r.randint(-6, 4) if place == 1 else max(0, oldest - r.randint(20, 40))
            own_family = r.choices(list(FAMILIES), list(FAMILIES.values()))[0] if place == 1 else family
            born = TODAY - timedelta(days=365 * age + r.randrange(365))
            paper = self._paper(sex, born) if age >= 14 and r.random() < 0.9 else ""
            phone = self._phone() if age >= 12 and r.random() < 0.6 else shared
            self.humans.append(Human(len(self.humans), self._name(own_family, sex), sex, born, paper, phone, commune, hamlet))

    def _name(self, family: str, sex: str) -> str:
        rank = min(int(30 * (self.random.paretovariate(1) - 1)), len(self.given[sex]) - 1)  # the commonest: three in a hundred
        middle_and_given = self.given[sex][rank]
        if self.random.random() < 0.45:
            middle_and_given = f"{'Văn' if sex == 'M' else 'Thị'} {middle_and_given.split()[-1]}"
        return f"{family} {middle_and_given}"

    def _paper(self, sex: str, born: date) -> str:
        if self.random.random() < 0.35:
            return f"0{self.random.randrange(10**8):08d}"
        century = (born.year - 1900) // 100 * 2 + (sex == "F")
        return f"0{self.random.choice(('01', '01', '01', '35', '36', '38', '40'))}{century}{born.year % 100:02d}{self.random.randrange(10**6):06d}"

    def _phone(self) -> str:
        return f"0{self.random.choice('35789')}{self.random.randrange(10**8):08d}"


def _given(file: str) -> list[str]:
    """Middle and given names in an order of their own: the first are the common ones."""
    lines = (NAMES / file).read_text(encoding="utf-8").replace("Ð", "Đ").splitlines()
    names = sorted({line.strip() for line in lines if len(line.split()) == 2})
    random.Random(0).shuffle(names)
    return names


# --- damage: each takes a record and gives the record as a hurried hand would have it


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c))


def _no_accents(record: Record, r: random.Random) -> Record:
    return replace(record, name=_bare(record.name).upper() if r.random() < 0.5 else _bare(record.name))


def _decomposed(record: Record, r: random.Random) -> Record:
    return replace(record, name=unicodedata.normalize("NFD", record.name.upper()))


def _tone_elsewhere(record: Record, r: random.Random) -> Record:
    for one, other in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("úy", "uý"), ("ùy", "uỳ"), ("ụy", "uỵ")):
        record = replace(record, name=record.name.replace(one, other))
    return record


def _by_ear(record: Record, r: random.Random) -> Record:
    """One word written as it sounds."""
    words = record.name.split()
    pairs = (("L", "N"), ("N", "L"), ("Ch", "Tr"), ("Tr", "Ch"), ("S", "X"), ("X", "S"), ("D", "Gi"), ("Gi", "D"))
    for at in r.sample(range(1, len(words)), len(words) - 1):
        for one, other in pairs:
            if words[at].startswith(one) and not words[at].startswith(("Ng", "Nh", "Th")):
                words[at] = other + words[at][len(one) :]
                return replace(record, name=" ".join(words))
    return record


def _no_middle(record: Record, r: random.Random) -> Record:
    words = record.name.split()
    return replace(record, name=f"{words[0]} {words[-1]}")


def _abbreviated(record: Record, r: random.Random) -> Record:
    words = record.name.split()
    return replace(record, name=" ".join(f"{word[0]}." for word in words[:-1]) + f" {words[-1]}")


def _year_only(record: Record, r: random.Random) -> Record:
    return replace(record, birth=record.birth[-4:])


def _filled_form(record: Record, r: random.Random) -> Record:
    return replace(record, birth=f"01/01/{record.birth[-4:]}" if record.birth else "")


def _year_beside(record: Record, r: random.Random) -> Record:
    return replace(record, birth=f"{record.birth[:-4]}{int(record.birth[-4:]) + r.choice((-1, 1))}" if record.birth else "")


def _day_for_month(record: Record, r: random.Random) -> Record:
    day, _, rest = record.birth.partition("/")
    return replace(record, birth=f"{rest[:2]}/{day}/{rest[3:]}") if rest and int(day) <= 12 else record


def _lost_zero(record: Record, r: random.Random) -> Record:
    return replace(record, paper=record.paper.lstrip("0"))


def _other_phone(record: Record, r: random.Random) -> Record:
    return replace(record, phone=f"09{r.randrange(10**8):08d}")


def _no_numbers(record: Record, r: random.Random) -> Record:
    return replace(record, phone="", paper="")


def _moved_hamlet(record: Record, r: random.Random) -> Record:
    return replace(record, hamlet=f"Thôn {r.randint(1, 8)}")


def _moved_commune(record: Record, r: random.Random) -> Record:
    return replace(record, commune=(record.commune + r.randint(1, 26)) % 27, hamlet=f"Thôn {r.randint(1, 8)}")


def _typo(record: Record, r: random.Random) -> Record:
    """A letter missing, doubled, changed, or exchanged with the next."""
    name, at = record.name, r.randrange(1, len(record.name) - 1)
    slips = (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + r.choice("aeioungt") + name[at + 1 :])
    return replace(record, name=r.choice((*slips, name[:at] + name[at + 1] + name[at] + name[at + 2 :])))


def _typos(record: Record, r: random.Random) -> Record:
    return _typo(_typo(record, r), r)


def _given_first(record: Record, r: random.Random) -> Record:
    words = record.name.split()
    return replace(record, name=" ".join([words[-1], *words[:-1]]))


def _other_tone(record: Record, r: random.Random) -> Record:
    """The tone of the last word written wrong, or left away."""
    stem, _, last = record.name.rpartition(" ")
    letters = unicodedata.normalize("NFD", last)
    toneless = "".join(c for c in letters if c not in "\u0300\u0301\u0303\u0309\u0323")
    return replace(record, name=f"{stem} {unicodedata.normalize('NFC', toneless)}")


def _other_name(record: Record, r: random.Random) -> Record:
    """The name used at home."""
    return replace(record, name=f"{record.name.split()[0]} {r.choice(('Tý', 'Bống', 'Cò', 'Na', 'Tèo', 'Bi'))}")


def _digits(text: str, r: random.Random, *, from_: int) -> str:
    at = r.randrange(from_, len(text))
    return text[:at] + r.choice("0123456789") + text[at + 1 :]


def _paper_typo(record: Record, r: random.Random) -> Record:
    return replace(record, paper=_digits(record.paper, r, from_=4)) if record.paper else record


def _phone_typo(record: Record, r: random.Random) -> Record:
    return replace(record, phone=_digits(record.phone, r, from_=2)) if record.phone else record


def _day_typo(record: Record, r: random.Random) -> Record:
    return replace(record, birth=f"{r.randint(1, 28):02d}{record.birth[2:]}") if len(record.birth) > 4 else record


def _other_decade(record: Record, r: random.Random) -> Record:
    return replace(record, birth=f"{record.birth[:-4]}{int(record.birth[-4:]) - 10}") if record.birth else record


def _other_sex(record: Record, r: random.Random) -> Record:
    return replace(record, sex={"M": "F", "F": "M", "": ""}[record.sex])


def _nowhere(record: Record, r: random.Random) -> Record:
    return replace(record, commune=-1, hamlet="")


Damage = Callable[[Record, random.Random], Record]
USUAL: dict[str, Damage] = {
    each.__name__.lstrip("_"): each
    for each in (
        _no_accents, _decomposed, _tone_elsewhere, _by_ear, _no_middle, _abbreviated, _year_only, _filled_form, _year_beside, _day_for_month,
        _lost_zero, _other_phone, _no_numbers, _moved_hamlet, _moved_commune,
    )
}  # fmt: skip
OTHER: dict[str, Damage] = {
    each.__name__.lstrip("_"): each
    for each in (
        _typo, _typos, _given_first, _other_tone, _other_name, _paper_typo, _phone_typo, _day_typo, _other_decade, _other_sex, _nowhere,
    )
}  # fmt: skip
