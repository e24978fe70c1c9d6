"""Files handed in by Hoa of Liên Ninh, at 16h00 on 24/8/2021."""

import csv
import io

import pytest

from tienphuong.core.access.viewer import system_viewer
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file

HEADER = ["STT", "Mã ca", "Mã BN", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD/CMND", "Số điện thoại", "Nơi ở hiện nay", "Ngày dương tính", "Ngày báo cáo", "Tình trạng"]  # fmt: skip
CONTACTS = ["STT", "Mã F1", "Họ và tên", "Năm sinh", "Giới", "SĐT", "Địa chỉ", "Phân loại", "Liên quan đến", "Ngày tiếp xúc cuối", "Hình thức tiếp xúc"]  # fmt: skip
AN = ["1", "LN001", "BN1234", "Nguyễn Văn An", "12/03/1985", "Nam", "001085012345", "0912345678", "Thôn Thọ Am, Xã Liên Ninh", "20/08/2021", "21/08/2021", "Đang điều trị"]  # fmt: skip


def text(*rows):
    """A list as a text file with semicolons."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    """The files received are kept in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def received(areas, at):
    """Make a received file: received(rows or bytes, name=..., sender=..., policy=...)."""

    def make(*rows, name="danh sach.csv", sender="Xã Liên Ninh", area="00682", policy="queue", disease="covid-19", when=at, actor=None):
        content = rows[0] if isinstance(rows[0], bytes) else text(*rows)
        told = {"area": areas[area], "disease": disease, "duplicate_policy": policy, "actor": actor or system_viewer(), "at": when}
        return receive_file(content, name, sender=sender, **told)

    return make


@pytest.fixture
def taken_in(received, at, policy):
    """Receive, check and apply: taken_in(rows..., ...) -> the file."""

    def make(*rows, when=at, **told):
        file = received(*rows, when=when, **told)
        check_file(file)
        return apply_file(file, actor=system_viewer(), at=when, policy=policy)

    return make
