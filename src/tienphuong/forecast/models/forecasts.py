from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.registry.models import Area


class Forecast(models.Model):
    """A comparison of plans: everything that went in, where it stands, and what came out. Once it has run it says the same for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    # what went in
    study = models.TextField(help_text="TOML, exactly as it is run")
    communes = models.JSONField(help_text="the people: one list a commune, as forecast.populations writes it")
    people_source = models.CharField(max_length=200, help_text="whose figures the people are")
    line_list = models.JSONField(
        null=True, help_text="days and communes of cases and contacts, nobody's name; empty: infections are assumed"
    )
    known_at = models.DateTimeField(null=True, help_text="the records as believed at this moment; empty: no records were used")
    replicates = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    engine = models.CharField(max_length=40, blank=True, help_text="which engine ran it")
    # where it stands
    state = models.CharField(max_length=12, help_text="waiting, running, stopping, done, stopped, failed")
    step = models.CharField(max_length=12, blank=True, help_text="what is being run: fitting, comparing")
    runs_done = models.PositiveIntegerField(default=0)
    runs_total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    asked_at = models.DateTimeField(help_text="the post's moment")
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=120)
    started_at = models.DateTimeField(null=True, help_text="the machine's clock, when the step began, for the rate")
    seen_at = models.DateTimeField(null=True, help_text="the machine's clock, when the worker last said how far it is")
    finished_at = models.DateTimeField(null=True, help_text="the machine's clock")
    # what came out
    headlines = models.JSONField(default=list, help_text="when what there is runs out, plan by plan, for lists")
    outcome = models.BinaryField(null=True, help_text="every figure, as forecast.frozen writes it")
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_path", "asked_at"])]
