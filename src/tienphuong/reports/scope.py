"""What a page, a list or a call of the API asks about: area, disease, moment and knowledge, under the rules of that day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.policy import DiseasePolicy, Pack
from tienphuong.reports.catalogue import Indicator
from tienphuong.reports.cutoff import Cutoff
from tienphuong.reports.records import FigureFilter


@dataclass(frozen=True)
class Scope:
    """One officer, one area ('' for all that they may see), one disease, one cut-off.

    now         the moment of the request
    live        the present moment was asked for, not a chosen cut-off
    area        the area's record, where the reader looked it up
    indicator   the figure whose records are listed, with their filter; None where no figure was followed
    """

    viewer: Viewer
    area_path: str
    disease: str
    policy: Pack
    cutoff: Cutoff
    now: datetime
    live: bool = True
    area: Any = None
    indicator: Indicator | None = None
    behind: FigureFilter | None = None

    @property
    def rules(self) -> DiseasePolicy:
        """What the pack says of the disease."""
        return self.policy.disease(self.disease)

    @property
    def day(self) -> date:
        """The Vietnamese day of the cut-off."""
        return self.cutoff.day

    @property
    def known_at(self) -> datetime:
        """Up to when the post's knowledge counts."""
        return self.behind.known_at if self.behind and self.behind.known_at else self.cutoff.known_at

    @property
    def condition(self) -> Q:
        """What the figure counts; everything without one."""
        return self.behind.condition if self.behind else Q()

    @property
    def as_known_now(self) -> bool:
        """Whether a past cut-off is read with later knowledge."""
        return not self.live and self.cutoff.known_at > self.cutoff.at
