"""Lists as public repositories and reports show them, with invented people: a class, an end or a place that the list does not say is in no figure."""

import pytest

from tienphuong.cases.models import CaseState
from tienphuong.intake.models import IntakeRow

pytestmark = pytest.mark.django_db
HEAD = "case_id,sex,age,date_onset,case_type,outcome,date_outcome"


def _remarks() -> list[list[str]]:
    rows = IntakeRow.objects.order_by("number").values_list("issues", flat=True)
    return [[issue[1] for issue in issues if issue[0] == "warning"] for issues in rows]


def test_a_row_without_a_class_is_no_case_in_a_list_that_tells_cases_apart(take, count):
    take(
        HEAD,
        "TX1,female,34,2021-08-20,confirmed,,",
        "TX2,male,35,2021-08-20,probable,,",
        "TX3,male,36,2021-08-20,suspected,,",
        "TX4,male,37,2021-08-20,N/A,,",
        "TX5,male,38,2021-08-20,,,",
        "TX6,male,39,2021-08-20,not available,,",
    )
    assert count()["cases_total"] == 1
    assert sorted(CaseState.objects.values_list("classification", flat=True)) == ["", "", "", "confirmed", "probable", "suspected"]
    assert _remarks() == [[], [], [], ["classification"], ["classification"], ["classification"]]


def test_a_list_whose_only_class_is_confirmed_speaks_for_its_empty_cells_but_not_for_its_signs_for_nothing(take, count):
    take(HEAD, "TX1,female,34,2021-08-20,confirmed,,", "TX2,male,35,2021-08-20,,,", "TX3,male,36,2021-08-20,n /a,,")
    assert count()["cases_total"] == 2
    assert _remarks() == [[], [], ["classification"]]


def test_a_test_speaks_for_a_row_without_a_class(take, count):
    take(
        "case_id,sex,age,date_onset,case_type,test_result",
        "TX1,female,34,2021-08-20,suspected,",
        "TX2,male,35,2021-08-20,,positive",
        "TX3,male,36,2021-08-20,,negative",
    )
    assert count()["cases_total"] == 1
    assert sorted(CaseState.objects.values_list("classification", flat=True)) == ["confirmed", "refuted", "suspected"]


def test_what_stands_for_nothing_is_no_value_and_no_question(take, count):
    take(
        "case_id,case_type,sex,age,date_onset,outcome,date_outcome",
        "TX1,confirmed,Not Avail,n /a,2021-08-20,missing,n / a",
        "TX2,confirmed,#N/A,\\?,20 Aug 2021,NAN,Not A Number",
    )
    assert _remarks() == [[], []]
    assert count()["cases_total"] == 2


def test_a_place_that_is_a_bare_number_is_not_silently_the_unit_of_that_code(take):
    take("case_id,sex,age,district,date of confirmation", "TX1,male,33,3,2021-08-20", "TX2,male,34,,2021-08-20")
    first, second = _remarks()
    assert first and not second
