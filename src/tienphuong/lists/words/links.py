"""Whom a cell names: cases by their numbers, listed people by their codes, a number of the sender's own list, or a person by name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tienphuong.core.text.clean import clean
from tienphuong.core.text.date_forms import NO_FACT
from tienphuong.core.text.fold import fold, tone_key
from tienphuong.lists.reasons import NO_CODE, NOBODY_NAMED, UNSURE_LINK
from tienphuong.lists.words.codes import code_key, is_lettered, span_of
from tienphuong.lists.words.names import birth_year_in, names_in
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

MARK: Final = "§"
"""Stands for every letter of a code that was read, so that what is left can be looked at by itself."""
_DIGITS: Final = r"(\d{1,3}(?:\.\d{3})+|\d{1,7})(?![\da-z]|[/.]\d)"
_NATIONAL: Final = re.compile(
    rf"(?<!\w)(?:bn|nb|(?:benh nhan|(?:ca|nguoi) (?:benh|nhiem|duong tinh|mac|f0))(?:\s*(?:covid(?:-19)?|ma))?|(?<!cung )(?<!lam )(?<!truc )ca(?= (?:so|thu|ma so)\b| ?\d\d))"
    rf"\s*(?:so|thu|ma so)?\s*[.:#_\- ]*{_DIGITS}"
)
_MORE: Final = re.compile(rf"\s*(?:,|;|va|\+|&|/)\s*{_DIGITS}(?!\s*(?:tuoi|t\b|ngay|lan|nguoi|thang|h\b|gio))")
_CONTACT: Final = re.compile(r"(?<!\w)[a-z]{1,5}[-_.]?f\d[-_. ]?\d{1,6}(?!\w)")
_NUMBERED: Final = re.compile(r"(?<!\w)([a-z]{2,6}(?:-?f\d)?)[-_.]?0*(\d{1,7})(?![\w/]|[.\-]\d)")
_SPACED: Final = re.compile(r"(?<!\w)([A-ZĐ]{2,6})\s+0*(\d{1,7})(?![\w/]|[.\-]\d)")
_OWN: Final = re.compile(r"(?<!\w)(?:stt|so thu tu)\s*[:.]?\s*0*(\d{1,4})(?!\w)")
_PERHAPS: Final = re.compile(r"(?<!\w)(?:case(?: (?:no|number|id))?|ca|tt|ma|ma so|ma ca)\s*[:.#]?\s*0*(\d{1,7})(?![\w/]|[.\-]\d)")
_TOKEN: Final = re.compile(r"(?<![\w@])(?=[\w\-./]*\d)(?=[\w\-./]*[a-z])[a-z0-9]+(?:[-_./][a-z0-9]+)*(?!\w)")
_PURE: Final = re.compile(r"(?:\W|\b(?:f[0-5]|cua|of|voi|with|case|contact|va|and|tx|txg|tiep xuc|gan|source|nguon|lay)\b)*")
_NUMBERS: Final = re.compile(r"\d{1,7}(?:\s*(?:[,;/&+]|va|and)\s*\d{1,7})*")
_LABELS: Final = "sn ns tt dt sdt tel to ql tl tp xn lan covid nha so phong khu tang case p pcr ct ma ca"
_NOT_CODES: Final = frozenset(_LABELS.split())
# Labels that are the initials of communes too (Thanh Liệt's TL001): a code only if the base knows it.
_INITIALS: Final = frozenset({"tl", "tp"})
_BESIDE: Final = re.compile(
    r"(?:\b(?:dt|sdt|tel|dien thoai|phone)\b\s*[:.]?\s*)?(?<!\d)(?:\+84|0)[\d .\-]{8,12}\d(?!\d)|\b(?:sn|ns|sinh nam|nam sinh|sinh|born)\s*[:.]?\s*\d{2,4}\b|\b(?:19|20)\d\d\b(?=\))"
    r"|(?:\bngay\s*)?(?<!\d)\d{1,2}[/\-]\d{1,2}(?:[/\-]\d{2,4})?(?!\d)|\b\d{1,3}\s*(?:tuoi|t)\b|\b\d+\s*(?:lan|nguoi|ngay|phut|gio|m|met)\b|\blan\s*\d+|\b\d{1,2}\s*(?:h|g|gio)\s*\d{0,2}\b"
    r"|\b(?:nha so|so nha|phong|p|tang|to|ngo|ngach|hem|thon|xom|khu|doi|to dan pho|duong|lop|ql|xe so|xe|giuong|chuyen bay)\s*\.?\s*[a-z]{0,2}\d+[a-z]?\b"
)
_DEGREE: Final = re.compile(r"(?<!\w)f\s?([0-5])(?!\w)")
_DOUBT: Final = re.compile(
    r"\?|\b(?:hoac|hay la|co the|nghi|chac|khong phai|chua phai|khong (?:tiep xuc|lien quan|gap)|chua tiep xuc|ngoai tru|or|not|no contact)\b"
    r"|\b(?:tiep xuc|tx|txg|gap)(?: gan)?(?: voi)? f\s?[0-5] (?:cua|of)|[\d§]\s*(?:->|→|den|toi)\s*[\d§]|\d\s*-\s*\d"
)
# "F1 của F1": a contact of a contact, who is no contact of the case behind.
_OF_A_CONTACT: Final = re.compile(r"\bf\s?([1-5]) (?:cua|of) f\s?\1\b")
_PART: Final = re.compile(r"[,;()\n]|\bnhưng\b|\bbut\b")
_TURN: Final = re.compile(
    r"\b(?:không|khong|ko|chưa|chua|chờ|đợi|dự kiến|du kien|sẽ|loại trừ|loai tru|đã loại|da loai|trừ|đính chính|dinh chinh|nhầm|nham|hủy|huỷ|cần|sắp|no|non|pas|never|expected|awaiting|wrong)\b"
)
_AT: Final = re.compile(r"\b(?:tai|o|ngay|hom|luc|tu|den|nguon)\b.*$")
# `cna` is "cña", the word "của" in the old letters of TCVN3, which a cell of one word does not give away.
_LINKING: Final = re.compile(
    r"\b(?:f\s?[0-5]|la|cua|cna|voi|va|txg?|tiep xuc|gan|truc tiep|lien quan|lien he|lien lac|dich te|co|tien su|lay|nhiem|an|uong|com|vo|chong|con|trai|gai|dau|re|ruot|bo|me|cha|ong|ba|noi|ngoai"
    r"|anh|chi|em|chau|co|di|chu|bac|cau|hang xom|dong nghiep|ban|be|than|hoc|gia dinh|nguoi|nha|cung|phong|tro|xe|khach|cong ty|lop|to|doan|du lich|chuyen bay|song|lam|viec|gap|noi chuyen|mua hang"
    r"|stt|bn|nb|ca|benh nhan|benh|so|ma|thu|duong tinh|mac|covid-?(?:19)?|contact|case|family|of|with|close|to|wife|husband|son|daughter|mother|father|brother|sister|neighbou?r|colleague|friend|the|a"
    r"|source|index|linked|related|infected|by|from)\b|\d+"
)
_SPLIT: Final = re.compile(r"(?<!\w)(?:bn|nb)\W*\d{1,3},\d{3}(?!\d)")
"""A comma that groups thousands, or parts two numbers."""
_NOBODY: Final = re.compile(
    r"nguon lay|nguon benh|khong ro|chua ro|chua biet|dang dieu tra|cong dong|\bve tu\b|nhap canh|\bo dich\b|under investigation|imported|community"
    r"|^(?:khong|chua) (?:tiep xuc|xac dinh|co)|^unknown|sporadic|^(?:yes|no|known)$"
)
_PATIENT: Final = re.compile(r"\b(?:bn|nb|benh nhan|ca benh|ca|f\s?0|duong tinh)\b[\s:.]*$")
_PLACE: Final = re.compile(r"^(?:nha so|so nha|phong|thon|xom|to|khu|cho|cong ty|benh vien|duong|ngo|xa|phuong|truong) ")
_SHORT: Final = {"tx": "tiếp xúc", "txg": "tiếp xúc gần"}
_RELATION: Final = re.compile(
    r"\b(tiếp xúc gần|tiếp xúc|txg|tx|vợ|chồng|con trai|con gái|con dâu|con rể|con|bố mẹ|bố|mẹ|cha|ông nội|ông ngoại|bà nội|bà ngoại|ông|bà|anh trai|em trai"
    r"|chị gái|em gái|anh|chị|em|cháu|cô|dì|chú|bác|cậu|hàng xóm|đồng nghiệp|bạn cùng phòng|bạn|cùng phòng|cùng nhà|cùng công ty|cùng lớp|cùng xe"
    r"|cùng chuyến bay|liên quan|người nhà|người giúp việc|ăn cơm cùng|làm cùng|ở cùng|gặp|family|wife|husband|son|daughter|mother|father)\b",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[.;\n](?!\d)")


class Mention(NamedTuple):
    """One case or person a cell names: by the key of a code (a bare number is one of the sender's own list) or by a name.

    `sure` is false where the words have a second reading, `also` holds the key of that reading. `patient`: the words call the bearer of
    the name a case.
    """

    text: str
    key: str = ""
    name: str = ""
    sure: bool = True
    also: str = ""
    degree: int | None = None
    relation: str = ""
    birth_year: int | None = None
    patient: bool = False

    @property
    def word(self) -> str:
        """The mention as `BN-12`, `own:7` or `name:…`."""
        return f"name:{self.name}" if not self.key else f"own:{self.key}" if self.key.isdecimal() else self.key


class Mentions(NamedTuple):
    """Everybody a cell names, the degree it gives its own person, and a reason where something of it is not understood."""

    found: tuple[Mention, ...] = ()
    degree: int | None = None
    reason: str = ""


class _Spot(NamedTuple):
    start: int
    end: int
    key: str
    sure: bool = True
    also: str = ""


def read_link(text: str, *, context: CellContext) -> Reading:
    """The cases or the persons of a cell of links, joined by a semicolon."""
    read = read_mentions(text)
    facts: dict[str, object] = {} if read.degree is None else {"degree": f"F{read.degree}"}
    if beside := next((one.name for one in read.found if one.key and one.name), ""):
        facts["name"] = beside
    unsure = [one for one in read.found if not one.sure]
    if read.reason or unsure:
        return Reading(ASK, facts, read.reason or (NO_CODE if unsure[0].key else NOBODY_NAMED))
    return Reading("; ".join(one.word for one in read.found) or NONE, facts)


@lru_cache(maxsize=8192)
def read_mentions(text: str) -> Mentions:
    """Everybody a cell names; whatever only may be meant is not sure, and what nothing accounts for is a reason to ask."""
    text = clean(text)
    low = fold(text)
    text = text if len(low) == len(text) else low
    bare = low.strip(" ,.;:-()'\"")
    if not bare or NO_FACT.fullmatch(bare):
        return Mentions()
    if _NUMBERS.fullmatch(bare) and not re.search(r"[/]\s*(?:19|20)\d\d$", bare):
        return Mentions(tuple(_bare_number(number) for number in re.findall(r"\d+", bare)), None, NO_CODE)
    if is_lettered(text) and not _NOBODY.search(low):
        return Mentions((Mention(text, low.upper(), sure=False),), None, NOBODY_NAMED)
    spots, rest = _codes(text, low)
    degree = _own_degree(low)
    if _DOUBT.search(rest) or _OF_A_CONTACT.search(low) or _SPLIT.search(low) or _is_range(spots, low) or _is_turned(text, rest, spots):
        return Mentions((), None, UNSURE_LINK)
    return _of_codes(text, low, spots, rest, degree) if spots else _of_rest(text, rest, degree)


def _bare_number(number: str) -> Mention:
    """A number without a word: the ministry's when it is too long to be one of a list, else the list's own."""
    own = str(int(number))
    long = len(own) >= 5
    return Mention(number, f"BN-{own}" if long else own, sure=False, also=own if long else "")


def _codes(text: str, low: str) -> tuple[list[_Spot], str]:
    """Where the codes of a cell stand, and the text with marks for them and spaces for what else has figures."""
    spots: list[_Spot] = []
    low = _take(low, spots, _contact_codes(low))
    low = _take(low, spots, _national(low))
    low = _BESIDE.sub(_spaces, low)
    low = _take(low, spots, _whole_tokens(low))
    low = _DEGREE.sub(_spaces, low)
    for found in (_own_numbers, _numbered):
        low = _take(low, spots, found(low))
    low = _take(low, spots, _spaced(text, low))
    low = _take(low, spots, _perhaps(low))
    return sorted(spots), low


def _take(low: str, spots: list[_Spot], found: Iterator[_Spot]) -> str:
    """Keep the spots, and mark them in the text."""
    new = list(found)
    spots += new
    for spot in new:
        low = low[: spot.start] + MARK * (spot.end - spot.start) + low[spot.end :]
    return low


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _contact_codes(low: str) -> Iterator[_Spot]:
    """Codes of listed contacts (`LN-F1-0012`), which are no degree."""
    return (_Spot(*match.span(), code_key(match.group())) for match in _CONTACT.finditer(low))


def _national(low: str) -> Iterator[_Spot]:
    """The ministry's numbers, with the bare numbers that go on with them."""
    at = 0
    for match in _NATIONAL.finditer(low):
        if match.start() < at:
            continue
        yield _Spot(*match.span(), _key("BN", match.group(1)))
        at = match.end()
        while (more := _MORE.match(low, at)) and not _BESIDE.match(low, more.start(1)):
            # "BN 1234, 35" may leave out the first figures.
            yield _Spot(*more.span(1), _key("BN", more.group(1)), sure=len(more.group(1)) >= len(match.group(1)))
            at = more.end()


def _whole_tokens(low: str) -> Iterator[_Spot]:
    """Codes of any shape, where a cell holds nothing but codes."""
    tokens = list(_TOKEN.finditer(low))
    plain = _TOKEN.sub(" ", low).replace(MARK, " ")
    if not tokens or not _PURE.fullmatch(plain):
        return iter(())
    codes = [match for match in tokens if not _DEGREE.fullmatch(match.group()) and not span_of(match.group())]
    return (_Spot(*match.span(), key) for match in codes if (key := code_key(match.group())))


def _own_numbers(low: str) -> Iterator[_Spot]:
    return (_Spot(*match.span(), str(int(match.group(1)))) for match in _OWN.finditer(low))


def _numbered(low: str) -> Iterator[_Spot]:
    """Letters and a number written together."""
    for match in _NUMBERED.finditer(low):
        if match.group(1) not in _NOT_CODES or match.group(1) in _INITIALS:
            yield _Spot(*match.span(), _key(match.group(1).upper(), match.group(2)), sure=match.group(1) not in _INITIALS)


def _spaced(text: str, low: str) -> Iterator[_Spot]:
    """Codes with a space between, which only capitals make codes: `TX 1`."""
    for match in _SPACED.finditer(text):
        span = low[match.start() : match.end()]
        letters = fold(match.group(1))
        if span == fold(match.group()) and (letters not in _NOT_CODES or letters in _INITIALS):
            yield _Spot(*match.span(), _key(letters.upper(), match.group(2)), sure=letters not in _INITIALS)


def _perhaps(low: str) -> Iterator[_Spot]:
    """`case 16`, `TT 7`, `ca 3`: a number of the list, or the ministry's, or a code of the letters before it."""
    for match in _PERHAPS.finditer(low):
        number, letters = str(int(match.group(1))), match.group()[:2].upper()
        yield _Spot(*match.span(), number, sure=False, also={"CA": f"BN-{number}", "TT": f"TT-{number}"}.get(letters, ""))


def _is_range(spots: Sequence[_Spot], low: str) -> bool:
    """Whether a stroke between two codes of one series means all between them: `LN001-LN003`."""
    pairs = pairwise(spots)
    return any(low[a.end : b.start].strip() in ("-", "–") and _series(a) == _series(b) for a, b in pairs)


def _is_turned(text: str, rest: str, spots: Sequence[_Spot]) -> bool:
    """Whether words before the first code of a part, or alone behind the last, turn the link, or are no words of a link and no name."""
    ends = [found.start() for found in _PART.finditer(rest)]
    starts = {max((end + 1 for end in ends if end < spot.start), default=0): spot for spot in reversed(spots)}
    behind = _PART.split(tone_key(text[max(spot.end for spot in spots) :])) if spots else []
    return any(_turns(text[start : spot.start], rest[start : spot.start]) for start, spot in starts.items()) or any(
        map(_only_turns, behind)
    )


def _only_turns(part: str) -> bool:
    """Whether a part behind the codes has a word that denies or expects, and at most a day: `BN12 (dự kiến 25/8)`."""
    return bool(_TURN.search(part)) and not re.search(r"[^\W\d_]", _TURN.sub(" ", part).replace("ngày", " "))


def _turns(parse_cell: str, rest: str) -> bool:
    if _TURN.search(tone_key(parse_cell)):
        return True
    plain = _LINKING.sub(" ", _AT.sub(" ", rest)).strip(" .:-/+&")
    return bool(plain) and not any(name.sure for name in names_in(parse_cell))


def _series(spot: _Spot) -> str:
    return spot.key.rpartition("-")[0]


def _of_codes(text: str, low: str, spots: Sequence[_Spot], rest: str, degree: int | None) -> Mentions:
    """A mention for every code, with the name that stands beside it; further people by name; and figures left over."""
    found: dict[str, Mention] = {}
    lead, at = "", 0
    for spot in spots:
        between = text[at : spot.start]
        lead = between if _opens(between) or not found else lead
        degree_, relation = _lead_of(lead)
        found.setdefault(spot.key, Mention(text[spot.start : spot.end].strip(), spot.key, "", spot.sure, spot.also, degree_, relation))
        at = spot.end
    marked = "".join(MARK if mark == MARK else char for mark, char in zip(rest, text, strict=True))
    mentions, others = _with_names(list(found.values()), spots, marked)
    reason = NO_CODE if re.search(r"\d", rest) else ""
    return Mentions((*mentions, *others), degree, reason)


def _with_names(found: list[Mention], spots: Sequence[_Spot], marked: str) -> tuple[list[Mention], list[Mention]]:
    """A name in the same piece as the only code is its bearer's; a name in a piece without a code is somebody else."""
    others: list[Mention] = []
    for piece in re.split(r"[;+&\n]|(?<!\w)(?:và|va|and)(?!\w)", marked):
        names = [name for name in names_in(piece.replace(MARK, ",")) if name.sure]
        if MARK not in piece:
            others += [Mention(name.text, name=name.text, birth_year=birth_year_in(piece)) for name in names]
        elif len(names) == 1 and len(found) == 1:
            found = [found[0]._replace(name=names[0].text, birth_year=birth_year_in(piece))]
    return found, others


def _of_rest(text: str, rest: str, degree: int | None) -> Mentions:
    """A cell without a code: a name, a place or other words, or a number nobody can place."""
    names = names_in(text)
    if names and (names[0].sure or not _NOBODY.search(rest)):
        lead = text[: text.find(names[0].text)] if names[0].text in text else ""
        parse_cell = Mention(
            "", degree=degree, relation=_lead_of(lead)[1], birth_year=birth_year_in(text), patient=bool(_PATIENT.search(fold(lead)))
        )
        return Mentions(tuple(parse_cell._replace(text=name.text, name=name.text, sure=name.sure) for name in names), degree)
    plain = rest.strip(" ,.;:-()")
    if _NOBODY.search(rest) or _PLACE.search(rest) or not plain:
        return Mentions((), degree)
    return Mentions((), degree, NO_CODE if re.search(r"\d", plain) else NOBODY_NAMED)


def _opens(between: str) -> bool:
    """Whether the words between two mentions say something new, rather than continue the list."""
    return bool(_DEGREE.search(fold(between)) or _RELATION.search(between) or _CLAUSE_END.search(between))


def _lead_of(lead: str) -> tuple[int | None, str]:
    """The degree and the relation that stand before a mention in its own clause."""
    clause = _CLAUSE_END.split(lead)[-1]
    degrees, relations = _DEGREE.findall(fold(clause)), _RELATION.findall(clause)
    parse_cell = relations[-1].lower() if relations else ""
    return (int(degrees[-1]) if degrees else None), _SHORT.get(parse_cell, parse_cell)


def _own_degree(low: str) -> int | None:
    """What the cell says its own person is: the first F, unless it is the other's (`tiếp xúc F1 LN-F1-0012`, `F0 TX1`)."""
    match = _DEGREE.search(low)
    if (
        match is None
        or match.group(1) == "0"
        or re.search(r"(?:tiep xuc|tx|txg|gap|voi|with|cua|of)(?: gan)?(?: voi)?\s*$", low[: match.start()])
    ):
        return None
    return int(match.group(1))


def _key(prefix: str, number: str) -> str:
    return f"{prefix}-{int(number.replace('.', ''))}"
