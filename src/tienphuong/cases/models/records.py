"""The appended records of a case. The latest one in force speaks; the earlier ones stay."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Record
from tienphuong.registry.models import Area, Organisation

from .cases import Case


class CaseRecord(Record):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ClassificationRecord(CaseRecord):
    """What the case is by the definition in force: suspected, probable, confirmed, refuted, re-positive, withdrawn."""

    classification = models.CharField(max_length=14)
    evidence = models.CharField(max_length=20, blank=True)


class OutcomeRecord(CaseRecord):
    """How the patient fares: in treatment, recovered, transferred, died."""

    outcome = models.CharField(max_length=14)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    severity = models.CharField(max_length=14, blank=True)


class AttributionRecord(CaseRecord):
    """To which area the case belongs in one sense: residence at detection, place of detection, place of treatment."""

    sense = models.CharField(max_length=12)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    place = models.CharField(max_length=200, blank=True)


class InvestigationRecord(CaseRecord):
    """What the investigation found: onset, detection, isolation, source of infection."""

    onset_on = models.DateField(null=True)
    symptomatic = models.BooleanField(null=True)
    detected_on = models.DateField(null=True)
    detection_setting = models.CharField(max_length=24, blank=True)
    isolated_at = models.DateTimeField(null=True)
    source_status = models.CharField(max_length=20, blank=True)
    source_case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
