"""Applying: what rows become, and that sending again changes nothing."""

from datetime import date, timedelta

import pytest

from tienphuong.cases.models import Case, CaseAlias, CaseState
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.registry.models import MatchProposal, Merge, Person
from tienphuong.tracing.models import Contact, DegreeRecord, PendingLink

from .conftest import AN, CONTACTS, HEADER

pytestmark = pytest.mark.django_db

BINH = ["1", "LN-F1-0001", "Trần Thị Bình", "1990", "Nữ", "0987654321", "Thôn Thọ Am, Xã Liên Ninh", "F1", "F1 của BN 1234", "19/08/2021", "cùng nhà"]  # fmt: skip
CHI = ["2", "", "Lê Thu Chi", "1992", "Nữ", "0977654321", "Thôn 1, Xã Liên Ninh", "F2", "F2, tiếp xúc F1 LN-F1-0001 Trần Thị Bình", "20/08/2021", "đồng nghiệp"]  # fmt: skip


def degrees():
    held = DegreeRecord.objects.filter(known_to=OPEN_END)
    return {record.person.full_name: record.degree for record in held.select_related("person")}


def counts():
    return [model.objects.count() for model in (Person, Case, CaseAlias, CaseState, Contact, PendingLink, DegreeRecord)]


def test_a_row_becomes_a_case_where_the_person_lives(taken_in, areas):
    taken_in(HEADER, AN)
    state = CaseState.objects.get()
    assert (state.classification, state.outcome, state.area_id) == ("confirmed", "in_treatment", areas["00682"].pk)
    assert state.detected_on == date(2021, 8, 20)
    assert sorted(CaseAlias.objects.values_list("key", flat=True)) == ["BN-1234", "LN-1"]
    assert IntakeRow.objects.get().person.full_name == "Nguyễn Văn An"


def test_the_list_sent_again_the_next_day_changes_nothing(taken_in, at):
    taken_in(HEADER, AN)
    taken_in(CONTACTS, BINH, CHI)
    before = counts()
    again = taken_in(HEADER, AN, ["", "", "", "Không phát sinh", *[""] * 8], name="hôm sau.csv", when=at + timedelta(days=1))
    contacts = taken_in(CONTACTS, BINH, CHI, [""] * 11, name="f1 hôm sau.csv", when=at + timedelta(days=1))
    assert counts()[:5] == before[:5]
    assert set(IntakeRow.objects.filter(sheet__file__in=[again, contacts], person__isnull=False).values_list("verdict", flat=True)) == {
        "known"
    }


def test_nameless_rows_sent_again_are_the_same_people(taken_in, at):
    header = ["STT", "Tuổi", "Giới", "Thôn", "Ngày dương tính", "Tình trạng"]
    rows = [["1", "51", "nữ", "Thôn 1", "20/08/2021", "Đang điều trị"], ["2", "51", "nữ", "Thôn 1", "20/08/2021", "Đang điều trị"]]
    taken_in(header, *rows)
    assert Person.objects.count() == 2
    taken_in(header, *rows, ["3", "30", "nam", "Thôn 2", "21/08/2021", "Đang điều trị"], when=at + timedelta(days=1))
    assert Person.objects.count() == 3


def test_a_case_number_written_three_ways_links_three_contacts(taken_in):
    taken_in(HEADER, AN)
    rows = [[str(n), "", f"Người Thứ {word}", "1990", "Nam", f"09000000{n}{n}", "Thôn 2, Xã Liên Ninh", "F1", link, "19/08/2021", "bạn"]
            for n, (word, link) in enumerate([("Một", "F1 của NB1234"), ("Hai", "tx BN0001234"), ("Ba", "BN 1234")], 1)]  # fmt: skip
    taken_in(CONTACTS, *rows)
    assert Contact.objects.count() == 3
    assert list(degrees().values()).count(1) == 3


def test_a_contact_of_a_case_not_known_yet_waits_and_is_linked_when_it_comes(taken_in):
    taken_in(CONTACTS, [*BINH[:8], "F1 của LN001", *BINH[9:]])
    assert PendingLink.objects.get().contact is None
    assert degrees() == {}
    taken_in(HEADER, AN)
    assert PendingLink.objects.get().contact is not None
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 1}


def test_an_f2_is_linked_by_the_code_of_his_f1_whichever_list_comes_first(taken_in):
    taken_in(CONTACTS, CHI)
    taken_in(HEADER, AN)
    taken_in(CONTACTS, BINH)
    assert degrees() == {"Nguyễn Văn An": 0, "Trần Thị Bình": 1, "Lê Thu Chi": 2}


def test_a_link_by_name_finds_the_one_case_of_that_name(taken_in):
    taken_in(HEADER, AN)
    taken_in(CONTACTS, [*BINH[:8], "F1 của Nguyễn Văn An (SN 1985, thôn Thọ Am)", *BINH[9:]])
    assert degrees()["Trần Thị Bình"] == 1


def test_a_case_of_another_province_counts_there(taken_in, areas):
    row = [*AN[:8], "Xã Yên Phụ, huyện Ý Yên, tỉnh Nam Định", *AN[9:]]
    taken_in(HEADER, row)
    assert not CaseState.objects.get().area_path.startswith(areas["020"].path)
    assert IntakeRow.objects.get().issues


def test_words_of_doubt_are_no_confirmed_cases(taken_in):
    words = {"Nghi ngờ": "suspected", "Nghi ngờ (test nhanh +)": "probable", "Loại trừ": "refuted", "Đang điều trị": "confirmed", "Khỏi": "confirmed"}  # fmt: skip
    rows = [[str(n), f"LN{n:03}", "", f"Nguyễn Văn {name}", f"1{n}/03/1985", "Nam", "", f"09123456{n}{n}", AN[8], "20/08/2021", "", word]
            for n, (name, word) in enumerate(zip(["An", "Bắc", "Cường", "Dũng", "Hải"], words, strict=True), 1)]  # fmt: skip
    taken_in(HEADER, *rows)
    held = CaseState.objects.values_list("case__person__full_name", "classification")
    assert dict(held) == {
        f"Nguyễn Văn {name}": word for name, word in zip(["An", "Bắc", "Cường", "Dũng", "Hải"], words.values(), strict=True)
    }


def test_one_row_with_a_family_is_several_people(taken_in):
    taken_in(HEADER, AN)
    row = ["1", "", "Trần Thị Bình 1990; Trần Văn Tư 1960; Lê Thị Sáu 1962", "", "", "0987654321", "Thôn 1, Xã Liên Ninh", "F1", "BN1234", "19/08/2021", "cùng nhà"]  # fmt: skip
    taken_in(CONTACTS, row)
    assert sorted(Person.objects.exclude(full_name="Nguyễn Văn An").values_list("full_name", "birth_year")) == [
        ("Lê Thị Sáu", 1962),
        ("Trần Thị Bình", 1990),
        ("Trần Văn Tư", 1960),
    ]
    assert list(degrees().values()).count(1) == 3


def test_a_later_list_names_a_case_known_by_its_number_alone(taken_in):
    taken_in(
        ["STT", "Mã ca", "Tuổi", "Giới", "Xã", "Ngày dương tính", "Tình trạng"],
        ["1", "LN001", "36", "nam", "Xã Liên Ninh", "20/08/2021", "Đang điều trị"],
    )
    taken_in(CONTACTS, ["1", "", "Nguyễn Văn An", "1985", "Nam", "0912345678", AN[8], "F1", "BN7", "10/08/2021", "bạn"])
    taken_in(HEADER, [*AN[:2], "", *AN[3:]], name="đầy đủ.csv")
    counted = CaseState.objects.filter(known_to=OPEN_END, case__duplicate_of=None, classification="confirmed")
    assert counted.count() == 1
    assert Merge.objects.count() == 1


@pytest.mark.parametrize(("chosen", "people", "proposals"), [("queue", 2, 1), ("link", 1, 0), ("skip", 1, 0), ("create", 2, 0)])
def test_the_policy_chosen_before_decides_what_a_doubt_becomes(taken_in, chosen, people, proposals):
    taken_in(HEADER, AN)
    doubtful = ["1", "", "", "Nguyễn Văn An", "1985", "Nam", "", "", "Thôn Thọ Am, Xã Liên Ninh", "22/08/2021", "22/08/2021", ""]
    file = taken_in(HEADER, doubtful, policy=chosen, name="khác.csv", sender="TTYT", area="020")
    assert Person.objects.count() == people
    assert MatchProposal.objects.count() == proposals
    if chosen in ("queue", "skip"):
        assert IntakeRow.objects.get(sheet__file=file).verdict == "duplicate"


def test_a_disease_no_pack_knows_is_kept_under_its_own_name(taken_in):
    header = ["STT", "Bệnh", "Họ và tên", "Ngày sinh", "Nơi ở hiện nay", "Ngày dương tính", "Mã ca"]
    taken_in(header, ["1", "Viêm não mô cầu", "Nguyễn Văn An", "12/03/1985", "Xã Liên Ninh", "20/08/2021", "VN001"])
    assert Case.objects.get().disease == "viem-nao-mo-cau"
    assert not DegreeRecord.objects.exists()


def test_the_figures_of_a_commune_are_kept_with_the_sums_that_do_not_close(taken_in):
    from tienphuong.reports.models import Submission

    header = ["STT", "Chỉ tiêu", "Phát sinh trong ngày", "Đang điều trị", "Đã ra viện", "Cộng lũy kế"]
    taken_in(["BÁO CÁO SỐ LIỆU NGÀY 24/8"], header, ["1", "Số ca F0", "3", "6", "5", "11"], ["2", "F1", "4", "141", "125", "265"])
    kept = Submission.objects.get()
    assert kept.figures["cases_total"] == 11
    assert kept.figures["f1_total"] == 265
    assert kept.broken == ["141 + 125 = 266 ≠ 265"]


def test_a_file_applied_is_applied_once(taken_in, hoa, at, policy):
    file = taken_in(HEADER, AN)
    before = counts()
    apply_file(IntakeFile.objects.get(pk=file.pk), actor=hoa, at=at, policy=policy)
    assert counts() == before


def test_a_file_nobody_previewed_comes_to_the_same(received, taken_in, at, policy, hoa):
    rows = [AN, [*AN[:1], "LN002", "", "Đỗ Thị Hà", "1/1/1950", "Nữ", "", "0911111111", *AN[8:]]]
    apply_file(received(HEADER, *rows), actor=hoa, at=at, policy=policy)
    before = counts()
    checked = taken_in(HEADER, *rows, [""] * 12, name="lần hai.csv")
    assert counts() == before
    assert set(IntakeRow.objects.filter(sheet__file=checked).values_list("verdict", flat=True)) == {"known"}


@pytest.mark.parametrize("checked_first", [True, False])
def test_a_file_of_which_no_row_is_understood_is_never_called_applied(received, at, checked_first):
    file = received(b"mot, hai\nba, bon\n", name="la.csv")
    if checked_first:
        check_file(file)
    apply_file(file, actor=system_viewer(), at=at)
    file.refresh_from_db()
    assert (file.state, file.applied_at, file.warnings[0][0]) == ("nothing_read", None, "unknown_kind")
