"""Prints the manual of the rules (docs/reference/rules.md) from the packs and the spec tables.

python -m tienphuong.core.policy.manual [folder of spec tables] > docs/reference/rules.md
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import Field, fields
from datetime import date, time
from pathlib import Path
from typing import Any

from tienphuong.core.choices import LabelledChoice
from tienphuong.core.policy.cited import Citation, Document, Sourced
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.policy.pack import Pack
from tienphuong.core.policy.shelf import all_packs

_FACTS = (
    ("icd10", "Mã ICD-10"),
    ("group", "Nhóm bệnh"),
    ("reporting_class", "Thời hạn báo cáo ca bệnh"),
    ("contacts_traced", "Truy vết người tiếp xúc"),
    ("max_degree", "Bậc tiếp xúc xa nhất"),
    ("epoch", "Số lũy kế tính từ"),
    ("reinfection_after", "Tái nhiễm khi phát hiện lại sau (ngày)"),
)
_TABLES = (
    ("case_definitions", "Định nghĩa ca bệnh"),
    ("infectious_periods", "Thời kỳ lây truyền"),
    ("contact_rules", "Người tiếp xúc gần"),
    ("quarantine", "Cách ly"),
    ("discharge", "Tiêu chuẩn ra viện"),
    ("notices", "Ai phải được báo"),
)
_COLUMNS = {
    "text": "Nội dung",
    "confirmed_by": "Khẳng định bằng",
    "licensed_lab": "Phòng XN được phép",
    "probable_by": "Có thể, khi dương tính",
    "confirmed_with_symptoms_by": "Khẳng định khi có triệu chứng",
    "symptoms": "Triệu chứng",
    "exposure_days": "Dịch tễ trong (ngày)",
    "days_before_onset": "Ngày trước khởi phát",
    "days_before_sample": "Ngày trước lấy mẫu",
    "days_after_onset": "Ngày sau khởi phát",
    "ends": "Đến khi",
    "onset_sign": "Khởi phát là",
    "within_m": "Trong vòng (m)",
    "unmasked_within_m": "Không khẩu trang (m)",
    "enclosed_minutes": "Từ (phút)",
    "rows_each_side": "Hàng ghế mỗi phía",
    "same_household": "Cùng hộ",
    "same_room_at_work": "Cùng phòng làm việc, lớp",
    "same_group": "Cùng đoàn",
    "care": "Chăm sóc, thăm bệnh",
    "care_without_ppe": "Chăm sóc không phòng hộ",
    "physical": "Tiếp xúc cơ thể",
    "subjects": "Đối tượng",
    "form": "Hình thức",
    "days": "Số ngày",
    "kept": "Dữ liệu",
    "watch_days": "Theo dõi thêm",
    "test_days": "Ngày xét nghiệm",
    "test_on_entry": "XN khi vào",
    "min_tests": "Ít nhất (lần XN)",
    "vaccinated": "Đã tiêm hoặc đã khỏi",
    "region": "Nơi áp dụng",
    "min_days_asymptomatic": "Không triệu chứng, từ ngày",
    "min_days_symptomatic": "Có triệu chứng, từ ngày",
    "symptom_free_days": "Hết triệu chứng (ngày)",
    "negatives": "Số mẫu đạt",
    "hours_between": "Cách nhau (giờ)",
    "ct_counts_from": "Ct đạt từ",
    "last_sample_hours": "Mẫu cuối trong (giờ)",
    "test_day_asymptomatic": "Mẫu từ ngày",
    "persistent_release_day": "Ct thấp kéo dài: ngày",
    "follow_up_days": "Theo dõi sau ra viện",
    "degrees": "Bậc",
    "tell": "Báo cho",
    "roles": "Người",
    "groups": "Nhóm bệnh",
    "max_hours": "Tối đa (giờ)",
    "only_listed": "Chỉ bệnh trong",
    "kind": "Mã",
    "name": "Tên",
    "hours": "Giờ",
    "owner": "Người làm",
    "starts": "Tính từ",
    "next_deadline": "Tiếp theo",
    "lapses": "Tự hết hiệu lực",
    "may_double": "Được gấp đôi",
    "counts_down_to_start": "Đếm ngược",
    "code": "Cấp",
    "meaning": "Nghĩa",
}


def manual(packs: Iterable[Pack], *, spec: Path | None = None) -> str:
    """The whole manual as Markdown."""
    return "\n".join(_lines(packs, spec=spec)).rstrip() + "\n"


def _lines(packs: Iterable[Pack], *, spec: Path | None) -> Iterator[str]:
    """The manual, line by line."""
    yield "# Quy tắc theo thời kỳ\n"
    yield "Trang này in ra từ các gói quy định (`core/policy/*.toml`) và các bảng kiểm (`tests/spec/*.toml`); không sửa tay."
    yield "Cột “Tin cậy” nói giá trị được biết chắc đến đâu. Ô trống: văn bản không quy định hoặc chưa đọc được.\n"
    for pack in packs:
        yield from _pack(pack)
    for path in sorted(spec.glob("*.toml")) if spec else ():
        yield from _spec(tomllib.loads(path.read_text(encoding="utf-8")))


def _pack(pack: Pack) -> Iterator[str]:
    """One pack."""
    until = f" đến {_text(pack.valid_until)}" if pack.valid_until else ""
    yield f"## {pack.version}: {pack.name}\n"
    yield f"Áp dụng từ {_text(pack.valid_from)}{until}. Chính quyền: {_text(pack.government.levels)}; sở chỉ huy ở {_text(pack.government.post_level)}.\n"
    yield from _grid(["Văn bản", "Tên", "Cơ quan", "Ban hành", "Ghi chú"], [_document(one) for one in pack.documents.values()])
    words = [[key, *_sourced(word)] for key, word in pack.words.items()]
    yield from _section("### Từ dùng trong báo cáo", ["Khóa", "Từ", "Văn bản", "Tin cậy"], words)
    yield from _section("### Giờ chốt số liệu", ["Giờ", "Văn bản", "Tin cậy"], [_sourced(cutoff) for cutoff in pack.cutoffs])
    yield from _rows("### Cấp độ", pack.response_levels)
    yield from _rows("### Thời hạn", tuple(pack.deadlines.values()))
    yield from _rows("### Căn cứ cách ly", pack.isolation)
    yield from _rows("### Thời hạn lưu giữ dữ liệu cá nhân", pack.retention)
    for disease in pack.diseases.values():
        yield from _disease(disease)


def _disease(disease: DiseasePolicy) -> Iterator[str]:
    """One disease of a pack."""
    known = [(label, getattr(disease, name)) for name, label in _FACTS]
    facts = [[label, *_sourced(value)] for label, value in known if value is not None]
    yield from _section(f"### {disease.name} ({disease.version})", ["", "Giá trị", "Văn bản", "Tin cậy"], facts)
    for name, label in _TABLES:
        yield from _rows(f"#### {label}", getattr(disease, name))


def _rows(heading: str, rows: Sequence[Any]) -> Iterator[str]:
    """Dated rows as one table; columns nobody fills are left out."""
    columns = [one for one in fields(rows[0]) if one.name != "cite"] if rows else []
    used = [one for one in columns if any(_cell(row, one) for row in rows)]
    head = [*(_COLUMNS[one.name] for one in used), "Hiệu lực", "Văn bản", "Tin cậy", "Ghi chú"]
    yield from _section(heading, head, [[*(_cell(row, one) for one in used), *_basis(row.cite)] for row in rows])


def _cell(row: Any, column: Field[Any]) -> str:
    """One value of a row; what the row leaves at its default is blank."""
    value = getattr(row, column.name)
    return "" if value == column.default else _text(value)


def _spec(table: dict[str, Any]) -> Iterator[str]:
    """One spec table: the sentence, the answer, the document."""
    rows = [[row["case"], row.get("pack", ""), _answer(row), row.get("document", "")] for row in table["rows"]]
    yield from _section(f"## Bảng kiểm: {table['title']} (`{table['rule']}`)", ["Trường hợp", "Gói", "Trả lời", "Văn bản"], rows)


def _answer(row: dict[str, Any]) -> str:
    """The answer of a spec row."""
    return str(row["answer"]) if "answer" in row else f"hạn {row['due']:%H:%M %d/%m/%Y}; sau một ngày: {row['after_a_day']}"


def _section(heading: str, head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A heading and its table; nothing at all if there are no rows."""
    if rows:
        yield f"{heading}\n"
        yield from _grid(head, rows)


def _grid(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A Markdown table."""
    for line in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in line)} |"
    yield ""


def _document(document: Document) -> list[str]:
    """A document as cells."""
    return [document.number, document.title, document.issuer, _text(document.issued), document.note]


def _sourced(value: Sourced[Any]) -> list[str]:
    """A sourced value as cells."""
    return [_text(value.value), value.document, value.confidence.label]


def _basis(cite: Citation) -> list[str]:
    """A citation as cells."""
    since = f"từ {_text(cite.valid_from)}" if cite.valid_from else ""
    until = f"đến {_text(cite.valid_until)}" if cite.valid_until else ""
    return [" ".join(filter(None, (since, until))), str(cite), cite.confidence.label, cite.note]


def _text(value: object) -> str:
    """One value as a Vietnamese reader expects it."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case LabelledChoice():
            return value.label
        case date():
            return f"{value.day}/{value.month}/{value.year}"
        case time():
            return f"{value:%Hh%M}"
        case tuple():
            return ", ".join(_text(item) for item in value)
        case float():
            return f"{value:g}".replace(".", ",")
    return str(value)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.stdout.write(manual(all_packs(), spec=folder))
