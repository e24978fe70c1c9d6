"""A case of a disease in a person: its numbers, and what the post believed of it when."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import OPEN_END, Known, Withdrawable
from tienphuong.registry.models import Area, Person


class Case(Withdrawable):
    """One episode of one disease in one person. What is known of it stands in appended records."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    source_row = models.BigIntegerField(null=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["recorded_at", "id"], name="cases_last_recorded")]


class CaseAlias(Withdrawable):
    """A number somebody gave the case (BN1234, a commune's own number). Given late, changed, or never: an alias, not a key."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, help_text="national, local, epid")
    text = models.CharField(max_length=60)
    key = models.CharField(max_length=60, db_index=True)
    given_by = models.CharField(max_length=60, blank=True, help_text="whose numbering a local number belongs to")
    recorded_at = models.DateTimeField()
    source_row = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "key"], condition=models.Q(withdrawn_at=None), name="one_alias_once_per_case")
        ]


class CaseState(Known):
    """The case as the post believed it in an interval: derived from the records, so that counting is one pass.

    `services.states.write_states` writes it after every record; `jobs` re-derives it nightly and reports any difference.
    """

    GROUPED = ("classification", "outcome")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", null=True, db_index=False, help_text="residence at detection: where it counts"
    )
    classification = models.CharField(max_length=14)
    outcome = models.CharField(max_length=14, blank=True)
    detection_setting = models.CharField(max_length=24, blank=True)
    source_status = models.CharField(max_length=20, blank=True)
    onset_on = models.DateField(null=True)
    detected_on = models.DateField(null=True)
    classified_at = models.DateTimeField(null=True, help_text="when the present classification was reported")
    outcome_at = models.DateTimeField(null=True)
    isolated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "known_from"], name="one_belief_at_a_time"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(known_to=OPEN_END), name="one_state_of_a_case_believed"),
        ]
        indexes = [
            # What moved between two moments is counted from these alone: no row of the table itself is touched.
            models.Index(fields=["disease", "known_from", "area_path", "classification", "outcome", "known_to"], name="cases_opened"),
            models.Index(fields=["disease", "known_to", "area_path", "classification", "outcome", "known_from"], name="cases_closed"),
            models.Index(
                fields=["disease", "area_path", "known_to", "known_from", "classification", "outcome", "detection_setting", "case"],
                name="cases_in_an_area",
            ),
            # The orders of the list: a page is read from these, and then its fifty rows from the table.
            models.Index(fields=["disease", "classified_at", "case", "area_path", "known_to", "known_from"], name="cases_by_report"),
            # The epidemic curve, too, is counted along the last of them, in the order of its days.
            models.Index(
                fields=["disease", "detected_on", "case", "area_path", "known_to", "known_from", "classification", "classified_at"],
                name="cases_by_detection",
            ),
            models.Index(fields=["disease", "outcome_at"]),
        ]
