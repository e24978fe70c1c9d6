"""The page of contradicted values: what it says, the acts from the list and from the person's page, and who may."""

import pytest

from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.models import Contradiction, Person
from tienphuong.registry.services.people import supplement

LIST = "/mau-thuan/"


@pytest.fixture
def doubted(world, at):
    """A contact of the world, of whom a later list says another sex and another year of birth."""
    person = Person.objects.get(pk=world.contacts[0].pk)
    other = {"M": "F", "F": "M"}[person.sex]
    supplement([(person, PersonEntry(full_name=person.full_name, sex=other, birth_year=(person.birth_year or 1980) + 30))], at=at)
    assert Contradiction.objects.filter(person=person).count() == 2
    return person


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_both_values_and_the_board_leads_there(at_lans, doubted):
    page = text(at_lans.get(LIST))
    assert doubted.full_name in page and "Giới tính" in page and "2 giá trị mâu thuẫn" in page
    board = text(at_lans.get("/"))
    assert "2 giá trị mâu thuẫn với hồ sơ" in board and f"{LIST}?" in board


def test_the_other_value_is_taken_and_undone_from_the_list(at_lans, doubted):
    sex = Contradiction.objects.get(aspect="sex")
    page = text(at_lans.post(f"{LIST}quyet-dinh/", {"act": "take", "pick": str(sex.pk), "next": LIST}, follow=True))
    assert "Đã lấy 1 giá trị" in page and "Hoàn tác" in page
    assert Person.objects.get(pk=doubted.pk).sex == sex.reported
    at_lans.post(f"{LIST}quyet-dinh/", {"act": "undo", "pick": str(sex.pk), "next": LIST})
    assert Person.objects.get(pk=doubted.pk).sex == sex.current


def test_the_person_s_page_shows_them_and_decides_there(at_lans, doubted):
    page = text(at_lans.get(f"/nguoi/{doubted.uid}/"))
    assert "Danh sách khác nói khác" in page and "Lấy giá trị kia" in page
    birth = Contradiction.objects.get(aspect="birth")
    back = at_lans.post(f"{LIST}quyet-dinh/", {"act": "keep", "pick": str(birth.pk), "next": f"/nguoi/{doubted.uid}/"})
    assert back.headers["Location"] == f"/nguoi/{doubted.uid}/"
    assert Contradiction.objects.get(pk=birth.pk).state == "kept"


def test_the_way_back_leads_nowhere_else(at_lans, doubted):
    for away in ("https://example.org/", "//example.org/", ""):
        assert at_lans.post(f"{LIST}quyet-dinh/", {"act": "keep", "next": away}).headers["Location"] == LIST
    assert at_lans.post(f"{LIST}quyet-dinh/", {"act": "other"}).status_code == 404


def test_without_contradictions_the_page_says_when_they_appear(at_lans, world):
    assert "Chỗ mâu thuẫn mới xuất hiện khi" in text(at_lans.get(LIST))


def test_the_list_goes_out_as_a_spreadsheet(at_lans, doubted):
    assert at_lans.get(f"{LIST}?format=xlsx").content.startswith(b"PK")
