"""One row being read: its cells, the sheet it stands in, and the remarks made on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tienphuong.core.sentences import sentence
from tienphuong.core.text.date_columns import swapped
from tienphuong.core.text.dates import YEARS_BACK, read_date
from tienphuong.core.text.lost import lost_letters
from tienphuong.core.text.terms import DateFlag, DateOrder, Flag
from tienphuong.intake.facts.asked import Answers, cell_key
from tienphuong.intake.mapping.ditto import DITTO, DITTO_OF_NOTHING
from tienphuong.intake.mapping.extract import CellText, RawRecord
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.terms import Severity
from tienphuong.lists.words.kinds import read_words
from tienphuong.lists.words.reading import NONE, CellContext, Reading
from tienphuong.registry.areas.index import AreaIndex

if TYPE_CHECKING:
    from tienphuong.intake.facts.own import OwnRecord


class Issue(NamedTuple):
    """One remark: how grave, about which meaning, in which column, the value as written, why, and what to do."""

    severity: str
    target: str
    column: str
    value: str
    reason: str
    remedy: str


class DateConvention(NamedTuple):
    """How a column writes dates, whether cells Excel swapped are swapped back, and the year most of its days lie in."""

    order: DateOrder | None
    swap: bool
    usual_year: int | None = None


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What every row of a sheet is read with: the kind of list, the sender's area, the moment of the report."""

    kind: SheetKind
    disease: str
    at: datetime
    day: date
    sender: str
    areas: AreaIndex
    area_id: int | None = None
    area_path: str = ""
    dates: dict[TargetField, DateConvention] = field(default_factory=dict)
    epoch: int = 1900
    probable_by: frozenset[str] = frozenset()
    """Methods that make a case probable only, by the rules of the file's day."""
    lost: bool = False
    """Whether letters of the sheet were lost when it was saved."""
    sorts_cases: bool = False
    """Whether the list tells cases apart by their class, so that a row without one is not said to be confirmed."""
    sexes: "Mapping[str, str]" = field(default_factory=dict)
    """The sex each letter of the column of sexes stands for, where the letters of the whole column tell it."""
    own: "Mapping[str, OwnRecord]" = field(default_factory=dict)
    """The records behind the codes of our own exports."""
    reported_on: date | None = None
    """The day of report that an officer gave the whole list."""
    titled_on: date | None = None
    """The day that the titles of a list of cases give it, where no column dates what it reports."""
    answers: Answers = field(default_factory=dict)
    """What officers said the sender's own words mean."""


# What needs no officer's eye: repaired with one possible reading, or merely absent.
_CERTAIN = frozenset(
    {
        "converted", "capitals_restored", "honorific_removed", "name_not_split", "zero_restored", "identity_none_declared", "identity_empty",
        "date_not_told", "phone_no_number", "identity_no_number", "phone_converted_2018", "phone_zero_restored", "phones_in_one_cell", "birth_empty", "birth_from_age", "birth_excel_serial",
        "sex_empty", "address_empty", "date_empty", "year_from_context", "two_digit_year", "excel_serial", "no_commune", "birth_two_digit_year",
        "tuoi_mu", "p_unclear", "tt_unclear",
    }
)  # fmt: skip
_SILENT = frozenset({"identity_empty", "birth_empty", "sex_empty", "address_empty", "date_empty", "no_commune", "identity_none_declared"})
_BROKEN = ("Ô báo lỗi công thức nên mất nội dung.", "Gõ lại giá trị vào ô này.")
NOT_UNDERSTOOD = (
    "Chưa hiểu chắc chữ trong ô nên chưa ghi nhận gì từ ô này.",
    "Ghi rõ bằng từ của mẫu báo cáo, hoặc để cán bộ quyết định.",
)
NOT_NOTED = ("Chưa hiểu chắc chữ trong ô nên để trống mục này; các mục khác của dòng vẫn được ghi.", "Ghi rõ bằng từ của mẫu báo cáo.")
FUTURE = ("Ngày ở sau thời điểm báo cáo nên chưa dùng; giữ nguyên chữ gốc.", "Kiểm tra lại ngày, tháng, năm.")
LONG_AGO = ("Ngày ở trước thời điểm báo cáo nhiều năm nên chưa dùng; giữ nguyên chữ gốc.", "Kiểm tra lại năm.")
AS_ABOVE = ("Ô ghi “như trên”: đã hiểu là giá trị của dòng trên, ở các cột: {columns}.", "Không cần làm gì nếu đúng.")
NOTHING_ABOVE = (
    "Ô ghi “như trên” mà dòng trên không có gì để lấy, hoặc là mã riêng của mỗi người; để trống ô này.",
    "Ghi rõ giá trị vào ô này.",
)
LOST = ("Chữ có dấu đã mất khi lưu tệp, ở các cột: {columns}; giữ nguyên như đã ghi.", "Xin lại tệp .xlsx hoặc CSV mã UTF-8.")
SWAPPED = ("Excel đã đảo ngày và tháng của cả cột; đã đảo lại.", "Xem trước cột ngày; nếu sai, chọn không đảo cho cột này.")


class RowReading:
    """A row with the remarks made while it is read."""

    __slots__ = ("_words", "context", "days", "doubted", "issues", "record", "sense", "written")

    def __init__(self, record: RawRecord, sense: SheetContext) -> None:
        self.record = record
        self.sense = sense
        self.issues: list[Issue] = []
        self.days: dict[TargetField, date | None] = {}
        self.written: dict[TargetField, date | None] = {}
        self.doubted: set[TargetField] = set()
        self._words: dict[tuple[str, TargetField], Reading] = {}
        self.context = CellContext(sense.day)

    def text(self, target: TargetField) -> str:
        """The clean text of a meaning; a broken cell is told once and says nothing."""
        cell = self.record.cells.get(target)
        if cell is None or cell.value is None:
            if cell is not None and "broken_cell" in cell.flags:
                self.say(Severity.WARNING, target, *_BROKEN)
            return ""
        return cell.text

    def cell(self, target: TargetField) -> CellText | None:
        """The cell of a meaning, if it holds anything."""
        cell = self.record.cells.get(target)
        return cell if cell is not None and cell.value is not None else None

    def say(self, severity: Severity, target: TargetField, reason: str, remedy: str, *, value: str = "") -> None:
        """Make a remark about the cell of a meaning; the value is what was written, unless given."""
        cell = self.record.cells.get(target)
        column, written = (cell.column, cell.original[:120]) if cell is not None else ("", "")
        self.issues.append(Issue(severity.value, target.value, column, value or written, reason, remedy))

    def note_lost(self) -> None:
        """The one remark of a row whose cells lost letters."""
        cells = [cell for cell in (*self.record.cells.values(), *self.record.notes) if isinstance(cell.value, str)]
        lost = {cell.column: cell for cell in cells if lost_letters(cell.value, elsewhere=self.sense.lost)}
        if lost:
            columns = ", ".join(cell.label or column for column, cell in lost.items())
            self.note_of(Severity.WARNING, next(iter(lost.values())), sentence(LOST[0], columns=columns[:200]), LOST[1])

    def note_dittos(self) -> None:
        """A remark on the cells read as the row above, and one on each that says so where there is nothing to take."""
        cells = [*self.record.cells.values(), *self.record.notes]
        same = list(dict.fromkeys(cell.column for cell in cells if DITTO in cell.flags))
        if same:
            first = next(cell for cell in cells if DITTO in cell.flags)
            self.note_of(Severity.INFO, first, sentence(AS_ABOVE[0], columns=", ".join(same)), AS_ABOVE[1])
        for target, cell in self.record.cells.items():
            if DITTO_OF_NOTHING in cell.flags:
                self.say(Severity.WARNING, target, *NOTHING_ABOVE)

    def word(self, kind: str, target: TargetField) -> Reading:
        """What a cell says of a kind of fact, without a remark; read once."""
        if target not in self.record.cells:
            return _NOTHING
        if (reading := self._words.get((kind, target))) is None:
            reading = self._words[kind, target] = self.reading_of(kind, self.text(target))
        return reading

    def reading_of(self, kind: str, text: str) -> Reading:
        """What words say of a kind of fact: as an officer explained them for the sender, else as they are understood."""
        if self.sense.answers and (known := self.sense.answers.get((kind, cell_key(text)))):
            return Reading(known)
        return read_words(kind, text, context=self.context)

    def asked_word(self, kind: str, target: TargetField) -> Reading:
        """The same; a cell that is not understood is a question on the row, asked once."""
        reading = self.word(kind, target)
        if reading.asked and not any(issue.target == target and issue.reason == NOT_UNDERSTOOD[0] for issue in self.issues):
            self.say(Severity.WARNING, target, *NOT_UNDERSTOOD, value=self.text(target)[:200])
        return reading

    def noted_word(self, kind: str, target: TargetField) -> str:
        """The same for words no figure of a case hangs on: a cell that is not understood is remarked and says nothing."""
        reading = self.word(kind, target)
        if reading.asked and not any(issue.target == target and issue.reason == NOT_NOTED[0] for issue in self.issues):
            self.say(Severity.INFO, target, *NOT_NOTED, value=self.text(target)[:200])
        return reading.value

    def note_of(self, severity: Severity, cell: CellText, reason: str, remedy: str) -> None:
        """Make a remark about a cell whatever its meaning."""
        self.issues.append(Issue(severity.value, TargetField.NOTE.value, cell.column, cell.original[:120], reason, remedy))

    def flags(self, target: TargetField, flags: Iterable[Flag]) -> None:
        """Make the remarks the readers' flags stand for; what is merely absent is no remark."""
        for flag in flags:
            if flag.value not in _SILENT:
                severity = Severity.INFO if flag.value in _CERTAIN else Severity.WARNING
                self.say(severity, target, flag.explanation, flag.remedy)

    def day(self, target: TargetField) -> date | None:
        """The day in a cell of dates, never after the report; what is wrong with it is remarked once."""
        if target not in self.days:
            until = date.max if target in _MAY_LIE_AHEAD else self.sense.day
            self.days[target] = self._in_time(target, self.written_day(target), until=until)
            if target is TargetField.REPORTED_ON and self.cell(target) is None:
                self.days[target] = self.sense.reported_on
        return self.days[target]

    def written_day(self, target: TargetField) -> date | None:
        """The day as it is written, be it out of time or not."""
        if target not in self.written:
            context = self.sense.day + _AHEAD if target in _MAY_LIE_AHEAD else self.sense.day
            self.written[target] = self._day(target, context)
        return self.written[target]

    def sure_day(self, target: TargetField) -> date | None:
        """The day, unless another of the row contradicts it."""
        return None if target in self.doubted else self.day(target)

    def _day(self, target: TargetField, context: date) -> date | None:
        cell = self.cell(target)
        if cell is None:
            return None
        habit, value = self.sense.dates.get(target, _USUAL), cell.value
        if habit.swap and isinstance(value, date) and (back := swapped(value)) != value:
            value = back
            self.say(Severity.INFO, target, *SWAPPED)
        order = None if isinstance(value, str) and habit.order is None else habit.order or DateOrder.DMY
        reading = read_date(value, order=order, context=context, epoch=self.sense.epoch)  # type: ignore[arg-type]
        self.flags(target, (flag for flag in reading.flags if flag is not DateFlag.EMPTY))
        return reading.value

    def _in_time(self, target: TargetField, day: date | None, *, until: date) -> date | None:
        """The day, unless it lies after the report or years before the time of its column: such a day dates nothing."""
        year = self.sense.dates.get(target, _USUAL).usual_year or self.sense.day.year
        if day is None or (day <= until and day.year >= min(self.sense.day.year, year) - YEARS_BACK):
            return day
        self.say(Severity.WARNING, target, *(FUTURE if day > until else LONG_AGO))
        return None


_NOTHING = Reading(NONE)
_USUAL = DateConvention(DateOrder.DMY, swap=False)
_MAY_LIE_AHEAD = frozenset({TargetField.QUARANTINE_TO})
"""Days that are planned."""
_AHEAD = timedelta(days=60)
