"""The first plain peer: a column is the target whose known heading is the same or nearly; it never asks and never looks at a cell."""

from __future__ import annotations

from bench.reading.making import List
from rapidfuzz import fuzz, process

from tienphuong.core.text.fold import fold

LIKE = 88
# A handful of headings a target, as a programmer would write them down in an afternoon.
HEADINGS = {
    "full_name": "họ và tên|họ tên|full name|name|nom et prénom|nombre completo", "family_name": "họ|last name|surname|nom|apellido", "given_name": "tên|first name|prénom|nombre",
    "sex": "giới tính|giới|sex|gender|sexe|sexo", "birth": "ngày sinh|năm sinh|date of birth|dob|birth date|date de naissance|fecha de nacimiento", "age": "tuổi|age|âge|edad",
    "phone": "số điện thoại|điện thoại|sđt|phone|phone number|mobile|téléphone|teléfono", "identity_no": "số cccd|số cmnd|cmnd/cccd|id number|passport", "address": "địa chỉ|nơi ở hiện nay|address|adresse|dirección",
    "hamlet": "thôn|xóm|tổ dân phố", "commune": "xã|phường|commune|ward", "district": "huyện|quận|district", "province": "tỉnh|thành phố|province|state|region",
    "occupation": "nghề nghiệp|occupation|profession", "nationality": "quốc tịch|nationality", "case_no": "mã ca bệnh|case id|case number|id|patient id", "national_no": "mã bn|số bn",
    "classification": "phân loại|phân loại ca bệnh|classification|case classification|status", "degree": "đối tượng|f mấy|degree", "linked_case": "f1 của|ca bệnh liên quan|source case|contact of",
    "relation": "quan hệ|mối quan hệ|relationship", "last_contact_on": "ngày tiếp xúc cuối|date of last contact", "symptoms": "triệu chứng|symptoms", "onset_on": "ngày khởi phát|date of onset|onset date|symptom onset",
    "sampled_on": "ngày lấy mẫu|sample date|date of sampling|collection date", "result": "kết quả|kết quả xét nghiệm|result|test result|résultat|resultado", "result_on": "ngày có kết quả|result date", "ct": "ct|giá trị ct",
    "detected_on": "ngày phát hiện|ngày dương tính|date of confirmation|diagnosis date", "reported_on": "ngày báo cáo|report date|date of report", "treatment_place": "nơi điều trị|hospital|facility",
    "outcome": "tình trạng|kết cục|kết quả điều trị|outcome|issue|evolución", "died_on": "ngày tử vong|date of death|death date", "recovered_on": "ngày ra viện|ngày khỏi|recovery date|discharge date",
    "quarantine_form": "hình thức cách ly|quarantine type", "quarantine_place": "nơi cách ly|quarantine place", "quarantine_from": "ngày bắt đầu cách ly|cách ly từ ngày|quarantine start date", "quarantine_to": "ngày kết thúc cách ly|quarantine end date",
    "arrived_on": "ngày về|arrival date", "from_place": "nơi đi|về từ đâu|origin", "transport": "phương tiện|transport", "follow_up_on": "ngày theo dõi|follow up date", "temperature": "nhiệt độ|temperature",
    "household_head": "chủ hộ|head of household", "household_code": "mã hộ|household code", "note": "ghi chú|note|notes|remarks|comments|observations", "vaccination": "tiêm vắc xin|vaccination", "row_no": "stt|tt|no|n°",
}  # fmt: skip
_KNOWN = {fold(heading): target for target, headings in HEADINGS.items() for heading in headings.split("|")}


def matched(made: List) -> list[str]:
    """The target of each column; empty where no heading is like it."""
    return [_target(column.header) for column in made.columns]


def _target(header: str) -> str:
    found = process.extractOne(fold(header).replace("_", " "), _KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
    return _KNOWN[found[0]] if found else ""
