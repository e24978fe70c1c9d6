from django.db import models


class OwnPlace(models.Model):
    """The area and the disease this post works for, which a command takes when it is given none (at most one row)."""

    area_code = models.CharField(max_length=20)
    code_system = models.CharField(max_length=20, blank=True)  # codes of one list name other units in the next
    area_name = models.CharField(max_length=200, blank=True)
    disease = models.CharField(max_length=40)
    scenario = models.CharField(max_length=60, blank=True)  # the demo this base plays, whatever its clock shows

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_own_place")]
