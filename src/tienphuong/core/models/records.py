"""What every record of a fact carries: when it happened, when it was reported, when the post learned it, from whom and why."""

from datetime import UTC, datetime
from typing import ClassVar, TypeVar

from django.db import models

# The end of what is still believed. A real date, not NULL, so that "as known at" is one indexable range test.
OPEN_END = datetime(9999, 12, 31, tzinfo=UTC)


M = TypeVar("M", bound=models.Model)


class InForce(models.Manager[M]):
    """The records that nobody took back."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(withdrawn_at=None)


class Withdrawable(models.Model):
    """What may be taken back with the file that gave it. The row stays: what was known before it was taken back is still counted."""

    withdrawn_at = models.DateTimeField(null=True, help_text="when its source was withdrawn")

    objects = InForce()
    everything = models.Manager()

    class Meta:
        abstract = True


class Record(Withdrawable):
    """An appended fact. It is never changed; a correction is another record with a reason."""

    event_at = models.DateTimeField(null=True, help_text="when it happened")
    reported_at = models.DateTimeField(help_text="when somebody told an authority")
    recorded_at = models.DateTimeField(help_text="when this post learned it")
    recorded_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    policy = models.CharField(max_length=20, blank=True)
    source_row = models.BigIntegerField(null=True, help_text="the row of the sender's file it came from")

    class Meta:
        abstract = True


def in_force_at(moment: datetime) -> models.Q:
    """Of records, those the post had and had not taken back at a moment: a condition on `Record.everything`."""
    kept = models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gt=moment)
    return models.Q(recorded_at__lte=moment) & kept


class Known(models.Model):
    """A derived state with the interval in which the post believed it. Corrections close one and open the next.

    It is counted by disease, area and the columns that GROUPED names (`core.balances`).
    """

    GROUPED: ClassVar[tuple[str, ...]] = ()

    disease = models.CharField(max_length=20)
    area_path = models.CharField(max_length=40, blank=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(default=OPEN_END)

    class Meta:
        abstract = True


K = TypeVar("K", bound=Known)


def as_known(rows: models.QuerySet[K], *, at: datetime) -> models.QuerySet[K]:
    """Of derived states, those the post believed at a moment."""
    return rows.filter(known_from__lte=at, known_to__gt=at)
