"""Where people are quarantined, since when, and until when."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import OPEN_END, Known, Record
from tienphuong.registry.models import Organisation, Person


class Facility(models.Model):
    """A central quarantine site: an organisation with activated places."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+", primary_key=True)
    activated_on = models.DateField(null=True)
    places = models.PositiveIntegerField(null=True)


class Stay(Record):
    """One person's quarantine or isolation in one form, as a register lists it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20)
    form = models.CharField(max_length=20)
    place = models.CharField(max_length=200, blank=True)
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", null=True)
    ground = models.CharField(max_length=20, help_text="why: F0, F1, F2, arrival")
    day0 = models.DateField(null=True)
    day0_basis = models.CharField(max_length=20, blank=True)
    started_on = models.DateField(null=True)
    planned_end = models.DateField(null=True)
    beside = models.BooleanField(default=False, help_text="a list of contacts told of it: it holds until a register tells of the person")


class StayState(Known):
    """Whether the stay was going on, as believed in an interval."""

    GROUPED = ("form", "ground", "state", "facility_id")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+", null=True, db_index=False, help_text="the stay's central site")
    form = models.CharField(max_length=20)
    ground = models.CharField(max_length=20)
    state = models.CharField(max_length=14)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay"], condition=models.Q(known_to=OPEN_END), name="one_state_of_a_stay_believed")]
        indexes = [
            models.Index(
                fields=["disease", "known_from", "area_path", "form", "ground", "state", "facility", "known_to"], name="stays_opened"
            ),
            models.Index(
                fields=["disease", "known_to", "area_path", "form", "ground", "state", "facility", "known_from"], name="stays_closed"
            ),
            # Whoever begins on a day, and whoever was to begin after it, however many began since.
            models.Index(
                fields=["disease", "started_on", "stay", "known_from", "known_to", "area_path", "form", "ground", "state", "facility"],
                name="stays_by_day",
            ),
        ]
