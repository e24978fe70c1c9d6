"""The disease a row names."""

import re
from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import fold, tone_key

DISEASES: Final = {
    "covid-19": ("covid", "sars-cov-2", "sars cov 2", "ncov", "coronavirus", "corona"),
    "dengue": ("dengue", "sot xuat huyet", "sxh"),
    "measles": ("measles", "rubeola"),
    "mpox": ("mpox", "monkeypox", "dau mua khi"),
}


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
