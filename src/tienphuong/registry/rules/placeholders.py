"""What people write where they know nothing but must write something: words and numbers that are no value."""

import re
from typing import Final

from tienphuong.core.text.fold import fold

_NOTHING: Final = re.compile(
    r"[\W_0]*|n/a|n\.a\.?|null|none|nil|nan|unknown|unk|anonymous|missing|not (?:known|available|stated)|no name|khuyet danh|vo danh"
    r"|(?:khong|ko|k|chua|ch)\s*(?:ro|biet|co|khai|cung cap|xac dinh|khai thac duoc)(?:\s*(?:ho ten|ten|danh tinh|thong tin|duoc|so))*|khong ten|khong|chua"
)
_RUNS: Final = ("0123456789", "123456789", "123456789012")
_ONE_DIGIT: Final = re.compile(r"0?(\d)\1*")
_ROUND: Final = re.compile(r"0\d0{7,}")


def no_name(text: str) -> bool:
    """Whether a cell of names names nobody."""
    return _NOTHING.fullmatch(fold(text)) is not None


def no_number(digits: str) -> bool:
    """Whether digits only fill the place of a number: all alike, counted up, or nothing but zeros behind a prefix."""
    return digits in _RUNS or any(form.fullmatch(digits) is not None for form in (_ONE_DIGIT, _ROUND))
