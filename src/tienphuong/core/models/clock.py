from django.db import models


class ScenarioClock(models.Model):
    """Where the post's clock stands while it plays a demo or a drill (at most one row)."""

    stands_at = models.DateTimeField()
    scenario = models.CharField(max_length=60)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_scenario_clock")]


class ClockMark(models.Model):
    """How far the post's real time has come (at most one row), so that it never goes back where the machine's clock is set back."""

    latest = models.DateTimeField(help_text="the post's latest moment that was marked")
    ahead = models.DurationField(help_text="how far the post's time is ahead of a machine's clock that was set back")
    looked_at = models.DateTimeField(help_text="the machine's clock when it was marked: whoever marks lives")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock_mark")]
