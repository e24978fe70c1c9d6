"""When is an act due by law, and where does a deadline stand? A hold without a decision in time ends by itself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.policy.pack import Pack
from tienphuong.core.policy.terms import ReportingClass
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.terms import DeadlineKind, DeadlineState
from tienphuong.core.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """When one act is due, whose act it is, whether it lapses, what it hands over to."""

    kind: str
    name: str
    owner: str
    started_at: datetime
    due_at: datetime
    lapses: bool
    next_deadline: str
    document: str


def deadline_for(kind: str, *, started_at: datetime, policy: Pack, doubled: bool = False) -> DueDate | Refusal:
    """When is this act due, counted from its start? A cordon's notice is counted back from the hour it begins."""
    law = policy.deadlines.get(kind)
    if law is None:
        return Refusal(
            sentence("Gói {pack} không quy định thời hạn “{kind}”", pack=policy.version, kind=kind),
            remedy="Ghi thời hạn theo chỉ đạo của cấp trên.",
        )
    if doubled and not law.may_double:
        return Refusal(sentence("Thời hạn “{name}” không được kéo dài gấp đôi", name=law.name), str(law.cite))
    hours = timedelta(hours=law.hours * (2 if doubled else 1))
    return DueDate(
        kind=kind,
        name=law.name,
        owner=law.owner,
        started_at=started_at,
        due_at=started_at - hours if law.counts_down_to_start else started_at + hours,
        lapses=law.lapses,
        next_deadline=law.next_deadline,
        document=str(law.cite),
    )


def case_report_due(disease: DiseasePolicy, *, diagnosed_at: datetime) -> DueDate | Refusal:
    """By when must one case be reported? Weekly diseases: week Monday 00:00 to Sunday 24:00, due before Wednesday.

    The weekday is that of the moment given: hand in Vietnamese local time.
    """
    if disease.reporting_class is None:
        return Refusal(
            sentence("Gói {pack} không quy định thời hạn báo cáo {disease}", pack=disease.version, disease=disease.name),
            remedy="Báo cáo theo chỉ đạo của cấp trên.",
        )
    return DueDate(
        kind=DeadlineKind.CASE_REPORT,
        name=disease.reporting_class.value.label,
        owner="cơ sở phát hiện ca bệnh",
        started_at=diagnosed_at,
        due_at=_report_due_at(disease.reporting_class.value, diagnosed_at=diagnosed_at),
        lapses=False,
        next_deadline="",
        document=disease.reporting_class.document,
    )


def runs_from(moment: datetime) -> datetime:
    """From when does a deadline run? From the moment; a day without an hour (its midnight) lasts until it is over.

    The midnight is that of the moment given: hand in Vietnamese local time.
    """
    return moment + timedelta(days=1) if moment.time() == time.min else moment


def _report_due_at(reporting: ReportingClass, *, diagnosed_at: datetime) -> datetime:
    """Some hours after diagnosis, or the Wednesday 00:00 after the week of diagnosis."""
    if reporting is not ReportingClass.WEEKLY:
        return diagnosed_at + timedelta(hours=24 if reporting is ReportingClass.HOURS_24 else 48)
    monday = diagnosed_at.date() - timedelta(days=diagnosed_at.weekday())
    return datetime.combine(monday + timedelta(days=9), time.min, tzinfo=diagnosed_at.tzinfo)


def state_of(due_at: datetime, *, at: datetime, met_at: datetime | None = None, lapses: bool = False) -> DeadlineState:
    """Where does a deadline stand at a moment? The due moment itself is still in time; a lapsed hold stays lapsed."""
    met = met_at if met_at is not None and met_at <= at else None
    late = (met or at) > due_at
    if late and lapses:
        return DeadlineState.LAPSED
    if met is not None:
        return DeadlineState.MET_LATE if late else DeadlineState.MET
    return DeadlineState.OVERDUE if late else DeadlineState.OPEN
