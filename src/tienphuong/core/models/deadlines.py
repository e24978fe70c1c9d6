from datetime import datetime

from django.db import models

from tienphuong.core.ids import uuid7


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> "DeadlineQuerySet":
        """Deadlines that still run."""
        return self.filter(met_at__isnull=True, lapsed_at__isnull=True)

    def late(self, at: datetime) -> "DeadlineQuerySet":
        """Deadlines that have run out and were not met."""
        return self.open().filter(due_at__lt=at)


class Deadline(models.Model):
    """A legal deadline: when it is due, to whom it escalates, and whether the act lapses by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    area_path = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalates_to = models.CharField(max_length=60, blank=True)
    escalated_at = models.DateTimeField(null=True)
    lapses = models.BooleanField(default=False, help_text="the act ends by itself when the clock runs out")
    met_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=120)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_kind", "subject_id"], name="one_clock_per_subject"),
            models.CheckConstraint(condition=models.Q(due_at__gte=models.F("starts_at")), name="due_after_start"),
        ]
        indexes = [models.Index(fields=["due_at"])]
