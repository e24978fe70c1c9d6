from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area


class Submission(Record):
    """The figures a commune itself reported for a day, kept beside the figures its records give."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40)
    disease = models.CharField(max_length=20)
    day = models.DateField()
    figures = models.JSONField()
    broken = models.JSONField(default=list, help_text="closing identities that do not hold")

    class Meta:
        indexes = [models.Index(fields=["disease", "day", "area_path"])]
