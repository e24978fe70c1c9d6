from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area

from .cases import Case


class Cluster(Record):
    """Linked cases under one name (chùm ca bệnh)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, db_index=True)
    disease = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    area_path = models.CharField(max_length=40, blank=True)


class ClusterMembership(Record):
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "case"], condition=models.Q(withdrawn_at=None), name="one_membership_per_case_and_cluster"
            )
        ]
