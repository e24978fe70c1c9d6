"""Whom a cell names: cases by their numbers, a number of the sender's own list, or a person by name."""

import re
from typing import Final

from tienphuong.core.text.clean import clean
from tienphuong.core.text.date_forms import NO_FACT
from tienphuong.core.text.fold import fold, tone_key
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_NUMBER: Final = r"(\d{1,3}(?:\.\d{3})+|\d{1,7})(?![\da-z]|[/.]\d)"
_NATIONAL: Final = re.compile(
    rf"(?<!\w)(?:bn|nb|(?:benh nhan|(?:ca|nguoi) (?:benh|nhiem|duong tinh|mac))(?:\s*(?:covid(?:-19)?|ma))?)\s*(?:so|thu|ma so)?\s*[.:#_\- ]*{_NUMBER}"
)
_MORE: Final = re.compile(rf"\s*(?:,|;|va|\+|&|/)\s*{_NUMBER}(?!\s*(?:tuoi|t\b|ngay|lan|nguoi|thang|h\b|gio))")
_LISTED: Final = re.compile(r"(?<!\w)([a-z]{2,6}(?:-?f\d)?)[-_.]?0*(\d{1,7})(?![\w/]|[.\-]\d)")
_SPACED: Final = re.compile(r"(?<!\w)([A-Z]{2,6})\s+0*(\d{1,7})(?![\w/]|[.\-]\d)")
_OWN: Final = re.compile(r"(?<!\w)(?:stt|so thu tu)\s*[:.]?\s*0*(\d{1,4})(?!\w)")
_NOT_CODES: Final = frozenset(
    {"sn", "ns", "tt", "dt", "sdt", "tel", "to", "ql", "tl", "tp", "xn", "lan", "covid", "nha", "so", "phong", "khu", "tang", "case"}
)
_BESIDE: Final = re.compile(
    r"(?:\b(?:dt|sdt|tel|dien thoai|phone)\b\s*[:.]?\s*)?(?<!\d)(?:\+84|0)[\d .\-]{8,12}\d(?!\d)|\b(?:sn|ns|sinh nam|nam sinh|sinh|born)\s*[:.]?\s*\d{2,4}\b|\b(?:19|20)\d\d\b(?=\))"
    r"|(?:\bngay\s*)?(?<!\d)\d{1,2}[/\-]\d{1,2}(?:[/\-]\d{2,4})?(?!\d)|\b\d{1,3}\s*(?:tuoi|t)\b|\b\d+\s*(?:lan|nguoi|ngay|phut|gio|m|met)\b|\blan\s*\d+|\b\d{1,2}\s*(?:h|g|gio)\s*\d{0,2}\b"
    r"|\b(?:nha so|so nha|phong|p|tang|to|ngo|ngach|hem|thon|xom|khu|doi|to dan pho|duong|lop|ql|xe so|xe|giuong|chuyen bay)\s*\.?\s*[a-z]{0,2}\d+[a-z]?\b"
)
_DEGREE: Final = re.compile(r"(?<!\w)f\s?([0-5])(?!\w)")
_DOUBT: Final = re.compile(
    r"\?|\b(?:hoac|hay la|co the|nghi|chac|khong phai|chua phai|khong (?:tiep xuc|lien quan|gap)|chua tiep xuc|ngoai tru|or|not|no contact)\b"
    r"|\b(?:tiep xuc|tx|txg|gap)(?: gan)?(?: voi)? f\s?[0-5] (?:cua|of)|\d\s*(?:-|->|den|toi)\s*(?:bn\s*)?\d"
)
_PART: Final = re.compile(r"[,;()\n]|\bnhưng\b|\bbut\b")
_CODE: Final = re.compile(r"(?<!\w)([a-z]{2,6}(?=[-_.]?\d)|[a-z]{2})[-_. ]?\d+(?![\w/])|(?<!\w)stt\W{0,2}\d+")
_TURN: Final = re.compile(
    r"\b(?:không|khong|ko|chưa|chua|chờ|đợi|dự kiến|du kien|sẽ|loại trừ|loai tru|trừ|đính chính|dinh chinh|nhầm|nham|hủy|huỷ|cần|sắp|no|non|pas|never|expected|awaiting|wrong)\b"
)
_AT: Final = re.compile(r"\b(?:tai|o|ngay|hom|luc|tu|den|nguon)\b.*$")
_LINKING: Final = re.compile(
    r"\b(?:f\s?[0-5]|la|cua|voi|va|txg?|tiep xuc|gan|truc tiep|lien quan|lien he|lien lac|dich te|co|tien su|lay|nhiem|an|uong|com|vo|chong|con|trai|gai|dau|re|ruot|bo|me|cha|ong|ba|noi|ngoai"
    r"|anh|chi|em|chau|co|di|chu|bac|cau|hang xom|dong nghiep|ban|be|than|hoc|gia dinh|nguoi|nha|cung|phong|tro|xe|khach|cong ty|lop|to|doan|du lich|chuyen bay|song|lam|viec|gap|noi chuyen|mua hang"
    r"|stt|bn|nb|ca|benh nhan|benh|so|ma|thu|duong tinh|mac|covid-?(?:19)?|contact|case|family|of|with|close|to|wife|husband|son|daughter|mother|father|brother|sister|neighbou?r|colleague|friend|the|a)\b"
    r"|[a-z]{2,6}[-_. ]?\d+|\d+"
)
_NOBODY: Final = re.compile(
    r"nguon lay|nguon benh|khong ro|chua ro|chua biet|dang dieu tra|cong dong|\bve tu\b|nhap canh|\bo dich\b|under investigation|imported|community"
    r"|^(?:khong|chua) (?:tiep xuc|xac dinh|co)|^unknown|sporadic|^(?:nha so|so nha|phong|thon|xom|to|khu|cho|cong ty|benh vien|duong|ngo|xa|phuong|truong) "
)
_RELATION: Final = re.compile(
    r"^(?:\W|\b(?:la|cua|voi|voi|f\s?[0-5]|txg|tx|tiếp xúc|gần|liên quan|liên hệ|dịch tễ|đến|tới|có|tiền sử|nguồn lây|lây|từ|vợ|chồng|con|trai|gái|dâu|rể|bố|mẹ|cha|ông|bà|nội|ngoại"
    r"|anh|chị|em|cháu|cô|dì|chú|bác|cậu|hàng xóm|đồng nghiệp|bạn|người nhà|cùng|nhà|phòng|xe|công ty|lớp|ở|gặp|của|với|là|họ|contact|of|with|wife|husband|son|daughter|mother|father)\b)+",
    re.IGNORECASE,
)
_FAMILY_NAMES: Final = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh luu luong mai trinh ha cao ta to tong thai quach "
    "lam doan chu ton la nghiem kieu dam cu vi nong bach trieu phung khuc thach giap vuong van truong hua on quan lo ma sam giang tang "
    "tieu au cam ninh khong dau mac dong loc nhu thieu"
)
_SURNAMES: Final = frozenset(_FAMILY_NAMES.split())
_AND: Final = re.compile(r"\s*(?:[,;+&\n]|(?<!\w)và(?!\w))\s*", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_NO_CODE: Final = "Ô có số nhưng không rõ là số của ca nào."


def read_link(text: str, *, context: CellContext) -> Reading:
    """The cases or the persons of a cell of links, joined by a semicolon."""
    text = clean(text)
    low = fold(text)
    bare = low.strip(" ,.;:-()'\"")
    if not bare or NO_FACT.fullmatch(bare):
        return Reading(NONE)
    degree = _DEGREE.search(low)
    facts: dict[str, object] = {"degree": f"F{degree.group(1)}"} if degree else {}
    if _DOUBT.search(_BESIDE.sub(" ", low)) or any(_turned(part) for part in _PART.split(tone_key(text))):
        return Reading(ASK, facts, "Ô nói về mối liên quan nhưng không chắc chắn.")
    return _of_codes(text, facts) or _of_rest(text, facts)


def _turned(part: str) -> bool:
    """Whether words before a case's number deny, expect or correct the link, or are no words of a link at all."""
    code = next((found for found in _CODE.finditer(fold(part)) if found.group(1) not in _NOT_CODES), None)
    before = _LINKING.sub(" ", _AT.sub(" ", fold(part)[: code.start()])) if code else ""
    return bool(code and (_TURN.search(part[: code.start()]) or before.strip(" .:-/+&")))


def _of_codes(text: str, facts: dict[str, object]) -> Reading | None:
    """Every number the cell names; a number left over that nothing accounts for is asked."""
    keys, rest = _national(fold(text))
    rest = _DEGREE.sub(" ", _BESIDE.sub(" ", rest))
    listed, rest = _listed(rest)
    spaced, rest = _spaced(text, rest)
    keys = list(dict.fromkeys([*keys, *listed, *spaced]))
    if not keys:
        return None
    if re.search(r"\d", rest):
        return Reading(ASK, facts, _NO_CODE)
    return Reading("; ".join(keys), facts)


def _national(low: str) -> tuple[list[str], str]:
    """The ministry's numbers with the bare numbers that go on with them, and the text without them."""
    keys, rest, at = [], "", 0
    for match in _NATIONAL.finditer(low):
        if match.start() < at:
            continue
        keys.append(_key("BN", match.group(1)))
        rest, at = rest + low[at : match.start()] + " ", match.end()
        while (more := _MORE.match(low, at)) and not _BESIDE.match(low, more.start(1)):
            keys.append(_key("BN", more.group(1)))
            at = more.end()
    return keys, rest + low[at:]


def _listed(rest: str) -> tuple[list[str], str]:
    """Codes of letters and a number written together, and numbers of the sender's own list."""
    keys = [f"own:{int(match.group(1))}" for match in _OWN.finditer(rest)]
    rest = _OWN.sub(" ", rest)
    for match in _LISTED.finditer(rest):
        if match.group(1) not in _NOT_CODES:
            keys.append(_key(match.group(1).upper(), match.group(2)))
            rest = rest.replace(match.group(), " " * len(match.group()), 1)
    return keys, rest


def _spaced(text: str, rest: str) -> tuple[list[str], str]:
    """Codes with a space between, which only capitals make codes: `TX 1`."""
    keys = []
    for match in _SPACED.finditer(text):
        if fold(match.group()) in rest and fold(match.group(1)) not in _NOT_CODES:
            keys.append(_key(match.group(1), match.group(2)))
            rest = rest.replace(fold(match.group()), " ", 1)
    return keys, rest


def _of_rest(text: str, facts: dict[str, object]) -> Reading:
    """A cell without a case's number: a name, a place or other words, or a number nobody can place."""
    low = fold(text)
    names = _names(text)
    if names:
        return Reading("; ".join(f"name:{name}" for name in names), facts)
    if _NOBODY.search(low):
        return Reading(NONE, facts)
    plain = _DEGREE.sub(" ", _BESIDE.sub(" ", low))
    if re.search(r"\d", plain):
        return Reading(ASK, facts, _NO_CODE)
    return Reading(ASK if plain.strip(" ,.;:-()") else NONE, facts, "Không rõ ô nói đến ai." if plain.strip(" ,.;:-()") else "")


def _names(text: str) -> list[str]:
    """The persons a cell names: two words or more, the first of them a family name, behind what relates them."""
    plain = re.sub(r"\([^()]*\)", " ", text)
    found = []
    for piece in _AND.split(plain):
        stripped = _RELATION.sub("", piece.strip(), count=1).strip(" .:-") if not _is_name(piece) else piece.strip()
        if _is_name(stripped):
            found.append(stripped)
    return found


def _is_name(piece: str) -> bool:
    piece = piece.strip()
    words = fold(piece).split()
    return (
        bool(_NAME.fullmatch(piece))
        and words[0] in _SURNAMES
        and (piece.istitle() or piece.islower() or piece.isupper())
        and not _NOBODY.search(fold(piece))
    )


def _key(prefix: str, number: str) -> str:
    return f"{prefix}-{int(number.replace('.', ''))}"
