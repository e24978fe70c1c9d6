"""Shown tables: underlying diseases, unnamed people sent twice, quarantine beside cases, results at discharge, columns filled late."""

from datetime import date

import pytest

from tienphuong.cases.models import Case
from tienphuong.core.clock import local
from tienphuong.intake.models import IntakeRow
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Contact, IsolationRecord

pytestmark = pytest.mark.django_db
HEAD = "Mã ca,Họ và tên,Tuổi,Giới tính,Ngày phát hiện,Bệnh"


def named(count, *names: str) -> list[int]:
    values = count()
    return [values[name] for name in names]


def test_a_column_of_diseases_may_ask_for_those_people_live_with(take, shown, count):
    """Shown table r14."""
    for path in shown("r14_disease.csv"):
        take(path)
    assert named(count, "cases_total") == [10]
    assert set(Case.objects.values_list("disease", flat=True)) == {"covid-19"}


@pytest.mark.parametrize(
    ("named", "disease"),
    [
        ("không", "covid-19"),
        ("sỏi thận", "covid-19"),
        ("Tăng huyết áp", "covid-19"),
        ("sởi", "measles"),
        ("SXH", "dengue"),
        ("sốt mò", "sot-mo"),
    ],
)
def test_the_disease_of_a_row_is_named_or_the_files(take, named, disease):
    take(HEAD, f"CD-1,Bùi Văn A,31,Nam,2021-08-12,{named}")
    assert Case.objects.get().disease == disease
    remarked = any("bệnh khác" in issue[4] for issue in IntakeRow.objects.get().issues)
    assert remarked == (disease == "sot-mo"), "a disease no rules are known of is in no figure, and that is said"


def test_unnamed_people_sent_twice_are_the_same(take, shown, count):
    """Shown table r8."""
    for path in shown("r8_first.csv") + shown("r8_second.csv"):
        take(path)
    assert (Person.objects.count(), named(count, "cases_total")) == (8, [8])


def test_quarantine_beside_cases_began_on_its_day(take, shown, count):
    """Shown table r10."""
    for path in shown("r10_quarantine.csv"):
        take(path)
    assert named(count, "cases_total", "deaths") == [5, 2]
    began = IsolationRecord.objects.order_by("isolated_at").values_list("isolated_at", flat=True)
    assert [local(moment).date() for moment in began] == [date(2021, 8, day) for day in range(11, 16)]
    assert any(issue[3] == "29-08--21" for row in IntakeRow.objects.all() for issue in row.issues)


def test_a_negative_at_discharge_refutes_nobody(take, shown, count):
    """Shown table r7."""
    for path in shown("r7_status.csv"):
        take(path)
    assert named(count, "cases_total", "cases_recovered") == [9, 5]
    assert Contact.objects.count() == 7
    assert not [issue for row in IntakeRow.objects.all() for issue in row.issues if issue[1] == "linked_case"]


def test_columns_filled_late_are_read(take, shown, count):
    """Shown table r3."""
    for path in shown("r3_late.csv"):
        take(path)
    assert named(count, "cases_total", "deaths") == [340, 2]


def test_english_outcomes_are_understood_or_remarked(take, shown, count):
    """Shown table r2."""
    for path in shown("r2_outcome.csv"):
        take(path)
    asked = [row for row in IntakeRow.objects.all() if any(issue[1] == "outcome" for issue in row.issues)]
    values = count()
    assert (values["cases_total"], values["deaths"]) == (14, 8)
    assert values["cases_recovered"] + len(asked) == 6
