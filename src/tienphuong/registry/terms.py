"""Words of the registry's pages: how two records compare, what a match proposal came to, which residence an address is."""

from tienphuong.core.choices import LabelledChoice


class Likeness(LabelledChoice):
    """How one fact of two records compares."""

    SAME = "same", "giống nhau", "same"
    DIFFERENT = "different", "khác nhau", "different"
    MISSING = "missing", "một bên không có", "missing on one side"


class MatchState(LabelledChoice):
    """What an officer decided about two records."""

    OPEN = "open", "chưa quyết định", "open"
    SAME = "same", "cùng một người", "same person"
    DIFFERENT = "different", "không trùng", "different people"
    WITHDRAWN = "withdrawn", "đã rút cùng tệp", "withdrawn with the file"


class PersonSex(LabelledChoice):
    """Sex as people's records keep it, in one letter."""

    MALE = "M", "Nam", "male"
    FEMALE = "F", "Nữ", "female"


class Paper(LabelledChoice):
    """Which paper a number belongs to."""

    CCCD = "cccd", "số định danh / căn cước", "personal identity number"
    CMND = "cmnd", "chứng minh nhân dân 9 số", "identity card (9 digits)"
    PASSPORT = "passport", "hộ chiếu", "passport"
    BHYT = "bhyt", "thẻ bảo hiểm y tế", "health insurance card"
    OTHER = "other", "giấy tờ khác", "other paper"


class Residence(LabelledChoice):
    """In which sense a person lives at an address."""

    PERMANENT = "permanent", "thường trú", "permanent residence"
    TEMPORARY = "temporary", "tạm trú", "temporary residence"
    SHORT_STAY = "short_stay", "lưu trú", "short stay"
    ABSENT = "absent", "tạm vắng", "temporarily absent"
    ACTUAL = "actual", "nơi ở hiện tại", "where they live now"


class Aspect(LabelledChoice):
    """In what a person can be contradicted."""

    NAME = "name", "họ tên", "name"
    SEX = "sex", "giới tính", "sex"
    BIRTH = "birth", "ngày, năm sinh", "birth"
    NATIONALITY = "nationality", "quốc tịch", "nationality"
    CLASSIFICATION = "class", "phân loại ca bệnh", "classification"
    OUTCOME = "outcome", "tình trạng, kết cục", "outcome"


OF_THE_CASE = frozenset({Aspect.CLASSIFICATION, Aspect.OUTCOME})
"""What is contradicted of a case, not of the person: its value in force is a belief, and is put in force by a record."""


class ContradictionState(LabelledChoice):
    """What an officer decided about two values of one person."""

    OPEN = "open", "chưa quyết định", "open"
    KEPT = "kept", "giữ giá trị đang có", "kept the value in force"
    TAKEN = "taken", "lấy giá trị của danh sách", "took the list's value"
    WITHDRAWN = "withdrawn", "đã rút cùng tệp", "withdrawn with the file"
