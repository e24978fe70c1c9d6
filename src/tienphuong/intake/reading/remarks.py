"""What the reader noticed, in the sender's words."""

from collections.abc import Mapping
from typing import Any

from tienphuong.core.sentences import sentence

from .book import Remark
from .terms import FileKind, Notice

_WORDING: dict[Notice, str] = {
    Notice.MACROS: "Tệp có macro. Macro không được chạy, chỉ đọc giá trị trong ô.",
    Notice.FORMULAS: "Trang “{sheet}” có {count} ô công thức. Chỉ đọc giá trị đã tính sẵn, không tính lại công thức.",
    Notice.UNCOMPUTED: "Trang “{sheet}” có {count} ô công thức chưa được tính ({cells}). Hãy mở bằng Excel, lưu lại rồi gửi lại để không mất các ô này.",
    Notice.CELL_ERRORS: "Trang “{sheet}” có {count} ô báo lỗi ({cells}). Hãy sửa công thức hoặc gõ giá trị vào ô.",
    Notice.HIDDEN_SHEET: "Trang “{sheet}” đang bị ẩn trong tệp; vẫn được đọc.",
    Notice.HIDDEN_ROWS: "Trang “{sheet}” có {count} dòng bị ẩn (do lọc hoặc ẩn tay). Các dòng này vẫn được đọc.",
    Notice.FAR_CELLS: "Trang “{sheet}” có {count} ô nằm quá xa bảng ({cells}) nên không đọc. Hãy xóa các ô này nếu gõ nhầm.",
    Notice.NOT_A_SHEET: "Trang “{sheet}” là biểu đồ hoặc trang macro, không có dữ liệu để đọc.",
}


def remark_from(noted: Mapping[str, Any]) -> Remark:
    """One of the child's notes as a remark."""
    notice, cells = Notice(noted["notice"]), tuple(noted.get("cells", ()))
    listed = ", ".join(cells[:5]) + ("…" if noted.get("count", 0) > 5 else "")
    message = sentence(_WORDING[notice], sheet=noted["sheet"], count=noted.get("count", 0), cells=listed)
    return Remark(notice, message, sheet=noted["sheet"], cells=cells)


def wrong_extension(name: str, kind: FileKind) -> Remark:
    """The name promises another kind of file than the bytes hold."""
    return Remark(
        Notice.WRONG_EXTENSION,
        sentence("Tên tệp “{name}” không khớp nội dung: đây là {kind}. Đã đọc theo nội dung.", name=name, kind=kind.label),
    )


def lost_characters(count: int) -> Remark:
    """Some bytes fit no character."""
    return Remark(
        Notice.LOST_CHARACTERS,
        sentence("Có {count} ký tự hỏng trong tệp, hiện là “\ufffd”. Hãy lưu lại tệp theo mã UTF-8 rồi gửi lại.", count=count),
    )


def eight_bit_text(codec: str) -> Remark:
    """The file is not Unicode."""
    return Remark(
        Notice.ENCODING, sentence("Tệp không dùng Unicode (mã {codec}). Hãy xem trước chữ có dấu, nên lưu lại theo mã UTF-8.", codec=codec)
    )


def open_quote() -> Remark:
    """A quotation mark opened and never closed."""
    return Remark(Notice.OPEN_QUOTE, "Có dấu ngoặc kép mở mà không đóng. Đã đọc từng dòng và coi dấu ngoặc kép là chữ thường.")
