"""Signing in with a second factor: setting it up, the codes, the paper, who must have one, and what is asked again before acts of weight."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tienphuong.cli.main import main
from tienphuong.core import clock
from tienphuong.core.access import codes
from tienphuong.core.access.terms import Role
from tienphuong.core.identity_cipher import unseal_bytes
from tienphuong.core.models import AuditEntry, OfficerSession, RecoveryCode, TotpSecret, User
from tienphuong.core.place import Place, keep_own_place

from .conftest import PASSWORD, officer

pytestmark = pytest.mark.django_db
APP, PAPER = reverse("factor_app"), reverse("sign_in_factor")


def enter(client=None, username="lan", password=PASSWORD, **more):
    client = client or Client()
    client.answer = client.post(reverse("sign_in"), {"username": username, "password": password, **more})
    return client


def code_of(username="lan", *, steps=0):
    """What the app of an officer shows, or will show some steps on."""
    secret = unseal_bytes(TotpSecret.objects.get(user__username=username).sealed)
    return shown(secret, steps=steps)


def shown(secret, *, steps=0):
    return codes._totp(secret).generate((int(clock.machine_now().timestamp()) // codes.STEP + steps) * codes.STEP).decode()


def set_up(client):
    """Add an app as an officer does; the codes for paper."""
    page = client.get(APP).content.decode()
    typed = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1]
    import base64

    secret = base64.b32decode(typed.replace(" ", ""))
    client.page = client.post(APP, {"code": shown(secret, steps=-1)}).content.decode()
    return re.findall(r"<code>(\w{5}-\w{5})</code>", client.page)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"epidemiologist"})


def test_an_officer_adds_an_app_and_is_asked_for_its_code_from_then_on(lan):
    desk = enter()
    assert "<svg" in desk.get(APP).content.decode()
    paper = set_up(desk)
    assert len(paper) == 10 and "Chỉ hiện lần này" in desk.page
    other = enter(next="/tai-khoan/")
    assert other.answer.url == f"{PAPER}?next=%2Ftai-khoan%2F" and other.get(reverse("account")).status_code == 302
    answer = other.post(PAPER, {"code": code_of(), "next": "/tai-khoan/"})
    assert answer.url == "/tai-khoan/" and other.get(reverse("account")).status_code == 200
    assert AuditEntry.objects.filter(act="sign_in").latest("sequence").facts == {"factor": "totp"}


def test_no_code_is_taken_twice_not_even_the_one_that_set_it_up(lan):
    set_up(enter())
    code = code_of()
    assert enter().post(PAPER, {"code": code}).status_code == 302
    again = enter().post(PAPER, {"code": code})
    assert again.status_code == 200 and "đã dùng rồi" in again.content.decode()
    assert enter().post(PAPER, {"code": code_of(steps=-1)}).status_code == 200, "an older one neither"


def test_a_code_on_paper_opens_once(lan):
    paper = set_up(enter())
    assert enter().post(PAPER, {"code": f" {paper[0].upper()} "}).status_code == 302
    assert enter().post(PAPER, {"code": paper[0]}).status_code == 200
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_the_table_holds_neither_secret_nor_code_in_the_open(lan):
    paper = set_up(enter())
    row = TotpSecret.objects.get()
    assert unseal_bytes(row.sealed) not in bytes(row.sealed)
    kept = "".join(RecoveryCode.objects.values_list("hash", flat=True))
    assert not any(code.replace("-", "") in kept for code in paper)
    assert "secret" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_wrong_codes_wait_and_need_the_password_first(lan):
    set_up(enter())
    assert Client().post(PAPER, {"code": "000000"}).url == reverse("sign_in")
    client = enter()
    answers = [client.post(PAPER, {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert client.post(PAPER, {"code": code_of()}).status_code == 429, "a right one waits too"
    assert enter().post(PAPER, {"code": code_of()}).status_code == 429, "and so in another browser"
    assert AuditEntry.objects.filter(act="sign_in.blocked").count() == 1


def test_the_password_is_kept_ten_minutes_for_its_code(lan):
    set_up(enter())
    client = enter()
    row = OfficerSession.objects.get(user=None)
    assert row.expire_date - clock.machine_now() <= timedelta(minutes=10)
    OfficerSession.objects.filter(pk=row.pk).update(expire_date=clock.machine_now())
    assert client.post(PAPER, {"code": code_of()}).url == reverse("sign_in")


def test_a_wrong_code_sets_nothing_up(lan):
    desk = enter()
    desk.get(APP)
    page = desk.post(APP, {"code": "12"}).content.decode()
    assert "Mã không đúng" in page and not TotpSecret.objects.exists()


def test_adding_one_ends_the_sessions_that_were_opened_without_it(lan):
    desk, other = enter(), enter()
    set_up(desk)
    assert desk.get(reverse("account")).status_code == 200 and other.get(reverse("account")).status_code == 302


def test_a_role_that_needs_one_sets_it_up_before_anything_else(lan, required):
    desk = enter()
    for address in ("/", reverse("account"), "/ca-benh/"):
        assert desk.get(address).url == reverse("second_factor")
    assert desk.get("/api/v1/indicators").status_code == 401
    assert "Lập xong mới làm việc khác được" in desk.get(reverse("second_factor")).content.decode()
    set_up(desk)
    assert desk.get("/").status_code == 200 and desk.get("/api/v1/indicators").status_code == 200
    removed = desk.post(reverse("factor_app_remove"), follow=True).content.decode()
    assert "phải có lớp xác thực thứ hai" in removed and TotpSecret.objects.exists()


def test_a_role_that_needs_none_may_have_one_and_take_it_away(lan):
    desk = enter()
    assert desk.get("/").status_code == 200
    set_up(desk)
    desk.post(reverse("factor_app_remove"))
    assert not TotpSecret.objects.exists() and enter().answer.url == "/"


def test_a_demo_asks_nobody_and_says_so(lan, required):
    keep_own_place(Place("020", "covid-19", scenario="thanh-tri-2021"))
    desk = enter()
    assert desk.get("/").status_code == 200
    page = desk.get(reverse("second_factor")).content.decode()
    assert "Đây là địa bàn diễn tập" in page and "Cán bộ dịch tễ" in page


def test_the_roles_that_give_accounts_or_sign_reports_need_one_where_the_post_says_nothing():
    from tienphuong.core.access.rules import must_prove_twice

    assert must_prove_twice() == {Role.ADMINISTRATOR, Role.COMMANDER, Role.EPIDEMIOLOGIST, Role.CLERK}


def test_new_codes_for_paper_end_the_old_ones(lan):
    desk = enter()
    paper = set_up(desk)
    fresh = re.findall(r"<code>(\w{5}-\w{5})</code>", desk.post(reverse("factor_codes")).content.decode())
    assert len(fresh) == 10 and not set(fresh) & set(paper)
    assert enter().post(PAPER, {"code": paper[0]}).status_code == 200
    assert enter().post(PAPER, {"code": fresh[0]}).status_code == 302


def test_who_lost_telephone_and_paper_is_helped_by_who_manages_accounts(lan, capsys):
    officer("quan", full_name="Lê Quản", role=Role.ADMINISTRATOR, area_path="0001")
    theirs, desk = enter(), enter(username="quan")
    set_up(theirs)
    assert "có lớp xác thực thứ hai" in desk.get(reverse("officer", args=[lan.pk])).content.decode()
    desk.post(reverse("officer_factors", args=[lan.pk]))
    assert not TotpSecret.objects.exists() and theirs.get(reverse("account")).status_code == 302
    assert enter().answer.url == "/"
    assert main(["users", "factors-off", "lan"]) == 2
    set_up(enter())
    assert main(["users", "factors-off", "lan"]) == 0 and not TotpSecret.objects.exists()


def grow_old(minutes):
    """Let what was typed in every session lie so long back."""
    for row in OfficerSession.objects.exclude(user=None):
        store = Client().session.__class__()
        data = store.decode(row.session_data)
        data |= {"confirmed": data["since"] - minutes * 60}
        OfficerSession.objects.filter(pk=row.pk).update(session_data=store.encode(data))


@pytest.mark.parametrize("address", ["/ca-benh/?format=xlsx", "/tiep-xuc/?format=csv"])
def test_taking_rows_of_people_out_asks_again_who_is_there(lan, address):
    desk = enter()
    assert desk.get(address).status_code == 200
    grow_old(16)
    asked = desk.get(address)
    assert asked.url.startswith(reverse("confirm")) and desk.get("/ca-benh/").status_code == 200
    wrong = desk.post(asked.url, {"secret": "sai"})
    assert "Không đúng mật khẩu" in wrong.content.decode()
    assert address.partition("?")[0] in desk.post(asked.url, {"secret": PASSWORD}).content.decode()
    assert desk.get(address).status_code == 200


def test_signing_a_report_asks_again_and_comes_back_to_the_draft(lan):
    desk = enter()
    grow_old(16)
    draft = "/bao-cao/soan/"
    asked = desk.post(reverse("report_freeze"), headers={"referer": f"http://testserver{draft}"})
    assert asked.url.startswith(reverse("confirm"))
    answer = desk.post(asked.url, {"secret": PASSWORD})
    assert answer.url == f"http://testserver{draft}"


def test_a_code_confirms_as_well_and_only_once(lan):
    desk = enter()
    set_up(desk)
    grow_old(16)
    code = code_of()
    assert desk.post(f"{reverse('confirm')}?next=/tai-khoan/", {"secret": code}).url == "/tai-khoan/"
    grow_old(16)
    assert desk.post(f"{reverse('confirm')}?next=/tai-khoan/", {"secret": code}).status_code == 200


def test_guesses_at_the_confirmation_wait_and_no_foreign_address_is_gone_on_to(lan):
    desk = enter()
    answer = desk.post(f"{reverse('confirm')}?next=https://elsewhere.example/", {"secret": PASSWORD})
    assert answer.url == reverse("account")
    assert [desk.post(reverse("confirm"), {"secret": "sai"}).status_code for _ in range(9)] == [200] * 8 + [429]


def test_changing_the_factor_or_an_account_asks_again(lan):
    officer("quan", full_name="Lê Quản", role=Role.ADMINISTRATOR, area_path="0001")
    mine, desk = enter(), enter(username="quan")
    grow_old(16)
    assert mine.get(APP).url.startswith(reverse("confirm"))
    assert desk.post(reverse("officer_reset", args=[lan.pk])).url.startswith(reverse("confirm"))
    assert User.objects.get(pk=lan.pk).one_time_until is None
