from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.registry.models import Area


class KnownStudy(models.Model):
    """A study that an area keeps at hand: its text as it was handed in. The same text is the same study."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField(null=True)
    kept_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "sha256"], name="one_study_per_text")]
