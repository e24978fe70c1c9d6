"""The one exception of reading: what happened and what the sender should do."""

from tienphuong.core.sentences import sentence

from .terms import Reason

_HAPPENED = {
    Reason.EMPTY: "Tệp rỗng, không có dữ liệu nào. Hãy mở lại tệp gốc, kiểm tra có dữ liệu rồi lưu và gửi lại.",
    Reason.TOO_BIG: "Tệp vượt quá giới hạn dung lượng. Hãy bỏ ảnh và các trang không cần, hoặc tách thành nhiều tệp rồi gửi lại.",
    Reason.NOT_A_SPREADSHEET: "Tệp không phải là bảng tính. Hãy gửi tệp .xlsx, .xls, .ods hoặc .csv.",
    Reason.PASSWORD: "Tệp được đặt mật khẩu nên không đọc được. Hãy mở tệp, gỡ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu và gửi lại.",
    Reason.ZIP_BOMB: "Tệp nén phình to bất thường khi mở nên bị từ chối. Hãy chép riêng vùng dữ liệu sang một tệp mới rồi gửi lại.",
    Reason.BROKEN: "Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Hãy mở bằng Excel, chọn lưu thành tệp mới (.xlsx) rồi gửi lại.",
    Reason.TOO_MUCH_MEMORY: "Bảng tính quá lớn để mở an toàn. Hãy chép riêng vùng dữ liệu sang một tệp .xlsx mới rồi gửi lại.",
    Reason.TOO_SLOW: "Bảng tính mất quá nhiều thời gian để mở. Hãy chép riêng vùng dữ liệu sang một tệp .xlsx mới rồi gửi lại.",
    Reason.NO_TABLE: "Tệp mở được nhưng không có bảng nào. Hãy kiểm tra đã chọn đúng tệp chưa.",
}


class UnreadableFile(Exception):
    """A file refused as a whole, with a reason code and a message for the sender."""

    def __init__(self, reason: Reason, *, detail: str = "", message: str = "") -> None:
        self.reason = reason
        self.detail = detail
        self.message = message or _HAPPENED[reason]
        if detail:
            self.message = sentence("{fault} ({detail})", fault=self.message, detail=detail)
        super().__init__(self.message)

    @property
    def reason_code(self) -> str:
        """The stable word for the API and the tests."""
        return self.reason.value
