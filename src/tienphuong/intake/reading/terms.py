"""The words of reading: kinds of file, reasons a file cannot be read, things worth telling about one that can."""

from enum import StrEnum


class FileKind(StrEnum):
    """The container, told from the bytes and never from the extension."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    TEXT = "text"

    @property
    def label(self) -> str:
        """What the sender calls it."""
        return _KINDS[self]


_KINDS = {
    FileKind.XLSX: "bảng tính Excel (.xlsx)",
    FileKind.XLSM: "bảng tính Excel có macro (.xlsm)",
    FileKind.XLSB: "bảng tính Excel nhị phân (.xlsb)",
    FileKind.XLS: "bảng tính Excel 97-2003 (.xls)",
    FileKind.ODS: "bảng tính OpenDocument (.ods)",
    FileKind.HTML: "bảng trong trang web (.html)",
    FileKind.TEXT: "văn bản phân cột (.csv, .tsv)",
}


class Reason(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    PASSWORD = "password"
    ZIP_BOMB = "zip_bomb"
    BROKEN = "broken"
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_SLOW = "too_slow"
    NO_TABLE = "no_table"


class Notice(StrEnum):
    """What is worth saying about a file that was read."""

    WRONG_EXTENSION = "wrong_extension"
    MACROS = "macros"
    FORMULAS = "formulas"
    UNCOMPUTED = "uncomputed"
    CELL_ERRORS = "cell_errors"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROWS = "hidden_rows"
    FAR_CELLS = "far_cells"
    ENCODING = "encoding"
    LOST_CHARACTERS = "lost_characters"
    OPEN_QUOTE = "open_quote"
    NOT_A_SHEET = "not_a_sheet"
    LONG_TEXT = "long_text"
