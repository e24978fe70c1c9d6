"""Letters that a file lost when it was saved in a code that has no place for them: `L?u Th? H? Vy`. Nobody can put them back from here."""

import re
from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import fold

_RUN: Final = re.compile(r"[?\ufffd]+")
_ADDRESS: Final = re.compile(r"://|\bwww\.|\?\w+=")


def lost_letters(text: str, *, elsewhere: bool = False) -> bool:
    """Whether letters of the text are gone. A question mark behind a word is a question, unless the file lost letters elsewhere too."""
    if ("?" not in text and "\ufffd" not in text) or _ADDRESS.search(text):
        return False
    return any(_stands_for_a_letter(text, run, elsewhere=elsewhere) for run in _RUN.finditer(text))


def _stands_for_a_letter(text: str, run: re.Match[str], *, elsewhere: bool) -> bool:
    before, after = text[run.start() - 1 : run.start()] if run.start() else "", text[run.end() : run.end() + 1]
    if "\ufffd" in run.group() or elsewhere:
        return before.isalpha() or after.isalpha()
    if before.isalpha() and after.isalpha():
        return after.islower() or before.isupper()
    return after.islower() and (not before or before in " (,;\"'/-.")


def is_damaged(name: str) -> bool:
    """Whether a name has lost letters: no name has a question mark of its own."""
    return lost_letters(name, elsewhere=True)


def may_be(damaged: str, whole: str) -> bool:
    """Whether what is left of a damaged name fits another: each lost place is any letters, at most as many as marks, or none."""
    return _pattern(damaged).fullmatch(fold(whole)) is not None


@lru_cache(maxsize=4096)
def _pattern(damaged: str) -> re.Pattern[str]:
    parts = re.split(r"([?\ufffd]+)", fold(damaged))
    return re.compile("".join(rf"[^\s]{{0,{len(part)}}}" if _RUN.fullmatch(part) else re.escape(part) for part in parts))
