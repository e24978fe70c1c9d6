"""Withdrawing an applied file: the books stand as if it had never come; what others said stays, and past situations stay as they were."""

from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from tests.procedures.books import books

from tienphuong.cases.models import Case, CaseState, ClassificationRecord
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.audit import faults
from tienphuong.core.models import AuditEntry
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.provenance import Provenance
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.withdrawing import WithdrawalRefused, withdraw_file
from tienphuong.intake.terms import FileState
from tienphuong.procedures.close_books import close_books, wrong_closings
from tienphuong.procedures.decide_match import declare_same
from tienphuong.procedures.nightly_check import nightly_check
from tienphuong.procedures.record_follow_up import record_follow_up
from tienphuong.registry.models import Person
from tienphuong.registry.services.identities import propose
from tienphuong.tracing.entries import FollowUpEntry
from tienphuong.tracing.models import Contact, PendingLink
from tienphuong.tracing.services.follow_up import write_referral

pytestmark = pytest.mark.django_db

CASES = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng,Ngày ra viện,Ngày tử vong"
VY = 'BN900201,Lưu Thị Hạ Vy,Nữ,12/03/1991,0981000001,"Thôn Nội, xã Liên Ninh",10/8/2021,{}'
TUYEN = 'BN900202,Đàm Quốc Tuyển,Nam,02/05/1990,0981000002,"Thôn Nội, xã Liên Ninh",10/8/2021,{}'
SUONG = 'BN900203,Kiều Thị Sương,Nữ,15/12/1991,0981000003,"Thôn Nội, xã Liên Ninh",10/8/2021,{}'
ILL, WELL, DEAD = "Đang điều trị,,", "Khỏi,24/8/2021,", "Tử vong,,24/8/2021"
CONTACTS = "STT,Họ và tên,Năm sinh,Giới tính,Số điện thoại,Địa chỉ,F1 của,Ngày tiếp xúc cuối"
HOA_F1 = '1,Trần Thị Hoa,1985,Nữ,0981000011,"Thôn Nội, xã Liên Ninh",BN900201,9/8/2021'
BINH_F1 = '2,Phạm Văn Bình,1979,Nam,0981000012,"Thôn Nội, xã Liên Ninh",BN900202,8/8/2021'


@pytest.fixture
def send(settings, tmp_path, areas, policy, at, lan):
    """Take a list in: send(header, *rows) -> the file."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, when=at - timedelta(hours=2), sender="Trạm Y tế xã Liên Ninh", name="danh sach.csv"):
        told = {"sender": sender, "area": areas["00682"], "disease": "covid-19", "actor": lan, "at": when}
        file = receive_file("\n".join(lines).encode(), name, **told)
        check_file(file)
        file = apply_file(file, actor=lan, at=when, policy=policy)
        assert file.state == FileState.APPLIED, (file.state, file.message)
        return file

    return make


@pytest.fixture
def withdraw(lan, at):
    """Withdraw a file."""
    return lambda file, when=at, **changed: withdraw_file(
        IntakeFile.objects.get(pk=file.pk), **{"actor": lan, "at": when, "reason": "gửi nhầm", "act_id": uuid4(), **changed}
    )


@pytest.fixture
def without(areas, policy, lan, at):
    """The books that these acts alone make; the base is left as it was before them."""

    def make(*acts):
        with transaction.atomic():
            for act in acts:
                act()
            found = books(areas["00682"], viewer=lan, policy=policy, at=at)
            transaction.set_rollback(True)
        return found

    return make


def same_as(without, *, first, others, withdraw):
    """A first and then the others, A withdrawn, against the others alone."""
    alone = without(*others)

    def all_but_the_first():
        file = first()
        for other in others:
            other()
        withdraw(file)

    assert without(all_but_the_first) == alone
    assert without(lambda: [act() for act in others], lambda: withdraw(first())) == alone


def test_what_only_the_file_said_is_withdrawn_as_records(send, withdraw, without):
    nothing = without()
    file = send(CASES, VY.format(ILL), TUYEN.format(DEAD))
    done = withdraw(file)
    assert without() == nothing
    assert (done.people, done.cases, done.rows, done.kept) == (2, 2, 2, ())
    assert Person.objects.count() == 2 and ClassificationRecord.everything.count() == 2 and Case.everything.count() == 2
    assert file.pk == IntakeFile.objects.get(state=FileState.WITHDRAWN).pk


def test_what_a_later_file_repeats_stays_with_that_file_as_its_source(send, withdraw, without):
    first = partial(send, CASES, VY.format(ILL), TUYEN.format(ILL))
    second = partial(send, CASES, TUYEN.format(ILL), SUONG.format(ILL), name="hai.csv")
    same_as(without, first=first, others=[second], withdraw=withdraw)
    one, two = first(), second()
    tuyen = Person.objects.get(full_name="Đàm Quốc Tuyển")
    withdraw(one)
    now = Person.objects.get(full_name="Đàm Quốc Tuyển")
    assert (now.pk, now.withdrawn_at) == (tuyen.pk, None)
    row = IntakeRow.objects.get(sheet__file=two, person=now)
    (case,) = Case.objects.filter(person=now)
    assert now.source_row == case.source_row == row.pk
    assert set(ClassificationRecord.objects.filter(case=case).values_list("source_row", flat=True)) == {row.pk}


def test_an_outcome_only_the_file_told_is_taken_back_and_the_one_before_stands(send, withdraw, without):
    first = partial(send, CASES, VY.format(DEAD))
    second = partial(send, CASES, VY.format(ILL), name="hai.csv")
    same_as(without, first=first, others=[second], withdraw=withdraw)


def test_contacts_wait_again_for_a_case_that_only_the_file_told(send, withdraw, without):
    first = partial(send, CASES, VY.format(ILL))
    second = partial(send, CONTACTS, HOA_F1, BINH_F1, name="f1.csv")
    third = partial(send, CASES, TUYEN.format(ILL), name="ba.csv")
    same_as(without, first=first, others=[second, third], withdraw=withdraw)
    same_as(without, first=second, others=[first, third], withdraw=withdraw)
    same_as(without, first=third, others=[first, second], withdraw=withdraw)


def test_what_the_file_added_to_somebody_is_taken_back(send, withdraw, without):
    first = partial(send, CASES, VY.format(ILL))
    second = partial(send, "Họ và tên,Năm sinh,Số điện thoại,Địa chỉ,Mã BN,Tình trạng",
                          'Lưu Thị Hạ Vy,1991,0981000001,"Thôn Nội, xã Liên Ninh",BN900201,Khỏi', name="it.csv")  # fmt: skip
    same_as(without, first=first, others=[second], withdraw=withdraw)


def test_two_rows_that_only_the_file_made_one_person_are_two_again(send, withdraw, without):
    papers = "Họ và tên,Năm sinh,Giới tính,Số CCCD,Số điện thoại,Địa chỉ,Mã BN,Tình trạng"
    place = '"Thôn Nội, xã Liên Ninh"'
    first = partial(send, papers, f"Lưu Thị Hạ Vy,1991,Nữ,001191000001,0981000001,{place},BN900201,Đang điều trị")
    second = partial(send, papers, f"Lưu Thị Hạ Vy,1991,Nữ,001191000001,,{place},,Đang điều trị",
                          "Lưu Thị Hạ Vy,,,,0981000001,,BN900201,Đang điều trị", name="hai.csv")  # fmt: skip
    same_as(without, first=first, others=[second], withdraw=withdraw)


def test_past_situations_stay_as_they_were_known(send, withdraw, areas, policy, lan, at):
    file = send(CASES, VY.format(ILL), TUYEN.format(DEAD), when=at - timedelta(days=1))
    known = books(areas["00682"], viewer=lan, policy=policy, at=at, known_at=at - timedelta(minutes=1))["figures"]
    withdraw(file)
    assert books(areas["00682"], viewer=lan, policy=policy, at=at, known_at=at - timedelta(minutes=1))["figures"] == known
    assert books(areas["00682"], viewer=lan, policy=policy, at=at)["figures"] != known


def test_the_night_finds_nothing_to_mend_and_the_books_agree(send, withdraw, policy, lan, at):
    one = send(CASES, VY.format(ILL), TUYEN.format(ILL), when=at - timedelta(days=3))
    send(CONTACTS, HOA_F1, BINH_F1, name="f1.csv", when=at - timedelta(days=2))
    close_books(at=at)
    withdraw(one)
    assert not wrong_closings()
    found = nightly_check(actor=lan, at=at + timedelta(hours=9), policy=policy)
    assert (found.cases, found.samples, found.degrees, found.balances, found.audit_faults) == (0, 0, 0, 0, 0)
    assert not list(faults())


def test_the_same_act_twice_is_one_and_another_is_refused(send, withdraw):
    file, act = send(CASES, VY.format(ILL)), uuid4()
    assert withdraw(file, act_id=act) == withdraw(file, act_id=act)
    assert AuditEntry.objects.filter(act="file.withdrawn").count() == 1
    with pytest.raises(WithdrawalRefused, match="đã được Lan rút trước đó"):
        withdraw(file)


@pytest.mark.parametrize("state", ["checked", "applying", "unreadable"])
def test_only_an_applied_file_is_withdrawn(send, withdraw, state):
    file = send(CASES, VY.format(ILL))
    IntakeFile.objects.filter(pk=file.pk).update(state=state)
    with pytest.raises(WithdrawalRefused):
        withdraw(file)
    assert CaseState.objects.count() == 1


def test_a_reason_and_the_right_are_asked(send, withdraw, minh):
    file = send(CASES, VY.format(ILL))
    with pytest.raises(WithdrawalRefused, match="lý do"):
        withdraw(file, reason="  ")
    with pytest.raises(NotPermitted):
        withdraw(file, actor=minh)


def test_the_same_bytes_may_be_taken_in_anew(send, withdraw, without):
    alone = without(partial(send, CASES, VY.format(ILL)))
    file = send(CASES, VY.format(ILL))
    withdraw(file)
    again = send(CASES, VY.format(ILL))
    assert again.pk != file.pk and again.sha256 == file.sha256
    assert without() == alone


STAYS = "STT,Họ và tên,Năm sinh,Giới tính,Số điện thoại,Địa chỉ,Đối tượng,Ngày vào,Ngày ra,Tình trạng"
CHECKS = "STT,Họ và tên,Năm sinh,Giới tính,Số điện thoại,Địa chỉ,Ngày theo dõi,Nhiệt độ,Tình trạng theo dõi"


def _row_of(person, file):
    return IntakeRow.objects.get(person=person, sheet__file=file)


@pytest.fixture
def hoa_of_the_list():
    """The contact of the list that officers act upon."""
    return lambda: Person.objects.get(full_name="Trần Thị Hoa")


def test_who_was_acted_upon_since_is_kept_whole_with_the_source_of_his_contact(send, withdraw, hoa_of_the_list, policy, lan, at):
    file = send(
        "Mã BN,Họ và tên,Năm sinh,Giới tính,Số điện thoại,Địa chỉ,Ngày phát hiện",
        'BN900201,Lưu Thị Hạ Vy,1991,Nữ,0981000001,"Thôn Nội, xã Liên Ninh",10/8/2021',
        'BN900202,Đàm Quốc Tuyển,1990,Nam,0981000002,"Thôn Nội, xã Liên Ninh",10/8/2021',
    )
    contacts = send(CONTACTS, HOA_F1, BINH_F1, name="f1.csv")
    entry = FollowUpEntry(disease="covid-19", reported_at=at, day=date(2021, 8, 24), state="well")
    record_follow_up([(hoa_of_the_list(), entry)], actor=lan, at=at, policy=policy)
    done = withdraw(contacts)
    assert done.kept == ((str(hoa_of_the_list().uid), "watched"),)
    assert (done.rows, done.people) == (1, 1)
    assert Contact.objects.get(withdrawn_at=None).person == hoa_of_the_list()
    done = withdraw(file)
    assert (done.people, done.kept) == (2, ())
    assert PendingLink.objects.get(contact=None).person == hoa_of_the_list()


def test_the_source_of_a_kept_contact_in_the_same_file_is_kept_with_it(send, withdraw, hoa_of_the_list, policy, lan, at, areas):
    file = send(
        f"{CONTACTS},Phân loại",
        '1,Lê Văn Gốc,1970,Nam,0981000099,"Thôn Nội, xã Liên Ninh",,,F0',
        f"{HOA_F1.replace('BN900201', 'Lê Văn Gốc')},F1",
        f"{BINH_F1.replace('BN900202', 'Lê Văn Gốc')},F1",
        name="f0 f1.csv",
    )
    assert Contact.objects.count() == 2
    write_referral(hoa_of_the_list(), to=areas["00664"], from_path="", disease="covid-19", degree=1, stamp=Provenance(at, lan.user_id, ""))
    done = withdraw(file)
    assert dict(done.kept) == {
        str(hoa_of_the_list().uid): "watched",
        str(Person.objects.get(full_name="Lê Văn Gốc").uid): "source",
    }
    assert (done.rows, done.people, Contact.objects.filter(withdrawn_at=None).count()) == (1, 1, 1)


def test_a_merge_an_officer_made_is_not_torn(send, withdraw, policy, lan, at):
    one, two = send(CASES, VY.format(ILL)), send(CASES, SUONG.format(ILL), name="hai.csv")
    vy, suong = Person.objects.get(full_name="Lưu Thị Hạ Vy"), Person.objects.get(full_name="Kiều Thị Sương")
    (proposal,) = propose([(vy, suong, 5.0, [])], at=at)
    declare_same(proposal, actor=lan, at=at, policy=policy)
    assert withdraw(one).kept == ((str(vy.uid), "merged"),)
    assert withdraw(two).kept == ((str(suong.uid), "merged"),)
    assert CaseState.objects.filter(known_to=OPEN_END).count() == 1


def test_a_withdrawn_file_is_not_written_by_who_had_begun(send, withdraw, lan, at, policy):
    file = send(CASES, VY.format(ILL))
    begun = IntakeFile.objects.get(pk=file.pk)
    withdraw(file)
    begun.state = FileState.APPLYING
    IntakeRow.objects.filter(sheet__file=file).update(applied_at=None)
    apply_file(begun, actor=lan, at=at, policy=policy)
    assert begun.state == FileState.WITHDRAWN and not CaseState.objects.filter(known_to=OPEN_END).exists()


PEOPLE = [
    (f"BN9003{n:02d}", f"{family} Văn {given}", 1960 + n, f"00106{n:07d}", f"09810001{n:02d}")
    for n, (family, given) in enumerate(
        zip(["Lưu", "Đàm", "Kiều", "Vũ", "Bùi", "Hồ"], ["Sơn", "Tuyển", "Lâm", "Hiển", "Khang", "Quý"], strict=True)
    )
]
PLACE = '"Thôn Nội, xã Liên Ninh"'


def _any_list(draw_key: Random, name: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """A list of one of three kinds about some of the people, with some of what is known of each."""
    chosen = draw_key.sample(PEOPLE, draw_key.randint(2, 5))
    some = lambda text: text if draw_key.random() < 0.7 else ""  # noqa: E731
    kind = draw_key.randrange(3)
    if kind == 0:
        head = "Mã BN,Họ và tên,Năm sinh,Số CCCD,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng,Ngày ra viện,Ngày tử vong"
        rows = [
            f"{no},{who},{year},{paper},{phone},{PLACE},10/8/2021,{draw_key.choice((ILL, WELL))}" for no, who, year, paper, phone in chosen
        ]
    elif kind == 1:
        head = "STT,Họ và tên,Năm sinh,Giới tính,Số CCCD,Số điện thoại,Địa chỉ,F1 của,Ngày tiếp xúc cuối"
        rows = [
            f"{n},{who},{year},Nam,{paper},{some(phone)},{PLACE},{draw_key.choice(PEOPLE)[0]},{draw_key.randint(5, 9)}/8/2021"
            for n, (_, who, year, paper, phone) in enumerate(chosen, 1)
        ]
    else:
        head = "STT,Họ và tên,Năm sinh,Giới tính,Số CCCD,Số điện thoại,Địa chỉ,Ngày lấy mẫu,Kết quả xét nghiệm,Phương pháp"
        rows = [
            f"{n},{who},{year},Nam,{paper},{some(phone)},{PLACE},{draw_key.randint(20, 23)}/8/2021,{draw_key.choice(('Dương tính', 'Âm tính'))},RT-PCR"
            for n, (_, who, year, paper, phone) in enumerate(chosen, 1)
        ]
    return (head, *rows), {"name": name}


@pytest.mark.parametrize("seed", range(3, 7))
def test_of_any_lists_whichever_is_withdrawn_the_books_are_those_of_the_others(send, withdraw, without, seed):
    draw_key = Random(seed)
    lists = [_any_list(draw_key, f"{number}.csv") for number in range(4)]
    gone = draw_key.randrange(len(lists))
    alone = without(*(partial(send, *lines, **told) for number, (lines, told) in enumerate(lists) if number != gone))

    def all_of_them():
        sent = [send(*lines, **told) for lines, told in lists]
        withdraw(sent[gone])

    found = without(all_of_them)
    assert {name: found[name] for name in alone if name not in ("doubts", "figures")} == {
        name: alone[name] for name in alone if name not in ("doubts", "figures")
    }
    open_doubts = {"duplicates_open"}  # a doubt that the records themselves still raise stays open
    assert {k: v for k, v in found["figures"].items() if k not in open_doubts} == {
        k: v for k, v in alone["figures"].items() if k not in open_doubts
    }
