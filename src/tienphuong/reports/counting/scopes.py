"""Which records a figure is of, and the three ways of counting beliefs: the whole, the few of a condition, and what was learned since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from tienphuong.core import balances
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.balances import Groups
from tienphuong.core.models import Known
from tienphuong.core.unindexed import loosely
from tienphuong.reports.cutoff import Cutoff


@dataclass(frozen=True, slots=True)
class CountScope:
    """Which rows are meant: who looks, at which area, at which disease, when."""

    viewer: Viewer
    area_path: str
    disease: str
    cutoff: Cutoff

    def within(self, column: str = "area_path") -> Q:
        """The rows of the area that the viewer may count."""
        return self.viewer.within(Permission.SEE_BOARD, self.area_path, column)

    def tally(self, model: type[Known]) -> Groups:
        """All that was believed at the cut-off's moment of knowledge: (area path, *grouping columns) -> number."""
        return balances.believed(model, disease=self.disease, at=self.cutoff.known_at, within=self.within)

    def as_of(self, model: type[Known]) -> Any:
        """The beliefs themselves, for lists."""
        known = model._default_manager.filter(self.within(), disease=self.disease)
        return known.filter(known_from__lte=self.cutoff.known_at, known_to__gt=self.cutoff.known_at)

    def selective(self, model: type[Known]) -> Any:
        """The same beliefs for a condition that a narrow range of an index meets; the area path is `here`.

        The interval and the area must then be filters, not ranges that tempt a database to walk everything believed or the whole area.
        """
        return self._tested(model).filter(disease=self.disease)

    def full_scan(self, model: type[Known]) -> Any:
        """The same beliefs for counts over columns that no index holds: the table is read from end to end.

        Walking an index and fetching every row of it takes eight times as long at a million cases (measured on SQLite).
        """
        return self._tested(model).annotate(what=Coalesce("disease", Value(""))).filter(what=self.disease)

    def along(self, model: type[Known], wanted: Q, *, day: str) -> Any:
        """The same beliefs in the order of a day, along an index that holds every column of the condition."""
        held = Q(self.within(), known_from__lte=self.cutoff.known_at, known_to__gt=self.cutoff.known_at, disease=self.disease)
        return loosely(model._default_manager.all(), held & wanted, kept=("disease", day))

    def _tested(self, model: type[Known]) -> Any:
        known = model._default_manager.annotate(
            here=Coalesce("area_path", Value("")), begun=Coalesce("known_from", "known_to"), ended=Coalesce("known_to", "known_from")
        )
        return known.filter(self.within("here"), begun__lte=self.cutoff.known_at, ended__gt=self.cutoff.known_at)

    def ended(self, model: type[Known], *, since: datetime) -> Any:
        """The beliefs held at a moment that are held no longer, again by a narrow range of an index."""
        ended = model._default_manager.annotate(here=Coalesce("area_path", Value("")), begun=Coalesce("known_from", "known_to"))
        ended = ended.filter(self.within("here"), disease=self.disease, begun__lte=since)
        return ended.filter(known_to__gt=since, known_to__lte=self.cutoff.known_at)

    def recorded_since(self, model: type[Known], *, since: datetime) -> Any:
        """The same beliefs, of those that began after a moment. Whatever was reported after it is among them: no report is later
        than its record."""
        return self.selective(model).filter(known_from__gt=since, known_from__lte=self.cutoff.known_at)


def grouped(rows: Any, *columns: str) -> Groups:
    """How many of these few beliefs there are by area path and by some columns."""
    return balances.grouped(rows, *columns, path="here")
