"""Words of a policy pack: how sure a value is, disease groups, levels of government, forms of isolation."""

from tienphuong.core.choices import LabelledChoice


class Confidence(LabelledChoice):
    """How well a value of a pack is known."""

    FULL_TEXT = "full_text", "đã đọc toàn văn", "full text read"
    SOURCED = "sourced", "có trích dẫn", "quoted by a source"
    HIGH = "high", "tin cậy cao, chưa có bản gốc", "high confidence, original not seen"
    MEDIUM = "medium", "tin cậy vừa, cần đối chiếu", "medium confidence, to be checked"
    INFERRED = "inferred", "suy ra, cần xác nhận", "inferred, to be confirmed"


class DiseaseGroup(LabelledChoice):
    """Group of an infectious disease in the law of the day."""

    A = "A", "nhóm A", "group A"
    B = "B", "nhóm B", "group B"
    C = "C", "nhóm C", "group C"


class ReportingClass(LabelledChoice):
    """How soon one case is reported."""

    HOURS_24 = "24h", "báo cáo trong 24 giờ", "within 24 hours"
    HOURS_48 = "48h", "báo cáo trong 48 giờ", "within 48 hours"
    WEEKLY = "weekly", "báo cáo tuần", "weekly"


class GovernmentLevel(LabelledChoice):
    """Levels of local government."""

    PROVINCE = "province", "cấp tỉnh", "province"
    DISTRICT = "district", "cấp huyện", "district"
    COMMUNE = "commune", "cấp xã", "commune"


class QuarantineForm(LabelledChoice):
    """Where and how a person is isolated or quarantined."""

    CENTRAL = "central", "cách ly tập trung", "centralized quarantine"
    HOME = "home", "cách ly tại nhà, nơi lưu trú", "home quarantine"
    HEALTH_FACILITY = "health_facility", "cách ly tại cơ sở y tế", "isolation in a health facility"
    BORDER_GATE = "border_gate", "cách ly tại cửa khẩu", "isolation at the border gate"
    SELF_MONITORING = "self_monitoring", "tự theo dõi sức khỏe", "self-monitoring"
    NONE = "none", "không phải cách ly", "no quarantine"


class Subject(LabelledChoice):
    """Whom a quarantine row speaks of."""

    F1 = "F1", "F1 (người tiếp xúc gần)", "F1 (close contact)"
    F2 = "F2", "F2 (người tiếp xúc với người tiếp xúc gần)", "F2 (contact of a contact)"
    F3 = "F3", "F3", "F3"
    F4 = "F4", "F4", "F4"
    F5 = "F5", "F5", "F5"
    ARRIVAL = "arrival", "người nhập cảnh", "arrival from abroad"
    AFFECTED_AREA = "affected_area", "người về từ vùng có dịch trong nước", "returnee from a domestic affected area"


class WindowEnd(LabelledChoice):
    """What ends the infectious period."""

    ISOLATED = "isolated", "được cách ly", "isolated"
    NEGATIVE = "negative", "xét nghiệm âm tính", "tested negative"
    CT_ABOVE_30 = "ct_above_30", "giá trị Ct > 30", "Ct value above 30"
    RECOVERED = "recovered", "khỏi bệnh", "recovered"


class Method(LabelledChoice):
    """Laboratory methods a case definition may name."""

    PCR = "pcr", "RT-PCR", "RT-PCR"
    ANTIGEN = "antigen", "test nhanh kháng nguyên", "rapid antigen test"
    IGM = "igm", "huyết thanh IgM", "IgM serology"
    ISOLATION = "isolation", "phân lập vi rút", "virus isolation"
    OTHER = "other", "phương pháp khác", "other method"
    NOT_STATED = "not_stated", "không ghi phương pháp", "method not stated"


class Symptom(LabelledChoice):
    """Symptoms a case definition may name."""

    FEVER = "fever", "sốt", "fever"
    COUGH = "cough", "ho", "cough"
    SORE_THROAT = "sore_throat", "đau họng", "sore throat"
    SHORT_OF_BREATH = "short_of_breath", "khó thở", "shortness of breath"
    PNEUMONIA = "pneumonia", "viêm phổi", "pneumonia"
    RASH = "rash", "phát ban", "rash"
    OTHER = "other", "triệu chứng khác", "other symptom"


class Kept(LabelledChoice):
    """Kinds of personal data that are kept for a time."""

    CASE = "case", "người từng là ca bệnh", "people who were cases"
    PERSON = "person", "người chưa từng là ca bệnh", "people who never were cases"
    LIST = "list", "tệp các đơn vị gửi", "lists that units sent"


class CaseRole(LabelledChoice):
    """What a person is to the disease when isolation is considered (Decree 165/2026 article 14)."""

    ILL = "ill", "người mắc bệnh", "ill person"
    SEVERELY_ILL = "severely_ill", "người mắc bệnh nặng", "severely ill person"
    SUSPECTED = "suspected", "người nghi ngờ mắc bệnh", "suspected person"
    CARRIER = "carrier", "người mang mầm bệnh", "carrier"
    CONTACT = "contact", "người tiếp xúc", "contact"


class NotificationRecipient(LabelledChoice):
    """Who must hear of a contact."""

    NEXT_DEGREE = "next_degree", "người tiếp xúc bậc kế tiếp", "the contacts of the next degree"
    COMMUNE_HEALTH_STATION = "commune_health_station", "trạm y tế cấp xã", "the commune health station"
    LOCALITY_OF_RESIDENCE = "locality_of_residence", "địa phương nơi người đó cư trú", "the locality where the person lives"
    TRACING_DESK = "tracing_desk", "bộ phận điều phối truy vết", "the tracing coordination desk"
