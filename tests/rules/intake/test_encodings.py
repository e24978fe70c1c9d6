"""Text files in every encoding that still arrives, and old fonts inside spreadsheets."""

import json
import unicodedata
from typing import Any

import pytest
from tests.rules.intake.sheets import SHARED, text, workbook

from tienphuong.intake.mapping.survey import records, survey
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book

ROWS = [
    ["STT", "Họ và tên", "Địa chỉ", "Số điện thoại"],
    [1, "Nguyễn Văn Đức", "Thôn Thọ Am, xã Liên Ninh", "0912345678"],
    [2, "Trần Thị Thủy", "Thôn Phương Nhị", "0912345679"],
]


def names(data: bytes) -> list[str]:
    """The people in a text file."""
    book = read_book(data, "danh sach.csv")
    return [record.text(F.FULL_NAME) for record in records(book, survey(book)[0])]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_separator_in_any_unicode(separator: str, encoding: str) -> None:
    assert names(text(ROWS, separator=separator, encoding=encoding)) == ["Nguyễn Văn Đức", "Trần Thị Thủy"]


def test_windows_1258_with_its_combining_tones() -> None:
    rows = [[_for_1258(str(cell)) for cell in row] for row in ROWS]
    book = read_book(text(rows, encoding="cp1258"), "a.csv")
    assert book.encoding == "cp1258"
    assert names(text(rows, encoding="cp1258")) == ["Nguyễn Văn Đức", "Trần Thị Thủy"]


def _for_1258(word: str) -> str:
    """Tones apart, vowel marks kept: the only form the code page can write."""
    out = []
    for char in unicodedata.normalize("NFC", word):
        try:
            char.encode("cp1258")
            out.append(char)
        except UnicodeEncodeError:
            base, *tones = unicodedata.normalize("NFD", char)
            shape = unicodedata.normalize("NFC", base + "".join(t for t in tones if t in "\u0302\u0306\u031b"))
            out.append(shape + "".join(t for t in tones if t not in "\u0302\u0306\u031b"))
    return "".join(out)


def test_western_text_stays_western() -> None:
    book = read_book(text([["Name", "Phone"], ["Günther Müller", "0912345678"], ["José Pérez", "0912345679"]], encoding="cp1252"), "a.csv")
    assert book.encoding == "cp1252"
    assert [row.cells[0] for row in book.sheets[0].rows()][1:] == ["Günther Müller", "José Pérez"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not beside the repository")
@pytest.mark.parametrize(("key", "encoding"), [("tcvn3_bytes_hex", "tcvn3"), ("vni_bytes_hex", "vni")])
def test_old_vietnamese_bytes_are_converted_cell_by_cell_and_the_original_kept(key: str, encoding: str) -> None:
    pairs: list[dict[str, Any]] = json.loads((SHARED / "legacy_encodings" / "pairs.json").read_text(encoding="utf-8"))
    places = [pair for pair in pairs if pair["vni_roundtrip_ok"] and pair["unicode_nfc"].startswith("Xã")][:12]
    data = b"STT,Commune\r\n" + b"".join(f"{n},".encode() + bytes.fromhex(pair[key]) + b"\r\n" for n, pair in enumerate(places, 1))
    book = read_book(data, "a.csv")
    assert book.encoding == encoding
    found = list(records(book, survey(book)[0]))
    right = sum(1 for record, pair in zip(found, places, strict=True) if record.text(F.COMMUNE).lower() == pair["unicode_nfc"].lower())
    assert right == len(places) > 5
    assert all(record.cells[F.COMMUNE].original != record.text(F.COMMUNE) for record in found)


def test_a_cell_in_an_old_font_is_converted_by_its_font() -> None:
    def build(sheet: Any, book: Any) -> None:
        old = book.add_format({"font_name": ".VnTime"})
        for column, label in enumerate(["STT", "Họ và tên", "SĐT"]):
            sheet.write(0, column, label)
        sheet.write(1, 0, 1)
        sheet.write(1, 1, "NguyÔn V¨n §øc", old)
        sheet.write(1, 2, "0912345678")

    book = read_book(workbook(build), "a.xlsx")
    row = list(book.sheets[0].rows())[1]
    assert dict(row.fonts) == {1: ".VnTime"}
    cell = next(records(book, survey(book)[0])).cells[F.FULL_NAME]
    assert (cell.value, cell.original) == ("Nguyễn Văn Đức", "NguyÔn V¨n §øc")
    assert "converted" in cell.flags


def test_headers_in_an_old_encoding_are_understood() -> None:
    data = "STT;Hä vµ tªn;§Þa chØ;Sè ®iÖn tho¹i\r\n1;NguyÔn V¨n §øc;Th«n Thä Am;0912345678\r\n".encode("latin-1")
    book = read_book(data, "a.csv")
    assert {F.FULL_NAME, F.ADDRESS, F.PHONE} <= survey(book)[0].mapping.targets


def test_quoted_newlines_and_row_numbers() -> None:
    book = read_book(b'STT,Ten,SDT\n1,"Nguyen Van An\nTran Thi Binh",0912\n\n2,Le Van Dung,0913\n', "a.csv")
    rows = list(book.sheets[0].rows())
    assert [row.number for row in rows] == [1, 2, 4]
    assert rows[1].cells[1] == "Nguyen Van An\nTran Thi Binh"


def test_an_open_quote_does_not_swallow_the_file() -> None:
    from tienphuong.intake.reading.limits import Limits

    body = b'STT,Ten,SDT\n1,"An,0912\n' + b"".join(b"%d,Binh,0913\n" % n for n in range(2, 500))
    book = read_book(body, "a.csv", limits=Limits(max_cell_text=2000))
    assert book.sheets[0].row_count == 500
    assert [remark.notice.value for remark in book.remarks] == ["open_quote"]


def test_a_separator_line_for_excel_is_believed() -> None:
    book = read_book(b"sep=;\nSTT;Ten, ho\n1;An, Nguyen\n", "a.csv")
    assert (book.separator, [row.cells for row in book.sheets[0].rows()]) == (";", [["STT", "Ten, ho"], ["1", "An, Nguyen"]])
