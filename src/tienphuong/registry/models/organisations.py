from django.db import models

from tienphuong.core.ids import uuid7

from .areas import Area


class Organisation(models.Model):
    """A hospital, laboratory, quarantine site, enterprise, school or market that records name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    area_path = models.CharField(max_length=40, blank=True)
    places = models.PositiveIntegerField(null=True, help_text="beds or places, where that means something")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name_key", "area_path"], name="one_organisation_per_name_and_area")]

    def __str__(self) -> str:
        return self.name
