from django.db import models

from tienphuong.registry.models import Area


class ReportDraft(models.Model):
    """The officer's words for a day's report before it is frozen: assessment, difficulties, tasks, proposals."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    day = models.DateField()
    sections = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "disease", "day"], name="one_draft_per_day")]
