"""The next number of a paper, per issuer, series and year; never given twice."""

from django.db import transaction
from django.db.models import F

from tienphuong.core.models import NumberSeries


def next_number(*, issuer: str, series: str, year: int) -> int:
    """Take the next number; two clerks at once get two numbers."""
    with transaction.atomic():
        key = {"issuer": issuer, "series": series, "year": year}
        NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
        NumberSeries.objects.filter(**key).update(last=F("last") + 1)
        return NumberSeries.objects.get(**key).last
