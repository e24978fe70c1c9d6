"""Chốt báo cáo ngày: the figures of a cut-off become a report that prints the same for ever."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.deadlines import meet_clock, start_clock
from tienphuong.core.models import Deadline
from tienphuong.core.policy import Pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area
from tienphuong.reports.cutoff import VIETNAM, cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import wording
from tienphuong.reports.quality import quality
from tienphuong.reports.services import ReportRefused, keep_snapshot, kept_words

DAILY, FROZEN = "report.daily", "report.frozen"
# Communes report to the district by one hour after the cut-off, the district to the city by two: the practice that the packs cite
# for the cut-off itself ("Xã gửi huyện 16-17 giờ, huyện gửi thành phố 17-18 giờ").
_HOURS = {"commune": 1}
_HOURS_ABOVE = 2


def freeze_report(
    area: Area,
    disease: str,
    cutoff_at: datetime,
    *,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    narrative: Mapping[str, str] | None = None,
    silent_communes: Sequence[Area] = (),
    act_id: UUID | None = None,
) -> Snapshot:
    """Freeze the report of a cut-off, as it is known at this moment. The same act (`act_id`) twice is one report.

    1 count; find what is wrong with the figures
    2 keep figures, words, doubts, and what has changed since the report before; one of the same cut-off is replaced, unless it says
      the same: then it is the report
    3 the day's report clock is met
    4 audit
    Without `narrative` the words kept in the day's draft are taken.
    """
    actor.require(Permission.FREEZE_REPORT, area.path)
    if cutoff_at > at:
        raise ReportRefused(
            Refusal(
                sentence("Chưa đến giờ chốt số liệu {moment}", moment=wording.hour_and_day(cutoff_at.astimezone(VIETNAM))),
                remedy="Chốt báo cáo sau giờ đó.",
            )
        )
    cutoff = cutoff_of(cutoff_at, policy=policy.disease(disease), known_at=at)
    with in_turn():
        if before := audit.done(act_id, FROZEN):
            return Snapshot.objects.get(pk=before.subject_id)
        found = figures(actor, area=area, disease=disease, cutoff=cutoff, policy=policy)
        findings = quality(actor, found=found, policy=policy, silent_communes=silent_communes)
        words = kept_words(area, disease=disease, day=cutoff.day) if narrative is None else narrative
        snapshot, new = keep_snapshot(found, narrative=words, findings=findings, actor=actor, at=at, policy=policy)
        clock = start_report_clock(area, disease, cutoff_at, policy=policy)
        meet_clock(DAILY, subject_kind="report", subject_id=clock.subject_id, at=at)
        if new:
            _audit(snapshot, actor=actor, at=at, act_id=act_id)
    return snapshot


def start_report_clock(area: Area, disease: str, cutoff_at: datetime, *, policy: Pack) -> Deadline:
    """The clock of a day's report, from its cut-off; the jobs start it when the hour strikes, freezing meets it."""
    day = cutoff_at.astimezone(VIETNAM).date()
    law = policy.clocks.get(DAILY)
    hours = law.hours if law else _HOURS.get(area.level, _HOURS_ABOVE)
    return start_clock(
        DAILY,
        subject_kind="report",
        subject_id=report_of_the_day(area, disease, day.isoformat()),
        area_path=area.path,
        starts_at=cutoff_at,
        due_at=cutoff_at + timedelta(hours=hours),
        document=str(law.cite) if law else policy.disease(disease).cutoff_at(day).document,
    )


def report_of_the_day(area: Area, disease: str, day: str) -> UUID:
    """The id of "this area's report of this day" before and after it exists."""
    return uuid5(NAMESPACE_URL, f"report:{area.path}:{disease}:{day}")


def _audit(snapshot: Snapshot, *, actor: Viewer, at: datetime, act_id: UUID | None) -> None:
    before = snapshot.previous
    facts: dict[str, object] = {
        "area": snapshot.area.full_name,
        "disease": snapshot.disease,
        "cutoff": snapshot.cutoff.isoformat(),
        "hash": snapshot.content_hash,
        "replaces": str(before.pk) if before and before.cutoff == snapshot.cutoff else "",
        "doubts": len(snapshot.quality),
    }
    subject, version = {"subject_kind": "report", "subject_id": str(snapshot.pk)}, snapshot.policy
    audit.record(FROZEN, actor=actor, at=at, **subject, facts=facts, policy=version, act_id=act_id)
