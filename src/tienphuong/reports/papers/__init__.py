"""Official papers: say what stands in one (`Paper`), then write it as Word (`word.writer`) or as PDF
(`pdf.writer`) in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from tienphuong.reports.papers import wording
from tienphuong.reports.papers.paper import (
    Align,
    Appendix,
    Block,
    Column,
    Heading,
    Level,
    ListItem,
    Paper,
    Paragraph,
    Run,
    Secrecy,
    Signing,
    Table,
    Urgency,
    WorkingCopy,
    item,
    marked,
    para,
    runs,
)

__all__ = [
    "Align",
    "Appendix",
    "Block",
    "Column",
    "Heading",
    "Level",
    "ListItem",
    "Paper",
    "Paragraph",
    "Run",
    "Secrecy",
    "Signing",
    "Table",
    "Urgency",
    "WorkingCopy",
    "item",
    "marked",
    "para",
    "runs",
    "wording",
]
