"""The words of access: who an officer is (Role) and what may be done (Permission)."""

from tienphuong.core.choices import LabelledChoice


class Role(LabelledChoice):
    """A kind of position; bound to an area and a period by an appointment."""

    COMMANDER = "commander", "Chỉ huy (Ban Chỉ đạo)", "Commander (steering committee)"
    EPIDEMIOLOGIST = "epidemiologist", "Cán bộ dịch tễ (Trung tâm Y tế)", "Epidemiologist (medical centre)"
    HEALTH_STATION = "health_station", "Cán bộ trạm y tế", "Health station officer"
    CLERK = "clerk", "Văn thư, tổng hợp", "Clerk"
    AREA_POLICE = "area_police", "Công an khu vực", "Area police officer"
    COVID_TEAM = "covid_team", "Tổ COVID cộng đồng", "Community COVID team"
    INSPECTOR = "inspector", "Đoàn kiểm tra", "Inspection delegation"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống", "System administrator"


class Permission(LabelledChoice):
    """One thing that may be done; pages and procedures ask for exactly one."""

    SEE_BOARD = "see_board", "xem bảng chỉ huy", "see the command board"
    SEE_PERSON = "see_person", "xem danh sách người", "see lists of people"
    SEE_CLINICAL = "see_clinical", "xem thông tin lâm sàng", "see clinical data"
    SEE_IDENTITY = "see_identity", "xem số giấy tờ tùy thân", "see identity numbers"
    SEND_FILE = "send_file", "gửi và áp dụng tệp", "send and apply files"
    WITHDRAW_FILE = "withdraw_file", "rút tệp đã nhập", "withdraw applied files"
    DECIDE_MATCH = "decide_match", "quyết định hồ sơ trùng", "decide on duplicates"
    RECORD_CASE = "record_case", "ghi nhận ca bệnh", "record cases"
    RECORD_CONTACT = "record_contact", "ghi nhận người tiếp xúc", "record contacts"
    RECORD_FOLLOW_UP = "record_follow_up", "ghi nhận theo dõi hằng ngày", "record daily follow-up"
    SEE_REPORT = "see_report", "xem báo cáo", "see reports"
    FREEZE_REPORT = "freeze_report", "chốt báo cáo", "freeze reports"
    SEE_FORECAST = "see_forecast", "xem dự báo các phương án", "see forecasts of plans"
    RUN_FORECAST = "run_forecast", "chạy dự báo các phương án", "run forecasts of plans"
    SEE_AUDIT = "see_audit", "xem nhật ký", "see the audit log"
    MANAGE_USERS = "manage_users", "quản lý tài khoản", "manage accounts"
    MANAGE_AREAS = "manage_areas", "quản lý địa bàn", "manage areas"
    PURGE = "purge", "quyết định xóa dữ liệu hết thời hạn lưu giữ", "decide on purging data kept for its time"
    SET_CLOCK = "set_clock", "đặt đồng hồ diễn tập", "set the drill's clock"


class AttemptKind(LabelledChoice):
    """What wrong guesses are counted for."""

    ACCOUNT = "account", "tài khoản, từ trình duyệt chưa quen", "account, from an unknown browser"
    DEVICE = "device", "tài khoản, từ trình duyệt đã quen", "account, from a known browser"
    ADDRESS = "address", "một địa chỉ mạng", "one network address"
    POST = "post", "cả sở chỉ huy", "the whole post"
    FACTOR = "factor", "lớp xác thực thứ hai", "second factor"
    CONFIRM = "confirm", "xác nhận lại", "confirmation"


class FactorKind(LabelledChoice):
    """With what an officer proves a second time who they are."""

    TOTP = "totp", "mã của ứng dụng xác thực", "code of an authenticator app"
    KEY = "key", "khóa bảo mật", "security key"
    RECOVERY = "recovery", "mã dự phòng", "recovery code"
