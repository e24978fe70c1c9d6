"""The words of intake: where a file stands, what became of a row, how grave a remark is, what to do with duplicates."""

from tienphuong.core.choices import LabelledChoice


class FileState(LabelledChoice):
    """Where a file stands."""

    RECEIVED = "received", "đã nhận", "received"
    READ = "read", "đã đọc, chờ kiểm tra", "read, waiting for the check"
    CHECKED = "checked", "đã kiểm tra, chờ nhập", "checked, waiting to be applied"
    APPLYING = "applying", "đang nhập", "being applied"
    APPLIED = "applied", "đã nhập xong", "applied"
    UNREADABLE = "unreadable", "không đọc được", "unreadable"
    NOTHING_READ = "nothing_read", "không đọc được gì", "nothing understood"
    STOPPED = "stopped", "đã dừng theo yêu cầu", "stopped as asked"
    WITHDRAWN = "withdrawn", "đã rút", "withdrawn"


class KeptBecause(LabelledChoice):
    """Why what a withdrawn file said of somebody is kept."""

    MERGED = "merged", "cán bộ đã gộp hồ sơ", "an officer merged the records"
    PLACED = "placed", "cán bộ đã ghi nơi cách ly, điều trị", "an officer recorded a place of quarantine or treatment"
    WATCHED = (
        "watched",
        "cán bộ đã theo dõi, ghi tiếp xúc hoặc chuyển địa phương khác",
        "an officer followed up, recorded a contact or handed over",
    )
    RECORDED = "recorded", "cán bộ đã ghi thêm về ca bệnh", "an officer added to the case"
    SOURCE = "source", "nguồn lây của người được giữ", "the source of somebody who is kept"


class Verdict(LabelledChoice):
    """What a row comes to."""

    NEW = "new", "mới", "new"
    CHANGED = "changed", "có thay đổi", "changed"
    CONTRARY = "contrary", "trái với đã ghi, cần quyết định", "against the records, to decide"
    KNOWN = "known", "đã biết", "already known"
    DUPLICATE = "duplicate", "nghi trùng, cần quyết định", "duplicate to decide"
    REFUSED = "refused", "không nhập được", "refused"


class DayOrder(LabelledChoice):
    """In which order a column of days is read, as an officer chooses it."""

    DAY_FIRST = "day_first", "ngày/tháng/năm", "day/month/year"
    MONTH_FIRST = "month_first", "tháng/ngày/năm", "month/day/year"
    YEAR_FIRST = "year_first", "năm/tháng/ngày", "year/month/day"
    SWAPPED_BACK = "swapped_back", "ngày/tháng/năm, đảo lại ô kiểu ngày của Excel", "day/month/year, date cells of Excel swapped back"
    CELL_BY_CELL = "cell_by_cell", "để trống ô đọc được hai cách", "leave cells of two readings open"


class Severity(LabelledChoice):
    """How grave a remark about a cell is."""

    INFO = "info", "đã sửa chắc chắn", "repaired"
    WARNING = "warning", "cần xem lại", "to be checked"
    REFUSED = "refused", "không nhập được", "refused"


class DuplicatePolicy(LabelledChoice):
    """What to do where the post may already know the person of a row; chosen before the file is applied."""

    QUEUE = "queue", "ghép chỗ chắc chắn, chỗ ngờ để cán bộ quyết định", "link the certain, put doubts before an officer"
    LINK = "link", "ghép cả chỗ chắc chắn và chỗ có khả năng", "link the certain and the probable"
    SKIP = "skip", "bỏ qua dòng nghi trùng", "skip doubtful rows"
    CREATE = "create", "luôn tạo hồ sơ mới", "always enrol anew"
