"""Keeping what is said in reports: drafts, communes' own figures, frozen reports."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import Pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.registry.models import Area
from tienphuong.reports.clusters import cluster_lines
from tienphuong.reports.comparison import Correction, corrections_of, replaced_figures
from tienphuong.reports.content import content_hash, content_of
from tienphuong.reports.figures import Figures
from tienphuong.reports.models import ReportDraft, Snapshot, Submission
from tienphuong.reports.quality import Finding
from tienphuong.reports.submitted import submission_of, unknown_figures
from tienphuong.reports.sum_checks import broken
from tienphuong.reports.terms import CARRIED, Section


class ReportRefused(ValueError):
    """A report, draft or submission that cannot be kept, with the reason."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Words:
    """An officer's words for one section; `carried_from` is set while they are yesterday's and nobody has kept them for today."""

    text: str
    carried_from: date | None = None


def draft_of(area: Area, *, disease: str, day: date) -> dict[Section, Words]:
    """The words for a day's report: the officer's own, and yesterday's where something stands from day to day, marked as carried."""
    own = _sections(area, disease=disease, day=day)
    yesterday = _sections(area, disease=disease, day=day - timedelta(days=1))
    words = {}
    for section in Section:
        if section in own:
            words[section] = Words(own[section])
        elif section in CARRIED and yesterday.get(section):
            words[section] = Words(yesterday[section], carried_from=day - timedelta(days=1))
    return words


def kept_words(area: Area, *, disease: str, day: date) -> dict[str, str]:
    """What the officer has kept for the day; carried words nobody kept are not the officer's words."""
    return {section: text for section, text in _sections(area, disease=disease, day=day).items() if text}


def keep_draft(area: Area, *, disease: str, day: date, words: Mapping[str, str], at: datetime, by: UUID | None) -> ReportDraft:
    """Keep an officer's words for a day; sections not given stay as they were, an emptied one is empty."""
    unknown = [key for key in words if key not in set(Section)]
    if unknown:
        known = ", ".join(Section)
        raise ReportRefused(
            Refusal(sentence("Không có phần “{part}” trong báo cáo", part=unknown[0]), remedy=sentence("Các phần: {parts}.", parts=known))
        )
    draft, _ = ReportDraft.objects.get_or_create(area=area, disease=disease, day=day, defaults={"changed_at": at})
    draft.sections = draft.sections | {key: text.strip() for key, text in words.items()}
    draft.changed_at, draft.changed_by = at, by
    draft.save(update_fields=["sections", "changed_at", "changed_by"])
    return draft


def _sections(area: Area, *, disease: str, day: date) -> dict[str, str]:
    draft = ReportDraft.objects.filter(area=area, disease=disease, day=day).first()
    return dict(draft.sections) if draft else {}


def keep_submission(
    area: Area,
    *,
    disease: str,
    day: date,
    figures: Mapping[str, int],
    at: datetime,
    by: UUID | None,
    policy: Pack,
    reported_at: datetime,
    source_row: int | None = None,
    reason: str = "",
) -> tuple[Submission, bool]:
    """Keep a commune's own figures with the sums that do not close; the same figures again are no news. (submission, whether new)"""
    refusal = unknown_figures(figures)
    if refusal:
        raise ReportRefused(refusal)
    before = submission_of(area, disease=disease, day=day)
    if before is not None and before.figures == dict(figures):
        return before, False
    submission = Submission.objects.create(
        area=area,
        area_path=area.path,
        disease=disease,
        day=day,
        figures=dict(figures),
        broken=[str(item) for item in broken(figures)],
        reported_at=reported_at,
        recorded_at=at,
        recorded_by=by,
        policy=policy.version,
        reason=reason,
        source_row=source_row,
    )
    return submission, True


def prepare_snapshot(
    found: Figures, *, narrative: Mapping[str, str], findings: list[Finding], actor: Viewer, at: datetime, policy: Pack
) -> tuple[Snapshot, bool]:
    """Figures, words and doubts as one report that is not kept yet, and whether it is new.

    One of the same cut-off that says the same is that report. One that says something else would be replaced, with what changed.
    """
    area, moment = found.area, found.cutoff.at
    of_area = Snapshot.objects.filter(area=area, disease=found.disease).select_related("area").order_by("-cutoff", "-frozen_at", "-id")
    replaced, earlier = of_area.filter(cutoff=moment).first(), of_area.filter(cutoff__lt=moment).first()
    report_parts: dict[str, Any] = {
        "figures": content_of(found, clusters=cluster_lines(actor, found=found), policy=policy),
        "narrative": {str(section): narrative[section].strip() for section in Section if narrative.get(section, "").strip()},
        "quality": [_stored(finding) for finding in findings],
    }
    if replaced is not None and mark_of(replaced) == _mark(report_parts):
        return replaced, False
    corrections = _corrections(found, replaced=replaced, earlier=earlier, actor=actor, policy=policy)
    report_parts["corrections"] = [correction.stored() for correction in corrections]
    snapshot = Snapshot(
        area=area,
        area_path=area.path,
        disease=found.disease,
        cutoff=moment,
        previous=replaced or earlier,
        policy=policy.version,
        frozen_at=at,
        frozen_by=actor.user_id,
        frozen_by_name=actor.name,
        content_hash=content_hash(report_parts),
        **report_parts,
    )
    return snapshot, True


def mark_of(snapshot: Snapshot) -> str:
    """The hash of what a report says, whenever it was known: figures, words and doubts."""
    return _mark({"figures": snapshot.figures, "narrative": snapshot.narrative, "quality": snapshot.quality})


def _mark(report_parts: Mapping[str, Any]) -> str:
    return content_hash({**report_parts, "figures": {key: value for key, value in report_parts["figures"].items() if key != "period"}})


def _corrections(
    found: Figures, *, replaced: Snapshot | None, earlier: Snapshot | None, actor: Viewer, policy: Pack
) -> Iterator[Correction]:
    if replaced is not None:
        yield from replaced_figures(replaced.figures["values"], after=found.values, about=replaced.cutoff)
    if earlier is not None:
        yield from corrections_of(actor, snapshot=earlier, known_at=found.cutoff.known_at, policy=policy)


def _stored(finding: Finding) -> dict[str, object]:
    kept = asdict(finding)
    return {name: kept[name] for name in ("key", "count", "text", "text_en", "records", "params")} | {
        "severity": str(finding.severity),
        "sides": [asdict(side) for side in ((finding.whole, *finding.parts) if finding.whole else ())],
    }


def replaces(snapshot: Snapshot) -> Snapshot | None:
    """The report of the same cut-off that this one replaces."""
    before = snapshot.previous
    return before if before is not None and before.cutoff == snapshot.cutoff else None
