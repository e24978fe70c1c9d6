"""What every page carries: the clock, the menu, the language, the headers that keep scripts and caches out."""

from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tienphuong.core.access.terms import Permission, Role
from tienphuong.web.navigation import MENU
from tienphuong.web.permissions import ROWS, Gate

from .conftest import officer

BACKEND = "django.contrib.auth.backends.ModelBackend"
GALLERY = pytest.mark.urls("tests.doors.web_base.gallery")


@pytest.fixture
def at_desk(client, lan):
    client.force_login(lan, backend=BACKEND)
    return client


def names_of(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from () if pattern.namespace else names_of(pattern)
        else:
            yield pattern.name


def test_every_address_has_a_row_in_the_matrix_and_every_row_an_address():
    assert set(names_of(get_resolver("tienphuong.config.urls"))) == set(ROWS)


def test_only_the_doors_before_sign_in_are_open():
    assert {name for name, gate in ROWS.items() if gate is Gate.OPEN} == {
        "health",
        "language",
        "live",
        "metrics",
        "ready",
        "sign_in",
        "sign_in_factor",
    }


def test_every_menu_line_that_exists_asks_for_a_permission():
    assert all(isinstance(ROWS[entry.name], Permission) for entry in MENU if entry.name in ROWS)


@GALLERY
def test_an_address_nobody_decided_about_answers_nobody(at_desk):
    with pytest.raises(Exception, match=r"khong-co-dong.*has no row"):
        at_desk.get("/khong-co-dong/")


@GALLERY
def test_a_query_that_says_no_becomes_a_page_that_names_the_permission(at_desk):
    answer = at_desk.get("/cam/")
    assert answer.status_code == 403 and "<b>quản lý tài khoản</b>" in answer.content.decode()


def test_an_officer_without_the_permission_is_told_which_one_is_missing(client, hoa):
    client.force_login(hoa, backend=BACKEND)
    answer = client.get("/?disease=covid-19")
    assert answer.status_code == 403 and "<b>xem bảng chỉ huy</b>" in answer.content.decode()
    assert f'href="{reverse("account")}"' in answer.content.decode()


def test_who_has_no_board_comes_in_at_the_first_page_of_the_own_menu(client, scenario):
    client.force_login(officer("oanh", full_name="Oanh", role=Role.ADMINISTRATOR, area_path=""), backend=BACKEND)
    answer = client.get("/")
    assert answer.status_code == 302 and client.get(answer.headers["Location"]).status_code == 200


def test_an_appointment_that_ended_opens_nothing(client, scenario):
    client.force_login(officer("cu", full_name="Lê Cũ", role=Role.COMMANDER, area_path="", valid_to=date(2021, 8, 23)), backend=BACKEND)
    assert client.get("/").status_code == 403


def test_the_exercise_clock_stands_on_every_page(at_desk):
    assert "16h00 ngày 24/8/2021" in at_desk.get("/").content.decode()


@pytest.mark.django_db
def test_vietnamese_comes_first_whatever_the_browser_prefers(client):
    page = client.get("/dang-nhap/", headers={"Accept-Language": "en-US,en"})
    assert "Tên đăng nhập" in page.content.decode() and page.headers["Content-Language"] == "vi"


def test_the_language_switch_stays_and_comes_back_to_the_page(at_desk, lan):
    answer = at_desk.post(reverse("language"), {"language": "en", "next": "/tai-khoan/"})
    assert answer.url == "/tai-khoan/"
    assert "What you may do on 24 Aug 2021" in at_desk.get("/tai-khoan/").content.decode()
    lan.refresh_from_db()
    assert lan.language == "en"


@pytest.mark.django_db
def test_the_language_switch_never_leads_to_another_site(client):
    assert client.post(reverse("language"), {"language": "xx", "next": "https://elsewhere.example/"}).url == "/"


def test_no_inline_script_may_run_and_nobody_may_frame_the_page(at_desk):
    policy = at_desk.get("/").headers["Content-Security-Policy"]
    directives = dict(line.strip().split(" ", 1) for line in policy.split(";"))
    assert directives["script-src"] == directives["default-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["object-src"] == "'none'"


def test_pages_with_people_are_not_kept_by_the_browser(at_desk):
    assert at_desk.get("/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_health_answers_strangers_and_says_nothing_else(client):
    assert client.get("/health/").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_missing_page_says_so_in_vietnamese(client):
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404 and "Không tìm thấy trang" in answer.content.decode()


@GALLERY
def test_a_fault_of_the_program_is_a_page_in_plain_words(at_desk):
    at_desk.raise_request_exception = False
    answer = at_desk.get("/hong/")
    assert answer.status_code == 500 and "hoặc đã ghi đủ, hoặc chưa ghi gì" in answer.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_a_page_in_plain_words(lan):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("sign_in"), {"username": "lan"})
    assert answer.status_code == 403 and "Biểu mẫu đã hết hạn" in answer.content.decode()
