from django.db import models


class NumberSeries(models.Model):
    """One issuer's numbers of one kind of paper in one year, each used once."""

    issuer = models.CharField(max_length=120)
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "series", "year"], name="one_series_per_issuer_and_year")]
