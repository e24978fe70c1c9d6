"""A report on a comparison as plain parts, before it becomes a web page or a PDF: headings, sentences, tables, pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ready-written cells; the first column names the row, the others are figures unless told."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, and what it shows; by its name it can be drawn later."""

    name: str
    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part under its heading; the key says which."""

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    language: str
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
