"""Rows as the import reads them, made by hand: what each cell is, and what the row says altogether."""

from datetime import UTC, date, datetime

from tienphuong.intake.facts.facts import RowFacts, facts_of
from tienphuong.intake.facts.row import SheetContext
from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.registry.areas.index import AreaIndex

AT = datetime(2021, 8, 24, 9, tzinfo=UTC)
PERSON = {"full_name": "Phí Văn Ân", "birth": "1950", "phone": "0912345301"}


def facts(kind: str, *, labels: dict[str, str] | None = None, **cells: str | None) -> RowFacts:
    """What a row of a kind of list says, its cells by the field they are; `labels` are the headings of columns."""
    told = {
        TargetField(name): CellText(text, text, 2, "B", (labels or {}).get(name, ""))
        for name, text in ((PERSON if kind != "exposure_events" else {}) | cells).items()
    }
    areas = AreaIndex([], links=[], on=AT.date())
    sense = SheetContext(SheetKind(kind), "covid-19", AT, date(2021, 8, 24), "Trạm Y tế xã Ngọc Hồi", areas)
    return facts_of(RawRecord("DS", 2, told), sense)


def remarked(row: RowFacts, *, of: str = "") -> list[str]:
    """The values of a row that somebody is asked to look at, or those of one sort of cell."""
    return [issue.value for issue in row.issues if issue.severity != "info" and of in ("", issue.target)]
