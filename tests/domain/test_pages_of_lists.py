"""Pages of long lists: walked either way they are the whole list, whatever ties, gaps and newcomers it has; and an index finds them."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.cases.queries import lists as case_lists
from tienphuong.cases.queries.lists import CaseFilter, case_roll
from tienphuong.core import keyset
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.pages import Window
from tienphuong.core.policy import pack
from tienphuong.core.text.collate import sort_key
from tienphuong.core.text.fold import fold
from tienphuong.registry.models import Area, Household, Person
from tienphuong.tracing.models import DegreeRecord, FollowUp
from tienphuong.tracing.queries import contacts as contact_lists
from tienphuong.tracing.queries.contacts import ContactChoice, contact_roll
from tienphuong.tracing.queries.follow_up import DayChoice, day_counts, watch_roll

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 8, 24, 9, tzinfo=UTC)
PATHS = ("000100010001", "000100010002", "000100020001", "")
NAMES = ("Nguyễn Văn Nam", "Nguyễn Văn Nam", "Trần Thị Ánh", "Đỗ An", "")


@pytest.fixture(params=[0, keyset.FEW], ids=["walked", "sorted"])
def length(request, monkeypatch):
    """Every list walked along its index, as a long one is, and every list sorted, as a short one is."""
    monkeypatch.setattr(keyset, "FEW", request.param)


def people(number, rng):
    """People with few names and few places."""
    rows = [
        Person(
            full_name=(name := rng.choice(NAMES)),
            sort_key=sort_key(name),
            name_key=fold(name),
            area_path=rng.choice(PATHS),
            recorded_at=NOW,
        )
        for _ in range(number)
    ]
    return Person.objects.bulk_create(rows)


def cases(number, rng):
    """Cases of few days, some without one."""
    whose = people(number, rng)
    found = Case.objects.bulk_create([Case(person=person, disease="covid-19", recorded_at=NOW) for person in whose])
    CaseState.objects.bulk_create(
        CaseState(
            case=case, disease="covid-19", area_path=rng.choice(PATHS), known_from=NOW - timedelta(days=9), classification="confirmed",
            classified_at=rng.choice([None, *(NOW - timedelta(days=n) for n in range(4))]),
            detected_on=rng.choice([None, date(2021, 8, 20), date(2021, 8, 21)]), outcome=rng.choice(["", "died"]),
        )
        for case in found
    )  # fmt: skip


def contacts(number, rng):
    """Contacts of one degree, some without a last exposure, among people who are none."""
    people(number, rng)
    DegreeRecord.objects.bulk_create(
        DegreeRecord(
            person=person, disease="covid-19", degree=1, area_path=rng.choice(PATHS), known_from=NOW - timedelta(days=9), cause="late_contact",
            reported_at=NOW - timedelta(days=rng.randrange(3)), last_exposure=rng.choice([None, NOW - timedelta(days=rng.randrange(3))]),
        )
        for person in people(number, rng)
    )  # fmt: skip


def watched(number, rng):
    """Contacts in households, of whom some were asked after today, some twice."""
    known = {"code_system": "gso-2019", "code": "1", "kind": "commune", "level": "commune", "name": "X", "valid_from": date(2020, 1, 1)}
    area, _made = Area.objects.get_or_create(path=PATHS[0], defaults=known)
    roofs = Household.objects.bulk_create(
        Household(area=area, area_path=PATHS[0], hamlet=rng.choice("AB"), recorded_at=NOW) for _ in range(3)
    )
    known = list(Person.objects.values_list("pk", flat=True))
    contacts(number, rng)
    for person in Person.objects.exclude(pk__in=known)[::2]:
        Person.objects.filter(pk=person.pk).update(household=rng.choice(roofs))
    if FollowUp.objects.exists():
        return
    taken = DegreeRecord.objects.values_list("person_id", flat=True)[: number // 2]
    for n in (1, 2):
        FollowUp.objects.bulk_create(
            FollowUp(
                person_id=person, disease="covid-19", day=NOW.date(), state=rng.choice(["done", "unreachable", "due"]), number=n,
                reported_at=NOW, recorded_at=NOW - timedelta(hours=3 - n),
            )
            for person in list(taken)[:: n]
        )  # fmt: skip


def roll_of(kind, order, viewer=None, **choice):
    """The list of that kind."""
    seen = viewer or system_viewer()
    if kind == "cases":
        return case_roll(seen, choice=CaseFilter(disease="covid-19", known_at=NOW, **choice), order=order)
    if kind == "watched":
        day = DayChoice(disease="covid-19", day=NOW.date(), at=NOW, **choice)
        return watch_roll(seen, choice=day, policy=pack("vn-2021-07-30").disease("covid-19"), counts={})
    return contact_roll(seen, choice=ContactChoice(disease="covid-19", degree=1, known_at=NOW, **choice), order=order)


LISTS = [("cases", order) for order in case_lists.ORDERS] + [("contacts", order) for order in contact_lists.ORDERS]
LISTS.append(("watched", "household"))
MADE = {"cases": cases, "contacts": contacts, "watched": watched}


def forward(roll, size=7, between=lambda: None):
    """Every page from the first on, something happening between them."""
    listed = roll.page(Window(size))
    while True:
        yield listed
        if not listed.following:
            return
        between()
        listed = roll.page(Window(size, listed.following))


def keys(lines):
    """The lines by whom they are of."""
    return [getattr(line, "id", None) or line.person.number for line in lines]


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize(("kind", "order"), LISTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_pages_walked_either_way_are_the_whole_list_in_its_order(kind, order, seed):
    MADE[kind](40, random.Random(seed))
    roll = roll_of(kind, order)
    whole = [line for part in roll.parts(1_000) for line in part]
    pages = list(forward(roll))
    assert [key for page in pages for key in keys(page.lines)] == keys(whole)
    assert 20 < len(whole) == pages[0].total
    assert [page.first for page in pages] == list(range(1, len(whole) + 1, 7))
    back = [pages[-1]]
    while back[-1].previous:
        back.append(roll.page(Window(7, back[-1].previous)))
    assert [keys(page.lines) for page in back[::-1]] == [keys(page.lines) for page in pages]
    assert [key for part in roll.parts(6) for key in keys(part)] == keys(whole)


@pytest.mark.parametrize(("kind", "order"), LISTS)
def test_a_list_is_in_one_order_whether_it_is_walked_or_sorted(kind, order, monkeypatch):
    MADE[kind](60, random.Random(3))
    found = []
    for few in (0, 15, keyset.FEW):
        monkeypatch.setattr(keyset, "FEW", few)
        found.append([key for part in roll_of(kind, order).parts(9) for key in keys(part)])
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize(("kind", "order"), LISTS)
def test_who_stood_in_the_list_from_the_first_page_on_is_met_once_whatever_arrives(kind, order):
    rng = random.Random(5)
    MADE[kind](30, rng)
    before = {key for part in roll_of(kind, order).parts(100) for key in keys(part)}
    met = [key for page in forward(roll_of(kind, order), 4, between=lambda: MADE[kind](2, rng)) for key in keys(page.lines)]
    assert len(met) == len(set(met))
    assert before <= set(met)


@pytest.mark.usefixtures("length")
def test_a_page_from_which_everybody_left_is_the_last_one_that_is_left():
    cases(20, random.Random(1))
    roll = roll_of("cases", "date")
    first = roll.page(Window(7))
    CaseState.objects.exclude(case_id__in=keys(first.lines)).delete()
    left = roll_of("cases", "date").page(Window(7, first.following))
    assert keys(left.lines) == keys(first.lines)
    assert not left.following


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize(("kind", "order"), LISTS)
def test_a_cursor_of_somebody_who_sees_more_shows_no_more(kind, order):
    MADE[kind](40, random.Random(7))
    cursor = roll_of(kind, order).page(Window(3)).following
    reach = dict.fromkeys((Permission.SEE_PERSON, Permission.SEE_CLINICAL), (PATHS[0],))
    own = Viewer(None, "Hoa", reach)
    allowed = {key for part in roll_of(kind, order, own).parts(100) for key in keys(part)}
    listed = roll_of(kind, order, own).page(Window(50, cursor))
    assert set(keys(listed.lines)) <= allowed
    assert listed.total == len(allowed)


def test_a_cursor_that_is_none_of_this_list_gives_the_first_page_and_says_so():
    cases(20, random.Random(1))
    roll = roll_of("cases", "date")
    other = roll_of("cases", "name").page(Window(7)).following
    mine = roll.page(Window(7)).following
    for bad in ("x", "ấ", other, mine[:-3], mine[::-1], "A" * 5_000, mine + "\n!"):
        listed = roll.page(Window(7, bad))
        assert listed.lost
        assert keys(listed.lines) == keys(roll.page(Window(7)).lines)
    assert not roll.page(Window(7, mine)).lost


def test_nobody_reads_a_name_in_a_cursor():
    cases(20, random.Random(1))
    cursor = roll_of("cases", "name").page(Window(7)).following
    assert not any(sort_key(name).encode() in cursor.encode() for name in NAMES if name)


def test_a_list_too_long_to_count_at_once_is_counted_from_its_closings_or_said_to_be_longer(monkeypatch):
    cases(30, random.Random(2))
    monkeypatch.setattr(keyset, "COUNTED", 10)
    listed = roll_of("cases", "date").page(Window(5))
    assert (listed.total, listed.at_least) == (30, False)
    dead = CaseState.objects.filter(outcome="died").count()
    assert roll_of("cases", "date", outcome="died").page(Window(5)).total == dead
    listed = roll_of("cases", "date", since=date(2021, 8, 1)).page(Window(5))
    assert (listed.total, listed.at_least) == (10, True)


def test_lines_may_be_skipped_by_their_number():
    cases(30, random.Random(2))
    roll = roll_of("cases", "date")
    whole = [key for part in roll.parts(100) for key in keys(part)]
    listed = roll.page(Window(5, start=10))
    assert keys(listed.lines) == whole[10:15]
    assert listed.first == 11
    assert keys(roll.page(Window(5, listed.previous)).lines) == whole[5:10]
    assert roll.page(Window(5, start=900)).lines == ()


def test_the_state_of_a_day_is_that_of_the_latest_check_and_counts_say_the_same_as_lines():
    watched(30, random.Random(4))
    policy = pack("vn-2021-07-30").disease("covid-19")
    choice = DayChoice(disease="covid-19", day=NOW.date(), at=NOW)
    last = {check.person_id: check.state for check in FollowUp.objects.order_by("recorded_at", "id")}
    lines = [line for part in roll_of("watched", "household").parts(100) for line in part]
    assert {line.person.number: line.state for line in lines} == {line.person.number: last.get(line.person.number, "due") for line in lines}
    counts = day_counts(system_viewer(), choice=choice, policy=policy)
    assert sum(counts.values()) == len(lines) > 0
    for state in ("due", "done", "unreachable"):
        found = [line for part in roll_of("watched", "household", state=state).parts(100) for line in part]
        assert keys(found) == keys([line for line in lines if line.state == state])
        assert len(found) == counts.get(state, 0)


@pytest.mark.usefixtures("length")
def test_a_list_searched_by_words_or_by_a_number_is_paged_like_any_other():
    cases(40, random.Random(1))
    case = CaseState.objects.order_by("pk").first()
    CaseAlias.objects.create(case_id=case.case_id, kind="local", text="HN 77", key="HN-77", recorded_at=NOW)
    whole = [line for part in roll_of("cases", "date").parts(100) for line in part]
    named = [line for line in whole if line.person.name == "Nguyễn Văn Nam"]
    assert [key for page in forward(roll_of("cases", "date", text="nam")) for key in keys(page.lines)] == keys(named)
    found = roll_of("cases", "date", text="HN77").page(Window(5))
    assert (keys(found.lines), found.total) == ([case.case_id], 1)
    assert roll_of("cases", "date", text="HN78").page(Window(5)).total == 0
    assert roll_of("cases", "date", text="HN77", area_path="9").page(Window(5)).total == 0


PLANS = [
    ("cases", "date", "cases_by_report"), ("cases", "detected", "cases_by_detection"), ("cases", "name", "people_by_name"),
    ("contacts", "date", "degrees_by_report"), ("contacts", "exposure", "degrees_by_exposure"), ("contacts", "name", "people_by_name"),
]  # fmt: skip


@pytest.mark.parametrize("turns", [0, 1])
@pytest.mark.parametrize(("kind", "order", "index"), PLANS)
def test_a_page_of_a_long_list_is_read_along_an_index_and_not_sorted(kind, order, index, turns, monkeypatch):
    MADE[kind](40, random.Random(1))
    monkeypatch.setattr(keyset, "FEW", 0)
    roll = roll_of(kind, order, area_path=PATHS[0][:8])
    cursor = roll.page(Window(3)).following if turns else ""
    plans = explained(lambda: roll.page(Window(3, cursor)))
    walked = [plan for plan in plans if index in plan]
    assert walked, plans
    # Of an order by name only the people are walked; the cases of some two hundred of them are sorted.
    in_order = [plan for plan in walked if "TEMP B-TREE" not in plan and "Sort" not in plan]
    assert in_order if index == "people_by_name" else in_order == walked


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has counted its rows, and chooses by itself")
@pytest.mark.parametrize(("kind", "order"), [("cases", "area"), ("contacts", "area"), ("watched", "household")])
def test_a_group_is_found_by_itself_and_not_by_the_area_it_lies_in(kind, order, monkeypatch):
    MADE[kind](40, random.Random(1))
    monkeypatch.setattr(keyset, "FEW_IN_GROUPS", 0)
    roll = roll_of(kind, order, area_path=PATHS[0][:8])
    table = "cases_casestate" if kind == "cases" else "tracing_degreerecord"
    read = [plan for plan in explained(lambda: roll.page(Window(50))) if table in plan and "TEMP B-TREE" in plan]
    assert read and all("in_an_area" in plan and "area_path=?" in plan for plan in read), read


def explained(work):
    """The plan of every question that `work` asks."""
    from django.db import connection as here
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(here) as asked:
        work()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of forty rows is read whole by any sane planner: what is tested is that the index can answer.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        return [_plan(cursor, query["sql"]) for query in asked.captured_queries if "ORDER BY" in query["sql"]]


def _plan(cursor, statement):
    if connection.vendor == "postgresql":
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in cursor.fetchall())
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
    return "\n".join(str(row[3]) for row in cursor.fetchall())
