"""Areas in time: units with their codes, whose part they were when, what became of them."""

from datetime import date

from django.db import models

from tienphuong.core.access.rules import next_path
from tienphuong.registry.areas.terms import AreaKind, AreaLevel, CodeSystem


class AreaQuerySet(models.QuerySet["Area"]):
    def valid(self, on: date) -> "AreaQuerySet":
        """The areas that exist on a day."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on), valid_from__lte=on)

    def below(self, path: str) -> "AreaQuerySet":
        """An area with everything under it: one range, whatever the collation."""
        return self.filter(path__gte=path, path__lt=next_path(path))


class Area(models.Model):
    """One unit of one list of codes. A unit that is reorganised ends; its successors are other rows.

    `path` holds the way down from the nation, four digits a step, so that a subtree is one range of one index.
    """

    code_system = models.CharField(max_length=20, choices=CodeSystem.choices())
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=AreaKind.choices())
    level = models.CharField(max_length=12, choices=AreaLevel.choices())
    name = models.CharField(max_length=120, help_text="without the unit word")
    official_name = models.CharField(max_length=160, help_text="as the list prints it")
    search_key = models.CharField(max_length=300, help_text="folded names, each between bars")
    path = models.CharField(max_length=40, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day; empty: still")
    population = models.PositiveIntegerField(null=True, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    figures_source = models.CharField(max_length=200, blank=True)
    centre_lat = models.FloatField(null=True, blank=True)
    centre_lon = models.FloatField(null=True, blank=True)
    geometry = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry, WGS 84")

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_system", "code"], name="one_area_per_code_of_a_list"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")), name="area_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["code"]), models.Index(fields=["level", "path"])]

    def __str__(self) -> str:
        return self.full_name

    def stands_on(self, day: date) -> bool:
        """Whether the unit exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def full_name(self) -> str:
        """The unit word and the name: `Xã Liên Ninh`."""
        return f"{AreaKind(self.kind).label} {self.name}" if self.level != AreaLevel.NATION else self.name


class AreaParent(models.Model):
    """Which area this one was part of, and when."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    parent = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="one_parent_at_a_time"),
            models.CheckConstraint(condition=~models.Q(area=models.F("parent")), name="no_area_is_its_own_parent"),
        ]
        indexes = [models.Index(fields=["parent", "valid_from"])]


class AreaSuccession(models.Model):
    """What became of an area. `share` is the part of the old unit's people that went to the new one; empty: the act does not say."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="+")
    new = models.ForeignKey(Area, models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    partial = models.BooleanField(help_text="only a part of the old unit went to this new one")
    basis = models.CharField(max_length=160, help_text="the document and clause")
    effective_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="one_succession_per_pair"),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gte=0, share__lte=1), name="share_between_none_and_all"
            ),
        ]


class AreaMembership(models.Model):
    """An official area or hamlet that belongs to an operational one, beside the tree."""

    operational = models.ForeignKey(Area, models.PROTECT, related_name="+")
    member = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operational", "member", "valid_from"], name="one_membership_per_period")]
