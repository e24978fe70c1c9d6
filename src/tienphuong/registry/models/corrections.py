from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.registry.models.people import Person


class CorrectionRequest(models.Model):
    """What a person asked to have corrected, as said to an officer, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40, blank=True)
    request = models.CharField(max_length=500, help_text="what is wrong and what is right, in the person's words")
    act_id = models.UUIDField(null=True, unique=True, help_text="the act's own number: the same act twice is one")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default="open", help_text="open, done, refused")
    answer = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_path", "state"])]
