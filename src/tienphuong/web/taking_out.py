"""A list to take away, as a spreadsheet or as delimited text: every line with the code by which it is known again, and audited."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.own_lines import line_code
from tienphuong.registry.areas.queries import full_names_by_path
from tienphuong.registry.queries.particulars import Particulars, particulars
from tienphuong.registry.terms import PersonSex
from tienphuong.web import formats
from tienphuong.web.cells import Cell, Column, Value, word_cell, year_or_day
from tienphuong.web.exports import spreadsheet, text_table
from tienphuong.web.list_page import ListPage
from tienphuong.web.middleware import OfficerRequest

A_PART, IN_MEMORY = 2_000, 4_000_000


def exported(
    request: OfficerRequest, page: ListPage, order: str, *, kind: str, narrowed: Sequence[str]
) -> tuple[HttpResponseBase, dict[str, object]]:
    """The list to take away: what a page writes in one cell stands apart, and every line carries the code by which it is known again.

    It is written part by part to a file of no name, so that a long one takes no more memory than a short one. Beside it: what the audit says.
    """
    count, parts = _whole(page, order)
    taken = Taken(request.viewer, page)
    head = [str(column.words) for column in taken.columns(())]
    media, write = KINDS[kind]
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    write(
        out, title=str(page.title), head=[*head, _("Mã hồ sơ Tiền Phương")], rows=taken.rows(parts, head), officer=request.viewer.name,
        at=request.at, count=count, narrowed="; ".join(narrowed),
    )  # fmt: skip
    name = f"{page.name}-{formats.day(request.at, language='vi').replace('/', '-')}.{kind}"
    return _file(out, media=media, name=name), {"shown": taken.lines, "total": count, "papers": taken.papers}


def _file(out: Any, *, media: str, name: str) -> HttpResponseBase:
    """A short file at once, a long one in pieces."""
    length = out.seek(0, SEEK_END)
    out.seek(0)
    if length <= IN_MEMORY:
        return HttpResponse(out.read(), content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    return FileResponse(out, content_type=media, as_attachment=True, filename=name)


def _whole(page: ListPage, order: str) -> tuple[int, Iterable[Sequence[Any]]]:
    """How many lines there are, and all of them, in parts."""
    if page.roll:
        roll = page.roll(order)
        return roll.all.count(), roll.parts(A_PART)
    assert page.fetch
    listed = page.fetch(order, 0, None)
    return listed.total, (listed.lines,)


@dataclass
class Taken:
    """What leaves the post with an export, counted for the audit."""

    viewer: Viewer
    page: ListPage
    lines: int = 0
    papers: int = 0

    def columns(self, lines: Sequence[Any]) -> list[Column]:
        """The columns of these lines; the papers among them are counted."""
        placed = in_full(self.viewer, self.page, lines)
        columns, papers = apart(self.viewer, placed, lines, person=self.page.person)
        self.papers += papers
        return columns

    def rows(self, parts: Iterable[Sequence[Any]], head: Sequence[str]) -> Iterator[list[Value]]:
        """Every line as values, its code behind it."""
        for part in parts:
            columns = self.columns(part)
            self.lines += len(part)
            for line in part:
                yield coded(self.page, line, head, [raw(column.of(line)) for column in columns])


def raw(value: Cell | Value) -> Value:
    """What an export keeps of a cell."""
    return value.raw if isinstance(value, Cell) else value


def coded(page: ListPage, line: Any, head: Sequence[str], values: list[Value]) -> list[Value]:
    """The line with its code behind it."""
    record = page.record(line) if page.record else page.key(line)
    return [*values, line_code(page.name, record, zip(head, values, strict=True))]


def in_full(viewer: Viewer, page: ListPage, lines: Sequence[Any]) -> list[Column]:
    """The columns with the unit named in full: its short name alone may be that of another district's unit to whoever reads the export."""
    columns = page.exported or page.columns
    if not any(column.key == "area" for column in columns):
        return list(columns)

    def place(line: Any) -> str:
        person = page.person(line)
        return page.place(line) if page.place else person.area_path if person else ""

    names = full_names_by_path(viewer, paths={place(line) for line in lines})
    return [replace(column, of=lambda line: names.get(place(line), "")) if column.key == "area" else column for column in columns]


def apart(viewer: Viewer, columns: Sequence[Column], lines: Sequence[Any], *, person: Callable[[Any], Any]) -> tuple[list[Column], int]:
    """The columns with sex, birth, papers and telephone each in its own, where a page writes sex and birth in one; and how many papers."""
    if not any(column.key == "birth" for column in columns):
        return list(columns), 0
    known = particulars(viewer, people={one.number for line in lines if (one := person(line))})
    kept_columns = {column.key for column in columns}
    more = [column for column in _particular_columns(person, known) if column.key not in kept_columns - {"birth"}]
    open_ = sum(1 for one in known.values() if one.paper or one.insurance)
    return [new for column in columns for new in (more if column.key == "birth" else [column])], open_


def _particular_columns(person: Callable[[Any], Any], known: Mapping[int, Particulars]) -> list[Column]:
    def of(name: str) -> Callable[[Any], Value]:
        return lambda line: getattr(known.get(one.number), name, "") if (one := person(line)) else ""

    return [
        Column("sex", _("Giới tính"), lambda line: word_cell(person(line).sex, PersonSex) if person(line) else ""),
        Column("birth", _("Ngày, năm sinh"), lambda line: year_or_day(person(line).birth) if person(line) else ""),
        Column("paper", _("Số giấy tờ"), of("paper")),
        Column("insurance", _("Số thẻ BHYT"), of("insurance")),
        Column("phone", _("Điện thoại"), of("phones")),
    ]


KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheet),
    "csv": ("text/csv; charset=utf-8", text_table),
}
