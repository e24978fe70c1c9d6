"""People and how they are known: names, papers, phones, addresses, households."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Withdrawable

from .areas import Area


class Household(models.Model):
    """Those who live under one roof and one head (hộ gia đình)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    hamlet = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    source_row = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area_path", "code"])]


class Person(models.Model):
    """One record of a person. Several records may stand for one human being: they then share an identity.

    Inside, people are numbered (ten million contacts point at them); outside, they are known by `uid`.
    `identity` is the record that speaks for the person. Merging points records at another identity, un-merging points them back,
    and nothing else moves: that is why neither can lose anything.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    identity = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    full_name = models.CharField(max_length=160, blank=True)
    original_name = models.CharField(max_length=200, blank=True, help_text="as the sender wrote it, when that differs")
    name_key = models.CharField(max_length=160, blank=True, help_text="accent-free, for search")
    loose_key = models.CharField(max_length=160, blank=True, help_text="spelling variants folded, for matching")
    sort_key = models.CharField(max_length=300, blank=True, help_text="Vietnamese collation by given name")
    sex = models.CharField(max_length=1, blank=True, help_text="M, F, or unknown")
    birth_year = models.SmallIntegerField(null=True)
    birth_date = models.DateField(null=True)
    birth_precision = models.CharField(max_length=12, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    occupation = models.CharField(max_length=160, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", null=True)
    relation_to_head = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    area_path = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    source_row = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    purged_at = models.DateTimeField(null=True, help_text="when what made the record somebody was taken away: its time was over")
    filled = models.JSONField(default=dict, help_text="{column: the row that filled what the first source left empty}")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(identity=models.F("id")), name="who_speaks_for_himself_points_nowhere")]
        indexes = [
            models.Index(fields=["name_key", "birth_year"]),
            # Matching steps into these for every row of every list: whoever is near is told from the index alone.
            models.Index(fields=["loose_key", "birth_year", "area_path", "birth_date"], name="namesakes_near"),
            models.Index(fields=["area_path", "birth_date"], name="born_in_a_commune"),
            models.Index(fields=["sort_key", "id"], name="people_by_name"),
            models.Index(fields=["birth_date"], name="people_by_birth"),
        ]

    def __str__(self) -> str:
        return self.full_name or f"#{self.pk}"

    @property
    def identity_number(self) -> int:
        """The number of the record that speaks for this person."""
        return self.identity_id or self.pk


class Identifier(Withdrawable):
    """A paper with a number: sealed for reading back, hashed for finding, the last digits for the eye."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    sealed = models.BinaryField()
    finding_hash = models.CharField(max_length=24, db_index=True)
    tail = models.CharField(max_length=4, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    flags = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    source_row = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "finding_hash"], condition=models.Q(withdrawn_at=None), name="one_paper_once_per_person"
            )
        ]


class Phone(Withdrawable):
    """A number somebody answers. Often a household's or a landlord's: a phone is not a person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, db_index=True)
    original = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    source_row = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], condition=models.Q(withdrawn_at=None), name="one_phone_once_per_person")
        ]


class Address(Withdrawable):
    """Where a person is registered, stays or lives, as written and as understood, with its period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, help_text="residence kind: permanent, temporary, short_stay, absent, actual")
    raw = models.CharField(max_length=300)
    hamlet = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    area_path = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    source_row = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "raw"], condition=models.Q(withdrawn_at=None), name="one_address_once_per_person"
            )
        ]
        # Who has none is asked of everybody: from this alone, without a row of the table.
        indexes = [models.Index(fields=["person", "withdrawn_at"], name="addresses_of_people")]
