"""What a pack says of one disease."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from tienphuong.core.policy.cited import Sourced
from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.rows import (
    CaseDefinition,
    ContactRule,
    DischargeRule,
    InfectiousPeriod,
    NoticeRow,
    QuarantineRow,
    in_force,
)
from tienphuong.core.policy.terms import DiseaseGroup, ReportingClass, Subject, WindowEnd
from tienphuong.core.refusal import Refusal


class Window(NamedTuple):
    """The days on which a case may have infected others; both ends count, an open end is None."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Is a day inside the window?"""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseasePolicy:
    """One disease under one pack: every number has its document."""

    version: str
    code: str
    name: str
    name_en: str
    contacts_traced: Sourced[bool]
    max_degree: Sourced[int]
    cutoffs: tuple[Sourced[time], ...]
    icd10: Sourced[str] | None = None
    group: Sourced[DiseaseGroup] | None = None
    reporting_class: Sourced[ReportingClass] | None = None
    epoch: Sourced[date] | None = None
    reinfection_after: Sourced[int] | None = None
    case_definitions: tuple[CaseDefinition, ...] = ()
    infectious_periods: tuple[InfectiousPeriod, ...] = ()
    contact_rules: tuple[ContactRule, ...] = ()
    quarantine: tuple[QuarantineRow, ...] = ()
    discharge: tuple[DischargeRule, ...] = ()
    notices: tuple[NoticeRow, ...] = ()

    @property
    def reporting_hours(self) -> int | None:
        """Hours within which one case is reported; None when weekly or not laid down."""
        hours = {ReportingClass.HOURS_24: 24, ReportingClass.HOURS_48: 48}
        return hours.get(self.reporting_class.value) if self.reporting_class else None

    def case_definition_at(self, on: date) -> CaseDefinition | None:
        """The case definition in force on a day."""
        return in_force(self.case_definitions, on=on)

    def contact_rule_at(self, on: date) -> ContactRule | None:
        """The definition of a close contact in force on a day."""
        return in_force(self.contact_rules, on=on)

    def infectious_period_at(self, on: date) -> InfectiousPeriod | None:
        """The infectious period in force on a day."""
        return in_force(self.infectious_periods, on=on)

    def discharge_rule_at(self, on: date) -> DischargeRule | None:
        """The discharge criteria in force on a day."""
        return in_force(self.discharge, on=on)

    def cutoff_at(self, on: date) -> Sourced[time]:
        """The hour at which the day's figures close."""
        return cutoff_in(self.cutoffs, on=on, version=self.version)

    def quarantine_for(
        self,
        degree: int | None,
        *,
        on: date,
        vaccinated: bool | None = None,
        arrival: Subject | None = None,
        region: str = "",
    ) -> QuarantineRow | None:
        """The quarantine of a contact of a degree, or of an arrival, on a day; None if the pack lays none down.

        Of several rows in force the one made for the region wins, then the newest. Who is not known to be
        vaccinated is treated as not vaccinated.
        """
        subject = arrival or Subject(f"F{degree}")
        rows = [row for row in self.quarantine if row.suits(subject, on=on, vaccinated=vaccinated, region=region)]
        return max(rows, key=lambda row: (row.region != "", row.cite.age_key), default=None)

    def infectious_window(
        self,
        *,
        onset: date | None,
        first_positive_sample: date | None,
        isolated_at: date | None = None,
        negative_at: date | None = None,
        recovered_at: date | None = None,
        on: date | None = None,
    ) -> Window | Refusal:
        """On which days this case may have infected others (local dates), or why that cannot be said.

        `on` chooses the rule; by default the day of the sample, else of onset.
        """
        anchors = [day for day in (first_positive_sample, onset) if day is not None]
        if not anchors:
            return Refusal(
                "Chưa có ngày khởi phát hoặc ngày lấy mẫu dương tính đầu tiên nên chưa tính được thời kỳ lây truyền",
                remedy="Bổ sung một trong hai ngày vào hồ sơ ca bệnh.",
            )
        period = self.infectious_period_at(on or anchors[0])
        if period is None:
            return Refusal(
                f"Gói {self.version} không quy định thời kỳ lây truyền của {self.name}",
                remedy="Ghi thời kỳ lây truyền theo kết luận điều tra.",
            )
        ends = {WindowEnd.ISOLATED: isolated_at, WindowEnd.NEGATIVE: negative_at, WindowEnd.RECOVERED: recovered_at}
        return _window(period, onset=onset, sample=first_positive_sample, ends=ends)


def _window(period: InfectiousPeriod, *, onset: date | None, sample: date | None, ends: dict[WindowEnd, date | None]) -> Window:
    """The window a period gives: the earlier beginning, the earlier of the ends that are known."""
    before_sample = period.days_before_onset if period.days_before_sample is None else period.days_before_sample
    begins = [day - timedelta(days=days) for day, days in ((onset, period.days_before_onset), (sample, before_sample)) if day]
    stops = [day for end, day in ends.items() if end in period.ends and day]
    if period.days_after_onset is not None and onset:
        stops.append(onset + timedelta(days=period.days_after_onset))
    since = min(begins)
    return Window(since, max(since, min(stops)) if stops else None)


def cutoff_in(cutoffs: tuple[Sourced[time], ...], *, on: date, version: str) -> Sourced[time]:
    """The cut-off in force on a day."""
    found = in_force(cutoffs, on=on)
    if found is None:
        raise PolicyError(f"không có giờ chốt số liệu cho ngày {on:%d/%m/%Y}", where=version, remedy="Thêm dòng [[reporting.cutoffs]].")
    return found
