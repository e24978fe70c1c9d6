"""The way in: a path or bytes and a name, out comes a book or a refusal."""

import io
import os
import tempfile
from functools import partial
from pathlib import Path
from typing import IO

from tienphuong.core.sentences import sentence

from .book import Book, Merge, Remark, Sheet
from .delimited import Opener, text_sheet
from .encodings import detect
from .faults import UnreadableFile
from .isolation import read_apart
from .limits import DEFAULT, MIB, Limits
from .remarks import eight_bit_text, lost_characters, open_quote, remark_from, wrong_extension
from .sniff import container, expected_extension
from .spool import footer, spooled_rows
from .terms import FileKind, Reason


def read_book(source: str | os.PathLike[str] | bytes, name: str, *, limits: Limits = DEFAULT) -> Book:
    """The sheets of a file, or `UnreadableFile`; the file's kind is told from its bytes, `name` only serves messages."""
    _check_size(source, limits=limits)
    with _opened(source) as file:
        kind = container(file)
        if kind is FileKind.TEXT:
            return _text_book(source, name, file=file, limits=limits)
        spool = read_apart(_on_disk(file), mode="zip" if kind is None else "html" if kind is FileKind.HTML else "xls", limits=limits)
    return _spooled_book(spool, name)


def _check_size(source: str | os.PathLike[str] | bytes, *, limits: Limits) -> None:
    """Refuses by length before a byte is read."""
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size == 0:
        raise UnreadableFile(Reason.EMPTY)
    if size > limits.max_bytes:
        raise UnreadableFile(
            Reason.TOO_BIG, detail=sentence("{size:.0f} MB, tối đa {most} MB", size=size / MIB, most=limits.max_bytes // MIB)
        )


def _opened(source: str | os.PathLike[str] | bytes) -> IO[bytes]:
    """The source as a file that can be sought."""
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb")


def _on_disk(file: IO[bytes]) -> IO[bytes]:
    """A file with a descriptor, for the child's standard input."""
    if not isinstance(file, io.BytesIO):
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last reference, after the child has read it
    copy.write(file.getbuffer())
    copy.flush()
    return copy


def _spooled_book(spool: IO[bytes], name: str) -> Book:
    """The book the child left in its spool."""
    noted = footer(spool)
    facts = {entry["notice"]: entry for entry in noted["remarks"]}
    kind = FileKind(facts["kind"]["kind"])
    remarks = [remark_from(entry) for entry in noted["remarks"] if entry["notice"] != "kind"]
    if not expected_extension(name, kind):
        remarks.insert(0, wrong_extension(name, kind))
    sheets = tuple(_spooled_sheet(spool, meta) for meta in noted["sheets"])
    if not any(sheet.row_count for sheet in sheets):
        spool.close()
        raise UnreadableFile(Reason.EMPTY, message="Bảng tính không có ô nào có dữ liệu. Hãy kiểm tra đã gửi đúng tệp chưa.")
    encoding = str(facts["kind"].get("encoding", ""))
    return Book(name, kind, sheets, encoding=encoding, date_system=noted["date_system"], remarks=tuple(remarks), spool=spool)


def _spooled_sheet(spool: IO[bytes], meta: dict[str, object]) -> Sheet:
    """One sheet of the spool."""
    numbers = {key: int(str(meta[key])) for key in ("start", "end", "row_count", "last_row", "width")}
    merged: list[list[int]] = meta["merged"]  # type: ignore[assignment]
    hidden_rows: list[int] = meta["hidden_rows"]  # type: ignore[assignment]
    return Sheet(
        name=str(meta["name"]),
        source=partial(spooled_rows, spool, start=numbers["start"], end=numbers["end"]),
        merged=tuple(Merge(*corners) for corners in merged),
        hidden=bool(meta["hidden"]),
        hidden_rows=frozenset(hidden_rows),
        row_count=numbers["row_count"],
        last_row=numbers["last_row"],
        width=numbers["width"],
    )


def _text_book(source: str | os.PathLike[str] | bytes, name: str, *, file: IO[bytes], limits: Limits) -> Book:
    """The book of a text file; it is read again from its source each time its rows are asked for."""
    encoding = detect(file)
    opener: Opener = partial(_opened, source)
    sheet, mark, closed = text_sheet(Path(name).stem or "1", opener, encoding=encoding, limits=limits)
    remarks: list[Remark] = []
    if not expected_extension(name, FileKind.TEXT):
        remarks.append(wrong_extension(name, FileKind.TEXT))
    if encoding.codec.startswith("cp"):
        remarks.append(eight_bit_text(encoding.legacy or encoding.codec))
    if encoding.lost:
        remarks.append(lost_characters(encoding.lost))
    if not closed:
        remarks.append(open_quote())
    if not sheet.row_count:
        raise UnreadableFile(Reason.EMPTY)
    return Book(name, FileKind.TEXT, (sheet,), encoding=encoding.legacy or encoding.codec, separator=mark, remarks=tuple(remarks))
