"""Words of matching: what became of a row, and what a comparison found."""

from enum import StrEnum


class MatchKind(StrEnum):
    """Whether the post knows the person of a row."""

    KNOWN = "known"
    NEW = "new"
    DOUBT = "doubt"
    SAME_AS_ENTRY = "same_as_entry"

    @property
    def label(self) -> str:
        return {"known": "đã biết", "new": "người mới", "doubt": "cần xem lại", "same_as_entry": "trùng dòng trước"}[self.value]


class Likeness(StrEnum):
    """How two names stand to each other, from the surest to none."""

    SAME = "same"
    UNACCENTED = "unaccented"
    MIDDLE_DROPPED = "middle_dropped"
    OTHER_ORDER = "other_order"
    SOUNDS_ALIKE = "sounds_alike"
    ABBREVIATED = "abbreviated"
    OTHER_MARKS = "other_marks"
    MIDDLE_MISSING = "middle_missing"
    ONE_SLIP = "one_slip"
    TWO_SLIPS = "two_slips"
    GIVEN_ONLY = "given_only"
    HOME_NAME = "home_name"
    SAME_PARENT = "same_parent"
    BABY_AND_CHILD = "baby_and_child"
    PARENT_AND_BABY = "parent_and_baby"
    DAMAGED = "damaged"
    DIFFERENT = "different"
    MISSING = "untold"

    @property
    def label(self) -> str:
        return _LIKENESS[self]

    @property
    def is_one_name(self) -> bool:
        """Whether these are two writings of one name, which is what a silent link needs besides its other evidence."""
        return self in _ONE_NAME


_ONE_NAME = frozenset({Likeness.SAME, Likeness.UNACCENTED, Likeness.MIDDLE_DROPPED, Likeness.OTHER_ORDER, Likeness.DAMAGED})
_LIKENESS = {
    Likeness.SAME: "Họ tên trùng",
    Likeness.UNACCENTED: "Họ tên trùng khi bỏ dấu",
    Likeness.MIDDLE_DROPPED: "Họ tên trùng, một bên thiếu chữ Thị hoặc Văn",
    Likeness.OTHER_ORDER: "Họ tên trùng, khác thứ tự các chữ",
    Likeness.SOUNDS_ALIKE: "Họ tên đọc gần giống (l/n, ch/tr, s/x, d/gi/r, i/y)",
    Likeness.ABBREVIATED: "Họ tên viết tắt khớp với tên đầy đủ",
    Likeness.OTHER_MARKS: "Họ tên cùng chữ, khác dấu",
    Likeness.MIDDLE_MISSING: "Trùng họ và tên, một bên thiếu chữ đệm",
    Likeness.ONE_SLIP: "Họ tên khác nhau một chữ cái",
    Likeness.TWO_SLIPS: "Họ tên khác nhau hai chữ cái",
    Likeness.GIVEN_ONLY: "Chỉ trùng tên, khác họ hoặc đệm",
    Likeness.HOME_NAME: "Cùng họ, tên khác; một bên có thể là tên gọi ở nhà",
    Likeness.SAME_PARENT: "Trẻ chưa có tên, cùng mẹ hoặc cha (có thể là trẻ sinh đôi)",
    Likeness.BABY_AND_CHILD: "Một bên là trẻ chưa có tên",
    Likeness.PARENT_AND_BABY: "Một bên là con, một bên là mẹ hoặc cha",
    Likeness.DAMAGED: "Một tên mất chữ khi lưu tệp, phần còn lại khớp",
    Likeness.DIFFERENT: "Họ tên khác nhau",
    Likeness.MISSING: "",
}
