"""People named in a cell of words, apart from the places and the relations that stand beside them."""

import re
from typing import Final, NamedTuple

from tienphuong.core.text.family_names import USUAL_FAMILIES
from tienphuong.core.text.fold import fold

_ADDRESSED: Final = r"ông|bà|anh|chị|em|cháu|cô|dì|chú|bác|cậu|mợ|thím|cụ|vợ|chồng|con|trai|gái|dâu|rể|bố|mẹ|cha|nội|ngoại|họ|bạn|hàng xóm|đồng nghiệp|wife|husband|son|daughter|mother|father"
_LEAD: Final = re.compile(
    rf"^(?:\W|\b(?:f\s?[0-5]|txg|tx|tiếp xúc|gần|liên quan|liên hệ|dịch tễ|đến|tới|có|tiền sử|nguồn lây|lây|từ|người nhà|cùng|nhà|phòng|xe|công ty|lớp|ở|gặp|của|với|là"
    rf"|ca|ca bệnh|bệnh nhân|bn|nb|test nhanh|dương tính|tên|family|contact|of|with|the|case|{_ADDRESSED})\b)+",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(rf"\b(?:{_ADDRESSED})\b[\s:]*$|\b(?:của|of)\s*$", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:[,;+&\n]|(?<!\w)và(?!\w)|\s(?=(?:thôn|xóm|xã|phường|tổ|khu|số nhà|ở|tại)\s))\s*", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:\b(?:đt|sđt|tel|điện thoại)\b\s*[:.]?\s*)?(?<!\d)(?:\+84|0)[\d .\-]{8,12}\d(?!\d)", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_BEHIND: Final = re.compile(
    r"[\s,(\-]*(?:(?:sn|ns|sinh năm|sinh|born)\s*[:.]?\s*)?(?:19|20)\d\d\)?\s*$|\s*-\s*$|\s+(?:nam|nữ)?\s*\d{1,3}\s*(?:tuổi|t)\s*$",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)(?!\d)")
_PLACES: Final = re.compile(
    r"^(?:xã|phường|quận|huyện|tỉnh|tp|thành phố|thị|thôn|xóm|tổ|khu|ấp|chợ|công|trường|đường|phố|ngõ|chung|bệnh|bv|trạm|tầng|toà|tòa|cụm|cộng|không|chưa|đã|đang|về)\b"
    r"|^(?:xa|phuong|quan|huyen|tinh|thon|xom|cho|cong|truong|duong|benh|khong|chua|dang) |hồ chí minh|ho chi minh|^hà nội|^ha noi|sài gòn|đà nẵng",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """A name with whether nothing but a person can be meant by it."""

    text: str
    sure: bool


def names_in(text: str) -> list[Name]:
    """The people a text names: surely by three words that open with a family name, or two behind words for a person."""
    bracketed = " ".join(re.findall(r"\(([^()]*)\)", text))
    plain = _PHONE.sub(" ", re.sub(r"\([^()]*\)", " ", text))
    found = [name for piece in _AND.split(plain) if (name := _name(piece.strip(), known=bool(_YEAR.search(bracketed))))]
    sure = any(name.sure for name in found)
    # behind a name, words that open with no family name are where they live
    return [name for name in found if name.sure or not sure or fold(name.text).split()[0] in USUAL_FAMILIES]


def birth_year_in(text: str) -> int | None:
    """The year of birth that stands beside a name."""
    match = _YEAR.search(text)
    return int(match.group(1)) if match else None


def _name(piece: str, *, known: bool) -> Name | None:
    bare = _BEHIND.sub("", piece)
    known = known or bare != piece
    if whole := _judged(bare, known=known):
        return whole
    lead = _LEAD.match(bare)
    rest = bare[lead.end() :].strip(" .:-") if lead else bare
    return _judged(rest, known=known or bool(lead and _PERSON.search(lead.group().rstrip(" .:-") + " "))) if rest else None


def _judged(piece: str, *, known: bool) -> Name | None:
    """Two to six words written as a name is; those of a place are none."""
    piece = " ".join(piece.split())
    if not _WORDS.fullmatch(piece) or _PLACES.search(piece) or not (piece.istitle() or piece.islower() or piece.isupper()):
        return None
    words = fold(piece).split()
    if words[0] in USUAL_FAMILIES:
        return Name(piece, known or len(words) > 2)
    return Name(piece, sure=False) if piece.istitle() else None
