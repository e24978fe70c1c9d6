"""Shown lists about days: an outcome has its own day, and a list without days makes nothing new."""

import pytest

from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db


def test_a_death_is_counted_on_its_own_day(take, shown, count):
    """Shown case 01."""
    for path in shown("01-outcome-day"):
        take(path)
    values = count()
    assert [values[key] for key in ("deaths", "deaths_new", "cases_recovered", "cases_recovered_new")] == [1, 1, 1, 1]


def test_an_infection_months_later_counts(take, shown, count):
    """Shown case 05."""
    for path in shown("05-reinfection"):
        take(path)
    values = count()
    assert [values[key] for key in ("cases_total", "cases_new", "cases_in_treatment")] == [2, 1, 1]


def test_a_list_without_days_is_nothing_new(take, shown, count):
    """Shown case 33."""
    for path in shown("33-list-without-days"):
        file = take(path)
    values = count()
    assert any("không có cột ngày" in words for _, _, words in file.warnings)
    assert [values[key] for key in ("cases_late", "deaths_late", "cases_recovered_late")] == [2, 1, 1]
    assert [values[key] for key in ("cases_total", "cases_new", "deaths_new", "cases_recovered_new")] == [2, 0, 0, 0]


def test_people_who_may_be_counted_twice_are_said_so_beside_the_count(take, shown, count):
    """Shown case 34: the same three people in another layout are known, or the figures say how many may be duplicates."""
    for path in shown("34-same-people-other-layout"):
        take(path)
    values = count()
    assert (values["cases_total"], values["cases_doubled_at_most"], Person.objects.count()) == (3, 0, 3)
