from django.db import models

from tienphuong.core.ids import uuid7


class Purge(models.Model):
    """One purging of what has been kept for its time: proposed by counts, decided by a named officer, done in batches. Nobody's name is in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area_path = models.CharField(max_length=40, blank=True)
    area_name = models.CharField(max_length=200, blank=True)
    policy = models.CharField(max_length=20, help_text="the pack whose retention it follows")
    day = models.DateField(help_text="what was over on this day")
    due = models.JSONField(default=dict, help_text="{kind: how many were due when it was proposed}")
    state = models.CharField(max_length=10, help_text="proposed, refused, decided, done")
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    done = models.JSONField(default=dict, help_text="{kind: how many were purged}, growing batch by batch")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_path"], condition=models.Q(state__in=("proposed", "decided")), name="one_open_purge_an_area"
            )
        ]
        indexes = [models.Index(fields=["area_path", "proposed_at"])]
