"""Soạn phần lời của báo cáo ngày: the officer's words, kept per area and day before the report is frozen."""

from collections.abc import Mapping
from datetime import date, datetime

from tienphuong.core import audit
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.turns import in_turn
from tienphuong.registry.models import Area
from tienphuong.reports.models import ReportDraft
from tienphuong.reports.services import keep_draft


def write_draft(area: Area, disease: str, day: date, words: Mapping[str, str], *, actor: Viewer, at: datetime) -> ReportDraft:
    """Keep words for the day's report; `words` maps sections to text, and sections not named stay as they were."""
    actor.require(Permission.FREEZE_REPORT, area.path)
    with in_turn():
        draft = keep_draft(area, disease=disease, day=day, words=words, at=at, by=actor.user_id)
        facts: dict[str, object] = {"area": area.full_name, "disease": disease, "day": day.isoformat(), "sections": sorted(words)}
        audit.record("report.drafted", actor=actor, at=at, subject_kind="draft", subject_id=str(draft.pk), facts=facts)
    return draft
