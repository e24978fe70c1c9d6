"""What every page shows around its content: the post's clock, the menu, the officer, the words scripts need."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.core import clock
from tienphuong.web.middleware import NOBODY
from tienphuong.web.navigation import address, menu_for
from tienphuong.web.sessions import seconds_left


def post(request: HttpRequest) -> dict[str, object]:
    """The frame of a page; a visitor without an account gets only the language switch."""
    viewer = getattr(request, "viewer", NOBODY)
    frame: dict[str, object] = {
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "signed_in": viewer.user_id is not None,
        "words": script_words(),
    }
    if viewer.user_id:
        frame |= {
            "menu": menu_for(viewer, path=request.path),
            "search": address("search"),
            "scenario": clock.scenario(),
            "left": seconds_left(request),
            "stands_at": request.at,  # type: ignore[attr-defined]
        }
    return {"post": frame}


def script_words() -> dict[str, str]:
    """The words that scripts put on the screen, in the reader's language."""
    return {
        "save_png": _("Lưu ảnh PNG"),
        "save_svg": _("Lưu ảnh SVG"),
        "folded": _("và {count} người nữa"),
        "no_figure": _("không có số liệu"),
        "selected": _("{count} dòng đã chọn"),
        "kept": _("Mất kết nối. Những gì đã nhập được giữ trên máy này; gửi lại khi có mạng."),
        "restored": _("Đã khôi phục những gì nhập dở trước khi mất kết nối. Xem lại rồi gửi."),
        "discard": _("Bỏ phần khôi phục"),
        "failed": _("Máy chủ không thực hiện được việc này (mã {status}). Tải lại trang rồi thử lại."),
        "session": _("Phiên đăng nhập sắp kết thúc vì không dùng đến hoặc đã đủ giờ. Lưu việc đang làm."),
        "session_on": _("Làm việc tiếp"),
        "zoom_in": _("Phóng to"),
        "zoom_out": _("Thu nhỏ"),
    }
