"""Names of people: their parts, their honorifics, several in a cell, and how to print them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.family_names import FAMILIES
from tienphuong.core.text.fold import fold
from tienphuong.core.text.lost import is_damaged
from tienphuong.core.text.syllables import parse, spellings
from tienphuong.core.text.typing_residue import has_typing_residue
from tienphuong.registry.rules.placeholders import no_name
from tienphuong.registry.rules.terms import NameFlag, NameForm

_HONORIFIC: Final = re.compile(
    r"^(?:(?:ông|bà|anh|chị|cháu|bé trai|bé gái|bé|em|cô|chú|bác|cụ|đ/c|đ\.c\.?|đồng chí|bs|bác sĩ|bs\.?ck[i1-2]+|ths|ts|gs|pgs|ktv|đd|mr|mrs|ms|miss)"
    r"(?:\.\s*|:\s*|\s+))(?=\S)",
    re.IGNORECASE,
)
_BABY: Final = re.compile(
    r"^(?:con|cháu|trẻ sơ sinh|bé sơ sinh|sơ sinh)\s+(?:của\s+)?(?:(?:sản phụ|bà|ông|chị|anh|mẹ|bố)\s*:?\s*)(?P<parent>\S.*)$",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?:^|\s)\(?\d{1,2}[.)/]\s*(?=[^\W\d])")
_BETWEEN: Final = re.compile(r"\s*(?:[\n\r;|+&]|(?<!đ)(?<!Đ)/|,|\bvà\b|\s[-–]\s|^[-–•*]\s*)\s*", re.MULTILINE)
_PARENTHESES: Final = re.compile(r"\([^()]*\)")
_ABBREVIATED: Final = re.compile(r"(?<!\w)[^\W\d_]{1,3}\.(?=\s*[^\W\d_])")
_MARK: Final = "\ue000"
# Over the phone a family is dictated as `Vũ Văn An 1978; Lê Thị Bình 1982`.
_YEAR_BEHIND: Final = re.compile(r"[\s,(\-]+(?:sn\s*)?(?:19|20)\d\d\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as `family` + `middle` + `given`; a single-field name is all `given`. `parent` names a baby's mother or father."""

    full: str
    family: str
    middle: str
    given: str
    form: NameForm
    original: str
    parent: str = ""
    flags: tuple[NameFlag, ...] = ()


@lru_cache(maxsize=32768)
def split_name(raw: str) -> NameParts:
    """The parts of one person's name. Foreign and ethnic names are kept whole, whatever their order."""
    original = clean(raw)
    if no_name(original):
        return NameParts("", "", "", "", NameForm.EMPTY, original)
    if baby := _BABY.match(original):
        parent, _ = strip_honorific(baby.group("parent"))
        return NameParts(original, "", "", original, NameForm.BABY, original, present_name(parent), (NameFlag.BABY_OF,))
    name, honorific = strip_honorific(original)
    full = present_name(_PARENTHESES.sub("", name).strip(" .,;:-") if name else "")
    if not full:
        return NameParts("", "", "", "", NameForm.EMPTY, original)
    flags = _flags(full, honorific=honorific)
    if is_damaged(full):
        return NameParts(full, "", "", full, NameForm.SINGLE_FIELD, original, flags=(*flags, NameFlag.DAMAGED))
    if not is_vietnamese_form(full):
        return NameParts(full, "", "", full, NameForm.SINGLE_FIELD, original, flags=(*flags, NameFlag.NOT_SPLIT))
    words = _ABBREVIATED.sub(lambda m: m.group() + " ", full).split()
    # Two words without a family name are a middle and a given name (`Anh Thư`); longer names open with the family's.
    opens = int(len(words) > 2 or (len(words) == 2 and _opens_with_family(words)))
    return NameParts(full, "".join(words[:opens]), " ".join(words[opens:-1]), words[-1], NameForm.VIETNAMESE, original, flags=flags)


def strip_honorific(name: str) -> tuple[str, str]:
    """The name without the form of address before it, and that form. `Anh Thư` is a name, `Anh Nguyễn Văn An` is not."""
    match = _HONORIFIC.match(name)
    if not match:
        return name, ""
    word, rest = match.group().strip(" .:"), name[match.end() :]
    if _is_part_of_name(match.group().strip().lower(), rest):
        return name, ""
    inner, more = strip_honorific(rest)
    return inner, f"{word} {more}".strip()


def _is_part_of_name(word: str, rest: str) -> bool:
    """Whether the form of address is a name here: Anh before a mere given name, Ông as the family name of Ông Văn Bình."""
    words = fold(rest).split()
    if word == "anh":
        return len(words) < 2 or words[0].rstrip(".") not in FAMILIES | {"ng"}
    return word == "ông" and words[0] in ("van", "thi")


def is_vietnamese_form(name: str) -> bool:
    """Whether a name is made of Vietnamese syllables; without any accent it must also open with a family name."""
    words = name.replace(".", ". ").split()
    if len(words) > 6 or any(not _is_syllable(word) for word in words):
        return False
    return len(words) == 1 or not name.isascii() or _opens_with_family(words)


def _opens_with_family(words: list[str]) -> bool:
    return fold(words[0]).rstrip(".") in FAMILIES or words[0].endswith(".")


def _is_syllable(word: str) -> bool:
    """A possible syllable, an abbreviation, or a lone letter; unaccented typing is a syllable with its marks missing."""
    bare = word.rstrip(".")
    if len(bare) <= 2 or (word.endswith(".") and len(bare) <= 3):
        return bare.isalpha()
    return parse(bare) is not None or fold(bare) in _UNACCENTED


def _unaccented_syllables() -> frozenset[str]:
    """Every syllable as typed without marks (`nguyet`, `thuc`, `duc`), which the strict reading refuses for want of a tone."""
    return frozenset(fold(letters) for letters in spellings())


_UNACCENTED: Final = _unaccented_syllables()


def _flags(name: str, *, honorific: str) -> tuple[NameFlag, ...]:
    found = (
        (bool(honorific), NameFlag.HONORIFIC_REMOVED),
        (_ABBREVIATED.search(name) is not None, NameFlag.ABBREVIATED),
        (has_typing_residue(name), NameFlag.TYPING_RESIDUE),
        (any(char.isdecimal() for char in name), NameFlag.HAS_DIGITS),
    )
    return tuple(flag for is_so, flag in found if is_so)


def present_name(name: str) -> str:
    """The name as printed: a name all in capitals or all small is given capitals by word; any other is left as its owner writes it."""
    name = clean(name)
    if not (name.isupper() or name.islower()):
        return name
    return " ".join("".join(_capitalised(part) for part in re.split(r"(['’.\-])", word)) for word in name.lower().split(" "))


def _capitalised(part: str) -> str:
    return part[:1].title() + part[1:]


def split_people(cell: str) -> list[str]:
    """The people named in one cell, one text each, what belongs to a person (`(1985)`, `SN 1985`) kept with the name."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"{_MARK}{len(kept) - 1}{_MARK}"

    text = _NUMBERED.sub("\n", _PARENTHESES.sub(hide, cell))
    people: list[str] = []
    for part in _BETWEEN.split(text):
        part = clean(re.sub(f"{_MARK}(\\d+){_MARK}", lambda m: kept[int(m.group(1))], part or ""))
        _place(part, people)
    return people


def _place(part: str, people: list[str]) -> None:
    """A part that can be a name starts a person; any other belongs to the person before it."""
    if not part:
        return
    if people and not _may_be_a_name(part):
        people[-1] = f"{people[-1]}, {part}"
    else:
        people.append(part)


def _may_be_a_name(part: str) -> bool:
    bare = _YEAR_BEHIND.sub("", _PARENTHESES.sub("", part)).strip()
    return (
        len(bare) > 1 and bare[0].isupper() and not any(c.isdecimal() for c in bare) and not bare.upper().startswith(("SN", "SĐT", "CCCD"))
    )


def abbreviates(short: str, full: str) -> bool:
    """Whether a shortened name (`Ng. V. Đức`) can stand for a full one (`Nguyễn Văn Đức`): same words, each a beginning of the other's."""
    shorts, fulls = fold(short.replace(".", ". ")).split(), fold(full).split()
    if len(shorts) != len(fulls) or not any(word.endswith(".") for word in shorts):
        return False
    return all(f.startswith(s[:-1]) if s.endswith(".") else s == f for s, f in zip(shorts, fulls, strict=True))
