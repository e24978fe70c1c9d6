from django.db import models

from tienphuong.core.ids import uuid7


class AuditEntry(models.Model):
    """One act of one officer. Each entry carries the hash of the one before: a chain nobody can quietly cut."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    id = models.UUIDField(default=uuid7, unique=True, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    act_id = models.UUIDField(null=True, unique=True, help_text="the act's own number, made by who asked: the same act twice is one")
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    policy = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"]), models.Index(fields=["act", "at"])]
