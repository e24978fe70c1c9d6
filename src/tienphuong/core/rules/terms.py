"""Words of legal deadlines."""

from tienphuong.core.choices import LabelledChoice


class DeadlineState(LabelledChoice):
    """Where a legal deadline stands."""

    OPEN = "open", "còn hạn", "open"
    MET = "met", "đúng hạn", "met"
    MET_LATE = "met_late", "đã làm, quá hạn", "met late"
    OVERDUE = "overdue", "quá hạn", "overdue"
    LAPSED = "lapsed", "hết hiệu lực", "lapsed"


class DeadlineKind(LabelledChoice):
    """The deadlines that the post opens by itself; a pack may lay down others, which acts open."""

    DAILY_REPORT = "report.daily", "Báo cáo ngày", "Daily report"
    COMMUNE_REPORT = "report.commune", "Báo cáo ngày của xã, phường", "Daily report of the commune"
    CASE_REPORT = "case.report", "Báo cáo ca bệnh", "Case report"
    DEATH_REPORT = "death.report", "Báo cáo trường hợp tử vong", "Death report"
    FOLLOW_UP = "follow_up.day", "Theo dõi sức khỏe trong ngày", "Follow-up of the day"
    REFERRAL = "referral.answer", "Trả lời nơi chuyển người đến", "Answer to a referral"
