"""The cells of a made-up row: what stands in each, and what a careful officer reads there."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bench.reading.people import COMMUNES, FAMILY, GIVEN, HAMLETS, Person, person

from tienphuong.core.text.fold import fold

WORDS = Path(__file__).resolve().parents[2] / "tests" / "spec" / "words"
ASK, NONE = "ask", "none"
DIRTY, BLANK = 0.15, 0.06
# How often a word column holds a cell of the tables of words instead of its plain words.
PHRASES = 0.2
ALWAYS = frozenset(
    {"row_no", "full_name", "family_name", "given_name", "case_no", "sampled_on", "result", "hamlet", "event_on", "exposure_place"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, its reading and the other readings that may be defended; an empty reading is not judged."""

    text: str
    reading: str = ""
    accept: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.reading, *self.accept))


EMPTY = Cell("")
PLAIN = {
    "result": {"positive": ("Dương tính", "DƯƠNG TÍNH", "Dương tính"), "negative": ("Âm tính", "âm tính"), "pending": ("Chờ kết quả",)},
    "classification": {
        "confirmed": ("Ca bệnh xác định", "Xác định", "F0"),
        "suspected": ("Nghi ngờ", "Ca nghi ngờ"),
        "probable": ("Ca có thể",),
    },
    "outcome": {"in_treatment": ("Đang điều trị", "đang điều trị"), "recovered": ("Khỏi bệnh", "Ra viện", "Đã khỏi"), "died": ("Tử vong",)},
    "follow_up": {"done": ("Đã theo dõi", "x", "Bình thường"), "unreachable": ("Không nghe máy",)},
    "symptoms": {"yes": ("Sốt", "Ho, sốt", "Đau họng"), "no": ("Không triệu chứng", "Không")},
    "degree": {"F1": ("F1", "F1", "f1"), "F2": ("F2",)},
    "form": {"home": ("Tại nhà", "Cách ly tại nhà"), "central": ("Tập trung", "Cách ly tập trung")},
    "state": {"staying": ("Đang cách ly",), "completed": ("Hoàn thành cách ly",)},
}
_CODES = {
    "sex": {"M": ("MALE",), "F": ("FEMALE",)}, "classification": {"confirmed": ("CONFIRMED",), "suspected": ("SUSPECT",), "probable": ("PROBABLE",)},
    "outcome": {"in_treatment": ("NO_OUTCOME",), "recovered": ("RECOVERED",), "died": ("DECEASED",)},
    "result": {"positive": ("POSITIVE",), "negative": ("NEGATIVE",), "pending": ("PENDING",)},
}  # fmt: skip
_ENGLISH = {
    "classification": {"confirmed": ("Confirmed",), "suspected": ("Suspected",), "probable": ("Probable",)},
    "outcome": {"in_treatment": ("In treatment",), "recovered": ("Recovered",), "died": ("Died",)},
}  # fmt: skip
_FRENCH = {
    "sex": {"M": ("M", "Masculin"), "F": ("F", "Féminin")}, "classification": {"confirmed": ("Confirmé",), "suspected": ("Suspect",), "probable": ("Probable",)},
    "result": {"positive": ("Positif",), "negative": ("Négatif",), "pending": ("En attente",)},
    "outcome": {"in_treatment": ("En traitement",), "recovered": ("Guéri", "Guérie"), "died": ("Décédé", "Décédée")},
}  # fmt: skip
_SPANISH = {
    "sex": {"M": ("Masculino", "Hombre"), "F": ("Femenino", "Mujer")}, "classification": {"confirmed": ("Confirmado",), "suspected": ("Sospechoso",), "probable": ("Probable",)},
    "result": {"positive": ("Positivo",), "negative": ("Negativo",), "pending": ("Pendiente",)},
    "outcome": {"in_treatment": ("En tratamiento",), "recovered": ("Recuperado",), "died": ("Fallecido",)},
}  # fmt: skip
_TONGUES = {"": PLAIN, "codes": _CODES, "english": _ENGLISH, "french": _FRENCH, "spanish": _SPANISH, "every": PLAIN}


@cache
def phrases(kind: str) -> tuple[tuple[str, Cell], ...]:
    """The cells of the repository's tables of words, each with the kind of fact it tells."""
    table = tomllib.loads((WORDS / f"{kind}.toml").read_text("utf-8"))["family"]
    return tuple(
        (family.get("field", kind), Cell(text, reading, tuple(family.get("accept", ()))))
        for family in table
        for text, reading in family.get("pairs") or [(text, family["reading"]) for text in family["cells"]]
    )


def words(kind: str, reading: str, style: str, dice: Random, *, may_doubt: bool = True) -> Cell:
    """A cell that says a word, or one that is doubted, denied or unknown, where the row leaves that open."""
    wild = style == "" and dice.random() < PHRASES
    fitting = [
        cell
        for target, cell in phrases({"form": "stay", "state": "stay"}.get(kind, kind))
        if wild and target == kind and _fits(cell, reading, may_doubt)
    ]
    if fitting:
        return dice.choice(fitting)
    tongue = _TONGUES[style].get(kind) or PLAIN[kind]
    return Cell(dice.choice(tongue[reading]), reading)


def _fits(cell: Cell, reading: str, may_doubt: bool) -> bool:
    return cell.reading == reading or (may_doubt and cell.reading in (ASK, NONE) and not cell.text.isdigit())


def name(one: Person, style: str, dice: Random) -> Cell:
    """A name as hands write it: capitals, honorifics, decomposed letters, no accents."""
    forms: list[Callable[[str], str]] = [
        str.upper, lambda text: f"Ông {text}" if one.sex == "M" else f"Bà {text}", lambda text: unicodedata.normalize("NFD", text), str.lower,
        lambda text: f"  {text.replace(' ', '  ')} ", lambda text: fold(text).title(),
    ]  # fmt: skip
    return Cell(dice.choice(forms)(one.name) if dice.random() < DIRTY else one.name, fold(one.name))


def sex(one: Person, style: str, dice: Random) -> Cell:
    """The sex in the words of its list."""
    if style:
        return words("sex", one.sex, style if style in _TONGUES and "sex" in _TONGUES[style] else "codes", dice)
    if dice.random() >= DIRTY:
        return Cell({"M": "Nam", "F": "Nữ"}[one.sex], one.sex)
    return dice.choice([cell for _, cell in phrases("sex") if cell.reading in (one.sex, ASK, NONE)])


def birth(one: Person, style: str, dice: Random) -> Cell:
    """A year or a day of birth."""
    year = str(one.birth.year)
    if style in ("year", "year_m", "year_f"):
        return EMPTY if style[5:] and style[5:].upper() != one.sex else Cell(year, year)
    if dice.random() < DIRTY:
        unknown = [
            Cell(year, year),
            Cell(f"00/00/{year}", year),
            Cell("32/13/1980", ASK, ("1980",)),
            Cell("không nhớ", ASK, (NONE,)),
            Cell("?", ASK, (NONE,)),
        ]
        return dice.choice(unknown)
    text = one.birth.isoformat() if style == "iso" else f"{one.birth:%d/%m/%Y}"
    return Cell(text, one.birth.isoformat())


def age(one: Person, style: str, dice: Random) -> Cell:
    """An age in years, or a cell of the tables of ages."""
    years = (date(2021, 8, 24) - one.birth).days // 365
    if style == "" and dice.random() < DIRTY:
        return dice.choice(phrases("age"))[1]
    return Cell(str(years), f"{years} years")


def phone(one: Person, style: str, dice: Random) -> Cell:
    """A telephone with its zero lost, with blanks, two in one cell, of before 2018, or none."""
    digits = f"9{dice.randint(10_000_000, 99_999_999)}"
    plain = f"0{digits}"
    if dice.random() >= DIRTY:
        return Cell(plain, plain)
    old = f"0168{digits[2:]}"
    return dice.choice(
        (
            Cell(digits, plain), Cell(f"{plain[:4]} {plain[4:7]} {plain[7:]}", plain), Cell(f"+84{digits}", plain), Cell(f"{plain}/0912345678", f"{plain}; 0912345678"),
            Cell(old, f"038{digits[2:]}"), Cell("0000000000", NONE, (ASK,)), Cell("Không có", NONE, (ASK,)), Cell(plain[:8], ASK), Cell(f"{plain[:6]}xxxx", ASK),
        )
    )  # fmt: skip


def identity(one: Person, style: str, dice: Random) -> Cell:
    """A paper's number, with zeros lost, of nine digits, or destroyed by a spreadsheet."""
    century = {"M": 0, "F": 1}[one.sex] + (2 if one.birth.year >= 2000 else 0)
    number = f"001{century}{one.birth.year % 100:02d}{dice.randint(0, 999_999):06d}"
    if dice.random() >= DIRTY:
        return Cell(number, number)
    old = str(dice.randint(110_000_000, 199_999_999))
    return dice.choice(
        (Cell(old, old), Cell("1.09E+11", ASK), Cell("không", NONE, (ASK,)), Cell(f"'{number}", number), Cell(number[:7], ASK))
    )


def day(target: str, one: Person, style: str, dice: Random) -> Cell:
    """A day as hands and systems write it."""
    when = one.days[target]
    if style == "iso":
        return Cell(when.isoformat(), when.isoformat())
    if dice.random() >= DIRTY:
        return Cell(f"{when:%d/%m/%Y}", when.isoformat())
    said = when.isoformat()
    late = date(2021, 8, 24) + timedelta(days=dice.randint(20, 90))
    person_events = Cell(f"{late:%d/%m/%Y}", late.isoformat() if target == "quarantine_to" else ASK)
    return dice.choice(
        (
            Cell(f"{when.day}/{when.month}", said), Cell(f"{when.day}-{when.month}-2021", said), Cell(f"{when.day}.{when.month}.2021", said), Cell(f"ngày {when.day}/{when.month}", said),
            Cell(f"{when.day}/{when.month}/21", said), Cell(said, said), Cell(f"{when.day}/{when.month}/2021 08:30", said), Cell(f"8h30 ngày {when.day}/{when.month}/2021", said),
            Cell("32/8/2021", ASK), Cell("không rõ", NONE, (ASK,)), Cell("?", ASK, (NONE,)), Cell(f"{when.day}/{when.month}?", ASK), Cell("khoảng đầu tháng 8", ASK), person_events,
        )
    )  # fmt: skip


def link(one: Person, style: str, dice: Random) -> Cell:
    """The case a contact is linked to, by number, by the words around it, or by name."""
    if style == "codes":
        number = dice.randint(100, 9999)
        return Cell(f"CASE-{number}", f"CASE-{number}")
    if style == "names":
        other = f"{dice.choice(FAMILY)} {dice.choice(('Văn', 'Thị'))} {dice.choice(GIVEN['M'])}"
        return Cell(f"F1 của {other}", f"name:{other.lower()}") if dice.random() < 0.4 else Cell(other, f"name:{other.lower()}")
    if dice.random() < PHRASES:
        return dice.choice([cell for _, cell in phrases("link") if not cell.reading.startswith("own:")])
    number = dice.randint(1000, 99999)
    return Cell(dice.choice((f"BN{number}", f"BN {number}", f"F1 của BN{number}", f"BN-{number}")), f"BN-{number}")


def place(target: str, dice: Random) -> Cell:
    """Where somebody lives, as one cell or as a part of it."""
    hamlet, commune = dice.choice(HAMLETS), dice.choice(COMMUNES)
    full = f"{hamlet}, xã {commune}, huyện Thanh Trì"
    text = {"hamlet": hamlet, "commune": f"Xã {commune}", "district": "Huyện Thanh Trì"}.get(target, full)
    return Cell(text, text if target == "address" else "")


def another(dice: Random) -> Person:
    """Somebody the row is not about."""
    return person(0, dice)
