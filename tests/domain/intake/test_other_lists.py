"""Registers of quarantine sites, laboratories' answers, arrivals, events and daily checks."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.models import CaseState, LabResult, Sample
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.quarantine.models import Stay, StayState
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Arrival, Contact, ExposureEvent, FollowUp, IsolationRecord

from .conftest import AN, HEADER

pytestmark = pytest.mark.django_db

WHO = ["Họ và tên", "Năm sinh", "Giới", "CCCD", "SĐT", "Địa chỉ"]
BINH = ["Trần Thị Bình", "1990", "Nữ", "001190012345", "0987654321", "Thôn Thọ Am, Xã Liên Ninh"]
LAB = ["Mã mẫu", *WHO, "Mã ca bệnh", "Ngày lấy mẫu", "Phương pháp", "Kết quả", "Ngày trả kết quả"]


def classes():
    held = CaseState.objects.filter(known_to=OPEN_END)
    return dict(held.values_list("case__person__full_name", "classification"))


@pytest.mark.parametrize(("left", "state"), [("", "staying"), ("23/08/2021", "completed")])
def test_a_register_without_words_of_state_says_it_by_its_days(taken_in, left, state):
    header = ["STT", *WHO, "Ngày vào", "Ngày dự kiến hết", "Ngày ra"]
    taken_in(["DANH SÁCH CÁCH LY TẬP TRUNG"], header, ["1", *BINH, "10/08/2021", "31/08/2021", left], sender="KCLTT số 1", area="020")
    stay = Stay.objects.get()
    assert (stay.form, stay.started_on, stay.planned_end, stay.place) == ("central", date(2021, 8, 10), date(2021, 8, 31), "KCLTT số 1")
    assert StayState.objects.get().state == state
    assert IsolationRecord.objects.get().isolated_at.isoformat() == "2021-08-09T17:00:00+00:00"


def test_a_positive_answer_makes_a_case_and_its_number_is_known(taken_in):
    taken_in(LAB, ["M1", *BINH, "LN777", "20/08/2021", "RT-PCR", "Dương tính", "21/08/2021"], sender="TTYT", area="020")
    assert classes() == {"Trần Thị Bình": "confirmed"}
    assert CaseState.objects.get(known_to=OPEN_END).detected_on == date(2021, 8, 20)
    taken_in(HEADER, ["1", "LN777", *[""] * 9, "Đang điều trị"])
    assert Person.objects.count() == 1


def test_a_quick_test_is_probable_until_the_pcr_denies_it(taken_in, at):
    taken_in(LAB, ["M1", *BINH, "", "20/08/2021", "Test nhanh", "Dương tính", "20/08/2021"], sender="TTYT", area="020")
    assert classes() == {"Trần Thị Bình": "probable"}
    taken_in(
        LAB, ["M2", *BINH, "", "21/08/2021", "RT-PCR", "Âm tính", "22/08/2021"], sender="TTYT", area="020", when=at + timedelta(days=1)
    )
    assert classes() == {"Trần Thị Bình": "refuted"}


def test_what_a_list_only_suspected_is_refuted_by_the_pcr(taken_in, at):
    taken_in(HEADER, [*AN[:11], "Nghi ngờ"])
    answer = ["M3", AN[3], "1985", "Nam", AN[6], AN[7], AN[8], "", "21/08/2021", "RT-PCR", "Âm tính", "22/08/2021"]
    taken_in(LAB, answer, sender="TTYT", area="020", when=at + timedelta(days=1))
    assert classes() == {"Nguyễn Văn An": "refuted"}


def test_a_waiting_tube_is_no_answer(taken_in):
    taken_in(LAB, ["M1", *BINH, "", "23/08/2021", "RT-PCR", "Chờ kết quả", ""], sender="TTYT", area="020")
    assert Sample.objects.count() == 1
    assert not LabResult.objects.exists()
    assert classes() == {}


def test_a_returnee_has_where_from_when_and_how_he_was_found(taken_in):
    header = ["STT", *WHO, "Về từ", "Phương tiện", "Số ghế", "Ngày về", "Nguồn phát hiện"]
    taken_in(header, ["1", *BINH, "Bắc Giang", "Xe khách 29B", "12A", "18/08/2021", "Tổ dân phố báo"], sender="Công an huyện", area="020")
    arrival = Arrival.objects.get()
    assert (arrival.from_place, arrival.from_abroad, arrival.arrived_on) == ("Bắc Giang", False, date(2021, 8, 18))
    assert arrival.found_how == "neighbour"
    assert "12A" in arrival.transport


def test_a_check_of_the_day_is_written_once(taken_in, at):
    header = ["STT", *WHO, "Đối tượng", "Ngày theo dõi", "Đã theo dõi", "Nhiệt độ", "Triệu chứng"]
    row = ["1", *BINH, "F2", "24/08/2021", "Đã theo dõi", "36,6", "Không"]
    taken_in(header, row, sender="TTYT", area="020")
    taken_in(header, row, [""] * 12, sender="TTYT", area="020", when=at + timedelta(hours=1))
    check = FollowUp.objects.get()
    assert (check.state, str(check.temperature), check.symptoms) == ("done", "36.6", "")


def test_an_event_of_a_known_case_is_kept_and_makes_nobody(taken_in):
    taken_in(HEADER, AN)
    header = ["STT", "Mã mốc", "Ca bệnh", "Địa điểm", "Ngày", "Từ giờ", "Đến giờ", "Loại địa điểm", "Hoạt động", "Số người có mặt"]
    rows = [["1", "E1", "BN1234", "Chợ Liên Ninh", "19/08/2021", "7h30", "9g00", "mua bán", "mua hàng", "25"],
            ["2", "E2", "BN 999", "Công ty may", "19/08/2021", "8 giờ", "17h30", "nơi làm việc", "làm việc", "7"]]  # fmt: skip
    file = taken_in(["DANH SÁCH MỐC DỊCH TỄ"], header, *rows)
    event = ExposureEvent.objects.get(place="Chợ Liên Ninh")
    assert (event.first.isoformat(), event.number_present) == ("2021-08-19T00:30:00+00:00", 25)
    assert Person.objects.count() == 1
    assert not Contact.objects.exists()
    assert IntakeRow.objects.filter(sheet__file=file).count() == 2
