from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.registry.models import Area


class Snapshot(models.Model):
    """A report as it was sent: its numbers, cut-off, policy, words and doubts. Printing it again gives the same paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40)
    disease = models.CharField(max_length=20)
    cutoff = models.DateTimeField()
    previous = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    policy = models.CharField(max_length=20)
    figures = models.JSONField(help_text="every indicator by key, as printed")
    narrative = models.JSONField(default=dict)
    quality = models.JSONField(default=list, help_text="what was wrong with the figures when they were frozen")
    corrections = models.JSONField(default=list, help_text="what had changed in the report before")
    frozen_at = models.DateTimeField()
    frozen_by = models.UUIDField(null=True)
    frozen_by_name = models.CharField(max_length=120)
    content_hash = models.CharField(max_length=64)

    class Meta:
        # A chain without forks: of one cut-off, each report has one that replaces it, and the first of them one before it at most.
        constraints = [
            models.UniqueConstraint(fields=["previous", "cutoff"], name="one_report_after_another"),
            models.UniqueConstraint(
                fields=["area", "disease", "cutoff"], condition=models.Q(previous=None), name="one_first_report_of_a_cutoff"
            ),
        ]
        indexes = [models.Index(fields=["area_path", "disease", "cutoff"])]
