"""How two names stand to each other. Pure, symmetric."""

from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import fold, loose_key, tone_key
from tienphuong.core.text.lost import is_damaged, may_be
from tienphuong.registry.matching.profile import Profile
from tienphuong.registry.matching.terms import Likeness
from tienphuong.registry.rules.names import abbreviates, split_name
from tienphuong.registry.rules.terms import NameForm

_MANY: Final = 99
_DROPPED: Final = frozenset({"thi", "thị", "van", "văn"})


def likeness(a: Profile, b: Profile) -> Likeness:
    """The surest way in which the two names agree."""
    if not a.name_key or not b.name_key:
        return Likeness.MISSING
    parent_a, parent_b = _parent_key(a.name), _parent_key(b.name)
    if parent_a or parent_b:
        return _of_babies(a.name_key, b.name_key, parent_a, parent_b)
    if is_damaged(a.name) or is_damaged(b.name):
        return _of_damaged(a.name, b.name)
    if a.name_key == b.name_key:
        return _of_marks(tone_key(a.name), tone_key(b.name), Likeness.SAME)
    if a.loose_key == b.loose_key:
        return _of_sounds(a, b)
    return _of_unlike(a, b)


def _of_damaged(a: str, b: str) -> Likeness:
    """What is left of the letters fits or it does not, if enough is left; two damaged names are compared as they stand."""
    damaged, whole = (a, b) if is_damaged(a) else (b, a)
    if sum(map(str.isalpha, damaged)) < 0.5 * len(damaged):
        return Likeness.MISSING
    if fold(a) == fold(b):
        return Likeness.DAMAGED
    return Likeness.DAMAGED if not is_damaged(whole) and may_be(damaged, whole) else Likeness.DIFFERENT


def _parent_key(name: str) -> str:
    """The mother's or father's name behind `Con bà ...`, or nothing. Most names cannot be one and are not parsed."""
    return _baby_parent(name) if name[:1] in "CcTtBbSs" else ""


@lru_cache(maxsize=16384)
def _baby_parent(name: str) -> str:
    parts = split_name(name)
    return fold(parts.parent) if parts.form is NameForm.BABY else ""


def _of_babies(key_a: str, key_b: str, parent_a: str, parent_b: str) -> Likeness:
    if parent_a and parent_b:
        return Likeness.SAME_PARENT if parent_a == parent_b else Likeness.DIFFERENT
    return Likeness.PARENT_AND_BABY if (parent_a or parent_b) == (key_b if parent_a else key_a) else Likeness.BABY_AND_CHILD


def _of_marks(a: str, b: str, agreed: Likeness) -> Likeness:
    """Same letters: marks agree, or one side was typed without any, or they differ."""
    if a == b:
        return agreed
    if a.isascii() or b.isascii():
        return Likeness.UNACCENTED if agreed is Likeness.SAME else agreed
    return Likeness.OTHER_MARKS


def _of_sounds(a: Profile, b: Profile) -> Likeness:
    """Same after folding: a dropped Thị or Văn when that alone explains it, else letters that sound alike."""
    if _without_dropped(a.name_key) != _without_dropped(b.name_key):
        return Likeness.SOUNDS_ALIKE
    return _of_marks(_without_dropped(tone_key(a.name)), _without_dropped(tone_key(b.name)), Likeness.MIDDLE_DROPPED)


def _without_dropped(name: str) -> str:
    words = name.split()
    return " ".join([words[0], *(word for word in words[1:-1] if word not in _DROPPED), *words[1:][-1:]])


def _of_unlike(a: Profile, b: Profile) -> Likeness:
    if ("." in a.name or "." in b.name) and (abbreviates(a.name, b.name) or abbreviates(b.name, a.name)):
        return Likeness.ABBREVIATED
    words_a, words_b = a.loose_key.split(), b.loose_key.split()
    if sorted(words_a) == sorted(words_b) or sorted(a.name_key.split()) == sorted(b.name_key.split()):
        return Likeness.OTHER_ORDER
    if words_a[-1] == words_b[-1] and words_a[0] == words_b[0] and _one_holds_the_other(words_a[1:-1], words_b[1:-1]):
        return Likeness.MIDDLE_MISSING
    slips = _slips(a.name_key, b.name_key)
    if slips <= 2:
        return Likeness.ONE_SLIP if slips == 1 else Likeness.TWO_SLIPS
    if words_a[-1] == words_b[-1]:
        return Likeness.GIVEN_ONLY
    return Likeness.HOME_NAME if _may_be_home_name(a.name_key.split(), b.name_key.split()) else Likeness.DIFFERENT


def _may_be_home_name(a: list[str], b: list[str]) -> bool:
    """Whether one is a family name with a single name behind, as people are called at home, and the other the full name of that family."""
    return a[0] == b[0] and min(len(a), len(b)) == 2 < max(len(a), len(b))


def reordered(profile: Profile) -> tuple[str, ...]:
    """The loose keys of a name with its first word put last, or its last first: `Hùng Nguyễn Văn` is found under `Nguyễn Văn Hùng`."""
    words = profile.name_key.split()
    if not 1 < len(words) <= 5:
        return ()
    keys = {loose_key(" ".join(turned)) for turned in ([*words[1:], words[0]], [words[-1], *words[:-1]])}
    return tuple(sorted(keys - {profile.loose_key}))


def _slips(a: str, b: str) -> int:
    """In how many words one letter went wrong; many when any word is another word."""
    if one_slip(a, b):
        return 1
    words_a, words_b = a.split(), b.split()
    if len(words_a) != len(words_b):
        return _MANY
    pairs = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    return len(pairs) if all(one_slip(x, y) for x, y in pairs) else _MANY


def _one_holds_the_other(a: list[str], b: list[str]) -> bool:
    return set(a) <= set(b) or set(b) <= set(a)


def one_slip(a: str, b: str) -> bool:
    """Whether one letter missing, added, changed or exchanged with its neighbour makes the two texts equal."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
