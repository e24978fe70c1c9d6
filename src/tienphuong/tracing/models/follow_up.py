from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area, Person


class FollowUp(Record):
    """One day's check on one person under watch. That a check was due is computed; that it was done is recorded here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    day = models.DateField()
    state = models.CharField(max_length=14)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    symptoms = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(default=1, help_text="which of the words told of the person's day, from 1")
    act_id = models.UUIDField(null=True, help_text="the act that recorded it, as whoever asked numbered it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "disease", "day", "number"], condition=models.Q(withdrawn_at=None), name="one_check_after_the_other"
            )
        ]
        indexes = [models.Index(fields=["disease", "day"]), models.Index(fields=["person", "day"])]


class Referral(Record):
    """A person handed to another locality, which says that it took them on (or why not)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    degree = models.SmallIntegerField(null=True)
    from_path = models.CharField(max_length=40)
    to_area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    to_path = models.CharField(max_length=40)
    state = models.CharField(max_length=14, default="sent")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "disease", "to_area"], condition=models.Q(state="sent"), name="one_open_referral")
        ]
        indexes = [models.Index(fields=["to_path", "state"]), models.Index(fields=["from_path", "state"])]
