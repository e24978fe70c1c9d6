"""Small lists of made-up people: all differ in paper, telephone and number; the same numbers are the same people."""

from __future__ import annotations

from collections.abc import Iterable

NAMES = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Linh", "Minh", "Nga", "Oanh", "Phúc"]
HEADER = "STT;Mã ca;Họ và tên;Ngày sinh;Giới tính;CCCD/CMND;Số điện thoại;Nơi ở hiện nay;Ngày dương tính;Tình trạng"


def name_of(number: int) -> str:
    """The name of one person; two hundred of them differ."""
    return f"Nguyễn {NAMES[number // 144 % 12]} {NAMES[number // 12 % 12]} {NAMES[number % 12]}"


def paper_of(number: int) -> str:
    """The number of a person's identity card."""
    return f"0010{50 + number % 50:02}{number:06}"


def case_list(people: Iterable[int], *, recovered: Iterable[int] = ()) -> bytes:
    """A commune's list of cases: new people, then people listed before who have recovered since."""
    summary = [(number, "Đang điều trị") for number in people] + [(number, "Khỏi bệnh") for number in recovered]
    return "\n".join([HEADER, *(_line(place, *one) for place, one in enumerate(summary, start=1))]).encode("utf-8-sig")


def _line(place: int, number: int, state: str) -> str:
    born = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1950 + number % 50}"
    life = f"{name_of(number)};{born};Nam;{paper_of(number)};09{number:08}"
    return f"{place};LN{number:04};{life};Thôn 1, Xã Liên Ninh;20/08/2021;{state}"
