"""Who was with whom, where and when."""

from datetime import datetime

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area, Person
from tienphuong.tracing.moments import EARLIEST, LATEST, moment_of


class ExposureEvent(Record):
    """A place and a window of time where people were exposed (mốc dịch tễ, QĐ 5053/QĐ-BYT)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, help_text="the case who was there")
    disease = models.CharField(max_length=20)
    place = models.CharField(max_length=200)
    place_key = models.CharField(max_length=200, db_index=True)
    address = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    area_path = models.CharField(max_length=40, blank=True)
    first = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True)
    activity = models.CharField(max_length=200, blank=True)
    setting = models.CharField(max_length=30, blank=True)
    number_present = models.PositiveIntegerField(null=True)
    publicly_announced = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__isnull=True) | models.Q(last__isnull=True) | models.Q(last__gte=models.F("first")),
                name="event_ends_after_it_begins",
            )
        ]


class Contact(Record):
    """Two people together in an interval. `source` is the one whose list named the other; being together has no direction.

    The interval is kept as the engine counts it, in whole minutes since 1970 UTC: ten million of them are read at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    disease = models.CharField(max_length=20)
    source = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    relation = models.CharField(max_length=60, blank=True)
    first_minute = models.IntegerField(default=EARLIEST, help_text="unknown: the beginning of time")
    last_minute = models.IntegerField(default=LATEST, help_text="unknown: the end of time")
    event = models.ForeignKey(ExposureEvent, models.PROTECT, related_name="+", null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=models.F("person")), name="nobody_is_his_own_contact"),
            models.CheckConstraint(condition=models.Q(last_minute__gte=models.F("first_minute")), name="contact_ends_after_it_begins"),
        ]

    @property
    def first(self) -> datetime | None:
        """When they were first together, if known."""
        return moment_of(self.first_minute)

    @property
    def last(self) -> datetime | None:
        """When they were last together, if known."""
        return moment_of(self.last_minute)


class IsolationRecord(Record):
    """From when on a person could pass nothing to anybody: the end of the infectious window of a case or a contact."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    isolated_at = models.DateTimeField()


class PendingLink(Record):
    """A contact of a case that is not in the base yet: linked by itself when the case arrives under that number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    disease = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    alias_key = models.CharField(max_length=60, db_index=True)
    original = models.CharField(max_length=200)
    given_by = models.CharField(max_length=60, blank=True)
    reported_degree = models.SmallIntegerField(null=True, help_text="what the sender called him: F1, F2 ...")
    kind = models.CharField(max_length=20)
    relation = models.CharField(max_length=60, blank=True)
    first = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True)
    area_path = models.CharField(max_length=40, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", null=True)
    linked_at = models.DateTimeField(null=True)
