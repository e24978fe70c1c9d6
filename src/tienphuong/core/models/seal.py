from django.db import models


class SealMark(models.Model):
    """By what the key of this post is known again (at most one row): a keyed hash that says nothing of the key."""

    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_seal_mark")]
