"""Every component on one page, under the board's name: what the browser tests look at. All names and figures are invented."""

from datetime import date, timedelta
from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Engine, RequestContext
from django.urls import include, path

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.web import pictures as p

FIRST = date(2021, 7, 24)
HERE = Path(__file__).parent


def gallery(request) -> HttpResponse:
    page = Paginator(range(1416), 50).get_page(request.GET.get("page"))
    template = Engine.get_default().from_string((HERE / "gallery.html").read_text("utf-8"))
    context = {"page": page, "curve": _curve(), "map": _map(), "contacts": _contacts(), "tree": _tree(), **_lists(at=clock.now())}
    return HttpResponse(template.render(RequestContext(request, context)))


def forbidden(request) -> HttpResponse:
    request.viewer.require(Permission.MANAGE_USERS)
    raise AssertionError("the viewer was let through")


def broken(request) -> HttpResponse:
    raise RuntimeError("a fault of the program")


def _curve() -> p.Picture:
    days = [FIRST + timedelta(days=at) for at in range(32)]
    new = [0, 1, 0, 2, 3, 5, 4, 8, 9, 12, 11, 15, 14, 18, 13, 16, 12, 19, 11, 10, 13, 9, 12, 8, 9, 7, 8, 6, 5, 6, 4, 2]
    series = [p.Series("Cộng đồng", new), p.Series("Khu cách ly", [n // 3 for n in reversed(new)])]
    return p.epidemic_curve(name="curve", title="Ca bệnh theo ngày lấy mẫu", date_kind="Ngày lấy mẫu", days=days, series=series)


def _map() -> p.Picture:
    shades = [p.Shade("0 ca", 0, 1), p.Shade("1–10 ca", 1, 11), p.Shade("11–50 ca", 11, 51), p.Shade("trên 50 ca", 51, None)]
    names = ["Liên Ninh", "Ngọc Hồi", "Đại Áng", "Tả Thanh Oai", "Vĩnh Quỳnh", "Tam Hiệp", "Yên Mỹ", "Duyên Hà", "Vạn Phúc"]
    values = [136, 40, 12, 8, 30, 9, 0, None, 3]
    places = [
        p.Place(name, _square(at), value, "chưa báo cáo" if value is None else f"{value} ca", f"/?xa={at}")
        for at, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    return p.area_map(name="map", title="Ca bệnh theo xã", places=places, shades=shades, measure="Số ca")


def _square(at: int) -> dict[str, object]:
    west, south = 105.80 + 0.02 * (at % 3), 20.90 + 0.02 * (at // 3)
    ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.02], [west, south + 0.02], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _contacts() -> p.Picture:
    nodes = [p.Node("an", "An", 0, "ca bệnh xác định", "/?nguoi=an")]
    nodes += [p.Node(f"b{at}", f"Bình {at}", 1, "F1", f"/?nguoi=b{at}") for at in range(9)]
    nodes += [p.Node(f"c{at}", f"Chi {at}", 2, "F2", f"/?nguoi=c{at}") for at in range(120)]
    edges = [p.Edge("an", f"b{at}", "cùng nhà") for at in range(9)] + [p.Edge(f"b{at % 9}", f"c{at}", "cùng làm") for at in range(120)]
    return p.network(name="contacts", title="Người tiếp xúc quanh An", nodes=nodes, edges=edges, root="an", note="9 F1, 120 F2")


def _tree() -> p.Picture:
    links = [(1, 2), (1, 3), (1, 4), (2, 5), (2, 6), (3, 7), (7, 8), (7, 9), (6, 9)]
    nodes = [p.Node(str(at), f"BN{at}", 0, "", f"/?ca={at}") for at in range(1, 11)]
    edges = [p.Edge(str(source), str(target), "lây cho", sure=(source, target) != (6, 9)) for source, target in links]
    return p.transmission_tree(name="tree", title="Cây lây truyền", nodes=nodes, edges=edges)


def _lists(*, at) -> dict[str, object]:
    return {
        "names": ["Nguyễn Thị An", "Trần Văn Bình", "Lê Ngọc Chi", "Đặng Tiến Dũng", "Phạm Ễ Ậ Ưởng"],
        "warnings": [
            {
                "level": "danger",
                "words": "3 ca quá 24 giờ chưa báo cáo",
                "detail": "hạn 10h00 ngày 24/8/2021",
                "href": "/",
                "act": "Mở 3 ca",
            },
            {"level": "warning", "words": "2 xã chưa gửi danh sách", "detail": "Duyên Hà, Vạn Phúc", "href": "/", "act": "Nhắc"},
            {"level": "info", "words": "12 hồ sơ có thể trùng", "href": "/", "act": "Xem xét"},
        ],
        "compared": [
            {"words": "Họ tên", "left": "Nguyễn Thị An", "right": "Nguyễn Thị An", "same": True},
            {"words": "Năm sinh", "left": "1984", "right": "1948", "same": False, "reason": "đảo hai chữ số"},
        ],
        "events": [
            {"at": at, "words": "Ca bệnh xác định", "detail": "RT-PCR dương tính", "level": "danger"},
            {"day": FIRST, "words": "Tiếp xúc gần", "detail": "cùng nhà với BN1", "level": "warning"},
        ],
    }


urlpatterns = [
    path("", gallery, name="board"),
    path("cam/", forbidden, name="account"),
    path("hong/", broken, name="account"),
    path("khong-co-dong/", gallery, name="nobody_decided"),
    path("", include("tienphuong.web.urls")),
]
