"""Zip containers: what is inside, whether it inflates within bounds, whether its bytes are whole."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from tienphuong.core.sentences import sentence

from .faults import UnreadableFile
from .limits import MIB, Limits
from .terms import FileKind, Reason

Watch = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Package:
    """A zip that was looked at: its kind, whether it carries macros, the parts by name."""

    kind: FileKind
    macros: bool
    parts: dict[str, zipfile.ZipInfo]


def open_package(archive: zipfile.ZipFile, *, limits: Limits) -> Package:
    """The kind of spreadsheet in a zip, judged by its directory alone; refuses what is no spreadsheet or declares too much."""
    parts = {info.filename: info for info in archive.infolist()}
    _within_bounds(archive, limits=limits)
    if any(info.flag_bits & 1 for info in parts.values()):
        raise UnreadableFile(Reason.PASSWORD)
    kind = _kind(archive, parts)
    return Package(kind=kind, macros=any("vbaproject" in name.lower() for name in parts), parts=parts)


def _kind(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> FileKind:
    """Which spreadsheet the parts make up."""
    if "xl/workbook.bin" in parts:
        return FileKind.XLSB
    if any(name.lower().lstrip("/") == "xl/workbook.xml" for name in parts):
        return FileKind.XLSM if any("vbaproject" in name.lower() for name in parts) else FileKind.XLSX
    if "[Content_Types].xml" in parts and b"spreadsheetml.sheet.main" in archive.read("[Content_Types].xml"):
        return FileKind.XLSX
    if "mimetype" in parts and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        _not_encrypted(archive, parts)
        return FileKind.ODS
    raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message=_other_zip(parts))


def _not_encrypted(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    """Refuses an OpenDocument file whose manifest speaks of a key."""
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableFile(Reason.PASSWORD)


def _other_zip(parts: dict[str, zipfile.ZipInfo]) -> str:
    """What a zip that holds no spreadsheet is, and what to send in its place."""
    if any(name.startswith("word/") for name in parts):
        return "Đây là tệp văn bản Word (.docx). Hãy chép bảng sang bảng tính (.xlsx) rồi gửi lại."
    if any(name.startswith("ppt/") for name in parts):
        return "Đây là tệp trình chiếu PowerPoint. Hãy gửi bảng tính (.xlsx)."
    if "mimetype" in parts:
        return "Đây là tệp OpenDocument khác, không phải bảng tính. Hãy gửi tệp .ods hoặc .xlsx."
    inside = [name for name in parts if name.lower().endswith((".xlsx", ".xls", ".csv", ".ods"))]
    if inside:
        return sentence("Đây là tệp nén chứa {count} bảng tính. Hãy giải nén rồi gửi từng bảng tính bên trong.", count=len(inside))
    return "Đây là tệp nén không chứa bảng tính nào. Hãy gửi tệp .xlsx, .xls, .ods hoặc .csv."


def _within_bounds(archive: zipfile.ZipFile, *, limits: Limits) -> None:
    """Refuses a directory that declares more than the post will inflate."""
    inflated = sum(info.file_size for info in archive.infolist())
    packed = max(1, sum(info.compress_size for info in archive.infolist()))
    too_dense = inflated > limits.ratio_from and inflated / packed > limits.max_ratio
    if inflated > limits.max_inflated or too_dense or len(archive.infolist()) > 20_000:
        detail = sentence("mở ra {opened} MB từ {packed:.1f} MB", opened=inflated // MIB, packed=packed / MIB)
        raise UnreadableFile(Reason.ZIP_BOMB, detail=detail)


def stream_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, watch: Watch | None = None) -> None:
    """Inflates one part in pieces to prove that its real size and checksum are the declared ones; `watch` sees each piece."""
    with archive.open(info) as part:
        while piece := part.read(MIB):
            if watch is not None:
                watch(piece)


def check_parts(archive: zipfile.ZipFile, *, watches: dict[str, Watch]) -> None:
    """Inflates every part once. zipfile stops at the declared size and then compares the checksum, so a part that lies
    about its size fails here, before any parser that trusts the stream more than the directory."""
    for info in archive.infolist():
        stream_part(archive, info, watch=watches.get(info.filename))


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, or a refusal when its directory is damaged."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise UnreadableFile(Reason.BROKEN) from error
