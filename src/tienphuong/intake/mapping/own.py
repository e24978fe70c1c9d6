"""The columns of our own exports: a list that went out from here is known by its headings, and what each means is no guess."""

from typing import Final

from tienphuong.core.text.fold import fold

from .header import Header
from .kinds import KindGuess
from .terms import OWN_HEADINGS
from .terms import SheetKind as K
from .terms import TargetField as F

OURS: Final = "bản xuất của chính phần mềm: dòng không sửa thì không đổi gì"
COMPUTED: Final = "phần mềm tính ra hoặc chỉ để xem; sửa ở đây không đổi gì"

Headings = dict[str, F | None]
# Headings in both languages, without accents; None: worked out by the program, or there to be read only.
_PERSON: Final[Headings] = {
    "ho ten|name": F.FULL_NAME,
    "gioi tinh|sex": F.SEX,
    "ngay, nam sinh|birth": F.BIRTH,
    "so giay to|paper number": F.IDENTITY_NO,
    "so the bhyt|health insurance number": F.INSURANCE_NO,
    "dien thoai|telephone": F.PHONE,
}
_AREA: Final[Headings] = {"dia ban|area": F.COMMUNE}
_CASES: Final[Headings] = {
    "ma ca|case no.": F.CASE_NO,
    "ma bn|national number": F.NATIONAL_NO,
    "phan loai|classification": F.CLASSIFICATION,
    "ket qua|outcome": F.OUTCOME,
    "ngay co ket cuc|outcome on": F.OUTCOME_ON,
    "noi o luc phat hien|residence at detection": F.COMMUNE,
    "noi phat hien|detected in": F.DETECTION_SETTING,
    "khoi phat|onset": F.ONSET_ON,
    "phat hien|detected": F.DETECTED_ON,
    "ngay bao cao|reported on": F.REPORTED_ON,
}
_CONTACTS: Final[Headings] = {
    "dien|degree": F.DEGREE,
    "tiep xuc voi|contact of": F.LINKED_CASE,
    "cach tiep xuc|kind of contact": F.RELATION,
    "ly do|reason": None,
    "tiep xuc cuoi|last exposure": F.LAST_CONTACT_ON,
    "cach ly den het|quarantine until": None,
    "theo doi den het|watched until": None,  # what earlier versions wrote
    "tu theo doi den het|self-monitoring until": None,
    "ngay bao cao|reported on": F.REPORTED_ON,
}
_WAITING: Final[Headings] = {
    "nguoi gui ghi|sender wrote": F.LINKED_CASE,
    "nguoi gui xep|sender's degree": F.DEGREE,
    "cach tiep xuc|kind of contact": F.RELATION,
    "tiep xuc cuoi|last exposure": F.LAST_CONTACT_ON,
    "ngay bao cao|reported on": F.REPORTED_ON,
}
_FOLLOW_UP: Final[Headings] = {
    "dien|degree": None,
    "ho, dia chi|household, address": None,
    "ngay thu|day": None,
    "tinh trang|state": F.FOLLOW_UP_STATE,
    "ghi luc|recorded at": None,
    "ngay theo doi|follow-up date": F.FOLLOW_UP_ON,
}
_RETURNEES: Final[Headings] = {
    "den tu|came from": F.FROM_PLACE,
    "phuong tien|transport": F.TRANSPORT,
    "ngay ve|arrived": F.ARRIVED_ON,
    "phat hien qua|found through": F.FOUND_HOW,
    "cach ly den het|quarantine until": None,
    "theo doi den het|watched until": None,  # what earlier versions wrote
}
_STAYS: Final[Headings] = {
    "hinh thuc|form": F.QUARANTINE_FORM,
    "noi cach ly|place of quarantine": F.QUARANTINE_PLACE,
    "dien|degree": None,
    "tinh trang|state": F.OUTCOME,
    "tu ngay|from day": F.QUARANTINE_FROM,
    "du kien den|planned until": F.QUARANTINE_TO,
    "ket thuc|ended": F.LEFT_ON,
}
_SAMPLES: Final[Headings] = {
    "ma mau|sample code": F.SAMPLE_CODE,
    "ma mau gop|pool number": F.POOL_ID,
    "loai mau|kind of sample": None,
    "doi tuong|subject": F.DEGREE,
    "ngay lay|taken on": F.SAMPLED_ON,
    "phuong phap|method": F.METHOD,
    "ket qua|outcome": F.RESULT,
    "ct": F.CT,
    "ngay tra|answered on": F.RESULT_ON,
}


def _headings(*headings: str) -> Headings:
    return dict.fromkeys(headings)


_REFERRALS = _headings(
    "dien|degree",
    "noi chuyen|from",
    "noi nhan|to",
    "chuyen luc|sent",
    "ly do chuyen|reason for hand-over",
    "tinh trang|state",
    "tra loi|answer",
)
_CONTRADICTIONS = _headings(
    "muc|item",
    "dang dung|in force",
    "gia tri kia|other value",
    "tu tep, trang, dong|from file, sheet, row",
    "nhan luc|received",
    "tinh trang|state",
)
_AUDIT = _headings("so|no.", "luc|at", "can bo|officer", "viec|act", "doi tuong|subject", "noi dung|content", "goi chinh sach|policy pack")  # fmt: skip

LISTS: Final[dict[str, tuple[K, Headings]]] = {
    "cases": (K.CASE_LIST, _PERSON | _CASES),
    "contacts": (K.CONTACT_LIST, _PERSON | _AREA | _CONTACTS),
    "contacts_waiting": (K.CONTACT_LIST, _PERSON | _AREA | _WAITING),
    "follow_up": (K.FOLLOW_UP, _PERSON | _AREA | _FOLLOW_UP),
    "returnees": (K.RETURNEES, _PERSON | _AREA | _RETURNEES),
    "stays": (K.QUARANTINE_REGISTER, _PERSON | _AREA | _STAYS),
    "samples": (K.LAB_RESULTS, _PERSON | _AREA | _SAMPLES),
    "search": (K.OWN_EXPORT, _PERSON | _AREA),
    "referrals": (K.OWN_EXPORT, _PERSON | _REFERRALS),
    "contradictions": (K.OWN_EXPORT, _PERSON | _AREA | _CONTRADICTIONS),
    "audit": (K.OWN_EXPORT, _AUDIT),
}
_MEANINGS: Final[dict[str, Headings]] = {
    name: {word: target for words, target in headings.items() for word in words.split("|")} for name, (_, headings) in LISTS.items()
}


def own_list(header: Header) -> str:
    """Which of our lists a sheet is an export of: the one that most of its headings are of. Empty for any other sheet."""
    headings = {fold(label) for label in header.labels if label}
    if not headings & OWN_HEADINGS:
        return ""
    return max(_MEANINGS, key=lambda name: (len(headings & _MEANINGS[name].keys()), -len(_MEANINGS[name])))


def own_columns(header: Header) -> dict[int, tuple[F | None, str]]:
    """What each column of our own export means; columns somebody added are left to be judged as in any list."""
    name = own_list(header)
    meanings = _MEANINGS[name] | dict.fromkeys(OWN_HEADINGS, F.OWN_CODE) if name else {}
    labels = ((column, fold(label)) for column, label in enumerate(header.labels) if label)
    return {column: (meanings[label], OURS if meanings[label] else COMPUTED) for column, label in labels if label in meanings}


def own_kind(header: Header) -> KindGuess | None:
    """The kind of our own export."""
    name = own_list(header)
    return KindGuess(LISTS[name][0], 1.0, (OURS,)) if name else None
