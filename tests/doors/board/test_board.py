"""The board: figures that are their rows, rights, moments, languages, the fresh post."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.models import User
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT = datetime(2021, 8, 24, 9, tzinfo=UTC)


@pytest.fixture
def world(areas, lan, policy):
    """Yesterday three cases of Liên Ninh, today two more of another commune; one of the first has recovered today."""
    clock.set_scenario(stands_at=AT, scenario="thanh-tri-2021")
    for at, code, number in ((AT - timedelta(days=1, hours=2), "00682", 3), (AT - timedelta(hours=2), "00679", 2)):
        people = enrol([PersonEntry(full_name="Trần Văn An", area_id=areas[code].pk, area_path=areas[code].path)] * number, at=at, by=None)
        register_cases([(person, _confirmed(person, at)) for person in people], actor=lan, at=at, policy=policy, later=True)
    return areas


def _confirmed(person, at):
    return CaseEntry(
        disease="covid-19", reported_at=at, classification="confirmed", detected_on=date(2021, 8, 20), detection_setting="community",
        residence_area_id=person.area_id, residence_area_path=person.area_path,
    )  # fmt: skip


@pytest.fixture
def desk(client):
    """Sign an officer in: desk(lan) -> client."""

    def sign_in(viewer, language="vi"):
        client.force_login(User.objects.get(pk=viewer.user_id), backend=BACKEND)
        client.cookies["django_language"] = language
        return client

    return sign_in


def test_every_large_figure_leads_to_exactly_its_rows(world, desk, lan):
    page = desk(lan).get("/").content.decode()
    (href,) = re.findall(r'<a href="([^"]+)">5<span class="visually-hidden"> Ca mắc lũy kế', page)
    rows = desk(lan).get(href.replace("&amp;", "&")).content.decode()
    assert rows.count("Trần Văn An") >= 5 and 'class="count"' in rows


def test_the_change_since_yesterday_and_the_sum_stand_beside_the_figure(world, desk, lan):
    page = " ".join(desk(lan).get("/").content.decode().split())
    assert re.search(r">\+2<span", page)
    assert "Khớp:" in page and "Không khớp:" not in page


def test_what_came_late_stands_beside_the_new_with_its_list(world, desk, lan, policy):
    at, area = AT - timedelta(hours=1), world["00679"]
    people = enrol([PersonEntry(full_name="Trần Văn An", area_id=area.pk, area_path=area.path)], at=at, by=None)
    register_cases([(people[0], replace(_confirmed(people[0], at), reported_at=AT - timedelta(days=3)))], actor=lan, at=at, policy=policy)
    page = desk(lan).get("/").content.decode()
    assert "Ca mắc mới trong ngày: 2" in page
    (href,) = re.findall(r'href="([^"]+)" aria-label="Ca mắc bổ sung: 1"', page)
    assert desk(lan).get(href.replace("&amp;", "&")).context["total"] == 1
    assert f"indicator=cases_late&amp;area={area.path}" in page, "the commune's line too"


def test_a_past_cut_off_shows_what_was_known_then(world, desk, lan):
    then = (AT - timedelta(days=1)).isoformat()
    page = desk(lan).get("/", {"at": then}).content.decode()
    assert "như đã biết khi đó" in page and re.search(r">3<span class=\"visually-hidden\"> Ca mắc lũy kế", page)


def test_a_commune_is_looked_into_and_left_again(world, desk, lan):
    page = desk(lan).get("/", {"area": world["00682"].path}).content.decode()
    assert "Liên Ninh" in page and re.search(r">3<span class=\"visually-hidden\"> Ca mắc lũy kế", page)
    assert f"?area={world['020'].path}&amp;disease=covid-19" in page


def test_the_officer_of_another_district_is_refused_the_area_and_counts_nothing(world, desk, minh):
    assert desk(minh).get("/", {"area": world["020"].path}).status_code == 403
    assert "Chưa có số liệu" in desk(minh).get("/").content.decode()


def test_a_fresh_post_says_what_to_do_first(areas, desk, lan):
    page = desk(lan).get("/").content.decode()
    assert "Chưa có số liệu" in page and 'href="/tiep-nhan/"' in page


def test_a_commander_who_sends_no_files_is_not_led_to_the_upload(areas, desk, officer):
    page = desk(officer("Quan", Role.COMMANDER, "020")).get("/").content.decode()
    assert 'class="btn btn-primary" href="/tiep-nhan/"' not in page


def test_the_board_speaks_english(world, desk, lan):
    page = desk(lan, "en").get("/").content.decode()
    assert "Cumulative cases" in page and "Nothing is late." in page and "Ca mắc" not in page


@pytest.mark.parametrize("query", [{"at": "hôm qua"}, {"disease": "khong-co"}])
def test_an_address_that_means_nothing_is_no_page(world, desk, lan, query):
    assert desk(lan).get("/", query).status_code == 404


@pytest.mark.parametrize("sort", ["name", "total", "new", "rate", "f1", "nonsense"])
def test_the_commune_table_is_sorted_by_any_of_its_columns(world, desk, lan, sort):
    page = desk(lan).get("/", {"sort": sort}).content.decode()
    old, new = (page.index(f">{name}</a></th>") for name in (world["00682"].name, world["00679"].name))
    assert (new < old) is (sort in ("new", "name", "f1"))


def test_communes_are_compared_by_how_they_report(world, desk, lan, policy):
    at, area = AT - timedelta(hours=1), world["00679"]
    (person,) = enrol([PersonEntry(full_name="Trần Văn An", area_id=area.pk, area_path=area.path)], at=at, by=None)
    register_cases([(person, replace(_confirmed(person, at), detected_on=None))], actor=lan, at=at, policy=policy)
    board = desk(lan).get("/").content.decode()
    (href,) = re.findall(r'<a href="([^"]+)">So sánh cách báo cáo</a>', board)
    page = desk(lan).get(href.replace("&amp;", "&")).content.decode()
    assert "2/3 <small>(66,7%)" in page and "3/3 <small>(100,0%)" in page, "two of three have a day; all say where they were detected"
    (missing,) = re.findall(r'<a href="([^"]+)">ca còn thiếu</a>', page)
    assert desk(lan).get(missing.replace("&amp;", "&")).context["total"] == 1
    assert "Chưa có ca nên chưa so" in page and "Only how completely" in desk(lan, "en").get("/so-sanh-bao-cao/").content.decode()
