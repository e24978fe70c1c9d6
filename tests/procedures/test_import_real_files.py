"""The real files of others: SORMAS's import tests and the MERS line list of Korea 2015."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Contact, PendingLink

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not SHARED.exists(), reason="the shared data of other projects is not here")]
LATER = datetime(2021, 8, 24, 9, tzinfo=UTC)


@pytest.fixture
def taken_in(settings, tmp_path, areas, policy):
    settings.MEDIA_ROOT = tmp_path

    def make(name, sender, disease):
        told = {"sender": sender, "area": areas["020"], "disease": disease, "actor": system_viewer(), "at": LATER}
        file = receive_file(SHARED / name, Path(name).name, **told)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=LATER, policy=policy)

    return make


def test_five_cases_of_another_country_under_a_disease_no_pack_knows(taken_in):
    taken_in("sormas/sormas_import_test_success.csv", "SORMAS", "covid-19")
    assert Case.objects.count() == 5
    assert set(Case.objects.values_list("disease", flat=True)) == {"evd"}
    assert Counter(Person.objects.values_list("sex", flat=True)) == {"M": 3, "F": 2}
    assert sorted(CaseState.objects.values_list("classified_at__day", flat=True)) == [20, 21, 22, 23, 24]


def test_the_five_bad_rows_are_kept_with_what_is_wrong_in_them(taken_in):
    file = taken_in("sormas/sormas_import_test_errors.csv", "SORMAS", "covid-19")
    rows = IntakeRow.objects.filter(sheet__file=file)
    assert rows.count() == 5
    assert all(row.issues for row in rows)


def test_the_line_listing_goes_in_whole(taken_in):
    taken_in("sormas/sormas_import_test_line_listing.csv", "SORMAS", "covid-19")
    assert Case.objects.count() == 5


def test_the_epidemic_of_korea_has_162_cases_and_98_links(taken_in):
    taken_in("outbreaks/mers_korea_2015__linelist.csv", "KCDC", "mers")
    assert Case.objects.count() == 162
    taken_in("outbreaks/mers_korea_2015__contacts.csv", "KCDC", "mers")
    assert Case.objects.count() == Person.objects.count() == 162
    assert Contact.objects.count() == 98
    assert not PendingLink.objects.exists()
    held = CaseAlias.objects.values_list("case__person_id", "text")
    number = dict(held)
    top = Counter(number[source] for source in Contact.objects.values_list("source_id", flat=True)).most_common(3)
    assert dict(top) == {"SK_14": 38, "SK_1": 26, "SK_16": 21}
    twice = [n for n in Counter(Contact.objects.values_list("person_id", flat=True)).values() if n > 1]
    assert sum(n - 1 for n in twice) == 3


def test_links_that_come_before_their_line_list_meet_it(taken_in):
    taken_in("outbreaks/mers_korea_2015__contacts.csv", "KCDC", "mers")
    taken_in("outbreaks/mers_korea_2015__linelist.csv", "KCDC", "mers")
    counted = CaseState.objects.filter(known_to=OPEN_END, case__duplicate_of=None, classification="confirmed")
    assert counted.count() == 162
    assert Contact.objects.count() == 98
    assert not PendingLink.objects.filter(contact=None).exists()
