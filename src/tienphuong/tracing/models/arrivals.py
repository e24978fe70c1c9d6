from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area, Person


class Arrival(Record):
    """A person come from an affected area, and how the post found out (người về từ vùng dịch)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    from_place = models.CharField(max_length=160)
    from_area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    from_abroad = models.BooleanField(default=False)
    transport = models.CharField(max_length=80, blank=True)
    arrived_on = models.DateField(null=True)
    found_how = models.CharField(max_length=20, blank=True)
    found_on = models.DateField(null=True)
    found_by = models.CharField(max_length=120, blank=True)
    area_path = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["disease", "area_path", "arrived_on"]),
            models.Index(fields=["disease", "arrived_on", "id", "area_path", "recorded_at", "withdrawn_at"], name="arrivals_by_day"),
        ]
