"""Tiếp nhận số liệu xã tự báo: a commune's own figures of the day, checked and compared, never blocked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area
from tienphuong.reports.cutoff import VIETNAM, cutoff_of
from tienphuong.reports.figures import figures as count
from tienphuong.reports.models import Submission
from tienphuong.reports.services import keep_submission
from tienphuong.reports.submitted import Difference, compare
from tienphuong.reports.sum_checks import FailedCheck, broken


@dataclass(frozen=True, slots=True)
class Submitted:
    """What handing figures in came to: kept in every case, with the sums that do not close and the figures the records contradict."""

    submission: Submission
    new: bool
    broken: list[FailedCheck]
    differences: list[Difference]


def submit_figures(
    area: Area,
    day: date,
    figures: Mapping[str, int],
    *,
    disease: str,
    actor: Viewer,
    at: datetime,
    policy: Pack,
    reported_at: datetime | None = None,
    source_row: int | None = None,
    reason: str = "",
) -> Submitted:
    """Keep a commune's own figures of a day.

    1 the figures, with the sums that do not close; the same figures again change nothing
    2 compared with what its records give at that day's cut-off, as known now
    3 audit
    """
    actor.require(Permission.SEND_FILE, area.path)
    with in_turn():
        submission, new = keep_submission(
            area,
            disease=disease,
            day=day,
            figures=figures,
            at=at,
            by=actor.user_id,
            policy=policy,
            reported_at=reported_at or at,
            source_row=source_row,
            reason=reason,
        )
        differing = compare(area, reported=figures, counted=_counted(area, day, disease=disease, actor=actor, at=at, policy=policy))
        if new:
            _audit(submission, area, day, actor=actor, at=at, policy=policy)
    return Submitted(submission, new, broken(figures), differing)


def _audit(submission: Submission, area: Area, day: date, *, actor: Viewer, at: datetime, policy: Pack) -> None:
    facts: dict[str, object] = {"area": area.full_name, "day": day.isoformat(), "broken": submission.broken}
    audit.record(
        "figures.submitted",
        actor=actor,
        at=at,
        subject_kind="submission",
        subject_id=submission.pk,
        facts=facts,
        policy=policy.version,
    )


def _counted(area: Area, day: date, *, disease: str, actor: Viewer, at: datetime, policy: Pack) -> dict[str, int]:
    rules = policy.disease(disease)
    closes = datetime.combine(day, rules.cutoff_at(day).value, VIETNAM)
    return count(actor, area=area, disease=disease, cutoff=cutoff_of(closes, policy=rules, known_at=max(at, closes)), policy=policy).values
