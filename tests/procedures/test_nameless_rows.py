"""A row without a name makes nobody of two people: whoever comes under another name is kept apart and put before an officer."""

from datetime import timedelta

import pytest

from tienphuong.cases.models import Case
from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import MatchProposal, Person

pytestmark = pytest.mark.django_db
HEADER = "STT,Họ và tên,Giới tính,Năm sinh,Số điện thoại,CMND,Địa chỉ,Ngày phát hiện"
HOME = '"Thôn Nội, xã Liên Ninh"'
NAMELESS = f"1,,,,0912000111,012345678,{HOME},20/8/2021"
SUONG = f"2,Kiều Thị Sương,Nữ,1991,0912000111,012345678,{HOME},20/8/2021"
LOC = f"3,Tô Bá Lộc,Nam,1983,0912000111,012345678,{HOME},21/8/2021"


@pytest.fixture
def send(settings, tmp_path, areas, policy, at):
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(*lines, duplicates="queue"):
        told = {
            "sender": "Xã Liên Ninh",
            "area": areas["00682"],
            "disease": "covid-19",
            "actor": system_viewer(),
            "at": at - timedelta(hours=1),
        }
        file = receive_file("\n".join(lines).encode(), "ca.csv", duplicate_policy=duplicates, **told)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=at, policy=policy)

    return make


def people():
    return set(Person.objects.exclude(full_name="").values_list("full_name", "sex"))


BOTH = {("Kiều Thị Sương", "F"), ("Tô Bá Lộc", "M")}


@pytest.mark.parametrize("duplicates", ["queue", "link"])
@pytest.mark.parametrize("files", [[(NAMELESS, SUONG, LOC)], [(NAMELESS,), (SUONG, LOC)], [(NAMELESS,), (SUONG,), (LOC,)]])
def test_two_names_under_the_number_of_a_nameless_row_stay_two_people(send, files, duplicates):
    for rows in files:
        send(HEADER, *rows, duplicates=duplicates)
    assert people() == BOTH
    assert Case.objects.filter(duplicate_of=None).count() == 2
    assert MatchProposal.objects.count() == (1 if duplicates == "queue" else 0), "a file that links what it can asks nobody"


def test_one_name_still_gives_the_nameless_record_its_name(send):
    send(HEADER, NAMELESS, SUONG, SUONG.replace("2,", "3,", 1))
    assert people() == {("Kiều Thị Sương", "F")}
    assert Person.objects.count() == 1 and not MatchProposal.objects.exists()
