from django.db import models


class OwnPlace(models.Model):
    """The area and the disease this post works for, which a command takes when it is given none (at most one row)."""

    area_code = models.CharField(max_length=20)
    disease = models.CharField(max_length=40)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_own_place")]
