"""Words of cells that officers explained, kept for the sender who writes them."""

from django.db import models

from tienphuong.core.ids import uuid7


class RememberedWord(models.Model):
    """What an officer said a cell means, once for every later list of the sender; a word taken back stays on record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sender = models.CharField(max_length=120)
    area_path = models.CharField(max_length=40, blank=True, help_text="the locality of the file it was asked in")
    kind = models.CharField(max_length=16, help_text="result, classification, outcome, follow_up, symptoms, boolean")
    key = models.CharField(max_length=200, help_text="the cell in lower case, with its accents")
    written = models.CharField(max_length=200, help_text="the cell as it was written")
    word = models.CharField(max_length=20, help_text="the official word; none: the cell says nothing of this kind")
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "kind", "key"], condition=models.Q(withdrawn_at=None), name="one_meaning_per_sender_and_cell"
            )
        ]
