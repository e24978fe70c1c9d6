"""Wrong guesses that are counted."""

from django.db import models

from tienphuong.core.access.terms import AttemptKind


class AttemptCount(models.Model):
    """Guesses at one door since the last right one. Subjects are accounts, or places of a fixed number: strangers cannot make the table grow."""

    kind = models.CharField(max_length=10, choices=AttemptKind.choices())
    subject = models.CharField(max_length=40)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(help_text="the machine's clock")
    blocked_until = models.DateTimeField(null=True, help_text="the machine's clock")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_count_of_attempts")]
