"""Words of lists: what a cell says of class, outcome, place of detection, source, result, method, kind of contact."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tienphuong.cases.terms import DetectionSetting, LabMethod, SourceStatus
from tienphuong.core.text.fold import fold, tone_key
from tienphuong.tracing.terms import ContactKind, FoundHow

Table = Sequence[tuple[re.Pattern[str], str]]


def _table(*rows: tuple[str, str]) -> Table:
    return tuple((re.compile(pattern), word) for pattern, word in rows)


# The first row that is found decides, so the more particular stand first.
_SETTING: Final = _table(
    (r"nhap canh|on entry", DetectionSetting.ON_ENTRY),
    (r"phong toa|cordon", DetectionSetting.CORDON),
    (r"cach ly tai nha|tai nha|home quarantine", DetectionSetting.HOME_QUARANTINE),
    (r"cach ly|cltt|quarantine", DetectionSetting.QUARANTINE_FACILITY),
    (r"cong dong|community|ho sot|tam soat|sang loc", DetectionSetting.COMMUNITY),
    (r"benh vien|co so y te|phong kham|tram y te|health facility|hospital", DetectionSetting.HEALTH_FACILITY),
)
_SOURCE: Final = _table(
    (r"dang dieu tra|dang xac minh|under investigation", SourceStatus.UNDER_INVESTIGATION),
    (r"chua ro|khong ro|chua xac dinh|unknown|^no$", SourceStatus.UNKNOWN),
    (r"\bf[0-5]\b.*\bcua\b|ro nguon|da ro|lien quan|tiep xuc|\bbn\b|\bbn ?\d|^known|^yes$", SourceStatus.KNOWN),
)
_METHOD: Final = _table(
    (r"pcr|khuech dai", LabMethod.PCR),
    (r"test nhanh|khang nguyen|antigen|\bag\b|\bns1\b", LabMethod.ANTIGEN),
    (r"\bigm\b|huyet thanh", LabMethod.IGM),
    (r"phan lap|culture", LabMethod.ISOLATION),
)
_CONTACT: Final = _table(
    (r"cung nha|cung ho|gia dinh|\bvo\b|\bchong\b|\bcon\b|\bbo\b|\bme\b|ong ba|household", ContactKind.HOUSEHOLD),
    (r"dong nghiep|cung (?:co quan|cong ty|lop|truong|xuong|ca)|lam cung|lam viec|cung lam|work|class", ContactKind.WORKPLACE),
    (r"cung xe|chuyen bay|may bay|phuong tien|taxi|lai xe|transport|flight", ContactKind.TRANSPORT),
    (r"cham soc|tham benh|kham benh|dieu tri|benh vien|hospital|health|emergency|ward|clinic", ContactKind.HEALTHCARE),
    (r"dam (?:tang|cuoi)|tiec|hop|le |su kien|an uong|an co|hoi|event|party", ContactKind.EVENT),
    (r"tiep xuc|noi chuyen|gap|mua|ban be|hang xom|ho hang|direct|touch|face", ContactKind.DIRECT),
)
_FOUND: Final = _table(
    (r"tu khai|khai bao|self", FoundHow.SELF_DECLARED),
    (r"chuyen bay|hanh khach|danh sach|manifest|nha xe", FoundHow.MANIFEST),
    (r"cong an|ra soat|police", FoundHow.POLICE_CHECK),
    (r"to dan pho|hang xom|nguoi dan|to covid|phan anh|neighbour|neighbor|bao tin|thon bao", FoundHow.NEIGHBOUR),
)
DISEASES: Final = {
    "covid-19": ("covid", "sars-cov-2", "sars cov 2", "ncov", "coronavirus", "corona"),
    "dengue": ("dengue", "sot xuat huyet", "sxh"),
    "measles": ("measles", "rubeola"),
    "mpox": ("mpox", "monkeypox", "dau mua khi"),
}


def _first(text: str, table: Table) -> str:
    folded = fold(text)
    return next((word for pattern, word in table if pattern.search(folded)), "") if folded else ""


@lru_cache(maxsize=4096)
def setting_word(text: str) -> str:
    """Where the case was found."""
    return _first(text, _SETTING)


@lru_cache(maxsize=4096)
def source_word(text: str) -> str:
    """Whether the source of infection is known."""
    return _first(text, _SOURCE)


@lru_cache(maxsize=4096)
def method_word(text: str) -> str:
    """By which method."""
    return _first(text, _METHOD)


@lru_cache(maxsize=4096)
def contact_word(text: str) -> str:
    """How two people met; `other` when the words tell no kind."""
    return _first(text, _CONTACT) or ContactKind.OTHER


@lru_cache(maxsize=4096)
def found_word(text: str) -> str:
    """How a returnee was found."""
    return _first(text, _FOUND)


@lru_cache(maxsize=1024)
def disease_code(text: str) -> str:
    """The code of a disease as the packs know it; one they do not know keeps its own name.

    Nothing for an answer or for what a person lives with: a column of diseases may ask for those.
    """
    folded = fold(text)
    if _NO_DISEASE.match(folded):
        return ""
    known = next((code for code, words in DISEASES.items() if any(word in folded for word in words)), "")
    if known or _MEASLES.search(tone_key(text)):
        return known or "measles"
    return "" if _UNDERLYING.search(folded) else re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:20]


_MEASLES: Final = re.compile(r"\bsởi\b|^(?:benh )?soi$")
_NO_DISEASE: Final = re.compile(
    r"(?:khong|ko|k|co|chua|no|yes|y|n|true|false|none|non|oui|si|x|-+|[01]|n/?a|unknown)\W*$|(?:khong|chua|tien su|tung|da khoi|khoi|nghi|no|not) "
)
_UNDERLYING: Final = re.compile(
    r"\b(?:tieu duong|dai thao duong|dtd|td|(?:cao |tang )?huyet ap|tha|tim|mach|dot quy|tai bien|hen|copd|phoi (?:tac|man)|ung thu|k (?:gan|phoi|vu)|than|suy|gan|xo gan"
    r"|viem (?:gan|khop|da day|xoang|mui)|da day|dai trang|gut|gout|khop|beo phi|mo mau|buou|tuyen giap|tam than|dong kinh|parkinson|di ung|lupus|hiv|thai|xuong|tien liet|sa sut|benh nen|man tinh"
    r"|diabet\w*|hypertens\w*|cardiac|heart|asthma|cancer|kidney|renal|liver|obes\w*|stroke|pregnan\w*|chronic|comorbid\w*)\b"
)
