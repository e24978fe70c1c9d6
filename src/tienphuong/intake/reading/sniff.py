"""Which kind of file the first bytes belong to, and a plain refusal of those that hold no table."""

from typing import IO

from .faults import UnreadableFile
from .terms import FileKind, Reason

HEAD = 65_536
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Đây là tệp PDF. Hãy gửi bảng tính gốc đã dùng để in ra PDF."),
    (b"\x89PNG", "Đây là ảnh PNG. Ảnh chụp danh sách không đọc được thành bảng: hãy gửi bảng tính gốc, hoặc đính kèm ảnh và nhập tay."),
    (
        b"\xff\xd8\xff",
        "Đây là ảnh JPEG. Ảnh chụp danh sách không đọc được thành bảng: hãy gửi bảng tính gốc, hoặc đính kèm ảnh và nhập tay.",
    ),
    (b"GIF8", "Đây là ảnh GIF. Hãy gửi bảng tính gốc."),
    (b"BM", "Đây là ảnh BMP. Hãy gửi bảng tính gốc."),
    (b"RIFF", "Đây là tệp ảnh hoặc âm thanh. Hãy gửi bảng tính gốc."),
    (b"II*\x00", "Đây là ảnh TIFF. Hãy gửi bảng tính gốc."),
    (b"MM\x00*", "Đây là ảnh TIFF. Hãy gửi bảng tính gốc."),
    (b"\x00\x00\x00\x18ftyp", "Đây là ảnh hoặc phim của điện thoại. Hãy gửi bảng tính gốc."),
    (b"\x00\x00\x00\x1cftyp", "Đây là ảnh hoặc phim của điện thoại. Hãy gửi bảng tính gốc."),
    (b"{\\rtf", "Đây là tệp văn bản RTF. Hãy chép bảng sang bảng tính (.xlsx) rồi gửi lại."),
    (b"Rar!", "Đây là tệp nén RAR. Hãy giải nén rồi gửi bảng tính bên trong."),
    (b"7z\xbc\xaf", "Đây là tệp nén 7z. Hãy giải nén rồi gửi bảng tính bên trong."),
    (b"\x1f\x8b", "Đây là tệp nén gzip. Hãy giải nén rồi gửi bảng tính bên trong."),
    (b"SQLite format 3", "Đây là tệp cơ sở dữ liệu. Hãy xuất danh sách ra .xlsx hoặc .csv rồi gửi lại."),
    (b"MZ", "Đây là chương trình, không phải bảng tính. Không gửi tệp chương trình vào hệ thống."),
    (b"\x7fELF", "Đây là chương trình, không phải bảng tính. Không gửi tệp chương trình vào hệ thống."),
)

_EXTENSIONS = {
    FileKind.XLSX: {"xlsx"},
    FileKind.XLSM: {"xlsm"},
    FileKind.XLSB: {"xlsb"},
    FileKind.XLS: {"xls", "xlt"},
    FileKind.ODS: {"ods"},
    FileKind.HTML: {"html", "htm"},
    FileKind.TEXT: {"csv", "tsv", "txt", "tab"},
}


def container(file: IO[bytes]) -> FileKind | None:
    """The kind the first bytes tell; None for a zip, whose directory must be looked at."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(Reason.EMPTY)
    if head.startswith(ZIP):
        return None
    if head.startswith(b"PK\x05\x06"):
        raise UnreadableFile(Reason.EMPTY)
    if head.startswith(OLE):
        return FileKind.XLS
    if head.startswith((b"\x09\x08", b"\x09\x02", b"\x09\x04")):
        return FileKind.XLS
    return _text_or_foreign(head)


def _text_or_foreign(head: bytes) -> FileKind:
    """Text, a web page, or a refusal that names what it is."""
    for mark, message in _FOREIGN:
        if head.startswith(mark) and not (mark in (b"BM", b"MZ", b"RIFF") and _is_text(head)):
            raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message=message)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:2048].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and start.startswith(b"<?xml"):
        raise UnreadableFile(
            Reason.NOT_A_SPREADSHEET,
            message="Đây là bảng tính XML 2003. Hãy mở bằng Excel, chọn Lưu thành > Sổ làm việc Excel (.xlsx) rồi gửi lại.",
        )
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")) or (
        start.startswith(b"<") and b"<table" in head.lower()
    ):
        return FileKind.HTML
    if not _is_text(head):
        raise UnreadableFile(Reason.NOT_A_SPREADSHEET)
    if start.startswith((b"{", b"[")) and b'"' in start and b":" in start and b"\t" not in start:
        raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message="Đây là tệp JSON. Hãy gửi qua cổng dữ liệu (API), hoặc xuất ra .csv.")
    if start.startswith(b"<?xml"):
        raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message="Đây là tệp XML. Hãy xuất danh sách ra .xlsx hoặc .csv rồi gửi lại.")
    return FileKind.TEXT


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as text in some encoding, two-byte ones included."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(head):
        return True
    control = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 27), 28, 29, 30, 31))
    return control * 200 < len(head)


def looks_utf16(head: bytes) -> str:
    """The byte order of two-byte text that carries no mark, or an empty string."""
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.35 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.35 and odd < 0.05 else ""


def expected_extension(name: str, kind: FileKind) -> bool:
    """Whether the name ends as a file of that kind usually does."""
    return name.rpartition(".")[2].lower() in _EXTENSIONS[kind]
