"""The report pages: words kept, freezing and its refusals, the frozen paper, a commune's own figures."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tienphuong.cases.entries import CaseEntry
from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.models import User
from tienphuong.procedures.register_cases import register_cases
from tienphuong.registry.entries import PersonEntry
from tienphuong.registry.services.people import enrol

BACKEND = "django.contrib.auth.backends.ModelBackend"
AT = datetime(2021, 8, 24, 9, 5, tzinfo=UTC)


@pytest.fixture
def desk(client, areas):
    clock.set_scenario(stands_at=AT, scenario="thanh-tri-2021")

    def sign_in(viewer, language="vi"):
        client.force_login(User.objects.get(pk=viewer.user_id), backend=BACKEND)
        client.cookies["django_language"] = language
        return client

    return sign_in


def frozen(desk):
    return desk.post("/bao-cao/chot/").headers["Location"]


def test_words_typed_are_kept_section_by_section(desk, lan):
    page = desk(lan)
    assert "Đã lưu" in page.post("/bao-cao/soan/luu/", {"assessment": "Ổ dịch Liên Ninh"}, headers={"HX-Request": "true"}).content.decode()
    page.post("/bao-cao/soan/luu/", {"tasks": "Xét nghiệm diện rộng"}, headers={"HX-Request": "true"})
    draft = page.get("/bao-cao/soan/").content.decode()
    assert "Ổ dịch Liên Ninh" in draft and "Xét nghiệm diện rộng" in draft


def test_a_frozen_report_carries_the_words_and_gives_both_files(desk, lan):
    page = desk(lan)
    page.post("/bao-cao/soan/luu/", {"assessment": "Ổ dịch Liên Ninh"})
    address = frozen(page)
    assert "Ổ dịch Liên Ninh" in page.get(address).content.decode()
    word = page.get(f"{address}docx/")
    assert word.content.startswith(b"PK") and ".docx" in word.headers["Content-Disposition"]
    assert page.get(f"{address}pdf/").content.startswith(b"%PDF")
    assert page.get(f"{address}exe/").status_code == 404


def mark(page):
    """The mark that the form of a preview carries."""
    return re.search(r'name="mark" value="([0-9a-f]{64})"', page)[1]


def test_what_stands_in_the_form_is_shown_as_a_paper_and_frozen_by_one_press(desk, lan):
    page = desk(lan)
    seen = page.post("/bao-cao/soan/luu/", {"assessment": "Gõ trước lúc mất mạng", "next": "preview"}, follow=True)
    shown = seen.content.decode()
    assert seen.status_code == 200 and "Gõ trước lúc mất mạng" in shown and "Chốt báo cáo" in shown
    assert "chưa chốt" in page.get("/bao-cao/").content.decode(), "a preview freezes nothing"
    done = page.post("/bao-cao/chot/", {"mark": mark(shown)}, follow=True).content.decode()
    assert "Gõ trước lúc mất mạng" in done and "dấu kiểm" in done
    again = page.get("/bao-cao/xem-truoc/")
    assert again.status_code == 302 and "/bao-cao/xem-truoc/" not in again.headers["Location"], "what is frozen already is shown as it is"


def test_a_report_that_changed_since_it_was_shown_is_shown_again(desk, lan):
    page = desk(lan)
    shown = page.get("/bao-cao/xem-truoc/").content.decode()
    page.post("/bao-cao/soan/luu/", {"tasks": "Lời của người khác"})
    refused = page.post("/bao-cao/chot/", {"mark": mark(shown)}, follow=True).content.decode()
    assert "đã đổi từ lúc xem" in refused and "Lời của người khác" in refused
    assert "chưa chốt" in page.get("/bao-cao/").content.decode()
    assert "dấu kiểm" in page.post("/bao-cao/chot/", {"mark": mark(refused)}, follow=True).content.decode()


def test_the_list_shows_the_report_and_that_today_is_done(desk, lan):
    page = desk(lan)
    assert "chưa chốt" in page.get("/bao-cao/").content.decode()
    address = frozen(page)
    listed = page.get("/bao-cao/").content.decode()
    assert address in listed and "chưa chốt" not in listed


def test_a_replacement_says_what_it_replaces(desk, lan):
    page = desk(lan)
    first = frozen(page)
    assert frozen(page) == first, "the same figures and words are the same report"
    page.post("/bao-cao/soan/luu/", {"tasks": "Xét nghiệm diện rộng"})
    second = frozen(page)
    assert first != second and first in page.get(second).content.decode()


@pytest.fixture
def three_cases(areas, lan, policy):
    """Two new cases of Liên Ninh and an older one of Ngũ Hiệp."""
    told = []
    for code, hours in (("00682", 1), ("00682", 2), ("00679", 60)):
        home, reported = areas[code], AT - timedelta(hours=hours)
        (person,) = enrol([PersonEntry(full_name=f"Người {hours}", area_id=home.pk, area_path=home.path)], at=reported, by=None)
        entry = CaseEntry(
            disease="covid-19", classification="confirmed", reported_at=reported, detected_on=reported.date(), residence_area_id=home.pk,
            residence_area_path=home.path,
        )  # fmt: skip
        told.append((person, entry))
    register_cases(told, actor=lan, at=AT - timedelta(minutes=30), policy=policy, later=True)
    return areas


def links(page):
    """The links inside the paper's sentences, as (number, address)."""
    paper = page[page.index("card-plain paper") : page.index('id="communes"')]
    return [(number, unescape(address)) for address, number in re.findall(r'<a href="([^"]+)">([^<]+)</a>', paper)]


def test_every_number_of_a_frozen_sentence_leads_to_the_list_it_counts(desk, lan, three_cases):
    page = desk(lan)
    said = links(page.get(frozen(page)).content.decode())
    assert ("2", said[0][1]) == said[0] and "indicator=cases_new&" in said[0][1]
    for number, address in said:
        if address != "#communes":
            assert f"{number} dòng" in page.get(address).content.decode() or f"{number} ca" in page.get(address).content.decode(), address
    told = {address.partition("indicator=")[2].partition("&")[0] for _number, address in said}
    assert {"cases_new", "cases_total", "cases_in_treatment"} <= told
    own = [address for number, address in said if f"area={three_cases['00682'].path}" in address]
    assert own, "a commune's number leads to the commune's cases"


def test_paper_prints_linked_numbers_bare(desk, lan, three_cases):
    page = desk(lan)
    word = page.get(f"{frozen(page)}docx/").content
    body = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "ghi nhận 2 ca mắc mới" in re.sub(r"<[^>]+>", "", body) and not re.search("[\ue000-\uf8ff]", body)


def test_who_may_not_freeze_reads_why_and_is_refused(desk, officer):
    page = desk(officer("Huy", Role.INSPECTOR, "020"))
    draft = page.get("/bao-cao/soan/").content.decode()
    assert "disabled" in draft and "Chốt báo cáo là việc của" in draft
    assert page.get("/bao-cao/xem-truoc/").status_code == 403
    assert page.post("/bao-cao/chot/").status_code == 403
    assert page.post("/bao-cao/soan/luu/", {"tasks": "x"}).status_code == 403


def test_another_district_finds_no_report_here(desk, lan, minh, areas):
    address = frozen(desk(lan))
    page = desk(minh)
    assert page.get(address).status_code == 404
    assert page.get(f"{address}docx/").status_code == 404
    assert page.get("/bao-cao/soan/", {"area": areas["020"].path}).status_code == 403


def test_sums_are_checked_while_they_are_typed(desk, hoa):
    page = desk(hoa)
    typed = {"cases_total": "272", "cases_recovered": "51", "cases_in_treatment": "220", "deaths": "0"}
    assert "Không khớp:" in page.post("/bao-cao/so-lieu-xa/kiem-tra/", typed).content.decode()
    typed["cases_in_treatment"] = "221"
    assert "Không khớp:" not in page.post("/bao-cao/so-lieu-xa/kiem-tra/", typed).content.decode()


def test_figures_that_do_not_close_are_kept_and_said(desk, hoa):
    page = desk(hoa)
    said = {"cases_total": "136", "cases_recovered": "20", "cases_in_treatment": "100"}
    after = page.post("/bao-cao/so-lieu-xa/", said, follow=True).content.decode()
    assert "Chưa khớp: 20 + 100 + 0 + 0 = 120 ≠ 136" in after and 'value="136"' in after


def test_a_figure_that_is_no_count_is_named_and_nothing_typed_is_lost(desk, hoa):
    answer = desk(hoa).post("/bao-cao/so-lieu-xa/", {"cases_total": "nhiều", "deaths": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "“nhiều” không phải số đếm" in page and 'value="nhiều"' in page and 'value="2"' in page


@pytest.mark.parametrize("address", ["/bao-cao/", "/bao-cao/soan/", "/bao-cao/so-lieu-xa/"])
def test_every_page_speaks_english(desk, lan, address):
    page = desk(lan, "en").get(address).content.decode()
    assert "Báo cáo" not in page and "Số liệu" not in page
