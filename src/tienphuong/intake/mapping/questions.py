"""Columns that figures hang on: what would be kept as a note is asked about where its heading or its values say that cases are counted by it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext

from .layout import ColumnGuess
from .profile import Profile
from .terms import Basis
from .terms import TargetField as F
from .wording import VAGUE, bare, has_no_field, is_vague, of_somebody_else

_COUNTED_BY: Final = {F.RESULT: "result", F.CLASSIFICATION: "classification", F.OUTCOME: "outcome"}
_ASKED: Final = 0.5
_SAYS_CASES: Final = 2
_LONGEST: Final = 40
_NEARLY_ALL, _BY_WORDS = 0.8, 0.85
_BY_DOUBT: Final = 0.75
_STAYING: Final = frozenset({F.QUARANTINE_FROM, F.QUARANTINE_TO, F.QUARANTINE_FORM, F.QUARANTINE_PLACE})
# Words that other columns hold as well: a payment is "pending" or by "transfer".
_COMMON: Final = frozenset({"pending", "transferred", "in_treatment"})
_ANY_DAY: Final = CellContext(date(2021, 1, 1))
# A day moves a figure from one day to another: whose day it is must not be lost with a heading in words of the sender's own.
_DAYS: Final = (
    (
        F.DIED_ON,
        re.compile(r"\b(?:date)?(?:death|died?|dead|dying|deceased?|dod|deces|mort|muerte|fallec\w*|defunc\w*|obito|tu vong|chet|mat)\b"),
    ),
    (
        F.RECOVERED_ON,
        re.compile(r"\b(?:date)?(?:recover(?:y|ed)?|discharged?|released?|cured|guerison|sortie|alta|ra vien|xuat vien|khoi benh)\b"),
    ),
    (F.DETECTED_ON, re.compile(r"\b(?:date)?(?:confirm(?:ed|ation)?|conf|diagnos\w*|detected|positive|khang dinh|phat hien|duong tinh)\b")),
    (F.REPORTED_ON, re.compile(r"\b(?:date)?(?:report(?:ed|ing)?|notif\w*|announced?|published|publication|bao cao|cong bo|khai bao)\b")),
)
_ANY: Final = frozenset({"date", "day", "ngay", "ngay thang", "fecha", "data", "datum", "tanggal"})
_NO_CASES: Final = re.compile(
    r"\b(?:vaccin\w*|vac|dose|dos|tiem|mui|contact|source|result|test|sample|specimen|burial|exposure|travel|arrival)\b"
)


def questioned(guesses: Sequence[ColumnGuess], profiles: Sequence[Profile], *, named: Sequence[Collection[F]]) -> list[ColumnGuess]:
    """The guesses, with a question for each column that would be lost as a note though cases are counted by it, or though only it tells the rows apart."""
    return _keyed(list(_counted_by(_of_whose_stay(guesses), profiles, named=named)), profiles)


_BARE_STAY: Final = frozenset(
    {"ngay bat dau", "ngay ket thuc", "bat dau", "ket thuc", "tu ngay", "den ngay", "ngay hoan thanh", "ngay vao"}
)
_OF_STAYS: Final = frozenset({F.QUARANTINE_FORM, F.QUARANTINE_PLACE, F.ROOM, F.ORDER_NO, F.DEGREE, F.ARRIVED_ON, F.LINKED_CASE})
_STAY_WORD: Final = re.compile(r"\b(?:cach ly|cl|cltt|quarantin\w*|isolat\w*)\b")


def _of_whose_stay(guesses: Sequence[ColumnGuess]) -> Sequence[ColumnGuess]:
    """`Ngày bắt đầu` beside a treatment may be the treatment's: where nothing else of the list is about quarantine, it is asked about."""
    treated = {guess.target for guess in guesses} & {F.TREATMENT_PLACE, F.OUTCOME, F.RESULT}
    if not treated or any(guess.target in _OF_STAYS or _STAY_WORD.search(bare(guess.label)) for guess in guesses):
        return guesses
    return [replace(guess, confidence=min(guess.confidence, _BY_DOUBT)) if _is_bare_stay(guess) else guess for guess in guesses]


def _is_bare_stay(guess: ColumnGuess) -> bool:
    return guess.target in (F.QUARANTINE_FROM, F.QUARANTINE_TO) and bare(guess.label) in _BARE_STAY


_KEYS: Final = frozenset({F.FULL_NAME, F.GIVEN_NAME, F.FAMILY_NAME, F.CASE_NO, F.NATIONAL_NO, F.EPID, F.IDENTITY_NO, F.PASSPORT_NO, F.PHONE, F.INSURANCE_NO, F.OWN_CODE, F.LINKED_CASE, F.INDICATOR})  # fmt: skip
_OF_CASES: Final = frozenset({F.ONSET_ON, F.DETECTED_ON, F.CLASSIFICATION, F.OUTCOME, F.OUTCOME_ON, F.DIED_ON, F.DIED, F.RECOVERED_ON, F.RECOVERED, F.RESULT, F.RESULT_ON, F.REPORTED_ON, F.SAMPLED_ON})  # fmt: skip
_OF_ILLNESS: Final = _OF_CASES - {F.OUTCOME_ON, F.REPORTED_ON, F.SAMPLED_ON, F.RESULT_ON}
_A_KEY: Final = re.compile(r"\b(?:id|ids|no|num|number|nro|key|uuid|code|codigo|numero|ma|so|index|record)\b")
_A_CODE: Final = re.compile(r"\b(?:id|ids|key|uuid|code|codigo|ma)\b")
_NO_KEY: Final = "danh sách không ghi tên; cột này khác nhau ở từng dòng, có thể là mã của từng ca"


def _keyed(guesses: list[ColumnGuess], profiles: Sequence[Profile]) -> list[ColumnGuess]:
    """Where nothing tells the people of a list of cases apart, the column that differs in every row is asked about as their code."""
    given = {guess.target for guess in guesses if guess.sure} & _OF_CASES
    if {guess.target for guess in guesses} & _KEYS or len(given) < _SAYS_CASES or not given & _OF_ILLNESS:
        return guesses
    free = (at for at, (guess, profile) in enumerate(zip(guesses, profiles, strict=True)) if _may_be_a_code(guess) and _differs(profile))
    if (at := next(free, None)) is not None:
        guesses[at] = replace(guesses[at], target=F.CASE_NO, confidence=_ASKED, basis=Basis.CONTENT, reason=_NO_KEY)
    return guesses


def _may_be_a_code(guess: ColumnGuess) -> bool:
    """Whether a heading may head codes of cases; "STT" and its like count the rows of one list, and begin anew in the next."""
    words = _A_CODE if guess.target is F.ROW_NO else _A_KEY
    return guess.target in (None, F.ROW_NO) and words.search(bare(guess.label)) is not None


def _differs(profile: Profile) -> bool:
    return profile.filled >= max(3, profile.rows) and profile.share("distinct") == 1 and profile.share("date") == 0


def _counted_by(guesses: Sequence[ColumnGuess], profiles: Sequence[Profile], *, named: Sequence[Collection[F]]) -> Iterator[ColumnGuess]:
    """The guesses, with a question for each column that cases are counted by."""
    staying = {guess.target for guess in guesses} & _STAYING
    asked = [
        _settled(_stated_otherwise(guess, profile), profile, staying=bool(staying))
        for guess, profile in zip(guesses, profiles, strict=True)
    ]
    better = _stated_elsewhere(asked, profiles)
    asked = [replace(guess, target=None, confidence=0.0, basis=Basis.NONE) if guess.target in better else guess for guess in asked]
    taken = {guess.target for guess in asked}
    for guess, profile, words in zip(asked, profiles, named, strict=True):
        target = _counted(guess, profile, named=set(words) - better, taken=taken)
        if target is not None:
            taken.add(target)
            guess = _question(guess, target, named=target in words)
        yield guess


def _stated_otherwise(guess: ColumnGuess, profile: Profile) -> ColumnGuess:
    """A guess under a heading that may head anything, if the words below it are those of another meaning."""
    if guess.target not in _COUNTED_BY or guess.sure or bare(guess.label) not in VAGUE or _share_of(guess.target, profile) > 0:
        return guess
    other = next(iter(_by_words(profile)), None)
    return replace(guess, target=other, reason=_because(other)) if other else guess


def _stated_elsewhere(guesses: Sequence[ColumnGuess], profiles: Sequence[Profile]) -> set[F | None]:
    """The meanings of unsure columns none of whose words are of it, where another column holds nothing but its words."""
    pairs = list(zip(guesses, profiles, strict=True))
    unsaid = {
        guess.target
        for guess, profile in pairs
        if guess.target in _COUNTED_BY and not guess.sure and profile.words and not _share_of(guess.target, profile)
    }
    return {
        target
        for target in unsaid
        if target and any(not guess.target and _share_of(target, profile) >= _NEARLY_ALL for guess, profile in pairs)
    }


def _settled(guess: ColumnGuess, profile: Profile, *, staying: bool) -> ColumnGuess:
    """A guess under a heading that may head anything, made sure by its words: nearly all are official words of the meaning, and of several."""
    if guess.target not in _COUNTED_BY or guess.sure or not is_vague(guess.label):
        return guess
    kinds = ["state"] if staying and guess.target is F.OUTCOME else [_COUNTED_BY[guess.target]]
    words = [text for text in profile.words if len(text) <= _LONGEST]
    understood = [word for text in words if (word := read_words(kinds[0], text, context=_ANY_DAY).value)]
    sure = len(words) == len(profile.words) > 1 and len(set(understood)) > 1 and len(understood) >= _NEARLY_ALL * len(words)
    return replace(guess, confidence=_BY_WORDS, basis=Basis.BOTH, reason=Basis.BOTH.label) if sure else guess


def degree_of(text: str) -> str:
    """The official degree that a word of a column says, or nothing."""
    return read_words("degree", text, context=_ANY_DAY).value


def _counted(guess: ColumnGuess, profile: Profile, *, named: Collection[F], taken: Collection[F | None]) -> F | None:
    """The meaning to ask about, for a column nobody else has and that no other column is taken for."""
    if guess.target or guess.basis is not Basis.NONE or not profile.filled or has_no_field(guess.label):
        return None
    by_name = [target for target in _COUNTED_BY if target in named]
    if len(by_name) == 1 and bare(guess.label) not in VAGUE:
        return by_name[0] if by_name[0] not in taken else None
    options = (*_by_words(profile), *_by_day(guess.label, profile, taken=taken))
    return next((target for target in options if target not in taken), None)


def _by_words(profile: Profile) -> list[F]:
    """The meaning whose official words fill the column most; none where hardly any do."""
    best = max(_COUNTED_BY, key=lambda target: _share_of(target, profile))
    return [best] if _share_of(best, profile) else []


def _share_of(target: F, profile: Profile) -> float:
    """The share of the different texts of a column that are words of a meaning; 0 for a word that stands there once among others, if it is no death."""
    readings = [read_words(_COUNTED_BY[target], text, context=_ANY_DAY).value for text in profile.words if len(text) <= _LONGEST]
    given = [word for word in readings if word]
    share = len(given) / len(profile.words) if given else 0.0
    if set(given) <= _COMMON and len(set(given)) == 1 and share < 1:
        return 0.0
    return share if share >= 0.5 or (share >= 0.2 and (len(set(given)) > 1 or "died" in given)) else 0.0


def classes_of(words: Collection[str]) -> set[str]:
    """The official classes among the words of a column."""
    return {read_words("classification", text, context=_ANY_DAY).value for text in words if len(text) <= _LONGEST} - {""}


def _by_day(label: str, profile: Profile, *, taken: Collection[F | None]) -> Iterator[F]:
    """The days a heading over days may mean, the nearest first; a bare "date" only where no other day tells when a case was known."""
    words = bare(label)
    if profile.share("date") < 0.5 or of_somebody_else(label) or _NO_CASES.search(words):
        return
    found = [target for target, pattern in _DAYS if pattern.search(words)]
    # `date of death or discharge`: whichever came, its day.
    yield from [F.OUTCOME_ON] if {F.DIED_ON, F.RECOVERED_ON} <= set(found) else found
    if words in _ANY and not {F.REPORTED_ON, F.DETECTED_ON, F.RESULT_ON} & set(taken):
        yield F.REPORTED_ON


def _question(guess: ColumnGuess, target: F, *, named: bool) -> ColumnGuess:
    """The column as a question with its reason."""
    basis = Basis.HEADER if named or target not in _COUNTED_BY else Basis.CONTENT
    return ColumnGuess(guess.column, guess.label, target, _ASKED, basis, _because(target))


def _because(target: F) -> str:
    """Why it is asked, in words for the preview."""
    return sentence("cột có vẻ là «{meaning}», số liệu tính theo cột này nên cần hỏi", meaning=target.label)
