"""The way through the post: the side menu in the order of a day's work."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.web.permissions import ROWS


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    name: str
    label: Promise
    icon: str


@dataclass(frozen=True)
class Place:
    """A menu line as drawn for one officer on one page."""

    url: str
    label: Promise
    icon: str
    current: bool


MENU = (
    Entry("board", _("Bảng chỉ huy"), "layout-dashboard"),
    Entry("intake", _("Tiếp nhận tệp"), "file-upload"),
    Entry("duplicates", _("Hồ sơ trùng"), "copy-check"),
    Entry("cases", _("Ca bệnh"), "virus"),
    Entry("contacts", _("Người tiếp xúc"), "topology-star-3"),
    Entry("follow_up", _("Theo dõi hằng ngày"), "calendar-check"),
    Entry("returnees", _("Người về từ vùng dịch"), "plane-arrival"),
    Entry("deadlines", _("Thời hạn"), "alarm"),
    Entry("reports", _("Báo cáo"), "report"),
    Entry("forecasts", _("Dự báo"), "chart-area-line"),
    Entry("retention", _("Thời hạn lưu giữ"), "clock"),
    Entry("audit", _("Nhật ký"), "list-search"),
    Entry("officers", _("Tài khoản cán bộ"), "users"),
)


def menu_for(viewer: Viewer, *, path: str) -> list[Place]:
    """The lines this officer may follow; the one that holds the page at hand is current."""
    allowed = [entry for entry in MENU if may_open(viewer, name=entry.name)]
    places = [(entry, reverse(entry.name)) for entry in allowed]
    here = max((url for _, url in places if path == url or (url != "/" and path.startswith(url))), key=len, default=None)
    return [Place(url, entry.label, entry.icon, url == here) for entry, url in places]


def address(name: str) -> str | None:
    """Where a named page is, or None while this post has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def may_open(viewer: Viewer, *, name: str, area_path: str | None = None) -> bool:
    """Whether the post has the page and the officer may open it (for an area): a link is drawn only where it leads somewhere."""
    row = ROWS.get(name)
    return address(name) is not None and (not isinstance(row, Permission) or viewer.may(row, area_path))
