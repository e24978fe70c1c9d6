"""Lists of one station that follow each other: the people of the first are known again in the next, by what both write of them."""

from datetime import date, timedelta

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.clock import local
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.areas import commune_of
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.reading import give_day
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures
from tienphuong.tracing.models import Contact, DegreeRecord, PendingLink
from tienphuong.tracing.queries.contacts import waiting_of
from tienphuong.tracing.services.degrees import recheck

pytestmark = pytest.mark.django_db
CASES = "TT,Họ và tên,Năm sinh,Giới,Địa chỉ,SĐT,Ngày phát hiện,Kết quả XN,Tình trạng hiện tại"
KNOWN = (
    "1,Lưu Thị Hạ Vy,1991,Nữ,Đầu đình,0981000001,23/8/2021,Dương tính,Đang điều trị",
    "2,Đàm Quốc Tuyển,1990,Nam,Cuối bãi,0981000002,23/8/2021,Dương tính,Đang điều trị",
)


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    """Take a list in: send(header, *rows) -> the file."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, when=at - timedelta(hours=1), day=None):
        told = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": system_viewer(), "at": when}
        file = receive_file("\n".join(lines).encode(), "danh-sach.csv", **told)
        give_day(file, day, actor=system_viewer(), at=when)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make


@pytest.fixture
def count(areas, policy, lan, at):
    """The figures of Liên Ninh."""

    def make():
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"))
        return figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values

    return make


def test_the_next_list_with_one_row_changed_makes_no_case_twice(send, count):
    send(CASES, *KNOWN)
    before = count()
    send(CASES, KNOWN[0].replace("Đang điều trị", "Ra viện"), KNOWN[1])
    after = count()
    assert Person.objects.count() == 2
    assert after["cases_total"] == before["cases_total"] == 2
    assert (before["cases_in_treatment"], after["cases_in_treatment"]) == (2, 1)
    assert after["cases_recovered"] == 1


def test_a_follow_up_sheet_and_a_list_of_the_laboratory_write_nobody_down_again(send):
    send("STT,Họ tên,Năm sinh,Giới,Nơi ở,SĐT,Diện", "1,Lưu Thị Hạ Vy,1991,Nữ,Đầu đình,0981000001,F1")
    send("STT,Họ tên,Năm sinh,SĐT,22/8,23/8,24/8", "1,Lưu Thị Hạ Vy,1991,0981000001,BT,BT,sốt")
    send("STT,Mã mẫu,Họ và tên,Năm sinh,SĐT,Ngày lấy mẫu,Kết quả", "1,LN001,LƯU THỊ HẠ VY,1991,0981000001,23/8/2021,Âm tính")
    assert Person.objects.count() == 1


CONTACTS = "STT,Họ tên,Năm sinh,Giới,Nơi ở,Điện thoại,Tiếp xúc với ai,Quan hệ,Ngày TX cuối,Diện,Nơi cách ly"


def degrees():
    return dict(DegreeRecord.objects.filter(known_to=OPEN_END).values_list("person__full_name", "degree"))


def issues(file):
    return [issue for row in IntakeRow.objects.filter(sheet__file=file) for issue in row.issues]


def test_a_patient_by_his_full_name_is_linked_where_one_case_bears_it(send):
    """The marks tell names apart that are one without them, and a bearer who is no case is nobody's source."""
    send(CASES, *KNOWN)
    send("STT,Họ tên,Năm sinh,Giới,Nơi ở,SĐT", "1,Đàm Quốc Tuyên,1971,Nam,Cuối bãi,0981000009", "2,Đàm Quốc Tuyển,1949,Nam,Cuối bãi,")
    send(CONTACTS, "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,vợ của BN Đàm Quốc Tuyển,vợ,22/8,F1,tại nhà")
    assert degrees()["Phùng Ích Vượng"] == 1
    (contact,) = Contact.objects.all()
    assert (contact.source.full_name, contact.source.birth_year) == ("Đàm Quốc Tuyển", 1990)


def test_a_patient_of_whose_name_there_are_two_is_asked_and_the_declared_degree_counts(send, count):
    send(CASES, *KNOWN, KNOWN[1].replace("1990", "1959").replace("0981000002", "0981000008"))
    before = count()["f1_total"]
    file = send(CONTACTS, "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,BN Đàm Quốc Tuyển,bạn,22/8,F1,tại nhà")
    assert not Contact.objects.exists() and count()["f1_total"] == before + 1
    assert [issue[0] for issue in issues(file) if "Có 2 người" in issue[4]] == ["warning"]


def test_a_declared_f1_of_a_patient_nobody_knows_counts_and_is_linked_when_he_comes(send, count):
    before = count()["f1_total"]
    send(CONTACTS, "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,BN Đàm Quốc Tuyển,bạn,22/8,F1,tại nhà")
    assert count()["f1_total"] == before + 1
    send(CASES, *KNOWN)
    assert count()["f1_total"] == before + 1 and PendingLink.objects.get().contact is not None


def test_a_declared_f2_of_somebody_nobody_knows_is_a_remark_and_is_linked_when_his_f1_comes(send, count):
    before = count()["f2_total"]
    file = send(CONTACTS, "2,Kiều Thị Sương,1969,Nữ,Cuối bãi,0981000012,tiếp xúc với F1 Phùng Ích Vượng,hàng xóm,23/8,F2,tại nhà")
    assert count()["f2_total"] == before
    assert [issue[0] for issue in issues(file) if "Nơi gửi khai là F2; chưa tính" in issue[4]] == ["warning"]
    send(CASES, *KNOWN)
    send(CONTACTS, "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,BN Đàm Quốc Tuyển,bạn,22/8,F1,tại nhà")
    assert degrees()["Kiều Thị Sương"] == 2 and count()["f2_total"] == before + 1


def test_an_f2_of_an_f1_of_the_same_list_is_linked(send):
    """Folded, the name is that of many others; with its marks it is one person's."""
    send("STT,Họ tên,Năm sinh,Giới,Nơi ở,SĐT", "1,Phùng Ích Vương,1971,Nam,Cuối bãi,0981000009", "2,Phùng Ích Vượng,1949,Nam,Cuối bãi,")
    send(CASES, *KNOWN)
    one = "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,BN Đàm Quốc Tuyển,bạn,22/8,F1,tại nhà"
    send(CONTACTS, one, "2,Kiều Thị Sương,1969,Nữ,Cuối bãi,0981000012,tiếp xúc với F1 Phùng Ích Vượng,hàng xóm,23/8,F2,tại nhà")
    assert degrees()["Kiều Thị Sương"] == 2


def test_what_a_row_says_of_a_contact_with_nobody_known_stays(send):
    """Whom "con BN Vy" means is asked; the last day, the relation and the degree are certain."""
    file = send(CONTACTS, "1,Nguyễn Gia Khôi,2012,Nam,Đầu đình,,con BN Vy,con,22/8/2021,F1,theo mẹ")
    record = DegreeRecord.objects.get(known_to=OPEN_END)
    assert record.degree == 1 and record.last_exposure is not None and local(record.last_exposure).day == 22
    (waiting,) = waiting_of(system_viewer(), people=[record.person_id], area_path=record.area_path)
    assert (waiting.original, waiting.relation, waiting.reported_degree) == ("con BN Vy", "con", 1)
    assert {issue[3] for issue in issues(file) if issue[0] == "warning"} == {"con BN Vy", "theo mẹ"}


def test_a_site_of_quarantine_is_no_question(send):
    file = send(CONTACTS, "1,Nguyễn Gia Khôi,2012,Nam,thôn Nội,,con BN Vy,con,22/8/2021,F1,KCL tập trung trường Liên Ninh")
    assert not [issue for issue in issues(file) if issue[:2] == ["warning", "quarantine_place"]]


def test_recomputing_everybody_finds_the_senders_words_too(send, policy):
    send(CONTACTS, "1,Phùng Ích Vượng,1980,Nam,Cuối bãi,0981000011,BN Đàm Quốc Tuyển,bạn,22/8,F1,tại nhà")
    assert degrees() == {"Phùng Ích Vượng": 1}
    assert recheck(policy=policy.disease("covid-19")) == []


SAMPLED = "TT,Họ và tên,Năm sinh,Giới,Địa chỉ,SĐT,Ngày lấy mẫu,Kết quả XN,Tình trạng hiện tại"
TITLED = ("UBND XÃ LIÊN NINH", "DANH SÁCH CA DƯƠNG TÍNH NGÀY 24/8/2021", "", SAMPLED)
IN_THE_WEEK, LONG_BEFORE = KNOWN[0].replace("23/8", "22/8"), KNOWN[1].replace("23/8", "10/8")


def test_the_day_in_the_title_dates_what_was_sampled_in_its_week(send, count):
    file = send(*TITLED, IN_THE_WEEK, LONG_BEFORE)
    assert (count()["cases_new"], count()["cases_late"]) == (1, 1)
    assert "title_day" in {warning[0] for warning in file.warnings}


def test_a_list_of_all_days_until_now_or_with_days_of_detection_keeps_its_own_days(send, count):
    send(TITLED[0], "DANH SÁCH CA BỆNH (Tính đến 16h00 ngày 24/8/2021)", "", SAMPLED, IN_THE_WEEK)
    send(TITLED[0], TITLED[1], "", CASES, LONG_BEFORE)
    assert (count()["cases_new"], count()["cases_late"]) == (0, 2)


def test_the_officers_day_goes_before_the_title(send, count, at):
    file = send(*TITLED, IN_THE_WEEK, day=date(2021, 8, 23))
    assert (count()["cases_new"], count()["cases_late"]) == (0, 1)
    assert file.reported_on == date(2021, 8, 23)


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Trạm Y tế xã Liên Ninh", "Liên Ninh"),
        ("TYT Lien Ninh", "Liên Ninh"),
        ("Trung tâm Y tế huyện Thanh Trì", None),
        ("Tổ công tác Liên Ninh, Ngọc Hồi", None),
        ("Trạm Y tế", None),
    ],
)
def test_a_sender_named_after_one_commune_sends_its_list(areas, sender, name):
    communes = [area for area in areas.values() if area.level == "commune" and area.path.startswith(areas["00682"].path[:-4])]
    found = commune_of(sender, communes)
    assert (found.name if found else None) == name
