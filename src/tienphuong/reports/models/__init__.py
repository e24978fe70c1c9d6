from .drafts import ReportDraft
from .snapshots import Snapshot
from .submissions import Submission

__all__ = ["ReportDraft", "Snapshot", "Submission"]
