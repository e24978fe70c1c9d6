"""Is a study that was written out read again as the same study, and a table of people as the same people?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.architecture.house import ROOT

from tienphuong.forecast.choosing import chosen
from tienphuong.forecast.entries import CommuneEntry, MeasureEntry, PlanEntry, StudyEntry
from tienphuong.forecast.populations import from_plain, plain, population_text, read_population
from tienphuong.forecast.studies import StudyError, nth, read_study
from tienphuong.forecast.writing import study_text

EXAMPLES = sorted((ROOT / "examples" / "plans").glob("*.toml"))
PEOPLE = (
    CommuneEntry(code="A", name="Xã An, “cũ”", population=1500, household_sizes=(100, 150, 200, 100), latitude=20.9, longitude=105.8),
    CommuneEntry(code="B", name="Xã Bình", population=1200, household_sizes=(90, 120, 150, 90)),
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_back_as_it_was(path):
    study = read_study(path.read_text(encoding="utf-8"))
    assert read_study(study_text(study)) == study


text = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False)
values = st.booleans() | numbers | text | st.dates() | st.lists(numbers, max_size=4) | st.dictionaries(text, numbers, max_size=3)


@given(title=text, note=text, settings=st.dictionaries(text.filter(lambda key: key != "kind"), values, max_size=4))
def test_whatever_a_measure_says_is_read_back(title, note, settings):
    measure = MeasureEntry(kind="stay_home", settings=settings, where=nth(f"{nth('[[plan]]', 1)}, [[plan.measure]]", 1))
    study = StudyEntry(
        title=title, note=note, disease="mpox", day0=date(2026, 11, 16), days=30, plans=(PlanEntry(name="A", measures=(measure,)),)
    )
    assert read_study(study_text(study)) == study


def test_people_are_read_back_as_they_were_from_a_table_and_from_what_is_kept():
    assert read_population(population_text(PEOPLE)) == PEOPLE
    assert from_plain(plain(PEOPLE)) == PEOPLE
    usual = tuple(replace(one, household_sizes=()) for one in PEOPLE)
    assert read_population(population_text(usual)) == usual


@pytest.mark.parametrize(("table", "where"), [("code,name\n", "dân cư"), ("code,name,population\nA,An,nhiều\n", "dân cư, dòng 2")])
def test_a_table_of_people_that_cannot_be_read_names_its_line(table, where):
    with pytest.raises(StudyError) as refused:
        read_population(table)
    assert refused.value.where == where and "size_1" in refused.value.remedy


def test_a_study_is_narrowed_to_the_plans_and_the_morning_chosen():
    whole = read_study(EXAMPLES[-1].read_text(encoding="utf-8"))
    narrowed = chosen(whole, plans=[1], day0=date(2021, 9, 1), from_records=True, fit_days=21)
    assert [plan.name for plan in narrowed.plans] == [whole.plans[1].name]
    assert (narrowed.day0, narrowed.start.kind, narrowed.fit_days) == (date(2021, 9, 1), "records", 21)
    assert read_study(study_text(narrowed)) == replace(narrowed, plans=read_study(study_text(narrowed)).plans)
    as_written = chosen(whole, plans=[0, 1], day0=whole.day0, from_records=False, fit_days=0)
    assert as_written == whole


def test_a_study_without_a_plan_is_refused():
    with pytest.raises(StudyError, match="chưa chọn phương án nào"):
        chosen(read_study(EXAMPLES[-1].read_text(encoding="utf-8")), plans=[], day0=date(2021, 9, 1), from_records=True, fit_days=0)
