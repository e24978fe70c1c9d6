from django.db import models


class ScenarioClock(models.Model):
    """Where the post's clock stands while it plays a demo or a drill (at most one row)."""

    stands_at = models.DateTimeField()
    scenario = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_scenario_clock")]
