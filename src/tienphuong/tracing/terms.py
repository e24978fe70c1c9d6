"""Words of tracing: degrees, kinds of contact, how a returnee was found, follow-up, referral."""

from tienphuong.core.choices import LabelledChoice

__all__ = ["ContactKind", "Degree", "FollowUpState", "IdentifiedBy", "ReferralState"]


class Degree(LabelledChoice):
    """How far a person stands from a confirmed case."""

    F0 = "F0", "F0 (ca bệnh)", "F0 (case)"
    F1 = "F1", "F1 (người tiếp xúc gần)", "F1 (close contact)"
    F2 = "F2", "F2 (người tiếp xúc với người tiếp xúc gần)", "F2 (contact of a contact)"
    F3 = "F3", "F3", "F3"
    F4 = "F4", "F4", "F4"
    F5 = "F5", "F5", "F5"

    @property
    def number(self) -> int:
        """The degree as a number."""
        return int(self.value[1:])

    @classmethod
    def of(cls, number: int) -> "Degree":
        """The word for a degree number."""
        return cls(f"F{number}")


class ContactKind(LabelledChoice):
    """How two people met."""

    HOUSEHOLD = "household", "cùng hộ, cùng nhà", "household"
    DIRECT = "direct", "tiếp xúc trực tiếp", "direct"
    WORKPLACE = "workplace", "cùng nơi làm việc, lớp học", "workplace or class"
    TRANSPORT = "transport", "cùng phương tiện giao thông", "transport"
    HEALTHCARE = "healthcare", "chăm sóc, thăm bệnh", "health care or visit"
    EVENT = "event", "cùng sự kiện, cùng đoàn", "event or group"
    OTHER = "other", "khác", "other"


OF_A_PATIENT = "~case:"
"""What the key of a link begins with that waits for a case of some name: its person is believed to be what the sender calls them."""


class IdentifiedBy(LabelledChoice):
    """How a returnee became known to the post."""

    SELF_DECLARED = "self_declared", "tự khai báo", "self-declared"
    MANIFEST = "manifest", "danh sách hành khách", "passenger manifest"
    POLICE_CHECK = "police_check", "công an rà soát", "police check"
    NEIGHBOUR = "neighbour", "người dân phản ánh", "told by neighbours"
    OTHER = "other", "khác", "other"


class ReferralState(LabelledChoice):
    """Where a contact handed to another locality stands."""

    SENT = "sent", "đã chuyển", "sent"
    ACKNOWLEDGED = "acknowledged", "đã tiếp nhận", "acknowledged"
    RETURNED = "returned", "trả lại", "returned"
    CLOSED = "closed", "đã kết thúc", "closed"


class FollowUpState(LabelledChoice):
    """What became of one day's follow-up."""

    DUE = "due", "đến hạn", "due"
    DONE = "done", "đã thực hiện", "done"
    MISSED = "missed", "bỏ sót", "missed"
    UNREACHABLE = "unreachable", "không liên lạc được", "unreachable"
