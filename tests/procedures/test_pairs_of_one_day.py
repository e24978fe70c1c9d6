"""A name, a sex and a day of two lists of which one tells no birth: an officer is asked, whatever list came first."""

from itertools import permutations
from uuid import uuid4

import pytest

from tienphuong.cases.models import CaseState
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.withdrawing import withdraw_file
from tienphuong.registry.models import MatchProposal
from tienphuong.registry.terms import MatchState

pytestmark = pytest.mark.django_db
CASES = "STT,Mã BN,Họ tên,Giới,Xã,Ngày phát hiện,Phân loại\n1,BN106,Vũ Đức Ích,Nam,Tứ Hiệp,24/8/2021,F0\n"
SAMPLES = "Mã mẫu,Họ tên,Năm sinh,Giới tính,Ngày lấy mẫu,Kết quả,Phương pháp\nM01,Vũ Đức Ích,1989,Nam,24/8/2021,Dương tính,PCR\n"
BORN = (
    "STT,Họ tên,Năm sinh,Giới,Xã,SĐT,Ngày lấy mẫu,Kết quả,Phương pháp\n1,Vũ Đức Ích,1989,Nam,Tứ Hiệp,0911000222,24/8/2021,Dương tính,PCR\n"
)
BARE = "Mã mẫu,Họ tên,Giới tính,Ngày lấy mẫu,Kết quả,Phương pháp\nM01,VU DUC ICH,Nam,24/8/2021,Dương tính,PCR\n"
OTHERS = {
    "another day": CASES.replace("24/8/2021", "20/8/2021"),
    "another sex": CASES.replace("Nam", "Nữ"),
    "another name": CASES.replace("Ích", "Thành"),
}


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    """Take a list of the district in."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(text, sender):
        told = {"sender": sender, "area": areas["020"], "disease": "covid-19", "actor": system_viewer(), "at": at}
        return apply_file(receive_file(text.encode(), f"{sender}.csv", **told), actor=system_viewer(), at=at, policy=policy)

    return make


def pairs():
    return MatchProposal.objects.filter(state=MatchState.OPEN).count()


@pytest.mark.parametrize("lists", [*permutations((CASES, SAMPLES)), *permutations((CASES, BORN)), *permutations((CASES, BARE))])
def test_a_pair_is_shown_whichever_list_came_first(send, lists):
    for number, text in enumerate(lists):
        send(text, f"nơi gửi {number}")
    assert CaseState.objects.filter(known_to=OPEN_END).count() == 2
    assert pairs() == 1


@pytest.mark.parametrize("other", OTHERS)
def test_what_differs_is_no_pair(send, other):
    send(OTHERS[other], "a")
    send(SAMPLES, "b")
    assert pairs() == 0


@pytest.mark.parametrize("first", [0, 1])
def test_a_list_withdrawn_and_sent_again_has_its_pair_again(send, first, at):
    sent = [send(CASES, "a"), send(SAMPLES, "b")]
    withdraw_file(sent[first], actor=system_viewer(), at=at, reason="gửi nhầm", act_id=uuid4())
    assert pairs() == 0
    send((CASES, SAMPLES)[first], "ab"[first])
    assert pairs() == 1
