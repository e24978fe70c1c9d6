"""The days of one row against each other: what cannot be true together is remarked with both columns, and dates nothing new."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.row import RowReading
from tienphuong.intake.mapping.extract import shown
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.terms import Severity
from tienphuong.registry.entries import PersonEntry
from tienphuong.reports.quality import LONGEST_UNSEEN

_IN_ORDER: Final = (
    (F.ONSET_ON, F.DIED_ON), (F.ONSET_ON, F.RECOVERED_ON), (F.ONSET_ON, F.OUTCOME_ON), (F.DETECTED_ON, F.DIED_ON),
    (F.DETECTED_ON, F.RECOVERED_ON), (F.DETECTED_ON, F.OUTCOME_ON), (F.SAMPLED_ON, F.RESULT_ON), (F.QUARANTINE_FROM, F.QUARANTINE_TO),
    (F.QUARANTINE_FROM, F.LEFT_ON), (F.EXPOSURE_FROM, F.EXPOSURE_TO), (F.ARRIVED_ON, F.LEFT_ON),
)  # fmt: skip
_AFTER_BIRTH: Final = tuple(dict.fromkeys(target for pair in _IN_ORDER for target in pair))
Days = Mapping[F, date]
_REMEDY: Final = "Kiểm tra lại hai ngày này với nơi gửi."


def weigh_days(row: RowReading, person: PersonEntry) -> None:
    """Remark every two days of the row that contradict each other; neither of them makes anything new."""
    days = _days(row)
    for first, second in _IN_ORDER:
        if first in days and second in days and days[second] < days[first]:
            _doubt(row, second, first, sentence("{one} ở trước {other}.", one=_named(row, second), other=_named(row, first)))
    _weigh_onset(row, days)
    if F.RECOVERED_ON in days and F.DIED_ON in days:
        one, other = _named(row, F.RECOVERED_ON), _named(row, F.DIED_ON)
        _doubt(row, F.DIED_ON, F.RECOVERED_ON, sentence("Dòng có cả {one} và {other}.", one=one, other=other))
    _weigh_birth(row, person, days)


def _days(row: RowReading) -> Days:
    """The days as the row writes them, the ones out of time too; a cell that only answers yes or no is no day."""
    written = [target for target in _AFTER_BIRTH if _has_figures(row, target)]
    return {target: day for target in written if (day := row.written_day(target))}


def _has_figures(row: RowReading, target: F) -> bool:
    cell = row.cell(target)
    return cell is not None and (isinstance(cell.value, date) or any(map(str.isdigit, cell.text)))


def _weigh_onset(row: RowReading, days: Days) -> None:
    onset, detected = days.get(F.ONSET_ON), days.get(F.DETECTED_ON)
    if onset and detected and detected - onset > LONGEST_UNSEEN:
        one, other = _named(row, F.ONSET_ON), _named(row, F.DETECTED_ON)
        reason = sentence("{one} ở trước {other} hơn {days} ngày.", one=one, other=other, days=LONGEST_UNSEEN.days)
        row.say(Severity.WARNING, F.ONSET_ON, reason, _REMEDY)


def _weigh_birth(row: RowReading, person: PersonEntry, days: Days) -> None:
    """An event before the birth is remarked once, by the earliest; a year alone, or one worked out from an age, is wide."""
    born = person.birth_date or (date(person.birth_year, 1, 1) if person.birth_year and person.birth_precision == "year" else None)
    if born is None or born.year < row.sense.day.year - 1:
        return
    events = [(day, target) for target, day in days.items() if day < born]
    if events and row.cell(F.BIRTH):
        _, target = min(events)
        _doubt(row, target, F.BIRTH, sentence("{one} ở trước {other}.", one=_named(row, target), other=_named(row, F.BIRTH)))


def _doubt(row: RowReading, target: F, other: F, reason: str) -> None:
    row.say(Severity.WARNING, target, reason, _REMEDY)
    row.doubted |= {target, other}


def _named(row: RowReading, target: F) -> str:
    """A column as the sender heads it, with what the row writes in it."""
    cell = row.record.cells[target]
    return f"{cell.label or target.label} ({cell.original.strip() or shown(cell.value)})"
