"""Words of cases: classification, outcome, evidence, samples, where a case was found."""

from tienphuong.core.choices import LabelledChoice
from tienphuong.core.policy.terms import Method as LabMethod
from tienphuong.core.policy.terms import Symptom

__all__ = [
    "Classification",
    "DetectionSetting",
    "Evidence",
    "LabMethod",
    "LabOutcome",
    "Outcome",
    "SampleKind",
    "Severity",
    "SourceStatus",
    "Symptom",
]


class Classification(LabelledChoice):
    """What the case definition in force says of a person."""

    SUSPECTED = "suspected", "ca bệnh nghi ngờ", "suspected case"
    PROBABLE = "probable", "ca bệnh có thể", "probable case"
    CONFIRMED = "confirmed", "ca bệnh xác định", "confirmed case"
    REFUTED = "refuted", "ca bệnh loại trừ", "refuted case"
    RE_POSITIVE = "re_positive", "tái dương tính", "re-positive"


class Outcome(LabelledChoice):
    """What became of a case."""

    IN_TREATMENT = "in_treatment", "đang điều trị", "in treatment"
    RECOVERED = "recovered", "khỏi bệnh", "recovered"
    TRANSFERRED = "transferred", "chuyển viện", "transferred"
    DIED = "died", "tử vong", "died"


class Evidence(LabelledChoice):
    """What a classification rests on."""

    LAB_PCR = "lab_pcr", "xét nghiệm RT-PCR dương tính", "positive RT-PCR"
    LAB_ANTIGEN = "lab_antigen", "test nhanh kháng nguyên dương tính", "positive antigen test"
    LAB_OTHER = "lab_other", "xét nghiệm khác dương tính", "other positive test"
    LAB_NEGATIVE = "lab_negative", "xét nghiệm âm tính", "negative test"
    POOL = "pool", "mẫu gộp dương tính chưa giải gộp", "positive pool not yet resolved"
    CLINICAL = "clinical", "lâm sàng và dịch tễ", "clinical and epidemiological"
    REVIEW = "review", "kết luận hội chẩn loại trừ", "expert review"


class LabOutcome(LabelledChoice):
    """What the laboratory answered."""

    NEGATIVE = "negative", "âm tính", "negative"
    POSITIVE = "positive", "dương tính", "positive"
    PENDING = "pending", "chờ kết quả", "pending"
    INCONCLUSIVE = "inconclusive", "không xác định", "inconclusive"


class SampleKind(LabelledChoice):
    """One person's sample, or several mixed."""

    SINGLE = "single", "mẫu đơn", "single sample"
    POOLED = "pooled", "mẫu gộp", "pooled sample"


class DetectionSetting(LabelledChoice):
    """Where a case was found: a place of detection, not of infection."""

    COMMUNITY = "community", "cộng đồng", "community"
    QUARANTINE_FACILITY = "quarantine_facility", "khu cách ly tập trung", "quarantine facility"
    CORDON = "cordon", "khu vực phong tỏa", "cordoned area"
    HOME_QUARANTINE = "home_quarantine", "cách ly tại nhà", "home quarantine"
    ON_ENTRY = "on_entry", "cách ly ngay sau nhập cảnh", "on entry"
    HEALTH_FACILITY = "health_facility", "cơ sở y tế", "health facility"
    UNKNOWN = "unknown", "chưa rõ", "unknown"


class SourceStatus(LabelledChoice):
    """Is the source of infection known?"""

    KNOWN = "known", "rõ nguồn lây", "known source"
    UNKNOWN = "unknown", "chưa rõ nguồn lây", "unknown source"
    UNDER_INVESTIGATION = "under_investigation", "đang điều tra", "under investigation"


class Severity(LabelledChoice):
    """How ill a case is."""

    ASYMPTOMATIC = "asymptomatic", "không triệu chứng", "asymptomatic"
    MILD = "mild", "nhẹ", "mild"
    MODERATE = "moderate", "trung bình", "moderate"
    SEVERE = "severe", "nặng", "severe"
    CRITICAL = "critical", "nguy kịch", "critical"
