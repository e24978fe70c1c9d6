from django.db import models

from tienphuong.core.models.records import OPEN_END, Known
from tienphuong.registry.models import Person

from .contacts import Contact


class DegreeRecord(Known):
    """A person's distance from the disease as the post believed it in an interval: F0 is 0, F1 is 1, and so on.

    `steps` keeps every (hops, earliest moment) at which infection could have reached them: a later local re-computation
    starts from these instead of walking the whole graph again.
    """

    GROUPED = ("degree",)

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False, help_text="always the record that speaks for the person"
    )
    degree = models.SmallIntegerField()
    via_contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", null=True)
    via_person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    since = models.DateTimeField(null=True, help_text="first moment at which he could have been infected")
    last_exposure = models.DateTimeField(null=True, help_text="release counts from the latest exposure")
    reported_at = models.DateTimeField(help_text="when the contact that gives the degree was first reported")
    steps = models.JSONField(default=list)
    cause = models.CharField(
        max_length=30, help_text="what made the post re-compute: confirmed, refuted, late_contact, correction, recheck"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "disease"], condition=models.Q(known_to=OPEN_END), name="one_degree_believed"),
        ]
        indexes = [
            models.Index(fields=["person", "disease", "known_to"]),
            # What moved between two moments is counted from these alone, and so is whose watch goes on.
            models.Index(fields=["disease", "known_from", "area_path", "degree", "known_to", "reported_at"], name="degrees_opened"),
            models.Index(fields=["disease", "known_to", "area_path", "degree", "known_from"], name="degrees_closed"),
            models.Index(
                fields=["disease", "degree", "last_exposure", "person", "area_path", "known_from", "known_to", "reported_at"],
                name="degrees_by_exposure",
            ),
            models.Index(
                fields=["disease", "degree", "reported_at", "person", "area_path", "known_to", "known_from"], name="degrees_by_report"
            ),
            models.Index(
                fields=["disease", "degree", "area_path", "last_exposure", "known_to", "known_from", "person"], name="degrees_in_an_area"
            ),
        ]
