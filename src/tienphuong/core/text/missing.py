"""What programs and forms write where there is nothing."""

import re
from typing import Final

# "Na", "Nan" and "None" may be names or words; in capitals or small letters throughout only what no list says otherwise is here.
_MISSING: Final = re.compile(
    r"NA|#N/A|<NA>|NaT|NULL|null|NaN|NAN|nan|[nN]\s*/\s*[aA]|\\[?*.]|\(?blank\)|\(?empty\)|空值|不明"
    r"|(?i:missing|not (?:avail(?:able)?|applicable|a number|recorded|provided|stated|entered)|s/d|sin datos?|sem informa[cç][aã]o|n[aã]o informado|non renseigné|keine angabe)\.?"
)


def is_missing(text: str) -> bool:
    """Whether a text stands where there is no value."""
    return len(text) <= 20 and _MISSING.fullmatch(text.strip()) is not None
