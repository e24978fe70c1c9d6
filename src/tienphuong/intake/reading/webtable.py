"""Tables of a web page that was saved under a spreadsheet's name: one sheet a table."""

from html.parser import HTMLParser
from typing import Any

from tienphuong.core.sentences import sentence

from .faults import UnreadableFile
from .spool import Spool
from .terms import Reason


class _Tables(HTMLParser):
    """Collects cells by table and row; a nested table is text of the cell around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.merges: list[list[list[int]]] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.taken: dict[tuple[int, int], bool] = {}
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens tables, rows and cells."""
        if tag == "table":
            self._open_table()
        elif self.depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th"):
            self._open_cell(dict(attrs))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Closes cells and tables."""
        if tag == "table":
            self._close_cell()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Text belongs to the open cell."""
        if self.cell is not None:
            self.cell.append(data)

    def _open_table(self) -> None:
        self.depth += 1
        if self.depth == 1:
            self.tables.append([])
            self.merges.append([])
            self.taken = {}

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        self._close_cell()
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.cell = []
        self.span = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))

    def _close_cell(self) -> None:
        """Puts the cell in the first column that no span from above has taken."""
        if self.cell is None or not self.tables:
            return
        rows = self.tables[-1]
        number, row = len(rows), rows[-1]
        while (number, len(row)) in self.taken:
            row.append("")
        column = len(row)
        down, across = self.span
        row.append(" ".join("".join(self.cell).split(" ")).strip())
        row.extend([""] * (across - 1))
        if down > 1 or across > 1:
            self.merges[-1].append([number, column, number + down - 1, column + across - 1])
            self.taken.update({(number + d, column + a): True for d in range(1, down) for a in range(across)})
        self.cell = None


def _span(value: str | None) -> int:
    """A span as the page gives it, kept within reason."""
    return min(max(int(value), 1), 1000) if value and value.isdecimal() else 1


def read_html(data: bytes, spool: Spool) -> None:
    """Every table of the page into the spool."""
    from .encodings import decode_all

    text, encoding = decode_all(data)
    page = _Tables()
    page.feed(text)
    page.close()
    tables = [(rows, merged) for rows, merged in zip(page.tables, page.merges, strict=True) if any(any(row) for row in rows)]
    if not tables:
        raise UnreadableFile(Reason.NOT_A_SPREADSHEET, message="Đây là trang web không có bảng nào. Hãy gửi bảng tính gốc.")
    spool.remark("kind", kind="html", encoding=encoding)
    for index, (rows, merged) in enumerate(tables, 1):
        meta: dict[str, Any] = {"name": sentence("Bảng {number}", number=index), "hidden": False, "merged": merged, "hidden_rows": []}
        spool.sheet(meta, ((n, cells) for n, row in enumerate(rows, 1) if any(cells := [cell or None for cell in row])), None)
