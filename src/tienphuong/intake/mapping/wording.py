"""How near a header cell comes to the words senders use for a meaning."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from tienphuong.core.text.fold import fold
from tienphuong.core.text.legacy import read_legacy
from tienphuong.core.text.lost import lost_letters, may_be

from .composed import composed
from .languages import FOREIGN
from .synonyms import GROUPS, LEAVES, PHRASES
from .terms import TargetField

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_SIGNED_DAY = re.compile(r"\b(ngay)\s*\(\+\)")
_NOISE = re.compile(r"[^a-z0-9#+/&]+")
_FILLER = re.compile(r"\b(neu co|ghi ro|bat buoc|dd/?mm/?yyyy|mm/?dd/?yyyy|dd/?mm|nam/nu\b(?=.+))\b")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z0-9_./]*$")
# A number or the code of the question before the words: `12. Nghề nghiệp`, `Q01_ Sex`, `ABC - Outcome`.
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]\s+(?=\D)|[A-Z]{1,6}_?\d{1,4}[\s_.:-]+(?=[A-Za-z]{3})|[A-Z]{3,6}\s+-\s+)")
_STOPS = frozenset({"of", "the", "de", "del", "la", "du", "des", "da", "do", "der", "di", "le", "les", "el", "d", "and", "et"})
# Words that only say that the column is about the person of the row.
_SUBJECTS = frozenset(
    {"person", "patient", "case", "contact", "demographics", "passengers", "paciente", "benh-nhan", "bn", "of", "the", "cua", "nguoi"}
)
# What is left after them must name something by itself.
_GENERIC = frozenset(
    {
        "id",
        "no",
        "code",
        "type",
        "status",
        "date",
        "number",
        "name",
        "source",
        "level",
        "from",
        "to",
        "new",
        "ma",
        "so",
        "loai",
        "ca",
        "outcome",
    }
)
# Whose column it is, where it is not the person of the row: a header with one of them is never sure by what else it says.
_OTHERS = re.compile(
    r"\b(?:report(?:er|ing|ed by)|informant|guardian|parents?|mothers?|fathers?|maiden|next of kin|kin|emergency|doctor|physician|clinician|"
    r"investigator|interviewer|collector|officer|staff|teacher|employer|creat(?:or|ed)|updated|entered|user|owner|sender|provider|facility|"
    r"hotel|lab|laboratory|school|workplace|company|organi[sz]ation|birth ?place|place of birth|burial|cause|causes|deprecated|relative|spouse|husband|wife|"
    r"nguoi (?:bao|khai|nhap|dieu tra|lap|giam ho|lay mau|ghi|cap nhat|than|lien he|phu trach|nha|gioi thieu)|me|bo|cha|vo|chong|giam ho|phu huynh|can bo|bac si|"
    r"don vi (?:bao cao|gui|nhap)|khach san|co quan|cong ty|truong|nguyen nhan|que quan|noi cap|ngay cap|"
    r"madre|padre|pere|mere|vater|mutter|ibu|ayah|wali|tuteur|tutor|responsable|responsavel|medecin|medico|arzt|declarant|notificador|notificante|mae|pai|encargado)\b"
)
# Headings that may stand over anything: what they mean the values say.
VAGUE = frozenset({"status", "source", "state", "type", "trang thai", "statut", "estado", "issue"})
_BESIDE_VAGUE = frozenset({"current", "final", "present", "latest", "patient", "case", "hien", "tai", "nay", "benh", "nhan", "ca"})
ENOUGH = 0.62
LIKELY = 0.8


def is_vague(label: str) -> bool:
    """Whether a label may stand over anything, whatever it adds of whose and when: `current_status`."""
    words = bare(label)
    return words in VAGUE or " ".join(word for word in words.split() if word not in _BESIDE_VAGUE) in VAGUE


@lru_cache(maxsize=8192)
def bare(label: str) -> str:
    """A header cell as its words: converted from old encodings, folded, brackets and punctuation dropped."""
    text = fold(_words(_NUMBERED.sub("", read_legacy(label).text)).replace("_", " ").replace("\n", " "))
    text = _signs(text)
    outside = _BRACKETS.sub(" ", text).strip()
    words = _NOISE.sub(" ", outside or text).strip()
    return _FILLER.sub(" ", words).strip() or words


def _signs(text: str) -> str:
    """`Ngày (+)` is the day of a positive answer: beside a day the sign must not go with its brackets."""
    return _SIGNED_DAY.sub(r"\1 duong tinh", text)


def _words(label: str) -> str:
    """An identifier of a program (`person.firstName`, `group/field`, `date_onset`) as the words it is made of."""
    if not _IDENTIFIER.match(label) or not (_CAMEL.search(label) or "." in label or "_" in label):
        return label
    parts = _CAMEL.sub(" ", label)
    return parts.replace(".", " ").replace("/", " ") if label[:1].islower() or "." in label else parts


def of_somebody_else(label: str) -> bool:
    """Whether a header says that its column is about another than the person of the row: a reporter, a parent, a facility."""
    return _OTHERS.search(fold(_words(label)).replace("_", " ")) is not None


def in_another_unit(label: str) -> bool:
    """Whether a label counts in a unit that is not the usual one: an age in months or days."""
    return (
        re.search(
            r"\b(?:months?|weeks?|days?|mois|jours?|meses|dias?|thang|tuan|ngay|monate|bulan)\b", fold(_words(label)).replace("_", " ")
        )
        is not None
    )


def _without_subject(words: str) -> str:
    """The words without those that name the person of the row; empty where too little is left to name anything."""
    composition = words.replace("benh nhan", "benh-nhan").split()
    kept = [word for word in composition if word not in _SUBJECTS]
    return "" if not kept or len(kept) == len(composition) or (len(kept) == 1 and kept[0] in _GENERIC) else " ".join(kept)


def _compact(words: str) -> str:
    """The same without slashes and spaces, so that `CMND / CCCD` meets `CMND/CCCD`."""
    return re.sub(r"[\s/]+", " ", words).strip()


def _bag(words: str) -> tuple[str, ...]:
    """The words in no order, without the small ones: `date of death`, `death date` and `date_death` are one."""
    return tuple(sorted(word for word in words.split() if word not in _STOPS))


def _table() -> dict[str, TargetField]:
    """Every phrase in its bare form, against its meaning; an earlier meaning keeps a phrase two of them list."""
    table: dict[str, TargetField] = {}
    for target, phrases in (*PHRASES.items(), *FOREIGN.items()):
        for phrase in phrases:
            text = _signs(fold(phrase.replace("_", " ")))
            text = _BRACKETS.sub(" ", text).strip() or text
            table.setdefault(_compact(_NOISE.sub(" ", text).strip() or phrase), target)
    return table


# "Tử vong" heads a column of days, of yes and no, and of counts; "phân loại" one of classes, degrees or settings: the values settle which.
_ENDS = (TargetField.DIED, TargetField.DIED_ON, TargetField.RECOVERED, TargetField.RECOVERED_ON, TargetField.COUNT_DONE)
# Any question of yes and no looks like these but for its words: "Bệnh phổi mạn" is no recovery.
_TO_THE_WORD = frozenset({TargetField.DIED, TargetField.RECOVERED})
_BY_VALUES = frozenset(
    {*_ENDS, TargetField.RESULT, TargetField.RESULT_ON, TargetField.CLASSIFICATION, TargetField.DEGREE, TargetField.DETECTION_SETTING}
)


def _by_values() -> dict[str, frozenset[TargetField]]:
    """The phrases that several meanings list, against all of these meanings."""
    found: dict[str, set[TargetField]] = {}
    for target in _BY_VALUES:
        for phrase in PHRASES.get(target, ()):
            found.setdefault(_compact(bare(phrase)), set()).add(target)
    return {phrase: frozenset(targets) for phrase, targets in found.items() if len(targets) > 1}


_TABLE = _table()
_SHARED = _by_values()
_LONG = [phrase for phrase in _TABLE if len(phrase) > 3]
# `contact of case` and `case contact` are not one: whose link it is stands in the order.
_ORDERED = frozenset({TargetField.LINKED_CASE, TargetField.LINKED_NAME, TargetField.RELATION})
_BAGS = {_bag(phrase): target for phrase, target in reversed(_TABLE.items()) if len(_bag(phrase)) > 1 and target not in _ORDERED}
_LEAVES = frozenset(bare(word) for word in LEAVES)
_GROUPS = frozenset(bare(word) for word in GROUPS)


# `region of case` may be the office's: the place of a person is not settled by the person's name beside it.
_PLACES = frozenset({TargetField.PROVINCE, TargetField.DISTRICT, TargetField.COMMUNE})


def _named_otherwise(words: str) -> TargetField | None:
    """The meaning of a label that says the same words in another order, or names the person of the row too."""
    short = _without_subject(words)
    bags = (_bag(words), _bag(short)) if words.isascii() else ()
    return next((_BAGS[bag] for bag in bags if bag in _BAGS), None) or _TABLE.get(short)


@lru_cache(maxsize=8192)
def header_scores(label: str) -> dict[TargetField, float]:
    """How well a header cell fits each meaning it may have, 1 being the very word; most cells fit one or two."""
    words = _compact(bare(label))
    if not words or len(words) > 120:
        return {}
    if lost_letters(label, elsewhere=True) and (meant := _of_damaged(label)):
        return meant
    scores: dict[TargetField, float] = {}
    if (exact := _TABLE.get(words)) is not None:
        scores |= dict.fromkeys(_SHARED.get(words, (exact,)), 1.0)
    elif (about := _named_otherwise(words)) is not None:
        scores[about] = 0.9 if about in _PLACES else 0.97
    for phrase, score in _contained(words) + _near(words):
        target = _TABLE[phrase]
        if target not in _TO_THE_WORD:
            scores[target] = max(scores.get(target, 0.0), score)
    composition = composed(label) if exact is None else None
    return scores | ({target: max(scores.get(target, 0.0), composition.score) for target in composition.targets} if composition else {})


def _of_damaged(label: str) -> dict[TargetField, float]:
    """The meanings whose phrases fit what is left of a label that lost letters; sure where they are of one meaning."""
    text = _compact(fold(label))
    fits = {target for phrase, target in _TABLE.items() if may_be(text, phrase)} if sum(map(str.isalpha, text)) > 2 else set()
    return dict.fromkeys(fits, 1.0 if len(fits) == 1 else 0.8)


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


def names_all(label: str, target: TargetField) -> bool:
    """Whether the label as it stands, brackets and all, says the meaning and nothing beside it."""
    composition = composed(label)
    return bool(composition and target in composition.targets) or ("(" not in label and header_scores(label).get(target, 0.0) == 1.0)


# A second address of somebody, in systems that list several: the first is where they live.
_FURTHER = re.compile(r"^\s*address(?:es)?\s*\[(?:[2-9]|\d\d)\]", re.IGNORECASE)


def has_no_field(label: str) -> bool:
    """Whether every word of a label is understood and they name what the post has no field for: a parent's telephone, a day of admission."""
    if _FURTHER.search(label):
        return True
    composition = composed(label)
    return composition is not None and not composition.targets and max(header_scores(label).values(), default=0.0) < 1.0


def best(label: str) -> float:
    """How much a cell looks like a column name at all."""
    return 1.0 if composed(label) else max(header_scores(label).values(), default=0.0)


def is_leaf(label: str) -> bool:
    """Whether a cell is a word that stands under a group heading."""
    return _compact(bare(label)) in _LEAVES or bare(label) in _LEAVES


def is_group(label: str) -> bool:
    """Whether a cell is a heading over several columns."""
    return bare(label) in _GROUPS
