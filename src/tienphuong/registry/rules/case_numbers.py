"""Case numbers as people write them, and the links they make: `F1 của BN 1234`, `tiếp xúc BN12, BN 15`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.fold import fold

_PATIENT_WORDS: Final = (
    r"(?:bệnh nhân|benh nhan|ca bệnh|ca benh|ca nhiễm|ca nhiem|ca dương tính|ca)\s*(?:mắc\s*)?(?:covid(?:-19)?\s*)?(?:thứ|số|so)?\s*[:.]?"
)
_WHOLE: Final = re.compile(rf"(?:({_PATIENT_WORDS})|([a-zđ][a-zđ .\-/_]{{0,12}}?))?\s*[ .\-_:#/]*\s*0*(\d{{1,9}})", re.IGNORECASE)
# In free text only a known prefix makes a number a case number.
_MENTION: Final = re.compile(rf"\b(?:{_PATIENT_WORDS}|BN|NB|SK)\s*(?:[A-ZĐ]{{2,4}}[ .\-]?)?[ .\-_:#]*\d{{1,7}}\b(?![/.]\d)", re.IGNORECASE)
_AND_MORE: Final = re.compile(r"\s*(?:,|;|và|\+|&)\s*(\d{1,7})\b(?![/.]\d|\s*(?:tuổi|ngày|lần|người|tháng))", re.IGNORECASE)
_DEGREE: Final = re.compile(r"\bF\s?(\d)\b", re.IGNORECASE)
_SHORT_RELATIONS: Final = {"tx": "tiếp xúc", "txg": "tiếp xúc gần"}
_RELATIONS: Final = (
    "tiếp xúc gần|tiếp xúc|txg|tx|vợ|chồng|con trai|con gái|con dâu|con rể|con|bố mẹ|bố|mẹ|cha|ông nội|ông ngoại|bà nội|bà ngoại|ông|bà|anh trai|em trai|"
    "chị gái|em gái|anh|chị|em|cháu|cô|dì|chú|bác|cậu|hàng xóm|đồng nghiệp|bạn cùng phòng|bạn|cùng phòng|cùng nhà|cùng công ty|cùng lớp|"
    "cùng xe|cùng chuyến bay|liên quan|người nhà|người giúp việc|ăn cơm cùng|làm cùng|ở cùng|gặp"
)
_RELATION: Final = re.compile(rf"\b({_RELATIONS})\b", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[.;\n](?!\d)")


@dataclass(frozen=True, slots=True)
class CaseLink:
    """One mention of a case in free text: as F-what, related how, to which case, in the writer's words."""

    degree: int | None
    relation: str | None
    alias_key: str
    original: str


@lru_cache(maxsize=32768)
def alias_key(raw: str) -> str | None:
    """The form under which spellings of one case number meet (`BN 0012`, `bệnh nhân số 12` -> `BN-12`), or None."""
    match = _WHOLE.fullmatch(clean(raw).strip(" ().,"))
    if not match:
        return None
    words, prefix, digits = match.groups()
    letters = "BN" if words else re.sub("[^A-Z]", "", fold(prefix or "").upper())
    return f"{letters}-{int(digits)}" if letters else str(int(digits))


def alias_variants(key: str) -> tuple[str, ...]:
    """Other keys a hurried hand may have meant (NB for BN, no prefix at all): for review, never for silent linking."""
    prefix, _, number = key.rpartition("-")
    others = {"BN": ("NB", ""), "NB": ("BN", ""), "": ("BN", "NB")}.get(prefix, ("",))
    return tuple(f"{other}-{number}" if other else number for other in others)


def find_links(text: str) -> list[CaseLink]:
    """Every case named in a note, with the degree and the relation that stand before it in the same clause."""
    text = clean(text)
    links: list[CaseLink] = []
    end_of_last, lead = 0, ""
    for match in _MENTION.finditer(text):
        between = text[end_of_last : match.start()]
        lead = between if _opens_a_link(between) or not links else lead
        links += _links(match, text, _last_clause(lead))
        end_of_last = match.end()
    return links


def _links(match: re.Match[str], text: str, lead: str) -> list[CaseLink]:
    """The mention itself and bare numbers that go on with it: `BN 12, 15 và 17`."""
    key = alias_key(match.group())
    if key is None:
        return []
    degree, relation = _degree_of(lead), _relation_of(lead)
    prefix, at, links = key.rpartition("-")[0], match.end(), [CaseLink(degree, relation, key, match.group().strip())]
    while more := _AND_MORE.match(text, at):
        links.append(CaseLink(degree, relation, f"{prefix}-{int(more.group(1))}", more.group(1)))
        at = more.end()
    return links


def _opens_a_link(between: str) -> bool:
    """Whether the words between two mentions say something new, rather than continue the list."""
    return bool(_DEGREE.search(between) or _RELATION.search(between) or _CLAUSE_END.search(between))


def _last_clause(lead: str) -> str:
    return _CLAUSE_END.split(lead)[-1]


def _degree_of(lead: str) -> int | None:
    found = _DEGREE.findall(lead)
    return int(found[-1]) if found else None


def _relation_of(lead: str) -> str | None:
    found = _RELATION.findall(lead)
    return _SHORT_RELATIONS.get(found[-1].lower(), found[-1].lower()) if found else None
