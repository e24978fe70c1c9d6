"""What the subcommands share: who acts, which area and disease are meant, which moment."""

import argparse
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer, system_viewer
from tienphuong.core.place import Place
from tienphuong.core.policy import Pack, pack, pack_at
from tienphuong.core.sentences import sentence
from tienphuong.registry.areas.queries import area_by_code, find_areas

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class UserError(Exception):
    """Something the person at the terminal can mend; the message says how."""


def add_place(parser: argparse.ArgumentParser) -> None:
    """--area, --disease, --policy: by default those of the post's scenario."""
    parser.add_argument("--area", help="mã hoặc tên địa bàn (mặc định: địa bàn của sở chỉ huy)")
    parser.add_argument("--disease", help="mã bệnh, ví dụ covid-19, dengue")
    parser.add_argument("--policy", help="gói quy định; mặc định: gói có hiệu lực vào ngày đó")


def moment(text: str) -> datetime:
    """A moment written as 2021-08-24T16:00, Vietnamese time unless it carries its own zone."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"“{text}” không phải thời điểm. Viết dạng 2021-08-24T16:00.") from error
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)


def day_of(text: str) -> date:
    """A day written as 2021-08-24 or 24/8/2021."""
    for written in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise UserError(f"“{text}” không phải ngày. Viết dạng 2021-08-24 hoặc 24/8/2021.")


def policy_for(name: str | None, *, at: datetime) -> Pack:
    """The pack asked for, or the one in force on the day."""
    return pack(name) if name else pack_at(at.astimezone(VIETNAM).date())


def post_area(text: str | None, *, at: datetime) -> object:
    """The area meant: by code, by name, or the post's own."""
    from tienphuong.cli.demo_plan import post

    viewer, day = terminal(), at.astimezone(VIETNAM).date()
    if not text and (own := post()).code_system:
        return _own_area(own, day=day)
    wanted = text or post().area_code
    read = area_by_code(viewer, code=wanted, on=day)
    if read.area:
        return read.area
    found = find_areas(viewer, text=wanted, on=day)
    if not found:
        raise UserError(f"không tìm thấy địa bàn “{wanted}” vào ngày {day:%d/%m/%Y}. Xem: tienphuong areas find TÊN")
    alike = [item.area for item in found if item.score == found[0].score]
    if len(alike) > 1:
        names = "; ".join(f"{area.code} {area.full_name}" for area in alike[:5])
        raise UserError(f"“{wanted}” có thể là: {names}. Hãy ghi mã.")
    return found[0].area


def _own_area(own: Place, *, day: date) -> object:
    """The post's own unit; on a day when there was no such unit, its code may be another's."""
    area = area_by_code(terminal(), code=own.area_code, on=day, code_system=own.code_system).area
    if area is None or not area.stands_on(day):
        raise UserError(
            f"địa bàn của sở chỉ huy là {own.area_name} ({own.area_code}), chưa có hoặc không còn vào ngày {day:%d/%m/%Y}. "
            "Ghi --area, hoặc đặt lại: tienphuong post set --area ĐỊA_BÀN --disease BỆNH"
        )
    return area


def terminal() -> Viewer:
    """Whoever sits at the post's own terminal acts as the post; the audit names the account of the machine."""
    import getpass

    return system_viewer(sentence("dòng lệnh ({user})", user=getpass.getuser()))


def now() -> datetime:
    """The post's present moment."""
    return clock.now()
