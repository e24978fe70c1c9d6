"""Samples and what the laboratory said of them. Samples are not persons, and a pool is not a verdict."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import OPEN_END, Known, Record
from tienphuong.registry.models import Organisation, Person


class Sample(Record):
    """A swab or a tube of blood.

    A pool is one tube, which is nobody's (`person` empty); who is known to be in it has a row beside it with the pool's code.
    Tubes are counted, the rows beside a pool are not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, help_text="empty: the tube of a pool")
    disease = models.CharField(max_length=20)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    kind = models.CharField(max_length=8, default="single", help_text="single or pooled")
    pool_code = models.CharField(max_length=40, blank=True)
    taken_on = models.DateField(null=True)
    round = models.CharField(max_length=20, blank=True)
    target_group = models.CharField(max_length=30, blank=True, help_text="why sampled: F1, F2, cordon, ILI, other")
    area_path = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["disease", "taken_on", "id", "area_path", "recorded_at", "withdrawn_at", "target_group"], name="samples_by_day"
            )
        ]


class SampleState(Known):
    """What the laboratories' answers to a counted tube came to, as the post believed it in an interval: the strongest speaks.

    `services.laboratory` writes it with every sample and answer; the night's check derives it again.
    """

    GROUPED = ("target_group", "answer")

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="+", db_index=False)
    target_group = models.CharField(max_length=30, blank=True)
    taken_on = models.DateField(null=True)
    reported_at = models.DateTimeField(help_text="when the sample was reported")
    answer = models.CharField(max_length=14, help_text="pending, inconclusive, negative, positive")
    answered_at = models.DateTimeField(null=True, help_text="when that answer was reported")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "known_from"], name="one_answer_at_a_time"),
            models.UniqueConstraint(fields=["sample"], condition=models.Q(known_to=OPEN_END), name="one_answer_believed"),
        ]
        indexes = [
            models.Index(fields=["disease", "known_from", "area_path", "target_group", "answer", "known_to"], name="samples_opened"),
            models.Index(fields=["disease", "known_to", "area_path", "target_group", "answer", "known_from"], name="samples_closed"),
            models.Index(fields=["disease", "taken_on"]),
        ]


class LabResult(Record):
    """One answer of one laboratory about one sample; a re-test is another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="+")
    method = models.CharField(max_length=20)
    result = models.CharField(max_length=14)
    ct = models.FloatField(null=True)
    result_on = models.DateField(null=True)
    laboratory = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
