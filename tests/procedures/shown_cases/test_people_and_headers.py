"""Shown lists about who is who, a header among many columns, and encodings."""

import pytest

from tienphuong.cases.models import Case
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db


def named():
    return set(Person.objects.exclude(full_name="").values_list("full_name", flat=True))


def test_a_row_without_a_name_makes_nobody_of_two_people(take, shown):
    """Shown case 03."""
    for path in shown("03-nameless-row-joins-two-people"):
        take(path)
    assert {"Kiều Thị Sương", "Tô Bá Lộc"} <= named()
    assert Case.objects.filter(duplicate_of=None).count() >= 2


def test_a_header_is_found_among_thirty_columns_nobody_knows(take, shown, count):
    """Shown case 13."""
    for path in shown("13-header-among-many-columns"):
        take(path)
    assert (count()["cases_total"], count()["cases_recovered"]) == (3, 1)


def test_twins_under_one_telephone_stay_two_people(take, shown):
    """Shown case P1."""
    for path in shown("P1-family-phone-twins"):
        take(path)
    assert Person.objects.count() == 8


def test_the_same_list_in_eleven_encodings_is_three_people(take, shown):
    """Shown case P3."""
    for path in shown("P3-encodings"):
        take(path)
    assert len(named()) == 3
