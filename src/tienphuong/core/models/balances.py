"""How many of each kind the post believed in at a moment that is past: what a count starts from."""

from django.db import models


class Balance(models.Model):
    """The number of one group in one area at a closing. Derived from the intervals of belief, and can be thrown away at any time."""

    table = models.CharField(max_length=40, help_text="of which beliefs: the name of their table")
    disease = models.CharField(max_length=20)
    closed_at = models.DateTimeField()
    area_path = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=160, help_text="the values of the grouping columns, as a JSON list")
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["table", "disease", "closed_at", "area_path"], name="balances_of_a_closing")]
