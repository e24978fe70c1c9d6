"""Where a record came from, shown with the sender's own text; and a contact handed to the locality where they live."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tienphuong.core.models import AuditEntry
from tienphuong.intake.models import IntakeRow

pytestmark = pytest.mark.django_db
LIST = (
    "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,Số CCCD,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Mã bệnh nhân\n"
    '1,TRẦN THỊ MAI,Nữ,1984,912345678,001184000123,"Thôn Nội Am, xã Liên Ninh",20/8/2021,Dương tính,BN 701\n'
)


@pytest.fixture
def told(at_lans, areas, settings, tmp_path):
    """A file that told of one case, through the page."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "forecasts"]}}
    settings.MEDIA_ROOT = tmp_path
    sent = {"files": [SimpleUploadedFile("lien ninh.csv", LIST.encode())], "area": areas["00682"].path}
    address = at_lans.post(reverse("intake"), sent | {"disease": "covid-19", "duplicates": "queue"}).headers["Location"]
    at_lans.post(f"{address}nhap/")
    return IntakeRow.objects.get(person__isnull=False).person


def test_a_persons_page_shows_the_file_the_row_and_what_was_written(at_lans, told):
    page = at_lans.get(reverse("person", args=[told.uid])).content.decode()
    assert "lien ninh.csv" in page
    assert "dòng 2" in page
    assert "TRẦN THỊ MAI" in page


def test_who_may_not_see_diagnoses_and_papers_does_not_see_them_in_the_senders_text(at_the_teams, told):
    page = at_the_teams.get(reverse("person", args=[told.uid])).content.decode()
    assert "lien ninh.csv" in page
    assert "Dương tính" not in page
    assert "001184000123" not in page


def test_a_doubt_shows_where_each_side_came_from(at_lans, world, told, at):
    from tienphuong.registry.services.identities import propose

    (pair,) = propose([(told, world.people[0], 0.9, ["cùng họ tên"])], at=at)
    page = at_lans.get(reverse("duplicate", args=[pair.pk]))
    left, right = page.context["sources"]
    assert sorted((len(left), len(right))) == [0, 1]
    assert "lien ninh.csv" in page.content.decode()


def test_a_contact_is_sent_to_the_locality_found_by_its_name(at_lans, at_minhs, world, areas):
    contact = world.contacts[0]
    assert reverse("referral_send", args=[contact.uid]) in at_lans.get(reverse("person", args=[contact.uid])).content.decode()
    found = at_lans.get(reverse("referral_send", args=[contact.uid]), {"place": "thanh xuan"}).context["sent"].places
    assert areas["009"].path in [place.path for place in found]
    before = at_minhs.get(reverse("referrals")).context["total"]
    page = at_lans.post(reverse("referral_send", args=[contact.uid]), {"to": areas["009"].path, "reason": "đang ở trọ"}, follow=True)
    assert "Đã chuyển cho Quận Thanh Xuân" in page.content.decode()
    assert str(contact.uid) in page.content.decode()
    assert at_minhs.get(reverse("referrals")).context["total"] == before + 1
    assert AuditEntry.objects.filter(act="referral.sent", subject_id=str(contact.uid)).exists()


@pytest.mark.parametrize(
    "submitted", [{"to": "", "reason": "đang ở trọ"}, {"to": "nowhere", "reason": "đang ở trọ"}, {"to": "009", "reason": " "}]
)
def test_nobody_is_sent_without_a_place_and_a_reason(at_lans, world, areas, submitted):
    before = at_lans.get(reverse("referrals"), {"direction": "out"}).context["total"]
    to = areas[submitted["to"]].path if submitted["to"] in areas else submitted["to"]
    page = at_lans.post(reverse("referral_send", args=[world.contacts[0].uid]), submitted | {"to": to}, follow=True)
    assert "Chưa chuyển" in page.content.decode()
    assert at_lans.get(reverse("referrals"), {"direction": "out"}).context["total"] == before


def test_an_officer_of_another_district_sends_nobody_of_ours(at_minhs, world, areas):
    address = reverse("referral_send", args=[world.contacts[0].uid])
    assert at_minhs.post(address, {"to": areas["009"].path, "reason": "đang ở trọ"}).status_code == 404
