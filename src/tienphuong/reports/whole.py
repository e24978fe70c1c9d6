"""Figures never count half an act: while one is not over, they are those that were known before it began."""

from dataclasses import replace
from datetime import timedelta

from tienphuong.core import unfinished
from tienphuong.reports.cutoff import Cutoff

_JUST_BEFORE = timedelta(microseconds=1)


def as_whole(cutoff: Cutoff, disease: str) -> Cutoff:
    """The cut-off as it was known before the first act that is not over, where it would be known later."""
    began = unfinished.since(disease)
    return cutoff if began is None or cutoff.known_at < began else replace(cutoff, known_at=began - _JUST_BEFORE)
