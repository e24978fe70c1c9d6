"""How near a header cell comes to the words senders use for a meaning."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import read_legacy

from .synonyms import GROUPS, LEAVES, PHRASES
from .terms import TargetField

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NOISE = re.compile(r"[^a-z0-9#+/&]+")
_FILLER = re.compile(r"\b(neu co|ghi ro|bat buoc|dd/?mm/?yyyy|mm/?dd/?yyyy|dd/?mm|nam/nu\b(?=.+))\b")
ENOUGH = 0.62
LIKELY = 0.8


@lru_cache(maxsize=8192)
def bare(label: str) -> str:
    """A header cell as its words: converted from old encodings, folded, brackets and punctuation dropped."""
    text = fold(read_legacy(label).text.replace("_", " ").replace("\n", " "))
    outside = _BRACKETS.sub(" ", text).strip()
    words = _NOISE.sub(" ", outside or text).strip()
    return _FILLER.sub(" ", words).strip() or words


def _compact(words: str) -> str:
    """The same without slashes and spaces, so that `CMND / CCCD` meets `CMND/CCCD`."""
    return re.sub(r"[\s/]+", " ", words).strip()


def _table() -> dict[str, TargetField]:
    """Every phrase in its bare form, against its meaning; an earlier meaning keeps a phrase two of them list."""
    table: dict[str, TargetField] = {}
    for target, phrases in PHRASES.items():
        for phrase in phrases:
            text = _BRACKETS.sub(" ", fold(phrase.replace("_", " "))).strip() or fold(phrase)
            table.setdefault(_compact(_NOISE.sub(" ", text).strip() or phrase), target)
    return table


_TABLE = _table()
_LONG = [phrase for phrase in _TABLE if len(phrase) > 3]
_LEAVES = frozenset(bare(word) for word in LEAVES)
_GROUPS = frozenset(bare(word) for word in GROUPS)


@lru_cache(maxsize=8192)
def header_scores(label: str) -> dict[TargetField, float]:
    """How well a header cell fits each meaning it may have, 1 being the very word; most cells fit one or two."""
    words = _compact(bare(label))
    if not words or len(words) > 120:
        return {}
    scores: dict[TargetField, float] = {}
    if (exact := _TABLE.get(words)) is not None:
        scores[exact] = 1.0
    for phrase, score in _contained(words) + _near(words):
        target = _TABLE[phrase]
        scores[target] = max(scores.get(target, 0.0), score)
    return scores


def _contained(words: str) -> list[tuple[str, float]]:
    """Known phrases standing whole inside the cell; the more of the cell they cover, the better."""
    tokens = words.split()
    found = []
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + 7) + 1):
            phrase = " ".join(tokens[start:end])
            if phrase in _TABLE and phrase != words and (len(phrase) > 2 or phrase in ("ns", "dt")):
                cover = len(phrase) / len(words)
                found.append((phrase, 0.5 + 0.45 * cover - (0.05 if start else 0.0)))
    return found


def _near(words: str) -> list[tuple[str, float]]:
    """Known phrases spelt almost so; short words are not guessed at."""
    if len(words) < 4:
        return []
    near = process.extract(words, _LONG, scorer=fuzz.token_sort_ratio, limit=4, score_cutoff=80)
    return [(phrase, 0.95 * score / 100 - 0.05) for phrase, score, _ in near if phrase != words]


def best(label: str) -> float:
    """How much a cell looks like a column name at all."""
    return max(header_scores(label).values(), default=0.0)


def is_leaf(label: str) -> bool:
    """Whether a cell is a word that stands under a group heading."""
    return _compact(bare(label)) in _LEAVES or bare(label) in _LEAVES


def is_group(label: str) -> bool:
    """Whether a cell is a heading over several columns."""
    return bare(label) in _GROUPS
