"""Doubts about who is who, and what an officer decided."""

from django.db import models

from tienphuong.core.ids import uuid7

from .people import Person


class MatchProposal(models.Model):
    """Two records that may be one person: the machine's score and reasons, and the officer's decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    left = models.ForeignKey(Person, models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    area_path = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="open", help_text="open, same, different, withdrawn")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], condition=~models.Q(state="withdrawn"), name="one_proposal_per_pair"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["state", "area_path"])]


class Merge(models.Model):
    """Records that were pointed at another identity; undone by pointing the same ones back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moved = models.JSONField(help_text="numbers of the records whose identity was the absorbed one")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    source_row = models.BigIntegerField(null=True, help_text="the row that told, where no officer decided")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=models.Q(undone_at=None), name="one_record_speaks_for_another"),
            models.CheckConstraint(condition=~models.Q(kept=models.F("absorbed")), name="no_record_absorbs_itself"),
        ]
