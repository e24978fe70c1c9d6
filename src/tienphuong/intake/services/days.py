"""The day of a list as a whole: lists without a column of days are marked, and an officer may give the file its day of report."""

from collections.abc import Iterable
from datetime import date

from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.facts import WITHOUT_PEOPLE
from tienphuong.intake.mapping.endings import end_in_title
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.mapping.titles import title_day
from tienphuong.intake.models import IntakeFile, IntakeSheet
from tienphuong.intake.services.sheets import OF_CASES, mapping_from, takes_day_of_title

NO_DAYS, OF_TITLE, NO_END = "no_days", "title_day", "no_end"
_DAYS = frozenset(target for target in TargetField if target.value.endswith(("_on", "_on_2", "_on_3"))) | {
    TargetField.EXPOSURE_FROM,
    TargetField.EXPOSURE_TO,
    TargetField.QUARANTINE_FROM,
    TargetField.QUARANTINE_TO,
}
_NO_FACTS = WITHOUT_PEOPLE | {SheetKind.HOUSEHOLD_REGISTER}


def mark_days(file: IntakeFile, sheets: Iterable[IntakeSheet]) -> None:
    """Say of each list that has no column of days what becomes of its rows; what was said before of it is replaced."""
    others = [warning for warning in file.warnings if warning[0] != NO_DAYS]
    titled = {warning[1] for warning in others if warning[0] == OF_TITLE}
    without = [sheet for sheet in sheets if _without_days(sheet) and (file.reported_on or sheet.name not in titled)]
    file.warnings = others + [[NO_DAYS, sheet.name, _words(sheet, file.reported_on)] for sheet in without]


def title_warning(sheet: IntakeSheet, titles: Iterable[str], *, at: date) -> list[list[str]]:
    """What is made of the day in the titles of a list of cases that dates its rows by samples at most."""
    day = title_day(titles, at=at)
    if day is None or not takes_day_of_title(SheetKind(sheet.kind), mapping_from(sheet.mapping)):
        return []
    words = sentence(
        "Trang “{sheet}”: ngày báo cáo lấy theo tiêu đề là {day}, cho ca không ghi ngày hoặc lấy mẫu trong 7 ngày trước đó. "
        "Nếu không đúng, hãy ghi ngày báo cáo cho cả tệp.",
        sheet=sheet.name,
        day=f"{day:%d/%m/%Y}",
    )
    return [[OF_TITLE, sheet.name, words]]


def end_warning(sheet: IntakeSheet, texts: Iterable[str]) -> list[list[str]]:
    """A list of deaths or of discharges by its title that has no column of either: no end is written down of it, and that is said."""
    end = end_in_title(mapping_from(sheet.mapping), texts) if SheetKind(sheet.kind) in OF_CASES else None
    if end is None:
        return []
    words = sentence(
        "Trang “{sheet}”: tiêu đề nói về «{meaning}» nhưng không có cột kết cục hay ngày kết cục, nên chưa ghi nhận kết cục của ai.",
        sheet=sheet.name,
        meaning=end.label,
    )
    return [[NO_END, sheet.name, words]]


def _without_days(sheet: IntakeSheet) -> bool:
    return SheetKind(sheet.kind) not in _NO_FACTS and not any(guess.target in _DAYS for guess in mapping_from(sheet.mapping).columns)


def _words(sheet: IntakeSheet, day: date | None) -> str:
    if day:
        return sentence(
            "Trang “{sheet}”: không có cột ngày; ngày báo cáo của cả danh sách là {day}.", sheet=sheet.name, day=f"{day:%d/%m/%Y}"
        )
    return sentence(
        "Trang “{sheet}”: không có cột ngày; ca bệnh của danh sách là số bổ sung, chưa rõ ngày, không tính là mới trong ngày. "
        "Nếu biết ngày báo cáo của danh sách, hãy ghi cho cả tệp.",
        sheet=sheet.name,
    )
