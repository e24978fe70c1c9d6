"""Clusters in a report: how many counted cases each has, and how many are new."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from tienphuong.cases.models import Cluster, ClusterMembership
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import in_force_at
from tienphuong.reports.counting.cases import beliefs, case_q
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.figures import Figures


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster: its name, all its cases, the new ones."""

    name: str
    total: int
    new: int


def cluster_lines(viewer: Viewer, *, found: Figures) -> list[ClusterLine]:
    """The clusters with counted cases in the area, the largest first."""
    if not Cluster.everything.filter(disease=found.disease).exists():
        return []
    part = CountScope(viewer, found.area.path, found.disease, found.cutoff)
    # A case of two clusters counts in the first that named it, so that clusters never add up to more than the cases.
    members = ClusterMembership.everything.filter(in_force_at(found.cutoff.known_at), case=OuterRef("case")).order_by("recorded_at", "id")
    rows = beliefs(part).filter(case_q("cases_total", found.cutoff)).annotate(cluster=Subquery(members.values("cluster__name")[:1]))
    counts = {"total": Count("pk"), "new": Count("pk", filter=_today(found))}
    tallies = rows.exclude(cluster=None).values("cluster").annotate(**counts).order_by()
    lines = [ClusterLine(row["cluster"], row["total"], row["new"]) for row in tallies]
    return sorted(lines, key=lambda line: (-line.total, line.name))


def _today(found: Figures) -> Q:
    return Q(classified_at__gt=found.cutoff.since, classified_at__lte=found.cutoff.at)
