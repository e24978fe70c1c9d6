"""Two values of one person, and which of them an officer believes."""

from django.db import models

from tienphuong.core.ids import uuid7

from .people import Person


class Contradiction(models.Model):
    """What a later row says against the record. Neither value is lost: the one not in force stays here, and in the sender's row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    aspect = models.CharField(max_length=12, help_text="name, sex, birth, nationality; class, outcome of a case")
    disease = models.CharField(max_length=20, blank=True, help_text="of a case: of which disease")
    current = models.CharField(max_length=200, help_text="in force when the row came")
    reported = models.CharField(max_length=200, help_text="what the row says")
    area_path = models.CharField(max_length=40, blank=True)
    source_row = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open", help_text="open, kept, taken, withdrawn")
    replaced = models.CharField(max_length=200, blank=True, help_text="the value that taking this one put out of force")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "aspect", "disease", "reported"], condition=~models.Q(state="withdrawn"), name="one_contradiction_once"
            )
        ]
        indexes = [models.Index(fields=["state", "area_path"])]
