"""Whether a password will do (NIST SP 800-63B-4, 3.1.1.2): long enough, in no list of broken ones, not made of what others know of its owner.

There is no rule of composition and no date of expiry: both make people choose worse passwords.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence

LONGEST: Final = 128
OF_ITS_OWN: Final = 6
"""Letters and figures that must be left when repetitions, or the words known of the owner, are taken away."""
_SHORTEST_WORD: Final = 3
_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")
_NEITHER: Final = re.compile(r"[\W_]+")
_TWICE: Final = re.compile(r"(.{3,}?)\1+")


def unified(password: str) -> str:
    """One form for one password, whichever way a keyboard composes Vietnamese letters."""
    return unicodedata.normalize("NFKC", password)


def bare(text: str) -> str:
    """Small letters and figures without accents. Not the search key of names: that one remembers what it was asked."""
    letters = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    return _NEITHER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def weakness(password: str, *, shortest: int, known: Iterable[str], is_listed: Callable[[str], bool]) -> Refusal | None:
    """Why a password will not do; None if it will. `known`: names of the owner and the post; `is_listed`: whether a text is a broken password."""
    password = unified(password)
    if len(password) < shortest:
        return Refusal(
            sentence("Mật khẩu có {count} ký tự, cần ít nhất {least}", count=len(password), least=shortest),
            remedy="Ghép vài từ không liên quan với nhau thành một câu dễ nhớ.",
        )
    if len(password) > LONGEST:
        return Refusal(sentence("Mật khẩu dài quá {most} ký tự", most=LONGEST), remedy="Chọn một câu ngắn hơn.")
    if any(is_listed(spelling) for spelling in spellings(password)):
        return Refusal(
            "Mật khẩu này đã lộ hoặc quá phổ biến, kể cả khi thêm số ở đầu hay cuối", remedy="Chọn một câu chỉ riêng mình nghĩ ra."
        )
    return _too_plain(password, known=known)


def _too_plain(password: str, *, known: Iterable[str]) -> Refusal | None:
    """What is wrong with a password of no list."""
    if own_letters(password) < OF_ITS_OWN:
        return Refusal(
            "Mật khẩu chỉ lặp lại hoặc đếm lần lượt vài ký tự", remedy="Ghép vài từ không liên quan với nhau thành một câu dễ nhớ."
        )
    if own_letters(without(bare(password), words=known)) < OF_ITS_OWN:
        return Refusal(
            "Mật khẩu gần như chỉ gồm tên của người dùng, tài khoản hoặc đơn vị", remedy="Thêm những từ mà người khác không đoán được."
        )
    return None


def spellings(password: str) -> set[str]:
    """A password and what is left of it without capitals, accents, figures around it, or its repetition: people change a broken one so."""
    small = password.lower()
    plain = bare(password)
    core = _NOT_LETTERS.sub("", plain)
    once = match.group(1) if (match := _TWICE.fullmatch(plain)) else ""
    edges = small.strip("0123456789 .,;:!?@#$%^&*()-_=+/")
    return {text for text in (password, small, plain, edges, core, once) if len(text) >= _SHORTEST_WORD}


def own_letters(text: str) -> int:
    """How many different characters a text has that do not just follow the one before (aaaa, 1234, 4321)."""
    steps = zip(f"\0{text}", text, strict=False)
    return len({after for before, after in steps if abs(ord(after) - ord(before)) > 1})


def without(text: str, *, words: Iterable[str]) -> str:
    """A bare text with every known word taken out, the longest first."""
    for word in sorted({bare(one) for one in words}, key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            text = text.replace(word, "")
    return text
