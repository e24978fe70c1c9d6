"""Words of quarantine: form, reason, what day 0 rests on, the state of an order and a stay."""

from tienphuong.core.choices import LabelledChoice
from tienphuong.core.policy.terms import QuarantineForm

__all__ = ["Day0Basis", "IsolationReason", "OrderState", "QuarantineForm", "StayChange", "StayState"]


class IsolationReason(LabelledChoice):
    """Why: one Vietnamese word covers isolation of the ill and quarantine of the exposed."""

    ILL = "ill", "mắc bệnh", "ill (isolation)"
    SUSPECTED = "suspected", "nghi ngờ mắc bệnh", "suspected (isolation)"
    CONTACT = "contact", "tiếp xúc", "exposed (quarantine)"
    ARRIVAL = "arrival", "nhập cảnh", "arrival (quarantine)"
    AFFECTED_AREA = "affected_area", "về từ vùng có dịch", "from an affected area (quarantine)"


class Day0Basis(LabelledChoice):
    """What day 0 of a stay is counted from."""

    LAST_EXPOSURE = "last_exposure", "ngày tiếp xúc cuối", "last exposure"
    ENTRY = "entry", "ngày nhập cảnh", "date of entry"
    ISOLATED = "isolated", "ngày bắt đầu cách ly", "start of isolation"
    ROOMMATE_POSITIVE = "roommate_positive", "ngày người cùng phòng dương tính", "roommate tested positive"


class OrderState(LabelledChoice):
    """Where a quarantine decision stands."""

    PROPOSED = "proposed", "đề xuất", "proposed"
    SIGNED = "signed", "đã ký", "signed"
    EXTENDED = "extended", "gia hạn", "extended"
    ENDED = "ended", "kết thúc", "ended"
    WITHDRAWN = "withdrawn", "thu hồi", "withdrawn"
    LAPSED = "lapsed", "hết hiệu lực do quá hạn", "lapsed"


class StayState(LabelledChoice):
    """Where a stay stands."""

    AWAITED = "awaited", "chờ tiếp nhận", "awaited"
    STAYING = "staying", "đang cách ly", "in quarantine"
    TRANSFERRED = "transferred", "chuyển tuyến", "transferred"
    COMPLETED = "completed", "hoàn thành cách ly", "completed"
    LEFT = "left", "tự ý rời nơi cách ly", "left without leave"


class StayChange(LabelledChoice):
    """Why the end of a stay is where it is."""

    PLANNED = "planned", "đúng hạn", "as planned"
    TEST_LATE = "test_late", "chờ kết quả xét nghiệm", "waiting for a test"
    RESTARTED = "restarted", "tính lại do người cùng phòng dương tính", "restarted by a roommate's positive"
    BECAME_CASE = "became_case", "chuyển thành ca bệnh", "became a case"
    NO_END = "no_end", "văn bản không quy định thời hạn", "no length laid down"
