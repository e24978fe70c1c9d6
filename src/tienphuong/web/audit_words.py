"""The audit log in words: its acts, what they were about, and their facts. What nobody named yet is shown by its key."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.cases.terms import Classification, DetectionSetting, Outcome
from tienphuong.core.access.terms import FactorKind, Role
from tienphuong.core.audit import MARK
from tienphuong.core.choices import LabelledChoice
from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.registry.terms import Aspect
from tienphuong.tracing.terms import FollowUpState, IdentifiedBy, ReferralState
from tienphuong.web import formats
from tienphuong.web.people_story import cause_words
from tienphuong.web.phrasebook import translated
from tienphuong.web.templatetags.post import label

ACTS = {
    "sign_in": lambda: _("đăng nhập"),
    "sign_in.blocked": lambda: _("tạm dừng đăng nhập vì nhập sai nhiều lần"),
    "sign_in.released": lambda: _("cho đăng nhập lại"),
    "sign_out": lambda: _("đăng xuất"),
    "password_change": lambda: _("đổi mật khẩu"),
    "sessions.ended": lambda: _("kết thúc phiên đăng nhập"),
    "factor.added": lambda: _("thêm lớp xác thực thứ hai"),
    "factor.removed": lambda: _("bỏ lớp xác thực thứ hai"),
    "factor.codes_renewed": lambda: _("đổi mã dự phòng"),
    "password.reset": lambda: _("cấp lại mật khẩu một lần"),
    "person.viewed": lambda: _("xem hồ sơ một người"),
    "list.viewed": lambda: _("xem danh sách"),
    "list.exported": lambda: _("xuất danh sách ra tệp"),
    "match.viewed": lambda: _("xem cặp hồ sơ nghi trùng"),
    "match.same": lambda: _("gộp hồ sơ"),
    "match.different": lambda: _("quyết định không trùng"),
    "match.undone": lambda: _("tách hồ sơ"),
    "case.recorded": lambda: _("ghi nhận ca bệnh"),
    "cases.recorded": lambda: _("ghi nhận nhiều ca bệnh"),
    "contacts.recorded": lambda: _("ghi nhận người tiếp xúc"),
    "arrivals.recorded": lambda: _("ghi nhận người về từ vùng dịch"),
    "stays.recorded": lambda: _("ghi nhận danh sách cách ly"),
    "follow_up.recorded": lambda: _("ghi nhận theo dõi hằng ngày"),
    "degrees.changed": lambda: _("tính lại diện tiếp xúc"),
    "degrees.rechecked": lambda: _("kiểm tra lại toàn bộ diện tiếp xúc"),
    "referral.sent": lambda: _("chuyển người cho địa phương khác"),
    "referral.answered": lambda: _("trả lời việc chuyển người"),
    "audit.verified": lambda: _("kiểm tra chuỗi nhật ký"),
    "account.opened": lambda: _("mở tài khoản"),
    "account.closed": lambda: _("đóng tài khoản"),
    "officer.appointed": lambda: _("giao nhiệm vụ cho cán bộ"),
    "token.issued": lambda: _("cấp mã truy cập cho máy"),
    "token.withdrawn": lambda: _("thu hồi mã truy cập"),
    "areas.geometry": lambda: _("nạp ranh giới địa bàn"),
    "purge.proposed": lambda: _("đếm dữ liệu hết thời hạn lưu giữ"),
    "purge.decided": lambda: _("quyết định xóa dữ liệu hết thời hạn"),
    "purge.refused": lambda: _("quyết định không xóa dữ liệu hết thời hạn"),
    "purge.done": lambda: _("xóa dữ liệu hết thời hạn"),
    "breach.reported": lambda: _("lập báo cáo ai đã xem"),
    "subject.answered": lambda: _("trả lời người hỏi dữ liệu của mình"),
    "correction.asked": lambda: _("ghi đề nghị đính chính"),
    "correction.answered": lambda: _("trả lời đề nghị đính chính"),
    "sheets.returned": lambda: _("tải danh sách trả lại nơi gửi"),
    "file.received": lambda: _("nhận tệp"),
    "file.area_given": lambda: _("chọn lại địa bàn của tệp"),
    "file.dated": lambda: _("ghi ngày báo cáo của tệp"),
    "clock.trusted": lambda: _("lấy lại giờ máy cho sở chỉ huy"),
    "file.stop_asked": lambda: _("yêu cầu dừng việc nhập tệp"),
    "file.check_stopped": lambda: _("dừng việc kiểm tra tệp"),
    "file.applied": lambda: _("nhập tệp"),
    "file.withdrawn": lambda: _("rút tệp đã nhập"),
    "records.withdrawn": lambda: _("rút những gì các dòng của tệp ghi"),
    "word.remembered": lambda: _("nhớ nghĩa của chữ trong ô"),
    "word.forgotten": lambda: _("rút nghĩa của chữ trong ô"),
    "lab.recorded": lambda: _("ghi nhận kết quả xét nghiệm"),
    "match.named": lambda: _("gộp trẻ chưa có tên với hồ sơ có tên"),
    "contradiction.kept": lambda: _("giữ giá trị đang có"),
    "contradiction.taken": lambda: _("lấy giá trị của danh sách"),
    "contradiction.reopened": lambda: _("hoàn tác quyết định về giá trị mâu thuẫn"),
    "post.settled": lambda: _("đặt địa bàn của sở chỉ huy"),
    "clock.set": lambda: _("đặt đồng hồ diễn tập"),
    "clock.cleared": lambda: _("trả đồng hồ về giờ thật"),
    "night.checked": lambda: _("kiểm tra ban đêm"),
    "books.rebuilt": lambda: _("lập lại số dư đã khóa"),
    "deadlines.opened": lambda: _("mở thời hạn"),
    "deadlines.processed": lambda: _("xử lý việc đến hạn"),
    "deadlines.rung": lambda: _("xử lý việc đến hạn"),
    "figures.submitted": lambda: _("nhận số liệu xã báo cáo"),
    "line_list.taken": lambda: _("lấy số liệu để mô phỏng phương án"),
    "study.kept": lambda: _("nhận nghiên cứu phương án"),
    "forecast.asked": lambda: _("yêu cầu chạy dự báo phương án"),
    "forecast.kept": lambda: _("giữ kết quả dự báo phương án"),
    "forecast.stopped": lambda: _("dừng dự báo phương án"),
    "forecast.asked_again": lambda: _("yêu cầu chạy lại dự báo phương án"),
    "report.drafted": lambda: _("soạn báo cáo"),
    "report.frozen": lambda: _("chốt báo cáo"),
    "backup.made": lambda: _("lập bản lưu"),
    "backup.restored": lambda: _("phục hồi từ bản lưu"),
}
SUBJECTS = {
    "person": lambda: _("người"),
    "case": lambda: _("ca bệnh"),
    "match": lambda: _("cặp hồ sơ"),
    "merge": lambda: _("lần gộp"),
    "contradiction": lambda: _("giá trị mâu thuẫn"),
    "referral": lambda: _("việc chuyển"),
    "file": lambda: _("tệp"),
    "word": lambda: _("chữ trong ô"),
    "report": lambda: _("báo cáo"),
    "draft": lambda: _("bản thảo"),
    "study": lambda: _("nghiên cứu"),
    "forecast": lambda: _("dự báo phương án"),
    "submission": lambda: _("số liệu xã báo cáo"),
    "user": lambda: _("tài khoản"),
    "token": lambda: _("mã truy cập"),
    "area": lambda: _("địa bàn"),
    "purge": lambda: _("đợt xóa"),
}
FACTS = {
    "list": lambda: _("danh sách"),
    "shown": lambda: _("số dòng hiện"),
    "total": lambda: _("tổng số"),
    "filters": lambda: _("lọc theo"),
    "left": lambda: _("hồ sơ 1"),
    "right": lambda: _("hồ sơ 2"),
    "kept": lambda: _("hồ sơ giữ lại"),
    "aspect": lambda: _("mục"),
    "current": lambda: _("giá trị trong hồ sơ"),
    "other": lambda: _("giá trị kia"),
    "nameless": lambda: _("hồ sơ chưa có tên"),
    "score": lambda: _("độ giống"),
    "reason": lambda: _("lý do"),
    "clinical": lambda: _("thấy thông tin bệnh"),
    "papers": lambda: _("thấy số giấy tờ"),
    "cases": lambda: _("số ca bệnh"),
    "degrees": lambda: _("số diện sai"),
    "audit_faults": lambda: _("số lỗi nhật ký"),
    "study": lambda: _("nghiên cứu"),
    "plans": lambda: _("các phương án"),
    "reported": lambda: _("số được báo"),
    "news": lambda: _("số mới"),
    "contacts": lambda: _("số tiếp xúc"),
    "pending": lambda: _("số chờ biết ca bệnh"),
    "before": lambda: _("trước"),
    "after": lambda: _("sau"),
    "outcome": lambda: _("kết quả điều trị"),
    "cause": lambda: _("nguyên nhân"),
    "people": lambda: _("số người"),
    "differences": lambda: _("số khác biệt"),
    "first": lambda: _("những người đầu"),
    "to": lambda: _("đến"),
    "from": lambda: _("từ"),
    "degree": lambda: _("diện F"),
    "state": lambda: _("tình trạng"),
    "answer": lambda: _("trả lời"),
    "faults": lambda: _("số lỗi"),
    "name": lambda: _("tên"),
    "sha256": lambda: _("mã băm"),
    "hash": lambda: _("mã băm"),
    "cell": lambda: _("chữ trong ô"),
    "word": lambda: _("hiểu là"),
    "sender": lambda: _("người gửi"),
    "rows": lambda: _("số dòng"),
    "case": lambda: _("người từng là ca bệnh"),
    "person": lambda: _("người"),
    "area": lambda: _("địa bàn"),
    "disease": lambda: _("bệnh"),
    "cutoff": lambda: _("giờ chốt"),
    "replaces": lambda: _("thay bản"),
    "doubts": lambda: _("số nghi vấn"),
    "day": lambda: _("ngày"),
    "sections": lambda: _("các phần"),
    "broken": lambda: _("đẳng thức không khớp"),
    "username": lambda: _("tên đăng nhập"),
    "sessions": lambda: _("số phiên"),
    "factor": lambda: _("lớp xác thực thứ hai"),
    "role": lambda: _("vai trò"),
    "expires_at": lambda: _("hết hạn"),
    "file": lambda: _("tệp"),
    "matched": lambda: _("số khớp"),
    "unmatched": lambda: _("số không khớp"),
    "lapsed": lambda: _("số hết hiệu lực"),
    "escalated": lambda: _("số báo lên trên"),
    "q": lambda: _("chữ tìm"),
    "indicator": lambda: _("chỉ số"),
    "at": lambda: _("giờ chốt"),
    "known_at": lambda: _("Theo hiểu biết"),
    "since": lambda: _("từ ngày"),
    "until": lambda: _("đến ngày"),
    "format": lambda: _("dạng tệp"),
    "page": lambda: _("trang"),
    "order": lambda: _("thứ tự"),
    "act": lambda: _("việc"),
    "classification": lambda: _("Phân loại"),
    "setting": lambda: _("Nơi phát hiện"),
    "form": lambda: _("Hình thức"),
    "kind": lambda: _("Việc"),
    "direction": lambda: _("Chiều chuyển"),
    "identified_by": lambda: _("Phát hiện qua"),
    "came_from": lambda: _("Đến từ"),
}
# Entries made before the parameters of addresses were English keep their keys: what stands in the chain is not rewritten.
OLD_KEYS = {
    "dia-ban": "area",
    "benh": "disease",
    "chi-so": "indicator",
    "luc": "at",
    "ngay": "day",
    "tinh-trang": "state",
    "bac": "degree",
    "tu": "since",
    "den": "until",
    "dang": "format",
    "trang": "page",
    "thu-tu": "order",
    "viec": "act",
    "loai": "classification",
    "kq": "outcome",
    "noi": "setting",
    "hinh-thuc": "form",
    "muc": "aspect",
    "chieu": "direction",
    "biet": "known_at",
    "cach": "identified_by",
    "told": "reported",
    "held": "current",
}
LISTS = {
    "cases": lambda: _("Ca bệnh"),
    "contacts": lambda: _("Người tiếp xúc"),
    "contacts_waiting": lambda: _("Người tiếp xúc"),
    "follow_up": lambda: _("Theo dõi hằng ngày"),
    "referrals": lambda: _("Chuyển địa phương"),
    "deadlines": lambda: _("Thời hạn"),
    "returnees": lambda: _("Người về từ vùng dịch"),
    "stays": lambda: _("Lượt cách ly"),
    "samples": lambda: _("Mẫu xét nghiệm"),
    "search": lambda: _("Tìm người"),
    "audit": lambda: _("Nhật ký"),
    "contradictions": lambda: _("Giá trị mâu thuẫn"),
}
WORDS: dict[str, type[LabelledChoice]] = {
    "before": Classification,
    "after": Classification,
    "classification": Classification,
    "outcome": Outcome,
    "setting": DetectionSetting,
    "form": QuarantineForm,
    "identified_by": IdentifiedBy,
    "role": Role,
    "factor": FactorKind,
    "aspect": Aspect,
}
STATES: tuple[type[LabelledChoice], ...] = (ReferralState, FollowUpState)
NOTHING = ("", None, {}, [])


def act_words(act: str) -> str:
    """An act in the reader's language."""
    return _worded(ACTS, act)


def subject_words(kind: str) -> str:
    """What kind of thing an act was about."""
    return _worded(SUBJECTS, kind)


def facts_words(facts: dict[str, object]) -> str:
    """The facts of an act in one line; what was not said is left out."""
    return "; ".join(f"{_fact_words(key)}: {_value(key, value)}" for key, value in facts.items() if value not in NOTHING)


def _worded(table: dict[str, Callable[[], str]], key: str) -> str:
    return table[key]() if key in table else key


def _fact_words(key: str) -> str:
    return _worded(FACTS, OLD_KEYS.get(key, key))


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict):
        return ", ".join(
            f"{_fact_words(inner)} {_value(inner, translated)}" for inner, translated in value.items() if translated not in NOTHING
        )
    if isinstance(value, list):
        return ", ".join(_value(key, one) for one in value)
    if isinstance(value, float):
        return formats.number(value, language=get_language() or "vi", decimals=2)
    return _text(key, str(value))


def _text(key: str, text: str) -> str:
    """An official word by its label, a cause in words, a moment as people write it; any other text as it stands."""
    key = OLD_KEYS.get(key, key)
    if text.startswith(MARK):
        return _("(đã niêm)")
    if key == "cause":
        return cause_words(text)
    for words in STATES if key == "state" else (WORDS[key],) if key in WORDS else ():
        if text in words._value2member_map_:
            return label(words(text))
    if key == "list" and text in LISTS:
        return LISTS[text]()
    return _moment(text) if key in ("cutoff", "at", "known_at", "expires_at", "day", "from", "to") else translated(text)


def _moment(text: str) -> str:
    language = get_language() or "vi"
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return text
    return formats.moment(moment, language=language) if moment.tzinfo else formats.day(moment.date(), language=language)
