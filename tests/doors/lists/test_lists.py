"""The lists: who sees what, how many queries a page takes, and that the list behind a figure holds exactly its records."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tienphuong.cases.services.laboratory import LabEntry
from tienphuong.core import audit
from tienphuong.core.models import AuditEntry
from tienphuong.procedures.record_lab_results import record_lab_results
from tienphuong.reports.catalogue import INDICATORS
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.web.audit_words import OLD_KEYS
from tienphuong.web.exports import escaped
from tienphuong.web.scope import records_href

pytestmark = pytest.mark.django_db
LISTS = ("cases", "contacts", "follow_up", "referrals", "returnees", "stays", "samples", "contradictions")
LINKED = [i.key for i in INDICATORS if i.records and i.key != "cases_source_unknown"]
DISEASE = "covid-19"


@pytest.mark.parametrize("name", [*LISTS, "duplicates", "search"])
def test_every_list_opens_in_both_languages(at_lans, at_lans_in_english, name):
    assert at_lans.get(reverse(name)).status_code == 200
    page = at_lans_in_english.get(reverse(name))
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()


@pytest.mark.parametrize("name", ["cases", "contacts", "follow_up", "returnees", "stays", "samples"])
def test_an_officer_of_another_district_finds_the_lists_empty(at_minhs, name):
    assert at_minhs.get(reverse(name)).context["total"] == 0


@pytest.mark.parametrize("name", ["cases", "returnees", "stays", "samples", "contradictions", "duplicates"])
def test_an_empty_list_says_why_and_what_comes_next(at_minhs, name):
    page = at_minhs.get(reverse(name)).content.decode()
    empty = page[page.index('class="nothing"') :].partition("</div>")[0]
    assert re.search(r"<p>[^<]{20,}</p>", empty) and (name == "duplicates" or 'class="btn"' in empty), empty


def test_the_next_act_is_offered_to_whoever_may_take_it(at_the_teams, at_minhs):
    assert reverse("intake") not in at_the_teams.get(reverse("returnees")).content.decode()
    assert reverse("intake") in at_minhs.get(reverse("returnees")).content.decode()


def test_a_pooled_sample_stands_in_the_list_without_a_person(at_lans, world, areas, lan, at, policy):
    tube = LabEntry(disease=DISEASE, kind="pooled", pool_code="G4-040", reported_at=at, result="pending", area_path=areas["020"].path)
    record_lab_results([(None, tube)], actor=lan, at=at, policy=policy)
    assert "G4-040" in at_lans.get(reverse("samples")).content.decode()


def test_a_person_out_of_reach_looks_like_nobody(at_minhs, at_lans, world):
    address = reverse("person", args=[world.cases[0].uid])
    assert at_minhs.get(address).status_code == 404
    assert at_lans.get(address).status_code == 200


def test_a_person_handed_to_another_district_may_be_opened_there(at_minhs, world):
    assert at_minhs.get(reverse("person", args=[world.contacts[-1].uid])).status_code == 200


def test_a_hamlet_team_sees_people_but_no_diagnosis(at_the_teams, world):
    assert at_the_teams.get(reverse("cases")).status_code == 403
    assert at_the_teams.get(reverse("samples")).status_code == 403
    mine = [person for person in world.cases if at_the_teams.get(reverse("person", args=[person.uid])).status_code == 200]
    assert mine, "there are cases in the team's commune"
    page = at_the_teams.get(reverse("person", args=[mine[0].uid])).content.decode()
    assert "ca bệnh xác định" not in page
    assert "RT-PCR" not in page
    assert "BN 10" not in page
    contacts = at_the_teams.get(reverse("contacts")).content.decode()
    assert "F1: " in contacts
    assert "BN 10" not in contacts


def test_papers_are_masked_for_who_may_not_see_them(at_the_teams, at_lans, world):
    person = next(p for p in world.people if p.area_path == world.people[0].area_path)
    number = at_lans.get(reverse("person", args=[person.uid])).context["dossier"].identity.papers[0].number
    page = at_the_teams.get(reverse("person", args=[person.uid])).content.decode()
    assert number not in page
    assert f"••••{number[-4:]}" in page


@pytest.mark.parametrize("name", ["cases", "contacts", "follow_up", "returnees"])
def test_a_longer_list_takes_no_more_queries(make_world, lan, name, client):
    from tienphuong.core.models import User

    make_world(people=50, cases=5)
    client.force_login(User.objects.get(username="lan"), backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(
        connection,
    ) as few:
        first = client.get(reverse(name)).context["total"]
    make_world(people=120, cases=20)
    with CaptureQueriesContext(connection) as many:
        second = client.get(reverse(name)).context["total"]
    assert second > first
    assert len(many) == len(few)


@pytest.mark.parametrize("figure", LINKED)
def test_the_list_behind_a_figure_holds_exactly_its_records(at_lans, checked, areas, lan, at, policy, figure):
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE))
    counted = figures(lan, area=areas["020"], disease=DISEASE, cutoff=cutoff, policy=policy).values
    page = at_lans.get(records_href(figure, cutoff=cutoff, disease=DISEASE, area_path=areas["020"].path))
    assert page.context["total"] == counted[figure]


def test_people_checked_though_not_due_stand_behind_the_figure_once_each(at_lans, checked, areas, at, policy):
    cutoff = cutoff_of(at, policy=policy.disease(DISEASE))
    for figure, people in (("follow_up_done", checked.done), ("follow_up_unreachable", checked.unreachable)):
        page = at_lans.get(records_href(figure, cutoff=cutoff, disease=DISEASE, area_path=areas["020"].path))
        assert sorted(row.key for row in page.context["rows"]) == sorted(str(person.uid) for person in people)


def test_the_search_from_anywhere_finds_case_numbers_for_who_may_see_diagnoses(at_lans, at_the_teams, world):
    page = at_lans.get(reverse("search"), {"q": "bn 100"})
    assert [row.key for row in page.context["rows"]] == [str(world.cases[0].uid)]
    assert at_the_teams.get(reverse("search"), {"q": "bn 100"}).context["total"] == 0


def test_search_finds_names_without_accents_and_case_numbers_however_written(at_lans, world):
    person = world.cases[0]
    given = person.name_key.split()[-1]
    names = [line.name for line in at_lans.get(reverse("cases"), {"q": given}).context["rows"]]
    assert any(person.full_name in name for name in names)
    assert at_lans.get(reverse("cases"), {"q": "bn0100"}).context["total"] == 1
    assert at_lans.get(reverse("cases"), {"q": "khôngcóai"}).context["total"] == 0


def test_the_reason_of_a_degree_names_the_case_the_kind_and_the_last_day(at_lans):
    page = at_lans.get(reverse("contacts")).content.decode()
    assert "F1 của BN 10" in page
    assert "tiếp xúc cuối 2" in page or "tiếp xúc cuối 1" in page


def test_those_whose_case_is_unknown_have_their_own_tab(at_lans):
    page = at_lans.get(reverse("contacts"), {"degree": "waiting"})
    assert page.context["total"] == 1
    assert "F1 của BN 9999" in page.content.decode()


def test_an_export_holds_exactly_the_list_with_a_watermark_and_is_logged(at_lans):
    total = at_lans.get(reverse("cases"), {"outcome": "recovered"}).context["total"]
    answer = at_lans.get(reverse("cases"), {"outcome": "recovered", "format": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) - 4 == total
    assert "Lan" in rows[1][0]
    assert "16h00" in rows[1][0]
    entry = AuditEntry.objects.get(act="list.exported")
    assert entry.facts["total"] == total
    assert entry.facts["filters"]["outcome"] == "recovered"


def test_no_text_of_an_export_is_a_formula():
    assert escaped('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert escaped("Nguyễn Văn An") == "Nguyễn Văn An"


def test_every_view_of_a_person_and_of_a_list_is_logged(at_lans, world):
    at_lans.get(reverse("contacts"), {"q": "an"})
    at_lans.get(reverse("person", args=[world.people[0].uid]))
    seen = AuditEntry.objects.get(act="list.viewed")
    assert seen.facts["filters"] == {"q": audit.marked("AN")}, "what was looked for is kept as a mark"
    assert AuditEntry.objects.get(act="person.viewed").subject_id == str(world.people[0].uid)


def test_a_figure_without_a_list_and_a_time_nobody_can_read_are_not_found(at_lans):
    assert at_lans.get(reverse("cases"), {"indicator": "communes_total"}).status_code == 404
    assert at_lans.get(reverse("cases"), {"indicator": "cases_total", "at": "hôm qua"}).status_code == 404


def _links(page, path):
    """The links of a page to the same list, narrowed or ordered otherwise."""
    found = (unescape(href) for href in re.findall(r'href="([^"#]+)"', page.content.decode()))
    return {href if href.startswith("/") else f"{path}{href}" for href in found if href.startswith(("?", f"{path}?"))}


@pytest.mark.parametrize("name", [*LISTS, "audit"])
def test_links_of_a_list_to_itself_say_each_parameter_once_and_in_english(at_lans, name):
    """A parameter that a link adds without taking the earlier one away grows until no server reads the address."""
    path = reverse(name)
    seen, waiting = set(), [f"{path}?q=an&page=1"]
    while waiting and len(seen) < 40:
        address = waiting.pop()
        page = at_lans.get(address)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        for link in _links(page, path) - seen:
            keys = [key for key, _value in parse_qsl(urlsplit(link).query, keep_blank_values=True)]
            assert len(keys) == len(set(keys)), link
            assert not set(keys) & OLD_KEYS.keys(), link
            seen.add(link)
            waiting.append(link)
