"""Where an officer is signed in: the list, its end, its two limits, and what the table gives away."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tienphuong.core import clock
from tienphuong.core.access.sessions import forget_ended
from tienphuong.core.access.terms import Role
from tienphuong.core.models import AuditEntry, OfficerSession, User
from tienphuong.web.devices import device_words

from .conftest import PASSWORD, officer

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"


def signed_in(username="lan", agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    assert client.post(reverse("sign_in"), {"username": username, "password": PASSWORD}, REMOTE_ADDR="203.0.113.7").status_code == 302
    return client


@pytest.fixture
def boss(scenario):
    return officer("quan", full_name="Lê Quản", role=Role.ADMINISTRATOR, area_path="0001")


def age(*, seen=timedelta(0), since=timedelta(0)):
    """Let every session be older than it is, as its row and its content say."""
    for row in OfficerSession.objects.all():
        OfficerSession.objects.filter(pk=row.pk).update(seen_at=row.seen_at - seen, since=row.since - since)


def test_an_officer_sees_where_they_are_signed_in_and_ends_one(lan):
    here, phone = signed_in(), signed_in(agent=PHONE)
    page = here.get(reverse("sessions")).content.decode()
    assert "Firefox, Linux" in page and "Chrome, Android" in page and "203.0.113.7" in page
    assert page.index("Firefox, Linux") < page.index("Chrome, Android") and page.count("phiên này") == 1
    other = OfficerSession.objects.get(device="Chrome, Android").number
    here.post(reverse("session_end"), {"number": other})
    assert phone.get(reverse("account")).status_code == 302 and here.get(reverse("account")).status_code == 200
    assert "đã kết thúc từ trước" in here.post(reverse("session_end"), {"number": other}, follow=True).content.decode()
    entry = AuditEntry.objects.get(act="sessions.ended")
    assert entry.facts == {"username": "lan", "sessions": 1}


def test_all_others_end_at_once_and_this_one_stays(lan):
    here, *others = (signed_in() for _ in range(3))
    assert "Đã kết thúc 2 phiên khác" in here.post(reverse("session_end"), follow=True).content.decode()
    assert [one.get(reverse("account")).status_code for one in others] == [302, 302]
    assert "Không có phiên nào khác" in here.get(reverse("sessions")).content.decode()


def test_nobody_ends_the_session_of_another_by_its_number(lan, boss):
    mine, theirs = signed_in(), signed_in("quan")
    number = OfficerSession.objects.get(user__username="quan").number
    mine.post(reverse("session_end"), {"number": number})
    mine.post(reverse("session_end"), {"number": "không phải số"})
    assert theirs.get(reverse("account")).status_code == 200


def test_a_session_that_is_not_used_ends(lan):
    client = signed_in()
    row = OfficerSession.objects.get()
    assert row.expire_date - row.seen_at == settings.SESSION_IDLE == timedelta(minutes=30)
    OfficerSession.objects.update(expire_date=clock.machine_now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302
    assert forget_ended(now=clock.machine_now()) == 1 and not OfficerSession.objects.exists()


def test_using_it_puts_the_end_off_but_never_beyond_twelve_hours(lan):
    client = signed_in()
    age(seen=timedelta(minutes=20), since=timedelta(hours=11, minutes=45))
    assert client.get(reverse("account")).status_code == 200
    row = OfficerSession.objects.get()
    assert row.expire_date - row.since == settings.SESSION_ABSOLUTE == timedelta(hours=12)
    assert row.expire_date - row.seen_at < timedelta(minutes=16)


def test_what_a_page_asks_by_itself_is_no_use_of_it_and_the_officer_s_hand_is(lan):
    client = signed_in()
    age(seen=timedelta(minutes=20))
    OfficerSession.objects.update(expire_date=clock.machine_now() + timedelta(minutes=10))
    address = reverse("session_left")
    client.get(reverse("account"), headers={"X-Poll": "1"})
    assert 590 <= client.get(address).json()["left"] <= 600
    assert client.post(address).json()["left"] > 1790


def test_a_page_notes_its_use_once_a_minute(lan, django_assert_num_queries):
    client = signed_in()
    before = OfficerSession.objects.get().seen_at
    client.get(reverse("account"))
    assert OfficerSession.objects.get().seen_at == before
    age(seen=timedelta(minutes=2))
    client.get(reverse("account"))
    assert OfficerSession.objects.get().seen_at >= before


def test_the_table_holds_no_key_that_opens_a_session(lan):
    client = signed_in()
    key = client.cookies["sessionid"].value
    row = OfficerSession.objects.get()
    assert key not in (row.session_key, row.session_data)
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get(reverse("account")).status_code == 302


def test_a_new_sign_in_is_a_new_session(lan):
    client = signed_in()
    first = client.cookies["sessionid"].value
    client.post(reverse("sign_out"))
    assert not OfficerSession.objects.exists()
    client.post(reverse("sign_in"), {"username": "lan", "password": PASSWORD})
    assert client.cookies["sessionid"].value != first and OfficerSession.objects.count() == 1


def test_who_manages_accounts_ends_sessions_and_gives_passwords_on_the_page(lan, boss):
    desk, theirs = signed_in("quan"), signed_in()
    assert "Nguyễn Thị Lan" in desk.get(reverse("officers")).content.decode()
    page = desk.get(reverse("officer", args=[lan.pk])).content.decode()
    assert "Firefox, Linux" in page and "Cán bộ dịch tễ" in page
    assert "Đã kết thúc 1 phiên." in desk.post(reverse("officer_end", args=[lan.pk]), follow=True).content.decode()
    assert theirs.get(reverse("account")).status_code == 302
    act = {"act_id": "0190a1b2-0000-7000-8000-000000000000"}
    page = desk.post(reverse("officer_reset", args=[lan.pk]), act).content.decode()
    secret = page.split('class="secret">')[1].split("<")[0]
    assert User.objects.get(pk=lan.pk).check_password(secret) and "chờ đổi mật khẩu một lần" in page
    again = desk.post(reverse("officer_reset", args=[lan.pk]), act, follow=True).content.decode()
    assert "chỉ hiện một lần" in again and User.objects.get(pk=lan.pk).check_password(secret)


def test_an_administrator_of_a_commune_manages_no_officer_of_the_district(lan, hoa):
    officer("xa", full_name="Ngô Xã", role=Role.ADMINISTRATOR, area_path="00010007")
    desk = signed_in("xa")
    page = desk.get(reverse("officers")).content.decode()
    assert "Trần Thị Hoa" in page and "Nguyễn Thị Lan" not in page
    for name in ("officer_reset", "officer_end", "officer_release"):
        assert desk.post(reverse(name, args=[lan.pk])).status_code == 404
    assert desk.get(reverse("officer", args=[lan.pk])).status_code == 404
    assert signed_in().get(reverse("officers")).status_code == 403, "an epidemiologist manages no accounts"


def test_an_administrator_lets_an_officer_in_again_on_the_page(lan, boss):
    for _ in range(9):
        Client().post(reverse("sign_in"), {"username": "lan", "password": "sai"})
    desk = signed_in("quan")
    assert "chờ vì nhập sai nhiều lần" in desk.get(reverse("officer", args=[lan.pk])).content.decode()
    assert "đăng nhập lại được ngay" in desk.post(reverse("officer_release", args=[lan.pk]), follow=True).content.decode()
    assert signed_in().get(reverse("account")).status_code == 200


def test_a_closed_account_has_no_session(lan):
    from tienphuong.cli.main import main

    client = signed_in()
    main(["users", "close", "lan"])
    assert client.get(reverse("account")).status_code == 302 and not OfficerSession.objects.exists()


@pytest.mark.parametrize(("agent", "words"), [(FIREFOX, "Firefox, Linux"), (PHONE, "Chrome, Android"), ("curl/8", ""), ("", "")])
def test_a_browser_is_told_in_two_words(agent, words):
    assert device_words(agent) == words
