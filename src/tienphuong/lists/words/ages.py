"""The age a cell gives: a count of years, months, weeks or days, or a year of birth; all else is asked."""

import re
from fractions import Fraction
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.date_forms import NO_FACT
from tienphuong.core.text.fold import fold
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

OLDEST: Final = 120
_UNITS: Final = {
    "years": "tuoi|t|y\\.?o\\.?|years?(?:[ -]olds?)?|yrs?(?: old)?|y|ans?|anos?",
    "months": "thang(?: tuoi)?|th|months?(?: old)?|mo|mois|mes(?:es)?|m",
    "weeks": "tuan(?: tuoi)?|weeks?(?: old)?|wks?|w|semaines?|semanas?",
    "days": "ngay(?: tuoi)?|days?(?: old)?|d|jours?|dias?",
}
_PAIR: Final = re.compile(
    r"(?<![\w.,+<>/\-])(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items())
    + r")\b(\s*ruoi\b)?"
)
_BARE: Final = re.compile(r"(?<![\w.,+<>/\-])(\d{1,3}(?:[.,]\d{1,2})?)(?![\w.,+/%\-])")
_BORN: Final = re.compile(
    r"(?:\b(?:sinh nam|nam sinh|sinh|sn|ns|born(?: in)?|nee? en|nacid[oa] en)\s*[:.]?\s*)?(?<![\d/.\-])((?:18|19|20)\d\d)(?![\d/.\-])"
)
_SHORT_BORN: Final = re.compile(r"\b(?:sinh nam|nam sinh|sinh|sn|ns)\s*[:.']?\s*(\d\d)(?!\d|[/.\-])")
_DATE: Final = re.compile(
    r"(?:\b(?:sinh ngay|ngay sinh|sinh|sn|dob)\b\s*:?\s*)?(?<!\d)(?:[\dx?]{1,2}[/.\-])?[\dx?]{1,2}[/.\-]((?:19|20)\d\d)(?!\d)"
)
_ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)-\d\d-\d\d(?!\d)")
_SAID: Final = re.compile(r"\b(?:tuoi|age|aged|edad|idade|va|et|y|and|e|nu|gioi|tinh|male|female|of)\b")
_MU: Final = re.compile(r"\(?\s*(?:tuoi )?\bmu\s*\)?$")
_UNIT: Final = {unit: re.compile(f"(?:{words})s?") for unit, words in _UNITS.items()}
_LABEL: Final = re.compile(
    r"(?:\(|\b(?:in|theo|bang|so|en|em|age)\b)\s*(?:la |don vi:? ?)?([a-z]+)(?: tuoi| old)?\s*\)?$|^([a-z]+) (?:tuoi|of age)$"
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINTS: Final = re.compile(r"[_.\-\s]+")
_LIMIT: Final = {"years": OLDEST, "months": 240, "weeks": 208, "days": 1100}
_IN: Final = {"years": 12, "weeks": 7}
_LITTER: Final = " ,.;:()'\""


def read_age(text: str, *, context: CellContext) -> Reading:
    """The age with its unit, or the year of birth; an age and a year that disagree are asked."""
    low = re.sub(r"(?<!\w)(?:nam|nữ)(?=\s*[,:\-]?\s*\d+\s*(?:tuổi|t\b|$))", " ", clean(text).lower())
    bare = fold(low).strip(_LITTER)
    if counted := _MU.search(bare):
        return _born_at_one(read_age(bare[: counted.start()], context=context))
    if not bare or NO_FACT.fullmatch(bare) or re.fullmatch(r"(?:unknown|khong ro) (?:age(?: group)?|tuoi|nhom tuoi)", bare):
        return Reading(NONE)
    if re.fullmatch(r"<\s*1(?:\s*(?:tuoi|t|years?|y|ans?|ano))?|duoi 1 tuoi|0", bare):
        return Reading("0 years")
    years, rest = _born(bare, context)
    counts, rest = _counts(rest)
    if _SAID.sub(" ", rest).strip(_LITTER + "-") or len(set(years)) > 1 or rest.startswith("-"):
        return _ask("Không hiểu hết chữ trong ô tuổi.")
    age = _joined(counts)
    return _of_born(years[0], age, context) if years else age or _ask("Không hiểu tuổi trong ô.")


def unit_of(text: str) -> str:
    """The unit a cell or a column of units names: years, months, weeks or days; empty where it names none."""
    word = fold(text).replace("(s)", "s").strip(_LITTER)
    return "years" if word == "nam" else next((unit for unit, words in _UNIT.items() if words.fullmatch(word)), "")


def unit_of_label(label: str) -> str:
    """The unit the head of a column of ages names: `Tuổi (tháng)`, `age_in_days`; empty where it names none."""
    words = " ".join(_JOINTS.sub(" ", fold(_CAMEL.sub(" ", label))).split())
    match = _LABEL.search(words)
    return unit_of(next(filter(None, match.groups()))) if match else ""


def _born_at_one(age: Reading) -> Reading:
    """An age counted from conception is a year more than the age since birth."""
    count, _, unit = age.word.partition(" ")
    return Reading(f"{int(count) - 1} years", facts={"counted_from_conception": True}) if unit == "years" and int(count) else age


def _born(bare: str, context: CellContext) -> tuple[list[int], str]:
    """The years of birth of a text, and the text without them."""
    found = []
    for pattern in (_ISO, _DATE, _BORN, _SHORT_BORN):
        for match in pattern.finditer(bare):
            year = int(match.group(1))
            found.append(year if year > 99 else 1900 + year if year > context.day.year % 100 else 0)
        bare = pattern.sub(" ", bare)
    return found, bare


def _counts(bare: str) -> tuple[list[tuple[Fraction, str]], str]:
    """The counts of a text with their units; a number that stands without one counts years, where nothing else is written."""
    found = []
    for match in _PAIR.finditer(bare):
        unit = next(name for name in _UNITS if match.group(name))
        found.append((_number(match.group(1)) + (Fraction(1, 2) if match.groups()[-1] else 0), unit))
    rest = _PAIR.sub(" ", bare)
    if not found and (bare_count := _BARE.search(rest)):
        return [(_number(bare_count.group(1)), "years")], rest[: bare_count.start()] + " " + rest[bare_count.end() :]
    return found, rest


def _joined(counts: list[tuple[Fraction, str]]) -> Reading | None:
    """One age of the counts: years with months are months, weeks with days are days, months with days stay whole months."""
    units = [unit for _, unit in counts]
    if units in (["years", "months"], ["weeks", "days"]):
        return _one(counts[0][0] * _IN[units[0]] + counts[1][0], units[1]) if counts[1][0] < 12 else None
    if units == ["months", "days"]:
        return _one(counts[0][0], "months") if counts[1][0] < 31 else None
    return _one(*counts[0]) if len(counts) == 1 else None


def _one(count: Fraction, unit: str) -> Reading | None:
    if count.denominator != 1 and unit in _IN:
        count, unit = count * _IN[unit], {"years": "months", "weeks": "days"}[unit]
    if count.denominator != 1 or count > _LIMIT[unit]:
        return None
    return Reading(f"{count.numerator} {unit}")


def _of_born(year: int, age: Reading | None, context: CellContext) -> Reading:
    if not context.day.year - OLDEST <= year <= context.day.year:
        return _ask("Năm sinh ngoài khoảng có thể.")
    if age is not None and age.word.endswith("years") and abs(context.day.year - year - int(age.word.split()[0])) > 1:
        return _ask("Tuổi và năm sinh không khớp.")
    return Reading(f"born {year}", facts={"birth_year": year})


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _ask(reason: str) -> Reading:
    return Reading(ASK, reason=reason)
