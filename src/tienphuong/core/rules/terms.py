"""Words of legal clocks."""

from tienphuong.core.words import Word


class DeadlineState(Word):
    """Where a legal clock stands."""

    OPEN = "open", "còn hạn", "open"
    MET = "met", "đúng hạn", "met"
    MET_LATE = "met_late", "đã làm, quá hạn", "met late"
    OVERDUE = "overdue", "quá hạn", "overdue"
    LAPSED = "lapsed", "hết hiệu lực", "lapsed"
