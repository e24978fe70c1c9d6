"""Words of acts that cross packages: what a requirement of the rules is about."""

from tienphuong.core.choices import LabelledChoice


class Matter(LabelledChoice):
    """What a requirement is about."""

    INFECTIOUS_PERIOD = "infectious_period", "Thời kỳ lây truyền", "Infectious period"
    CASE_REPORT = "case_report", "Báo cáo ca bệnh", "Case report"
    ISOLATION = "isolation", "Hình thức cách ly", "Form of isolation or quarantine"
    SAMPLES = "samples", "Ngày lấy mẫu", "Days of sampling"
    RELEASE = "release", "Kết thúc cách ly", "Release from quarantine"
    DISCHARGE = "discharge", "Tiêu chuẩn ra viện", "Discharge criteria"
    NOTICE = "notice", "Phải báo cho", "To be notified"
