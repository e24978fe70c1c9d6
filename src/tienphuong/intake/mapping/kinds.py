"""What kind of list a sheet is, judged by its titles, its columns and its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tienphuong.core.sentences import sentence
from tienphuong.core.text.fold import fold

from .header import Header
from .layout import Mapping
from .profile import Profile
from .terms import SheetKind as K
from .terms import TargetField as F
from .wording import bare, header_scores


@dataclass(frozen=True, slots=True)
class KindGuess:
    """The kind, how sure, and why in words for the preview."""

    kind: K
    confidence: float
    reasons: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the sheet was understood as something that is no list of people the post keeps, for its first reason."""
        return self.kind is K.UNKNOWN and self.confidence >= 0.9


_TITLES: dict[K, re.Pattern[str]] = {
    K.CASE_LIST: re.compile(
        r"\b(?:(?:ca|truong hop) (?:benh|mac|duong tinh|f0|nhiem|tu vong)|benh nhan|danh sach f0|f0|line ?list|cases?)\b"
    ),
    K.CONTACT_LIST: re.compile(r"\b(?:tiep xuc|f1|f2|contacts?)\b"),
    K.RETURNEES: re.compile(r"\b(?:vung (?:co )?dich|ve tu|nguoi ve|tro ve|nhap canh|di ve|returnees?)\b"),
    K.LAB_RESULTS: re.compile(r"\b(?:xet nghiem|lay mau|kqxn|ket qua xn|lab results?)\b"),
    K.QUARANTINE_REGISTER: re.compile(r"\b(?:cach ly|cltt|cltn|quarantine)\b"),
    K.EXPOSURE_EVENTS: re.compile(r"\b(?:moc dich te|su kien phoi nhiem|exposure events?)\b"),
    K.FOLLOW_UP: re.compile(r"\b(?:theo doi suc khoe|theo doi hang ngay|theo doi|follow.?up)\b"),
    K.HOUSEHOLD_REGISTER: re.compile(r"\b(?:ho khau|nhan khau|ho gia dinh|danh sach ho|cu dan|households?)\b"),
    K.COMMUNE_SUMMARY: re.compile(r"\b(?:bao cao|tong hop|so lieu|bieu so|summary)\b"),
}

_COLUMNS: dict[K, dict[F, float]] = {
    K.CASE_LIST: {
        F.CASE_NO: 0.25,
        F.NATIONAL_NO: 0.35,
        F.DETECTED_ON: 0.35,
        F.TREATMENT_PLACE: 0.35,
        F.OUTCOME: 0.2,
        F.ONSET_ON: 0.2,
        F.CLASSIFICATION: 0.25,
        F.DETECTION_SETTING: 0.25,
        F.SOURCE_STATUS: 0.25,
        F.RECOVERED_ON: 0.25,
        F.DIED_ON: 0.25,
        F.EPID: 0.3,
    },
    K.CONTACT_LIST: {
        F.LINKED_CASE: 0.4,
        F.LINKED_NAME: 0.35,
        F.LAST_CONTACT_ON: 0.4,
        F.RELATION: 0.2,
        F.DEGREE: 0.3,
        F.EXPOSURE_FROM: 0.2,
        F.EXPOSURE_PLACE: 0.15,
    },
    K.RETURNEES: {F.ARRIVED_ON: 0.5, F.FROM_PLACE: 0.5, F.TRANSPORT: 0.2, F.FLIGHT: 0.25, F.SEAT: 0.1, F.FOUND_HOW: 0.25, F.FOUND_ON: 0.2},
    K.LAB_RESULTS: {
        F.RESULT: 0.3,
        F.SAMPLED_ON: 0.3,
        F.SAMPLE_CODE: 0.45,
        F.POOL_ID: 0.35,
        F.METHOD: 0.25,
        F.CT: 0.35,
        F.RESULT_ON: 0.25,
        F.LAB: 0.25,
    },
    K.QUARANTINE_REGISTER: {
        F.QUARANTINE_FROM: 0.35,
        F.QUARANTINE_TO: 0.35,
        F.QUARANTINE_PLACE: 0.3,
        F.QUARANTINE_FORM: 0.25,
        F.ORDER_NO: 0.35,
    },
    K.EXPOSURE_EVENTS: {
        F.EVENT_CODE: 0.4,
        F.EXPOSURE_PLACE: 0.2,
        F.TIME_FROM: 0.35,
        F.TIME_TO: 0.3,
        F.ACTIVITY: 0.2,
        F.NUMBER_PRESENT: 0.35,
        F.EVENT_KIND: 0.2,
    },
    K.FOLLOW_UP: {F.FOLLOW_UP_ON: 0.5, F.FOLLOW_UP_STATE: 0.4, F.TEMPERATURE: 0.4, F.SYMPTOMS: 0.1},
    K.HOUSEHOLD_REGISTER: {F.RELATION_TO_HEAD: 0.6, F.HOUSEHOLD_CODE: 0.45, F.HOUSEHOLD_HEAD: 0.35},
    K.COMMUNE_SUMMARY: {
        F.INDICATOR: 0.3,
        F.COUNT_NEW: 0.3,
        F.COUNT_CURRENT: 0.3,
        F.COUNT_DONE: 0.3,
        F.COUNT_TOTAL: 0.3,
        F.COUNT_NEGATIVE: 0.2,
        F.COUNT_POSITIVE: 0.2,
        F.COUNT_WAITING: 0.2,
    },
}
_ASKED = 0.6
"""What a column that is itself a question weighs."""
_PERSON = frozenset({F.FULL_NAME, F.FAMILY_NAME, F.GIVEN_NAME, F.SEX, F.BIRTH, F.AGE, F.BIRTH_OF_MALE, F.IDENTITY_NO, F.CASE_NO})
_DATES = frozenset({F.ONSET_ON, F.REPORTED_ON, F.DETECTED_ON, F.DIED_ON, F.EXPOSURE_FROM, F.EXPOSURE_TO})


def guess_kind(mapping: Mapping, *, header: Header, titles: Sequence[str], names: Sequence[str], sormas: bool, pairs: bool) -> KindGuess:
    """The most likely kind of a sheet."""
    if sormas:
        return _sormas_kind(header)
    if pairs:
        return KindGuess(K.CONTACT_PAIRS, 0.95, ("hai cột là hai đầu của một cặp lây truyền",))
    targets = mapping.targets
    if not targets - {F.ROW_NO, F.NOTE}:
        return KindGuess(K.UNKNOWN, 0.0, ("không cột nào được nhận ra",))
    sure = frozenset(guess.target for guess in mapping.columns if guess.target is not None and guess.sure)
    scored = {kind: _score(kind, targets, sure=sure, titles=titles, names=names) for kind in _COLUMNS}
    scored[K.LINE_LIST] = _line_list(header, mapping, texts=(*titles, *names))
    if _is_ill(targets) and F.SAMPLE_CODE not in targets:
        # a case's own tests beside its onset and outcome make no laboratory's list
        scored[K.LAB_RESULTS] = scored[K.LAB_RESULTS][0] / 2, scored[K.LAB_RESULTS][1]
    if _names_contacts(header):
        scored[K.CONTACT_LIST] = scored[K.CONTACT_LIST][0] + 0.4, (*scored[K.CONTACT_LIST][1], "tên cột nói về người tiếp xúc")
    if scored[K.LINE_LIST][0]:
        scored[K.CASE_LIST] = scored[K.CASE_LIST][0] / 2, scored[K.CASE_LIST][1]
    top = max(scored, key=lambda kind: scored[kind][0])
    return _settled(scored, top=top, score=scored[top][0])


_ONE_PERSON = _PERSON - {F.CASE_NO} | {F.PHONE, F.PASSPORT_NO, F.INSURANCE_NO, F.NATIONAL_NO, F.EPID}
COUNTS = ("bảng đếm số ca theo địa bàn, không phải danh sách người: nhập ở trang Số liệu của xã, hoặc gửi theo mẫu mỗi dòng một chỉ tiêu",)
_FIGURES = frozenset(target for target in F if target.name.startswith("COUNT_"))
_AREAS = frozenset({F.COMMUNE, F.DISTRICT, F.PROVINCE, F.HAMLET})
# Counts may be told apart by sex and age.
_GROUPED = frozenset({F.SEX, F.AGE})
_COUNTED_CASES = re.compile(
    r"\b(?:(?:so|anzahl|num|number(?: of)?|count(?: of)?|total|tong(?: so)?) (?:ca|mac|f0|tu vong|cases?|deaths?|fall|faelle|todesfall|cas|casos|muertes|obitos)|cases|deaths|casos|cas)\b"
)
_COUNT_WORDS = re.compile(
    r"\b(?:so (?:ca|mac|nguoi|luong|truong hop|f0|tu vong)|num|number|count|total|cases|deaths|anzahl|casos|cas|casi|tong)\b"
)


EVENTS = "danh sách sự kiện, địa điểm kèm người có mặt; không ghi ai là ca bệnh, ai là người tiếp xúc"
DOSES = "danh sách tiêm chủng; không phải danh sách ca bệnh hay người tiếp xúc"
_DOSES = re.compile(
    r"\b(?:vaccin\w*|vacina\w*|vacuna\w*|covac|doses?|immuni[sz]ation|batch|tiem (?:chung|vac xin|vacxin|mui)|mui \d|vac xin|vacxin)\b"
)


SIDE_BY_SIDE = "hai bảng đặt cạnh nhau trong một trang; hãy tách mỗi bảng ra một trang rồi gửi lại"


def side_by_side(header: Header, profiles: Sequence[Profile]) -> KindGuess | None:
    """Two tables beside each other: the heading of names stands twice, and another heading with it, over filled columns."""
    words = [bare(label) for label, profile in zip(header.labels, profiles, strict=False) if label and profile.filled]
    twice = {word for word in words if words.count(word) > 1}
    named = any(header_scores(word).get(F.FULL_NAME, 0.0) >= 1.0 for word in twice)
    return KindGuess(K.UNKNOWN, 0.95, (SIDE_BY_SIDE,)) if named and len(twice) > 1 else None


def of_doses(mapping: Mapping, header: Header) -> KindGuess | None:
    """A list of vaccinations: its words, and nothing of an illness, a contact, a sample, a stay or a journey."""
    own = _OF_CASES.union(*(columns for kind, columns in _COLUMNS.items() if kind is not K.COMMUNE_SUMMARY))
    folded = sum(1 for label in header.labels if _DOSES.search(bare(label)))
    if (
        folded < max(3, 0.2 * len(header.labels))
        or _of_illness(header)
        or any(guess.target in own and guess.decision == "sure" for guess in mapping.columns)
    ):
        return None
    return KindGuess(K.UNKNOWN, 0.9, (DOSES,))


def counted(mapping: Mapping, header: Header, profiles: Sequence[Profile]) -> KindGuess | None:
    """A table of counts by place: figures under words for numbers, and nothing that could tell one person from another."""
    targets = mapping.targets
    if targets & (_ONE_PERSON - _GROUPED | {F.INDICATOR}) or not targets & _AREAS:
        return None
    if len(targets & _FIGURES) > 1:
        return KindGuess(K.UNKNOWN, 0.9, COUNTS)
    figures = [bare(header.labels[c]) for c, profile in enumerate(profiles) if profile.filled and profile.share("figures") >= 0.9]
    words = _COUNTED_CASES if targets & _GROUPED else _COUNT_WORDS
    if not any(words.search(label) for label in figures) or (targets & _GROUPED and F.CASE_NO in targets):
        return None
    return KindGuess(K.UNKNOWN, 0.9, COUNTS)


def _settled(scored: dict[K, tuple[float, tuple[str, ...]]], *, top: K, score: float) -> KindGuess:
    """The best kind with its lead over the next as confidence; too little evidence is no kind."""
    second = max((other for kind, (other, _) in scored.items() if kind is not top), default=0.0)
    if score < 0.3:
        return KindGuess(K.UNKNOWN, round(score, 2), ("tên trang, tiêu đề và các cột chưa đủ để nhận ra loại danh sách",))
    return KindGuess(top, round(min(0.99, score / (score + second) if second else 0.95), 2), scored[top][1])


def _score(
    kind: K, targets: frozenset[F], *, sure: frozenset[F], titles: Sequence[str], names: Sequence[str]
) -> tuple[float, tuple[str, ...]]:
    """Evidence for one kind: a title weighs most, then its own columns (less where they are asked about), then the names of sheet and file."""
    columns = [target for target in _COLUMNS[kind] if target in targets]
    score = sum(_COLUMNS[kind][target] * (1.0 if target in sure else _ASKED) for target in columns)
    reasons = [sentence("có cột {columns}", columns=", ".join(target.label for target in columns))] if columns else []
    for texts, weight, folded in ((titles, 0.7, "tiêu đề nói về {kind}"), (names, 0.4, "tên trang hoặc tên tệp nói về {kind}")):
        if any(_TITLES[kind].search(fold(text.replace("_", " "))) for text in texts):
            score += weight
            reasons.append(sentence(folded, kind=kind.label))
    if kind is K.COMMUNE_SUMMARY and (targets & {F.FULL_NAME, F.IDENTITY_NO, F.PHONE} or F.INDICATOR not in targets or len(columns) < 2):
        return 0.0, ()
    if kind is not K.COMMUNE_SUMMARY and not targets & _PERSON:
        score *= 0.4
    return score, tuple(reasons)


_ONE = _PERSON | {F.BIRTH_YEAR, F.AGE_UNIT, F.NATIONAL_NO, F.EPID, F.PHONE, F.PASSPORT_NO}
_ILL = frozenset({F.ONSET_ON, F.DETECTED_ON, F.CLASSIFICATION, F.OUTCOME_ON, F.DIED_ON, F.DIED, F.RECOVERED_ON, F.RECOVERED, F.SYMPTOMS})
_OF_CASES = _ILL | {
    F.OUTCOME,
    F.TREATMENT_PLACE,
    F.EPID,
    F.NATIONAL_NO,
    F.RESULT,
    F.RESULT_ON,
    F.DETECTION_SETTING,
    F.LINKED_CASE,
    F.CLUSTER,
}
_STAYING = frozenset({F.QUARANTINE_FROM, F.QUARANTINE_TO, F.QUARANTINE_PLACE, F.QUARANTINE_FORM, F.LEFT_ON})
_SICK_WORDS = re.compile(r"\b(?:symptoms?|onset|outcome|diagnos\w+|hospitali[sz]\w+|confirmed|deaths?|recovered)\b")
_CONTACT_WORDS = re.compile(r"^contact (?:u?u?id|code|status|type|classification|category|case id|no|number)\b|\bwas case$")


def _is_ill(targets: frozenset[F]) -> bool:
    """Whether a sheet says how an illness went: its beginning or where it was treated, and what it is or came to."""
    ended = targets & {F.OUTCOME_ON, F.DIED_ON, F.RECOVERED_ON}
    return bool(ended and F.TREATMENT_PLACE in targets) or (
        F.ONSET_ON in targets and bool(ended or targets & {F.CLASSIFICATION, F.OUTCOME})
    )


def _of_illness(header: Header) -> bool:
    return sum(1 for label in header.labels if _SICK_WORDS.search(bare(label))) >= 2


def _names_contacts(header: Header) -> bool:
    return any(_CONTACT_WORDS.search(bare(label)) for label in header.labels)


def _of_cases(header: Header, mapping: Mapping, texts: Sequence[str]) -> bool:
    """Whether anything says that the rows are cases: what only cases have, or the word itself; contacts and stays speak against."""
    targets = mapping.targets
    folded = [fold(text.replace("_", " ")) for text in texts]
    of_contacts = _names_contacts(header) or F.LAST_CONTACT_ON in targets or any(_TITLES[K.CONTACT_LIST].search(text) for text in folded)
    if (of_contacts or len(targets & _STAYING) >= 2) and not targets & _ILL:
        return False
    if F.FOLLOW_UP_ON in targets and not targets & (_ILL - {F.ONSET_ON, F.SYMPTOMS}):
        return False
    column = mapping.column_of(F.CASE_NO)
    numbered = column is not None and re.search(r"\b(?:case|patient|cas|caso|fall)\b", bare(header.labels[column])) is not None
    return bool(targets & _OF_CASES) or numbered or _of_illness(header) or any(_TITLES[K.CASE_LIST].search(text) for text in folded)


def _line_list(header: Header, mapping: Mapping, *, texts: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """A free line list: a person or an id, dates, foreign headers, and something that says the rows are cases."""
    targets, labels = mapping.targets, [label for label in header.labels if label]
    foreign = sum(1 for label in labels if label.isascii()) >= 0.9 * len(labels)
    found = targets & _DATES
    if not foreign or not header.rows or F.ROW_NO in targets or (F.CASE_NO not in targets and not found):
        return 0.0, ()
    if not targets & _ONE or not _of_cases(header, mapping, texts):
        return 0.0, ()
    score = 0.9 + 0.25 * len(found) + (0.2 if F.AGE in targets else 0.0)
    return score, ("tên cột không phải tiếng Việt, có mã và ngày, mỗi dòng một người",)


def _sormas_kind(header: Header) -> KindGuess:
    """Which SORMAS template: by its entity row and by what identifies the case; events with those present are no cases."""
    names = set(header.labels)
    if {"eventTitle", "eventStatus"} & names:
        return KindGuess(K.UNKNOWN, 0.95, (EVENTS,))
    entity = header.entity.lower()
    if entity == "contact" or {"lastContactDate", "contactClassification"} & names:
        known = "caseIdExternalSystem" in names
        kind = K.SORMAS_CONTACT if known else K.SORMAS_CASE_CONTACT
        reason = "có cột mã ca bệnh nguồn" if known else "không có cột mã ca bệnh: mọi dòng thuộc một ca bệnh phải chọn khi nhập"
        return KindGuess(kind, 0.98, ("tên trường của mẫu SORMAS cho người tiếp xúc", reason))
    if not header.entity:
        return KindGuess(K.SORMAS_LINE_LISTING, 0.95, ("tên trường SORMAS, không có dòng thực thể",))
    return KindGuess(K.SORMAS_CASE, 0.98, (sentence("mẫu SORMAS với thực thể {entity}", entity=header.entity),))
