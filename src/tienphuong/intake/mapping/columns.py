"""Which column means what: header words and content weighed together, then assigned for the best total."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tienphuong.core.sentences import sentence
from tienphuong.lists.words.ages import unit_of, unit_of_label

from .assignment import assign
from .column_evidence import LOOKS, agreement, decides, main_shape
from .composed import composed
from .header import Header
from .layout import SURE, ColumnGuess, Mapping
from .own import own_columns
from .profile import Profile
from .questions import degree_of, questioned
from .sormas import FIELDS, PREFERRED
from .terms import Basis, TargetField
from .wording import VAGUE, bare, has_no_field, header_scores, in_another_unit, names_all, of_somebody_else

_THRESHOLD = 0.44
# Spelt almost so, or with words nobody explained, is a question: an extra word may turn the meaning round.
_WORD_FOR_WORD, _NEVER_SURE = 0.93, 0.75
# Less than this is no reading at all: asking about every column would teach the officer to answer without looking.
_WORTH_ASKING, _ASKED_UNLIKE = 0.58, 0.74
_NAMED_PLACES = frozenset({TargetField.TREATMENT_PLACE, TargetField.LAB, TargetField.QUARANTINE_PLACE, TargetField.EXPOSURE_PLACE})
# A place or a cluster is no yes and no: `cluster` over 0 and 1 says whether there was one.
_NOT_OF_ANSWERS = frozenset(
    {TargetField.TREATMENT_PLACE, TargetField.LAB, TargetField.EXPOSURE_PLACE, TargetField.CLUSTER, TargetField.FROM_PLACE}
)
_ALL_ANSWERS, _FEW = 0.9, 0.2
_OF_ONE_SYSTEM, _LEAST_PREFIX = 5, 4
_ROUND = re.compile(r"\blan ([1-9])\b")
# "Đối tượng" and "Diện" may be anything: a degree only by an F in the heading or in the cells.
_DEGREE_WORD = re.compile(r"\bf[0-5]?\b|degree|contact (?:level|category)")
_FIRST_ROUND = frozenset({TargetField.SAMPLED_ON, TargetField.RESULT})
_ORDER = tuple(TargetField)
_DECIDING = tuple(target for target in LOOKS if decides(target))
# Under a label nobody knows, only shapes that nothing else has may speak: a code may be anybody's code.
_UNMISTAKABLE = (TargetField.FULL_NAME, TargetField.SEX, TargetField.IDENTITY_NO, TargetField.PHONE, TargetField.DEGREE, TargetField.RESULT)

Fixed = dict[int, tuple[TargetField | None, str]]


def guess_columns(header: Header, profiles: Sequence[Profile], *, sormas: bool, pairs: bool) -> Mapping:
    """The mapping of a sheet."""
    if sormas:
        return Mapping(tuple(_sormas_columns(header, profiles)))
    whole, header = header, _shorn(header)
    fixed: Fixed = own_columns(header) or (_pair_columns(header) if pairs else _split(header, profiles))
    gains = [{} if column in fixed else _gains(header, column, profile) for column, profile in enumerate(profiles)]
    used = {target for target, _ in fixed.values()}
    gains = [{option: gain for option, gain in row.items() if _ORDER[option] not in used} for row in gains]
    chosen = assign(gains, threshold=_THRESHOLD)
    guesses = [_guess(header, c, p, fixed=fixed, gains=gains, option=chosen[c]) for c, p in enumerate(profiles)]
    named = [[target for target, score in _label_scores(header, column).items() if score == 1.0] for column in range(len(profiles))]
    guesses = questioned(guesses, profiles, named=named)
    return Mapping(tuple(replace(guess, label=label) for guess, label in zip(guesses, whole.labels, strict=True)))


def _shorn(header: Header) -> Header:
    """The header without the words that every column of a system begins with: `Passengers_Dep_Gender` beside `Passengers_Dep_Nationality`."""
    labels = [label for label in header.labels if label]
    start = _common(min(labels), max(labels)) if len(labels) >= _OF_ONE_SYSTEM else ""
    if len(start) < _LEAST_PREFIX or composed(start):
        return header
    labels, leaves = (tuple(text.removeprefix(start) for text in texts) for texts in (header.labels, header.leaves))
    return Header(header.rows, labels, leaves, header.entity)


def _common(first: str, last: str) -> str:
    """The words two labels begin with; those of the first and the last in order are those of all."""
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: max(first.rfind(sign, 0, same) for sign in "_./ ") + 1]


def _gains(header: Header, column: int, profile: Profile) -> dict[int, float]:
    """What each meaning is worth for a column; contradicting content costs more than supporting content earns."""
    if has_no_field(header.labels[column]) or has_no_field(header.leaves[column]):
        return {}
    scores = _label_scores(header, column)
    worth: dict[int, float] = {}
    top = max(scores.values(), default=0.0)
    for target, score in scores.items():
        fit = agreement(target, profile)
        if top >= _WORD_FOR_WORD > score:
            fit = min(fit, 0.0)  # beside the very words of a meaning, values that suit another one too do not speak for it
        worth[_ORDER.index(target)] = 0.75 * score + (0.25 if fit > 0 else 0.6) * fit
    if top < 0.7:
        for target in _UNMISTAKABLE if header.labels[column] else _DECIDING:
            option = _ORDER.index(target)
            if target is not TargetField.FULL_NAME or profile.filled < 4 or profile.share("distinct") > 0.5:
                worth[option] = max(worth.get(option, 0.0), 0.62 * agreement(target, profile))
    return {option: gain for option, gain in worth.items() if gain > _THRESHOLD}


def _label_scores(header: Header, column: int) -> dict[TargetField, float]:
    """The header words of a column: its whole label, or its lowest word at a small discount."""
    label, leaf = header.labels[column], header.leaves[column]
    scores = dict(header_scores(label))
    round_no = _ROUND.search(bare(label))
    leaves = [leaf, f"{leaf} lần {round_no.group(1)}"] if round_no and not _ROUND.search(bare(leaf)) else [leaf]
    for words in leaves if leaf != label else []:
        for target, score in header_scores(words).items():
            scores[target] = max(scores.get(target, 0.0), score - (0.04 if words == leaf else 0.02))
    if TargetField.AGE in scores and in_another_unit(label):
        scores[TargetField.AGE] -= 0.2
    if round_no and round_no.group(1) != "1":
        return {target: score - (0.2 if target in _FIRST_ROUND else 0.0) for target, score in scores.items()}
    return scores


def _guess(
    header: Header, column: int, profile: Profile, *, fixed: Fixed, gains: Sequence[dict[int, float]], option: int | None
) -> ColumnGuess:
    """One column's meaning with its confidence and reason."""
    label = header.labels[column]
    if column in fixed:
        target, reason = fixed[column]
        if target is None:
            return ColumnGuess(column, label, None, 0.0, Basis.SCHEMA, reason)
        return ColumnGuess(column, label, target, 0.95, Basis.BOTH, reason)
    if option is None:
        return ColumnGuess(column, label, None, 0.0, Basis.NONE, Basis.NONE.label if profile.filled else "cột trống")
    target, gain = _ORDER[option], gains[column][option]
    named, shape = _label_scores(header, column).get(target, 0.0), main_shape(target, profile)
    basis = Basis.BOTH if named and shape else Basis.HEADER if named else Basis.CONTENT
    rivals = [other for key, other in gains[column].items() if key != option]
    doubt = 0.15 if rivals and max(rivals) > gain - 0.05 else 0.0
    ceiling = 0.75 if basis is Basis.CONTENT else 0.99
    confidence = min(ceiling, gain + 0.2 * named, _allowed(target, label, named=named, profile=profile)) - doubt
    if label and _not_worth_asking(label, target, named=named, confidence=confidence, profile=profile):
        return ColumnGuess(column, label, None, 0.0, Basis.NONE, Basis.NONE.label)
    return ColumnGuess(column, label, target, round(max(0.05, confidence), 3), basis, _reason(label, target, named=named, shape=shape))


_WORDED = frozenset({TargetField.FULL_NAME, TargetField.FAMILY_NAME, TargetField.GIVEN_NAME})


def _not_worth_asking(label: str, target: TargetField, *, named: float, confidence: float, profile: Profile) -> bool:
    """Whether a reading is too weak for a question: few words in common, answers yes and no under them, or another's column."""
    answers = profile.share("yesno") > 0.6
    if not profile.filled and confidence < SURE:
        return True
    if _has_nothing_of(target, label, profile):
        return True
    if named >= _WORD_FOR_WORD:
        return answers and target in _WORDED
    unlike = named > 0 and (answers or of_somebody_else(label) or agreement(target, profile) <= 0)
    return confidence < (_ASKED_UNLIKE if unlike else _WORTH_ASKING)


def _has_nothing_of(target: TargetField, label: str, profile: Profile) -> bool:
    """Whether a heading that may head anything stands over words none of which is of the meaning: "Nhóm 1" is no degree, a web page no case."""
    if target is TargetField.DEGREE:
        return bool(profile.words) and _DEGREE_WORD.search(bare(label)) is None and not any(map(degree_of, profile.words))
    if target in _NOT_OF_ANSWERS and profile.share("yesno", "tick") > _ALL_ANSWERS:
        return True
    unlinked = target is TargetField.LINKED_CASE and bare(label).rstrip(" 0123456789") in VAGUE and profile.share("name", "link") == 0
    return unlinked and bool(profile.words) and not any(char.isdigit() for word in profile.words for char in word)


def _allowed(target: TargetField, label: str, *, named: float, profile: Profile) -> float:
    """How sure a reading may be at most: only the very words of a meaning, about the person of the row, with values that agree."""
    fit = agreement(target, profile)
    if named < _WORD_FOR_WORD or fit < -0.2 or (of_somebody_else(label) and not names_all(label, target)):
        return _NEVER_SURE
    return _NEVER_SURE if _means_more(target, label, fit=fit, profile=profile) else 1.0


def _means_more(target: TargetField, label: str, *, fit: float, profile: Profile) -> bool:
    """Whether the words are of a sort that means different things, and the values do not settle which."""
    if target is TargetField.AGE:
        return in_another_unit(label)
    if target is TargetField.DEGREE:
        return profile.filled > 0 and profile.share("degree") < 0.3 and _DEGREE_WORD.search(bare(label)) is None
    if target is TargetField.PHONE:
        return profile.filled > 0 and profile.share("phone") < _FEW and profile.share("figures") > 0.5
    if target in _NAMED_PLACES:
        return profile.share("yesno", "figures") > 0.5
    if target is TargetField.CLASSIFICATION:
        return profile.filled > 0 and profile.share("classed") < 0.3
    if bare(label) == "id":
        return profile.share("case_no", "code", "figures") < 0.5
    if bare(label) not in VAGUE:
        return False
    return fit <= 0.2 and profile.share("result", "figures") < 0.5


def _reason(label: str, target: TargetField, *, named: float, shape: str) -> str:
    """Why, in words for the preview."""
    near = "tên cột “{label}” là «{meaning}»" if named >= 0.99 else "tên cột “{label}” gần với «{meaning}»"
    proposal_words = sentence(near, label=label, meaning=target.label) if named else ""
    return "; ".join(part for part in (proposal_words, shape) if part)


def _split(header: Header, profiles: Sequence[Profile]) -> Fixed:
    """What stands in several columns under one heading."""
    return {
        **_split_births(header, profiles),
        **_split_names(header, profiles),
        **_split_tests(header),
        **_split_ages(header),
        **_age_units(header, profiles),
        **_event_days(header),
    }


_AGES = {"months": TargetField.AGE_MONTHS, "weeks": TargetField.AGE_WEEKS, "days": TargetField.AGE_DAYS}


def _split_ages(header: Header) -> Fixed:
    """`Age in years` beside `Age in months`: a column for each unit; one alone is asked about."""
    scores = [header_scores(label).get(TargetField.AGE, 0.0) for label in header.labels]
    units = ["" if not score else unit_of_label(label) for label, score in zip(header.labels, scores, strict=True)]
    if not any(score >= _WORD_FOR_WORD and unit in ("", "years") for score, unit in zip(scores, units, strict=True)):
        return {}
    small = {unit: column for column, unit in enumerate(units) if units.count(unit) == 1}
    return {small[unit]: (target, "tuổi chia theo đơn vị, mỗi đơn vị một cột") for unit, target in _AGES.items() if unit in small}


def _age_units(header: Header, profiles: Sequence[Profile]) -> Fixed:
    """A column of nothing but units beside the ages, whatever it is headed: `age`, `ageu`."""
    units = [column for column, profile in enumerate(profiles) if profile.words and all(map(unit_of, profile.words))]
    ages = [header_scores(label).get(TargetField.AGE, 0.0) >= _WORD_FOR_WORD for label in header.labels]
    beside = [column for column in units if column and ages[column - 1] and not profiles[column].shares.get("digits")]
    return dict.fromkeys(beside[:1], (TargetField.AGE_UNIT, "đơn vị của cột tuổi bên cạnh"))


_OF_EVENTS = frozenset({TargetField.EVENT_CODE, TargetField.EVENT_KIND, TargetField.TIME_FROM, TargetField.NUMBER_PRESENT})


def _event_days(header: Header) -> Fixed:
    """A bare `Ngày` in a list of epidemiological events is the day of the event."""
    named = {target for label in header.labels for target, score in header_scores(label).items() if score == 1.0}
    days = [column for column, label in enumerate(header.labels) if bare(label) == "ngay"] if len(named & _OF_EVENTS) > 1 else []
    return dict.fromkeys(days[:1], (TargetField.EVENT_ON, "ngày của mốc dịch tễ"))


_TESTS = (
    (re.compile(r"\b(?:rt )?pcr\b|\brealtime\b"), TargetField.RESULT, TargetField.SAMPLED_ON),
    (re.compile(r"\btest nhanh\b|\bnhanh\b|\bkhang nguyen\b|\brapid\b|\bantigen\b"), TargetField.RESULT_2, TargetField.SAMPLED_ON_2),
)
_ANSWER, _TAKEN = re.compile(r"\b(?:ket qua|kq|kqxn|result)\b"), re.compile(r"\b(?:ngay|date)\b")


def _split_tests(header: Header) -> Fixed:
    """A PCR and a quick test side by side: two samples, the PCR the first, each with the day that stands under its heading."""
    labels = [bare(label) for label in header.labels]
    fixed: Fixed = {}
    for method, answer, taken in _TESTS:
        answers = [c for c, words in enumerate(labels) if method.search(words) and _ANSWER.search(words) and not _TAKEN.search(words)]
        days = [c for c, words in enumerate(labels) if method.search(words) and _TAKEN.search(words) and not _ANSWER.search(words)]
        if len(answers) != 1:
            return {}
        fixed[answers[0]] = (answer, "mỗi loại xét nghiệm một cột kết quả")
        fixed |= dict.fromkeys(days[:1], (taken, "ngày của loại xét nghiệm này"))
    return (
        fixed
        if len({column for column, (target, _) in fixed.items() if target in (TargetField.RESULT, TargetField.RESULT_2)}) == len(_TESTS)
        else {}
    )


def _split_births(header: Header, profiles: Sequence[Profile]) -> Fixed:
    """Nam and Nữ side by side: years written under the sex, or marks; and Ngày, Tháng, Năm side by side under the birth."""
    leaves = [bare(leaf) for leaf in header.leaves]
    fixed: Fixed = _sex_and_birth(header, profiles)
    for column in range(len(leaves) - 1):
        if leaves[column : column + 2] == ["nam", "nu"]:
            fixed.update(_sex_pair(header, profiles, column))
        if leaves[column : column + 3] == ["ngay", "thang", "nam"] and "sinh" in bare(header.labels[column]):
            parts = (TargetField.BIRTH_DAY, TargetField.BIRTH_MONTH, TargetField.BIRTH_YEAR)
            fixed.update({column + i: (part, "ngày sinh tách thành ba cột") for i, part in enumerate(parts)})
    return {**_birth_parts(header), **fixed}


_BORN = re.compile(r"birth|\bdob\b|sinh|naissance|nacimiento|nascimento")
_PARTS = (
    (TargetField.BIRTH_DAY, re.compile(r"dd\b|\b(?:day|ngay|jour|dia)\b")),
    (TargetField.BIRTH_MONTH, re.compile(r"(?<!m)mm\b|\b(?:month|thang|mois|mes)\b")),
    (TargetField.BIRTH_YEAR, re.compile(r"yyyy\b|\b(?:year|nam|annee|ano)\b")),
)


def _birth_parts(header: Header) -> Fixed:
    """Day, month and year of birth in three columns, known by their own words wherever they stand."""
    found: dict[TargetField, list[int]] = {part: [] for part, _ in _PARTS}
    for column, label in enumerate(header.labels):
        words = bare(label)
        proposal_words = [part for part, pattern in _PARTS if pattern.search(words)] if _BORN.search(words) else []
        if len(proposal_words) == 1:
            found[proposal_words[0]].append(column)
    if any(len(columns) != 1 for columns in found.values()):
        return {}
    return {columns[0]: (part, "ngày sinh tách thành ba cột") for part, columns in found.items()}


_SEX_OR_BIRTH = re.compile(r"\b(?:gioi|sex|gender|sinh|birth|born|tuoi|age|nam nu|nam/nu)\b")


def _sex_and_birth(header: Header, profiles: Sequence[Profile]) -> Fixed:
    """One column of both: `Giới tính, năm sinh` over cells such as `Nữ - 1991`, which are parted row by row."""
    labels = [bare(label) for label in header.labels]
    both = [
        column
        for column, profile in enumerate(profiles)
        if profile.share("sex_and_born") >= 0.5 and _SEX_OR_BIRTH.search(labels[column]) and not of_somebody_else(header.labels[column])
    ]
    return dict.fromkeys(both[:1], (TargetField.SEX, "giới tính và năm sinh (tuổi) trong cùng một ô"))


def _sex_pair(header: Header, profiles: Sequence[Profile], column: int) -> Fixed:
    """What the columns Nam and Nữ hold: birth years or marks."""
    years = max(profile.share("year", "date") for profile in profiles[column : column + 2])
    if years >= 0.5 or "sinh" in bare(header.labels[column]):
        reason = "năm sinh viết dưới cột giới tính"
        return {column: (TargetField.BIRTH_OF_MALE, reason), column + 1: (TargetField.BIRTH_OF_FEMALE, reason)}
    reason = "đánh dấu giới tính ở cột Nam hoặc Nữ"
    return {column: (TargetField.MALE_MARK, reason), column + 1: (TargetField.FEMALE_MARK, reason)}


def _split_names(header: Header, profiles: Sequence[Profile]) -> Fixed:
    """One heading Họ và tên over two columns: the family and middle names, then the given name."""
    for column in range(len(profiles) - 1):
        label, following = bare(header.leaves[column]), bare(header.leaves[column + 1])
        if TargetField.FULL_NAME not in header_scores(label) or following not in ("", label):
            continue
        beside = profiles[column + 1]
        worded = beside.share("figures") < 0.1 and beside.share("name") < 0.2 and beside.share("date", "sex", "address") < 0.3
        if worded and beside.filled >= 0.7 * profiles[column].filled > 0:
            reason = "họ tên tách thành hai cột"
            return {column: (TargetField.FAMILY_NAME, reason), column + 1: (TargetField.GIVEN_NAME, reason)}
    return _name_beside_part(header)


_BARE_NAME = frozenset({"nom", "nombre", "nome", "name", "nama"})


def _name_beside_part(header: Header) -> Fixed:
    """`Nom` beside `Prénom`, `Nombre` beside `Apellidos`: the other part of the name."""
    bares = [bare(label) for label in header.labels]
    parts = {target for label in header.labels for target, score in header_scores(label).items() if score >= _WORD_FOR_WORD}
    given, family = TargetField.GIVEN_NAME in parts, TargetField.FAMILY_NAME in parts
    if given is family or TargetField.FULL_NAME in parts or sum(words in _BARE_NAME for words in bares) != 1:
        return {}
    column = next(column for column, words in enumerate(bares) if words in _BARE_NAME)
    return {column: (TargetField.FAMILY_NAME if given else TargetField.GIVEN_NAME, "phần còn lại của họ tên đã tách cột")}


_PAIR_WORDS = {
    "from": TargetField.LINKED_CASE,
    "infector": TargetField.LINKED_CASE,
    "source": TargetField.LINKED_CASE,
    "to": TargetField.CASE_NO,
    "infectee": TargetField.CASE_NO,
    "target": TargetField.CASE_NO,
}


def _pair_columns(header: Header) -> Fixed:
    """The two ends of a link."""
    words = [bare(label) for label in header.labels]
    return {column: (_PAIR_WORDS[word], "hai đầu của một cặp lây truyền") for column, word in enumerate(words) if word in _PAIR_WORDS}


def is_pair_list(header: Header, profiles: Sequence[Profile]) -> bool:
    """Whether a sheet lists links from one case to another."""
    ends = [(_PAIR_WORDS.get(bare(label)), profile) for label, profile in zip(header.labels, profiles, strict=False)]
    found = {target for target, profile in ends if target and profile.share("date") < 0.2}
    return found == {TargetField.LINKED_CASE, TargetField.CASE_NO}


def _sormas_columns(header: Header, profiles: Sequence[Profile]) -> list[ColumnGuess]:
    """Property names looked up; where two fill one meaning, the one with values, then the one listed first."""
    rank = {name: index for index, name in enumerate(PREFERRED)}
    owner: dict[TargetField, int] = {}
    for column in sorted(range(len(header.labels)), key=lambda c: (profiles[c].filled == 0, rank.get(header.labels[c], 999))):
        target = FIELDS.get(header.labels[column])
        if target is not None:
            owner.setdefault(target, column)
    return [_sormas_guess(column, label, owner=owner) for column, label in enumerate(header.labels)]


def _sormas_guess(column: int, label: str, *, owner: dict[TargetField, int]) -> ColumnGuess:
    """One SORMAS column."""
    target = FIELDS.get(label)
    if target is not None and owner[target] == column:
        return ColumnGuess(column, label, target, 1.0, Basis.SCHEMA, sentence("trường SORMAS “{label}”", label=label))
    return ColumnGuess(column, label, None, 0.0, Basis.NONE, Basis.NONE.label)
