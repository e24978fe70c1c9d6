"""How well the values of a column agree with a meaning: support above zero, contradiction below."""

from dataclasses import dataclass

from tienphuong.core.sentences import sentence

from .profile import Profile
from .terms import TargetField as F


@dataclass(frozen=True, slots=True)
class ShapeEvidence:
    """Shapes that speak for a meaning and shapes that speak against it; `decides` if they may stand without a header."""

    supports: tuple[str, ...]
    denies: tuple[str, ...]
    decides: bool = False


_NUMBERS = ("id12", "id9", "phone")
_DATES = ShapeEvidence(("date",), ("name", "id12", "phone", "sex", "result", "address", "long", "age"))
_COUNTS = ShapeEvidence(("figures",), ("name", "date", "address", "sex", "mark", "yes"))
_OUTCOME_DAYS = ShapeEvidence(("date",), (*_DATES.denies, "mark", "yes", "outcome"))
_YES = ShapeEvidence(("yes", "mark", "tick"), ("date", "name", "sex", "address", "outcome", "long", *_NUMBERS))
_TEXT = ShapeEvidence((), ("date", *_NUMBERS))

LOOKS: dict[F, ShapeEvidence] = {
    F.ROW_NO: ShapeEvidence(("rising",), ("date", "name", "sex", "phone"), decides=True),
    F.FULL_NAME: ShapeEvidence(("name",), ("date", "figures", "address", "result", "sex", "degree", "case_no"), decides=True),
    F.LINKED_NAME: ShapeEvidence(("name",), ("date", "figures", "sex")),
    F.HOUSEHOLD_HEAD: ShapeEvidence(("name",), ("date", "figures", "sex")),
    F.FAMILY_NAME: ShapeEvidence((), ("date", "figures", "sex")),
    F.GIVEN_NAME: ShapeEvidence((), ("date", "figures", "sex")),
    F.SEX: ShapeEvidence(("sex",), ("date", "name", "address", *_NUMBERS), decides=True),
    F.MALE_MARK: ShapeEvidence(("mark", "tick", "yes"), ("date", "name", "year")),
    F.FEMALE_MARK: ShapeEvidence(("mark", "tick", "yes"), ("date", "name", "year")),
    F.BIRTH: ShapeEvidence(("year", "date"), ("name", "phone", "id12", "sex", "address", "result"), decides=False),
    F.BIRTH_YEAR: ShapeEvidence(("year",), ("name", "phone", "id12", "sex", "date"), decides=True),
    F.BIRTH_OF_MALE: ShapeEvidence(("year", "date"), ("name", "mark", "sex", "phone")),
    F.BIRTH_OF_FEMALE: ShapeEvidence(("year", "date"), ("name", "mark", "sex", "phone")),
    F.AGE: ShapeEvidence(("age",), ("date", "name", "year", *_NUMBERS)),
    F.AGE_MONTHS: ShapeEvidence(("age",), ("date", "name", "year", *_NUMBERS)),
    F.AGE_WEEKS: ShapeEvidence(("age",), ("date", "name", "year", *_NUMBERS)),
    F.AGE_DAYS: ShapeEvidence((), ("date", "name", "year")),
    F.IDENTITY_NO: ShapeEvidence(("id12", "id9", "passport"), ("date", "name", "address", "sex"), decides=True),
    F.PASSPORT_NO: ShapeEvidence(("passport",), ("date", "name", "address", "sex", "phone")),
    F.INSURANCE_NO: ShapeEvidence(("insurance",), ("date", "name", "sex"), decides=True),
    F.PHONE: ShapeEvidence(("phone",), ("date", "name", "id12", "sex", "address"), decides=True),
    F.ADDRESS: ShapeEvidence(("address", "commune"), ("date", "name", "sex", "figures", *_NUMBERS), decides=True),
    F.PERMANENT_ADDRESS: ShapeEvidence(("address",), ("date", "name", "sex", *_NUMBERS)),
    F.HAMLET: ShapeEvidence(("hamlet",), ("date", "sex", *_NUMBERS)),
    F.COMMUNE: ShapeEvidence(("commune",), ("date", "name", "sex", "figures", *_NUMBERS), decides=True),
    F.CASE_NO: ShapeEvidence(("case_no", "code"), ("date", "name", "sex", "id12", "phone", "sentence"), decides=True),
    F.SYSTEM_CODE: ShapeEvidence(("case_no", "code"), ("date", "name", "sex", "phone", "sentence")),
    F.NATIONAL_NO: ShapeEvidence(("case_no", "code", "figures"), ("date", "name", "sex", "phone", "id12")),
    F.DEGREE: ShapeEvidence(("degree",), ("date", "name", "figures", "sex", "phone", "setting"), decides=True),
    F.CLASSIFICATION: ShapeEvidence(("classed",), ("date", "name", "sex", "phone", "setting")),
    F.DETECTION_SETTING: ShapeEvidence(("setting",), ("date", "sex", "phone", "classed", "degree")),
    F.LINKED_CASE: ShapeEvidence(("link", "case_no", "code"), ("date", "sex", "phone", "id12")),
    F.RESULT: ShapeEvidence(("result",), ("date", "name", "phone", "sex"), decides=True),
    F.POOL_RESULT: ShapeEvidence(("result",), ("date", "name", "phone", "sex")),
    F.RESULT_2: ShapeEvidence(("result",), ("date", "name", "phone", "sex")),
    F.RESULT_3: ShapeEvidence(("result",), ("date", "name", "phone", "sex")),
    F.CT: ShapeEvidence(("ct", "age"), ("date", "name", "sex", "phone")),
    F.SEAT: ShapeEvidence(("seat",), ("date", "name")),
    F.FLIGHT: ShapeEvidence(("flight",), ("date", "name"), decides=True),
    F.OUTCOME: ShapeEvidence(("outcome",), ("date", *_NUMBERS)),
    F.QUARANTINE_FORM: ShapeEvidence(("form",), ("date", *_NUMBERS), decides=True),
    F.EXPOSURE_FROM: _DATES,
    F.EXPOSURE_TO: _DATES,
    F.LAST_CONTACT_ON: ShapeEvidence(("date",), ("name", "id12", "phone", "sex", "result", "age")),
    F.ONSET_ON: _DATES,
    F.SAMPLED_ON: _DATES,
    F.SAMPLED_ON_2: _DATES,
    F.SAMPLED_ON_3: _DATES,
    F.RESULT_ON: _DATES,
    F.DETECTED_ON: _DATES,
    F.REPORTED_ON: _DATES,
    F.OUTCOME_ON: _DATES,
    F.DIED_ON: _OUTCOME_DAYS,
    F.RECOVERED_ON: _OUTCOME_DAYS,
    F.DIED: _YES,
    F.RECOVERED: _YES,
    F.QUARANTINE_FROM: _DATES,
    F.QUARANTINE_TO: _DATES,
    F.LEFT_ON: _DATES,
    F.EVENT_ON: _DATES,
    F.FOLLOW_UP_ON: _DATES,
    F.ARRIVED_ON: _DATES,
    F.FOUND_ON: _DATES,
    F.COUNT_NEW: _COUNTS,
    F.COUNT_CURRENT: _COUNTS,
    F.COUNT_DONE: _COUNTS,
    F.COUNT_TRANSFERRED: _COUNTS,
    F.COUNT_TOTAL: _COUNTS,
    F.COUNT_NEGATIVE: _COUNTS,
    F.COUNT_POSITIVE: _COUNTS,
    F.COUNT_WAITING: _COUNTS,
    F.EXPOSURE_PLACE: _TEXT,
    F.TREATMENT_PLACE: _TEXT,
    F.QUARANTINE_PLACE: _TEXT,
    F.FROM_PLACE: _TEXT,
    F.RELATION: _TEXT,
    F.ROOM: ShapeEvidence((), ("date", "name", "sex", *_NUMBERS)),
    F.ROUND: ShapeEvidence((), ("date", "name", "sex", "address", "phone")),
    F.POOL_SIZE: _COUNTS,
    F.NUMBER_PRESENT: _COUNTS,
    F.FOLLOW_UP_STATE: ShapeEvidence((), ("date", "name", "sex", *_NUMBERS)),
    F.OCCUPATION: _TEXT,
    F.DISTRICT: _TEXT,
    F.PROVINCE: _TEXT,
}

_NEUTRAL = ShapeEvidence((), ())

SHAPE_LABELS = {
    "id12": "số 12 chữ số",
    "id9": "số 9 chữ số",
    "passport": "số hộ chiếu",
    "insurance": "số thẻ BHYT",
    "phone": "số điện thoại",
    "date": "ngày tháng",
    "year": "năm",
    "age": "số tuổi",
    "name": "họ tên",
    "sex": "nam/nữ",
    "result": "kết quả xét nghiệm",
    "address": "địa chỉ",
    "hamlet": "thôn, tổ",
    "commune": "tên xã, phường",
    "case_no": "mã ca bệnh",
    "code": "mã số",
    "degree": "F0, F1, F2…",
    "classed": "loại ca bệnh",
    "link": "ca bệnh liên quan",
    "rising": "số tăng dần",
    "figures": "con số",
    "outcome": "tình trạng bệnh",
    "form": "hình thức cách ly",
    "mark": "dấu x",
    "setting": "nơi phát hiện",
    "tick": "1 hoặc 0",
    "yes": "có, không",
    "flight": "chuyến bay, chuyến xe",
    "seat": "số ghế",
    "ct": "giá trị Ct",
}


def agreement(target: F, profile: Profile) -> float:
    """From 1 (every cell has a shape of this meaning) to -1 (every cell has a shape it cannot have)."""
    look = LOOKS.get(target, _NEUTRAL)
    if not profile.filled:
        return 0.0
    support = profile.share(*look.supports)
    against = max((profile.shares.get(shape, 0.0) for shape in look.denies), default=0.0)
    return support - against * (1.0 - support)


def decides(target: F) -> bool:
    """Whether the content of a column may name this meaning when the header says nothing."""
    return LOOKS.get(target, _NEUTRAL).decides


def main_shape(target: F, profile: Profile) -> str:
    """The shape that supports a meaning most, in words with its share; empty when none does."""
    look = LOOKS.get(target, _NEUTRAL)
    share, shape = max(((profile.shares.get(shape, 0.0), shape) for shape in look.supports), default=(0.0, ""))
    return sentence("{share:.0%} ô là {shape}", share=share, shape=SHAPE_LABELS[shape]) if share >= 0.3 else ""
