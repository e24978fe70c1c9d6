"""Words for what was found while reading a cell, each with its explanation and remedy in Vietnamese."""

from enum import StrEnum
from typing import Self


class Flag(StrEnum):
    """A remark about one reading; intake prints `explanation` and `remedy` beside the row, column and value."""

    explanation: str
    remedy: str

    def __new__(cls, value: str, explanation: str, remedy: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.explanation = explanation
        member.remedy = remedy
        return member


class Encoding(StrEnum):
    """The legacy encodings Vietnamese lists still arrive in."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"
    VISCII = "viscii"
    UTF8_MISREAD = "utf8_misread"

    @property
    def label(self) -> str:
        return _ENCODING_LABELS[self]


_ENCODING_LABELS = {
    Encoding.TCVN3: "TCVN3 (ABC, phông .Vn…)",
    Encoding.VNI: "VNI (phông VNI-…)",
    Encoding.CP1258: "Windows-1258",
    Encoding.VISCII: "VISCII",
    Encoding.UTF8_MISREAD: "UTF-8 bị đọc nhầm bảng mã",
}


class Precision(StrEnum):
    """How much of a moment is known."""

    NONE = "none"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"

    @property
    def label(self) -> str:
        return _PRECISION_LABELS[self]


_PRECISION_LABELS = {
    Precision.NONE: "không rõ",
    Precision.YEAR: "năm",
    Precision.MONTH: "tháng",
    Precision.DAY: "ngày",
    Precision.MINUTE: "phút",
}


class DateOrder(StrEnum):
    """In which order the parts of a written date stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"

    @property
    def label(self) -> str:
        return {DateOrder.DMY: "ngày/tháng/năm", DateOrder.MDY: "tháng/ngày/năm", DateOrder.YMD: "năm/tháng/ngày"}[self]


class LegacyFlag(Flag):
    """Remarks on text converted from a legacy encoding."""

    CONVERTED = ("converted", "Ô viết bằng bảng mã cũ, đã chuyển sang Unicode.", "So bản chuyển với bản gốc được giữ kèm.")
    CAPITALS_LOST = (
        "capitals_lost",
        "Phông chữ hoa TCVN3 không lưu chữ hoa, chữ hoa có dấu đã mất.",
        "Kiểm tra lại chữ hoa trong họ tên, địa danh.",
    )
    CAPITALS_RESTORED = (
        "capitals_restored",
        "Chữ hoa có dấu đã được khôi phục theo các chữ bên cạnh.",
        "So bản chuyển với bản gốc được giữ kèm.",
    )


class DateFlag(Flag):
    """Remarks on the reading of a date or a time."""

    EMPTY = ("date_empty", "Ô ngày để trống.", "Bổ sung ngày nếu biết.")
    NOT_TOLD = ("date_not_told", "Ô ghi là không có hoặc không rõ ngày.", "Bổ sung ngày nếu biết.")
    SEVERAL = ("several_dates", "Ô có hơn một ngày hoặc giờ.", "Ghi mỗi ô một ngày.")
    OTHER_WORDS = ("date_with_other_words", "Ô còn chữ chưa hiểu bên cạnh ngày.", "Chỉ ghi ngày trong ô này, chữ khác ghi ở cột ghi chú.")
    WEEKDAY_DISAGREES = ("weekday_disagrees", "Thứ trong tuần không khớp với ngày.", "Kiểm tra lại ngày.")
    UNREADABLE = ("date_unreadable", "Không đọc được ngày.", "Ghi lại theo dạng ngày/tháng/năm, ví dụ 24/08/2021.")
    IMPOSSIBLE = ("date_impossible", "Ngày không có trong lịch.", "Kiểm tra lại ngày và tháng.")
    AMBIGUOUS_DAY_MONTH = (
        "ambiguous_day_month",
        "Không rõ số nào là ngày, số nào là tháng.",
        "Chọn thứ tự ngày/tháng cho cả cột hoặc ghi lại ngày này.",
    )
    DAY_MONTH_EXCHANGED = (
        "day_month_exchanged",
        "Ngày và tháng viết ngược so với cả cột; chỉ có một cách đọc hợp lệ.",
        "Xác nhận cách đọc này.",
    )
    YEAR_MISSING = ("year_missing", "Ngày không ghi năm.", "Ghi thêm năm hoặc chọn năm cho cả tệp.")
    YEAR_FROM_CONTEXT = ("year_from_context", "Năm được lấy theo ngày báo cáo.", "Kiểm tra nếu sự việc thuộc năm khác.")
    TWO_DIGIT_YEAR = ("two_digit_year", "Năm chỉ ghi hai chữ số.", "Kiểm tra thế kỷ của năm.")
    EXCEL_SERIAL = ("excel_serial", "Ô là số thứ tự ngày của Excel, đã đổi thành ngày.", "Kiểm tra lại ngày.")
    NUMBER_NOT_DATE = (
        "number_not_date",
        "Ô là số thập phân, có thể là ngày.tháng bị Excel đổi thành số.",
        "Ghi lại theo dạng ngày/tháng/năm.",
    )
    END_OF_DAY = ("end_of_day", "24h được hiểu là 0h ngày hôm sau.", "Xác nhận mốc thời gian.")
    MIDNIGHT_OR_NOON = ("midnight_or_noon", "Không rõ 12 giờ trưa hay 12 giờ đêm.", "Ghi theo 24 giờ, ví dụ 0h hoặc 12h.")
    TIME_IMPOSSIBLE = ("time_impossible", "Giờ không hợp lệ.", "Ghi lại giờ theo dạng 15h30.")


class NumberFlag(Flag):
    """Remarks on the reading of a number."""

    EMPTY = ("number_empty", "Ô số để trống.", "Bổ sung số liệu, ghi 0 nếu không có.")
    UNREADABLE = ("number_unreadable", "Không đọc được số.", "Ghi lại số.")
    DIGITS_LOST = (
        "digits_lost",
        "Excel đã viết số dạng 1.09E+11 nên các chữ số cuối đã mất.",
        "Định dạng cột là Văn bản (Text) rồi nhập lại từ bản gốc.",
    )
    AMBIGUOUS_SEPARATOR = (
        "ambiguous_separator",
        "Dấu phẩy có thể là dấu thập phân hoặc dấu phân cách hàng nghìn.",
        "Ghi lại: dấu chấm cho hàng nghìn, dấu phẩy cho thập phân.",
    )
    FRACTION_BECAME_DATE = (
        "fraction_became_date",
        "Excel đã đổi phân số thành ngày.",
        "Định dạng cột là Văn bản (Text) rồi ghi lại, ví dụ 14/16.",
    )
    RANGE_REVERSED = ("range_reversed", "Khoảng số viết từ lớn đến nhỏ.", "Kiểm tra lại hai đầu của khoảng.")
    OVER_WHOLE = ("over_whole", "Tử số lớn hơn mẫu số.", "Kiểm tra lại hai số.")
