"""A later list that contradicts what is believed is shown as such and waits for an officer; figures follow the decision."""

from datetime import timedelta

import pytest

from tienphuong.cases.models import Case, CaseState
from tienphuong.cases.services.states import belief_of, derived, states_of
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.models import IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.terms import Verdict
from tienphuong.procedures.settle_contradiction import keep_values, take_decisions_back, take_values
from tienphuong.registry.models import Contradiction
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

pytestmark = pytest.mark.django_db
HEADER = "Mã BN,Họ và tên,Giới tính,Ngày sinh,Số điện thoại,Địa chỉ,Ngày phát hiện,Tình trạng,Ngày ra viện,Ngày tử vong"
VY = 'BN900201,Lưu Thị Hạ Vy,Nữ,12/03/1991,0981000001,"Thôn Nội, xã Liên Ninh",10/8/2021,'
ILL, WELL, DEAD = "Đang điều trị,,", "Khỏi,23/8/2021,", "Tử vong,,23/8/2021"


@pytest.fixture
def send(settings, tmp_path, areas, policy, at, lan):
    """Take a list in: send(header, *rows) -> (verdict and remarks foreseen, verdict and remarks after)."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    sent: list[int] = []

    def make(*lines, header=HEADER, previewed=True):
        when = at - timedelta(hours=20 - 6 * len(sent))
        sent.append(1)
        sending = {"sender": "Trạm Y tế xã Liên Ninh", "area": areas["00682"], "disease": "covid-19", "actor": lan, "at": when}
        file = receive_file("\n".join((header, *lines)).encode(), f"{len(sent)}.csv", **sending)
        if previewed:
            check_file(file)
        foreseen = _rows(file)
        apply_file(file, actor=lan, at=when, policy=policy)
        return foreseen, _rows(file)

    return make


def _rows(file):
    rows = IntakeRow.objects.filter(sheet__file=file).order_by("number")
    return [(row.verdict, [issue[4] for issue in row.issues if issue[0] == "warning"]) for row in rows]


@pytest.fixture
def count(areas, policy, lan, at):
    """Figures of Liên Ninh now."""

    def make(*keys):
        cutoff = cutoff_of(at, policy=policy.disease("covid-19"), known_at=at)
        found = figures(lan, area=areas["00682"], disease="covid-19", cutoff=cutoff, policy=policy).values
        return tuple(found[key] for key in keys)

    return make


def slow_and_fast_agree():
    states = states_of([case.pk for case in Case.objects.all()])
    return all(derived([case])[case] == belief_of(state) for case, state in states.items())


@pytest.mark.parametrize(
    ("before", "after", "current", "reported"),
    [
        (DEAD, ILL, "died 2021-08-23", "in_treatment"),
        (DEAD, WELL.replace("23/8", "24/8"), "died 2021-08-23", "recovered 2021-08-24"),
        (WELL, ILL, "recovered 2021-08-23", "in_treatment"),
        (DEAD, "hôm qua ghi nhầm tử vong,,", "died 2021-08-23", "in_treatment"),
        (DEAD, "đính chính: đang điều trị,,", "died 2021-08-23", "in_treatment"),
        (WELL, "ghi nhầm khỏi bệnh nay đang điều trị,,", "recovered 2021-08-23", "in_treatment"),
    ],
)
def test_an_outcome_taken_back_is_asked_with_both_values(send, count, lan, at, before, after, current, reported):
    send(VY + before)
    then = count("deaths", "cases_recovered", "cases_in_treatment")
    foreseen, done = send(VY + after)
    for verdict, remarks in (*foreseen, *done):
        assert verdict == Verdict.CONTRARY
        assert any("Trái với đã ghi" in words or "đính chính" in words for words in remarks)
    (asked,) = Contradiction.objects.all()
    assert (asked.aspect, asked.current, asked.reported, asked.state) == ("outcome", current, reported, "open")
    assert count("deaths", "cases_recovered", "cases_in_treatment") == then


def test_figures_follow_the_decision_and_its_undoing(send, count, lan, at):
    send(VY + DEAD)
    send(VY + ILL)
    (asked,) = Contradiction.objects.all()
    assert take_values([asked], actor=lan, at=at, reason="bệnh viện xác nhận còn sống") == [asked]
    assert count("deaths", "cases_in_treatment", "cases_total") == (0, 1, 1)
    assert slow_and_fast_agree()
    take_decisions_back([Contradiction.objects.get()], actor=lan, at=at + timedelta(minutes=1))
    (state,) = CaseState.objects.filter(known_to=OPEN_END)
    assert state.outcome == "died" and slow_and_fast_agree()


def test_what_an_officer_kept_is_not_asked_again(send, count, lan, at):
    send(VY + DEAD)
    send(VY + ILL)
    keep_values(list(Contradiction.objects.all()), actor=lan, at=at)
    _, ((verdict, remarks),) = send(VY.replace("Nội", "Nội Am") + ILL)
    assert verdict != Verdict.CONTRARY and not any("Trái" in words for words in remarks)
    assert Contradiction.objects.filter(aspect="outcome").count() == 1 and count("deaths") == (1,)


@pytest.mark.parametrize("words", ["Âm tính", "đính chính: âm tính", "ghi nhầm dương tính"])
def test_a_confirmed_case_is_not_refuted_by_a_list_alone(send, count, lan, at, words):
    header = HEADER.replace("Tình trạng,Ngày ra viện,Ngày tử vong", "Kết quả xét nghiệm")
    send(VY + "Dương tính", header=header)
    _, ((verdict, _),) = send(VY + words, header=header)
    assert verdict == Verdict.CONTRARY and count("cases_total") == (1,)
    (asked,) = Contradiction.objects.all()
    assert (asked.aspect, asked.current, asked.reported) == ("class", "confirmed", "refuted")
    take_values([asked], actor=lan, at=at, reason="đơn vị đính chính")
    assert count("cases_total") == (0,)


def test_a_suspected_case_is_refuted_by_a_list_and_a_late_row_is_nothing_new(send, count):
    header = HEADER.replace("Tình trạng,Ngày ra viện,Ngày tử vong", "Phân loại ca bệnh")
    send(VY + "Nghi ngờ", header=header)
    send(VY + "Loại trừ", header=header)
    assert not Contradiction.objects.exists() and count("cases_suspected") == (0,)
    send(VY + ILL)
    send(VY + WELL)
    assert not Contradiction.objects.exists()


def test_a_row_sent_again_word_for_word_is_late_and_not_against_what_came_since(send, count):
    send(VY + ILL)
    send(VY + WELL)
    other = 'BN900209,Vũ Văn Tư,Nam,02/05/1980,0981000009,"Thôn Nội, xã Liên Ninh",10/8/2021,'
    _, (first, _) = send(VY + ILL, other + ILL)
    assert first == (Verdict.KNOWN, []) and not Contradiction.objects.exists()
    assert count("cases_recovered", "cases_in_treatment") == (1, 1)


def test_another_birth_is_shown_in_the_preview(send):
    send(VY + ILL)
    foreseen, done = send(VY.replace("12/03/1991", "12/03/1961") + ILL)
    assert Contradiction.objects.get().aspect == "birth"
    for verdict, remarks in (*foreseen, *done):
        assert verdict == Verdict.CONTRARY and len([words for words in remarks if "Trái với đã ghi" in words]) == 1


def test_another_sex_is_asked_as_two_people_or_one(send):
    send(VY + ILL)
    foreseen, done = send(VY.replace("Nữ", "Nam") + ILL)
    assert [verdict for verdict, _ in (*foreseen, *done)] == [Verdict.DUPLICATE, Verdict.DUPLICATE]


def test_without_a_preview_the_remark_is_made_by_applying(send):
    send(VY + DEAD)
    _, ((verdict, remarks),) = send(VY + ILL, previewed=False)
    assert verdict == Verdict.CONTRARY and "đang ghi tử vong 23/8/2021, dòng này ghi đang điều trị" in remarks[0]
