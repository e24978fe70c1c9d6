"""The daily checks of a row whose sheet has a column a day."""

from collections.abc import Sequence
from datetime import date

from tienphuong.intake.facts.cases import disease_of, moment
from tienphuong.intake.facts.others import degrees_of
from tienphuong.intake.facts.row import NOT_UNDERSTOOD, RowReading
from tienphuong.intake.mapping.extract import CellText
from tienphuong.intake.terms import Severity
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import CellContext
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.terms import FollowUpState


def daily_checks(row: RowReading, *, source_row: int | None) -> list[FollowUpEntry]:
    """A check for each day that has a column of its own; the halves of a day are one check."""
    cells: dict[date, list[CellText]] = {}
    for label, cell in row.record.days:
        day = label.near(row.sense.day)
        if day is None or day > row.sense.day:
            row.note_of(
                Severity.WARNING, cell, "Cột là một ngày sau ngày báo cáo nên chưa ghi là đã theo dõi.", "Kiểm tra lại ngày ở tên cột."
            )
        elif _understood(row, cell):
            cells.setdefault(day, []).append(cell)
    return [_check(row, day, cell_text, source_row) for day, cell_text in sorted(cells.items())]


def _understood(row: RowReading, cell: CellText) -> bool:
    """Whether a cell says that somebody was checked or not; what it says else is a question."""
    reading = read_words("follow_up", cell.text, context=CellContext(row.sense.day))
    if reading.asked:
        row.note_of(Severity.WARNING, cell, *NOT_UNDERSTOOD)
    return bool(reading.value)


def _check(row: RowReading, day: date, cells: Sequence[CellText], source_row: int | None) -> FollowUpEntry:
    """One day's check: seen if any of its cells says so, the highest temperature, and the symptoms in their own words."""
    context = CellContext(row.sense.day)
    states = [read_words("follow_up", cell.text, context=context).value for cell in cells]
    degrees = [degree for cell in cells if (degree := degrees_of(cell.text)) is not None and 34 <= degree <= 43]
    ill = [cell.text for cell in cells if read_words("symptoms", cell.text, context=context).value == "yes"]
    return FollowUpEntry(
        disease=disease_of(row),
        reported_at=moment(day, row.sense.at),
        day=day,
        state=FollowUpState.DONE if FollowUpState.DONE in states else states[0],
        temperature=max(degrees, default=None),
        symptoms="; ".join(ill)[:200],
        source_row=source_row,
    )
