"""The moment a figure speaks of: up to when, since when, and as known when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tienphuong.core.policy import DiseasePolicy

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Cutoff:
    """`at`: events up to here count. `since`: the cut-off before, so "in the day" is (since, at]. `known_at`: as the post knew it then.

    `epoch`: the day from which cumulative figures count; it is part of every one of them.
    """

    at: datetime
    since: datetime
    known_at: datetime
    epoch: date | None

    @property
    def day(self) -> date:
        """The Vietnamese day of the report."""
        return self.at.astimezone(VIETNAM).date()

    @property
    def epoch_moment(self) -> datetime | None:
        """The first moment that counts."""
        return datetime.combine(self.epoch, time(), VIETNAM) if self.epoch else None

    @property
    def before(self) -> "Cutoff":
        """The cut-off before, as the post knew it then."""
        return replace(self, at=self.since, since=self.since - timedelta(days=1), known_at=self.since)


def cutoff_of(at: datetime, *, policy: DiseasePolicy, known_at: datetime | None = None) -> Cutoff:
    """The cut-off at a moment; as it was known then, unless a later knowledge is asked for."""
    return Cutoff(at=at, since=at - timedelta(days=1), known_at=known_at or at, epoch=policy.epoch.value if policy.epoch else None)


def last_cutoff(now: datetime, *, policy: DiseasePolicy) -> datetime:
    """The latest official cut-off that has passed."""
    day = now.astimezone(VIETNAM).date()
    for candidate in (day, day - timedelta(days=1)):
        moment = datetime.combine(candidate, policy.cutoff_at(candidate).value, VIETNAM)
        if moment <= now:
            return moment
    return moment
