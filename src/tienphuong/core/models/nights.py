from django.db import models


class Night(models.Model):
    """One night's check: taken by one clock of the post, whatever number of them is running."""

    day = models.DateField(primary_key=True, help_text="the Vietnamese day in whose early morning it is")
    begun_at = models.DateTimeField(help_text="the machine's clock: a check that fell is taken up again")
    checked_at = models.DateTimeField(null=True, help_text="the post's clock")
