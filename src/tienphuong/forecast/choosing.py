"""A study narrowed to what an officer asks today: which of its plans, from which morning, from the post's own records or as it is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tienphuong.forecast.entries import StartEntry, StudyEntry
from tienphuong.forecast.studies import StudyError


def chosen(study: StudyEntry, *, plans: Sequence[int], day0: date, from_records: bool, fit_days: int) -> StudyEntry:
    """The study with the plans at these positions. Days counted from day 0 move along with it; dates stay what they are."""
    kept = tuple(plan for position, plan in enumerate(study.plans) if position in plans)
    if not kept:
        raise StudyError("chưa chọn phương án nào", where="phương án", remedy="Đánh dấu ít nhất một phương án.")
    start = StartEntry(kind="records") if from_records else study.start
    return replace(study, plans=kept, day0=day0, start=start, fit_days=fit_days if start.kind == "records" else 0)
