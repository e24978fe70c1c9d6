"""Chốt báo cáo ngày: the figures of a cut-off become a report that prints the same for ever."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.deadlines import meet_deadlines, open_deadlines
from tienphuong.core.policy import Pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.rules.terms import DeadlineKind
from tienphuong.core.sentences import sentence
from tienphuong.core.turns import in_turn
from tienphuong.procedures.open_deadlines import meet_case_reports, report_deadline
from tienphuong.registry.models import Area
from tienphuong.reports.cutoff import VIETNAM, Cutoff, cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import wording
from tienphuong.reports.quality import quality
from tienphuong.reports.services import ReportRefused, kept_words, mark_of, prepare_snapshot

DAILY, FROZEN = DeadlineKind.DAILY_REPORT, "report.frozen"


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
    previewed: str = "",
) -> Snapshot:
    """Freeze the report of a cut-off, as it is known at this moment. The same act (`act_id`) twice is one report.

    1 count; find what is wrong with the figures
    2 keep figures, words, doubts, and what has changed since the report before; one of the same cut-off is replaced, unless it says
      the same: then it is the report
    3 the deadlines of the day's report and of the cases in it are met
    4 audit
    Without `narrative` the words kept in the day's draft are taken. `previewed`: the mark of the report that the officer looked at.

    Raises ReportRefused before the cut-off's time, and for a report that no longer says what the officer looked at.
    """
    cutoff = _cutoff(area, disease, cutoff_at, actor=actor, at=at, policy=policy)
    with in_turn():
        if before := audit.done(act_id, FROZEN):
            return Snapshot.objects.get(pk=before.subject_id)
        snapshot, new = _prepared(
            area, disease, cutoff, actor=actor, at=at, policy=policy, narrative=narrative, silent_communes=silent_communes
        )
        if previewed and previewed != mark_of(snapshot):
            raise ReportRefused(Refusal(sentence("Số liệu hoặc lời đã đổi từ lúc xem bản này"), remedy="Xem bản mới bên dưới rồi chốt."))
        _meet_deadlines(area, disease, cutoff, at=at, policy=policy)
        if new:
            snapshot.save(force_insert=True)
            _audit(snapshot, actor=actor, at=at, act_id=act_id)
    return snapshot


def preview_report(
    area: Area, disease: str, cutoff_at: datetime, *, actor: Viewer, at: datetime, policy: Pack, silent_communes: Sequence[Area] = ()
) -> Snapshot:
    """The report that `freeze_report` would keep at this moment; nothing is written. If it is kept already, that one.

    Raises ReportRefused before the cut-off's time.
    """
    cutoff = _cutoff(area, disease, cutoff_at, actor=actor, at=at, policy=policy)
    return _prepared(area, disease, cutoff, actor=actor, at=at, policy=policy, narrative=None, silent_communes=silent_communes)[0]


def _cutoff(area: Area, disease: str, cutoff_at: datetime, *, actor: Viewer, at: datetime, policy: Pack) -> Cutoff:
    """The cut-off with the knowledge of this moment, for an officer who may freeze its report."""
    actor.require(Permission.FREEZE_REPORT, area.path)
    if cutoff_at > at:
        raise ReportRefused(
            Refusal(
                sentence("Chưa đến giờ chốt số liệu {moment}", moment=wording.hour_and_day(cutoff_at.astimezone(VIETNAM))),
                remedy="Chốt báo cáo sau giờ đó.",
            )
        )
    return cutoff_of(cutoff_at, policy=policy.disease(disease), known_at=at)


def _prepared(
    area: Area,
    disease: str,
    cutoff: Cutoff,
    *,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    narrative: Mapping[str, str] | None,
    silent_communes: Sequence[Area],
) -> tuple[Snapshot, bool]:
    found = figures(actor, area=area, disease=disease, cutoff=cutoff, policy=policy)
    findings = quality(actor, found=found, policy=policy, silent_communes=silent_communes)
    words = kept_words(area, disease=disease, day=cutoff.day) if narrative is None else narrative
    return prepare_snapshot(found, narrative=words, findings=findings, actor=actor, at=at, policy=policy)


def _meet_deadlines(area: Area, disease: str, cutoff: Cutoff, *, at: datetime, policy: Pack) -> None:
    """The report of the day is made, and with it those of the cases and deaths that it counts."""
    found = report_deadline(area, disease, cutoff.at, policy=policy)
    if found:
        open_deadlines([found])
        meet_deadlines(DAILY, subject_kind="report", subjects=[found[0].id], at=at)
    meet_case_reports(area, disease, known_at=cutoff.known_at, at=at)


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
