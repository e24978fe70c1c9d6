"""The layouts of Thanh Trì's senders: no two communes keep their lists alike."""

from __future__ import annotations

from dataclasses import replace

from demodistrict import encodings
from demodistrict.lists.entry import Layout, columns

CUT_OFF = "(Tính đến 16h00 ngày {day})"
TITLES = ("UBND HUYỆN THANH TRÌ", "{unit}", "DANH SÁCH {what}", CUT_OFF, "")

_CASE = columns(
    ("code", "Mã ca"), ("bn", "Mã BN"), ("name", "Họ và tên"), ("birth", "Ngày sinh"), ("sex", "Giới tính"), ("identity", "CCCD/CMND"),
    ("phone", "Số điện thoại"), ("address", "Nơi ở hiện nay"), ("onset", "Ngày khởi phát"), ("sample", "Ngày lấy mẫu"),
    ("result_day", "Ngày có kết quả"), ("report", "Ngày báo cáo"), ("isolated", "Ngày cách ly"), ("setting", "Nơi phát hiện"), ("source", "Nguồn lây"),
    ("status", "Tình trạng"), ("treatment", "Nơi điều trị"), ("discharged", "Ngày ra viện"),
)  # fmt: skip
_CONTACT = columns(
    ("code", "Mã F1"), ("name", "Họ và tên"), ("birth", "Năm sinh"), ("sex", "Giới"), ("identity", "Số CCCD"), ("phone", "SĐT"),
    ("address", "Địa chỉ"), ("degree", "Phân loại"), ("link", "Liên quan đến"), ("met", "Ngày tiếp xúc cuối"), ("relation", "Hình thức tiếp xúc"),
    ("event", "Mốc dịch tễ"), ("isolated", "Ngày cách ly"), ("form", "Hình thức cách ly"),
)  # fmt: skip
_TWO_ROWS = columns(
    ("name", "Họ và tên"), ("birth_male", "Năm sinh|Nam"), ("birth_female", "Năm sinh|Nữ"), ("identity", "Giấy tờ, liên lạc|Số CMND/CCCD"),
    ("phone", "Giấy tờ, liên lạc|Điện thoại"), ("address", "Địa chỉ"), ("code", "Mã ca|Của xã"), ("bn", "Mã ca|Của Bộ Y tế"),
    ("onset", "Các mốc thời gian|Khởi phát"), ("sample", "Các mốc thời gian|Lấy mẫu"), ("result_day", "Các mốc thời gian|Khẳng định"),
    ("report", "Các mốc thời gian|Báo cáo"), ("isolated", "Các mốc thời gian|Cách ly"), ("setting", "Phát hiện tại"), ("source", "Nguồn lây"), ("status", "Hiện trạng"),
    ("treatment", "Cơ sở điều trị"), ("discharged", "Ngày ra viện"),
)  # fmt: skip
_THREE_ROWS = columns(
    ("code", "Mã ca bệnh"), ("bn", "BN số"), ("name", "Thông tin người bệnh|Họ tên|Họ tên"), ("birth", "Thông tin người bệnh|Nhân thân|Ngày sinh"),
    ("sex", "Thông tin người bệnh|Nhân thân|Giới"), ("identity", "Thông tin người bệnh|Nhân thân|CCCD"), ("phone", "Thông tin người bệnh|Liên hệ|ĐT"),
    ("address", "Thông tin người bệnh|Liên hệ|Chỗ ở"), ("onset", "Diễn biến|Lâm sàng|Khởi phát"), ("sample", "Diễn biến|Xét nghiệm|Lấy mẫu"),
    ("result_day", "Diễn biến|Xét nghiệm|Kết quả (+)"), ("report", "Diễn biến|Báo cáo|Ngày"), ("isolated", "Diễn biến|Báo cáo|Ngày cách ly"), ("setting", "Diễn biến|Báo cáo|Phát hiện ở"),
    ("source", "Nguồn lây"), ("status", "Kết cục|Tình trạng|Tình trạng"), ("treatment", "Kết cục|Nơi điều trị|Nơi điều trị"),
    ("discharged", "Kết cục|Ra viện|Ngày"),
)  # fmt: skip
_ENGLISH = columns(
    ("code", "Case ID"), ("bn", "National ID no. of case"), ("name", "Full name"), ("birth", "Date of birth"), ("sex_en", "Sex"),
    ("identity", "ID card"), ("phone", "Phone"), ("address", "Address"), ("onset", "Onset date"), ("sample", "Sample date"),
    ("result_day", "Result date"), ("report", "Report date"), ("isolated", "Isolated from"), ("setting_en", "Detected in"), ("source", "Source of infection"),
    ("status_en", "Outcome"), ("treatment", "Hospital"), ("discharged", "Discharge date"),
)  # fmt: skip
_ENGLISH_CONTACT = columns(
    ("code", "Contact ID"), ("name", "Full name"), ("birth", "Date of birth"), ("sex_en", "Sex"), ("identity", "ID card"), ("phone", "Phone"),
    ("address", "Address"), ("degree", "Level"), ("link", "Contact of"), ("met", "Last contact date"), ("relation", "Relation"),
    ("isolated", "Quarantined from"), ("form", "Quarantine type"),
)  # fmt: skip
_WITHOUT_NAMES = columns(
    ("code", "Mã số"), ("bn", "Mã BN"), ("age", "Tuổi"), ("sex", "Giới"), ("hamlet", "Thôn"), ("onset", "Khởi phát"), ("sample", "Ngày lấy mẫu"),
    ("result_day", "Ngày (+)"), ("report", "Ngày công bố"), ("isolated", "Cách ly từ"), ("setting", "Phân loại"), ("source", "Nguồn lây"), ("status", "Tình trạng"),
    ("discharged", "Ngày ra viện"),
)  # fmt: skip
_NOTES = columns(("code", "Mã"), ("name", "Họ tên"), ("birth", "NS"), ("phone", "ĐT"), ("address", "Chỗ ở"), ("note", "Ghi chú"))

_PLAIN = Layout("tiêu đề nhiều dòng, một dòng tên cột", _CASE, titles=TITLES, total=True, signature=True)
_PLAIN_CONTACT = Layout("danh sách F1, F2", _CONTACT, titles=TITLES)

CASES: dict[str, Layout] = {
    "00682": Layout(
        "tên cột hai dòng gộp ô, mục theo thôn, cộng giữa bảng, năm sinh Nam/Nữ", _TWO_ROWS, TITLES, "hamlet", True, True, signature=True
    ),
    "00643": replace(_PLAIN, name="ngày tháng qua Excel kiểu Mỹ", dates="us"),
    "00649": Layout("tên cột ba dòng gộp ô", _THREE_ROWS, TITLES, total=True),
    "00664": replace(_PLAIN, name="mỗi thôn một trang", dates="cells"),
    "00667": Layout("CSV dấu chấm phẩy, UTF-8 có BOM", _CASE, numbered=True),
    "00673": Layout("TSV UTF-16", _CASE, dates="d-m-yy"),
    "00640": Layout("CSV mã cp1258", _CASE, titles=TITLES[:3], dates="dd/mm/yyyy"),
    "00646": replace(_PLAIN, name="phông TCVN3 (.VnTime)", text=encodings.tcvn3, font=".VnTime"),
    "00658": replace(_PLAIN, name="phông VNI-Times", text=encodings.vni, font="VNI-Times", dates="cells"),
    "00655": Layout("không ghi họ tên", _WITHOUT_NAMES, TITLES, total=True),
    "00685": Layout(
        "tiêu đề tiếng Anh, dòng chú thích ##",
        _ENGLISH,
        comments=("## Dong My commune line list", "## cut-off 16:00"),
        dates="iso",
        numbered=False,
    ),
    "00679": Layout("mọi thứ trong cột Ghi chú", _NOTES, TITLES),
    "00652": Layout("mọi thứ trong cột Ghi chú, ngày không năm", _NOTES, TITLES[2:], dates="dd/mm/yyyy"),
    "00676": replace(_PLAIN, name="Unicode tổ hợp (NFD), ngày có dấu chấm", text=encodings.nfd, dates="d.m"),
    "00661": replace(_PLAIN, name="báo cáo không có ca"),
    "00670": replace(_PLAIN, name="báo cáo không có ca, có ca nghi ngờ", dates="d/m"),
}
CONTACTS: dict[str, Layout] = {
    code: replace(_PLAIN_CONTACT, text=layout.text, font=layout.font, dates=layout.dates) for code, layout in CASES.items()
}
CONTACTS["00682"] = Layout("danh sách F1, F2 của Sở Chỉ huy tiền phương, mục theo thôn", _CONTACT, TITLES, "hamlet", True, True)
CONTACTS["00685"] = replace(CASES["00685"], columns=_ENGLISH_CONTACT)
CONTACTS["00679"] = replace(CASES["00679"])
CONTACTS["00652"] = replace(CASES["00652"])
for _code in ("00667", "00673"):
    CONTACTS[_code] = replace(CONTACTS[_code], titles=())

EVENTS = Layout("mốc dịch tễ", columns(("event", "Mã mốc"), ("link", "Ca bệnh"), ("place", "Địa điểm"), ("day", "Ngày"), ("from", "Từ giờ"), ("to", "Đến giờ"),
                ("setting", "Loại địa điểm"), ("activity", "Hoạt động"), ("present", "Số người có mặt")), TITLES)  # fmt: skip
NEW_CASES = Layout("F0 mới trong ngày", columns(("code", "Mã ca"), ("name", "Họ tên"), ("birth", "Năm sinh"), ("identity", "CCCD"), ("phone", "SĐT"), ("address", "Địa chỉ"),
                   ("result_day", "Ngày (+)"), ("report", "Ngày báo cáo"), ("setting", "Phát hiện"), ("status", "Tình trạng")), TITLES)  # fmt: skip
SINGLE_SAMPLES = Layout("kết quả mẫu đơn", columns(("tube", "Mã mẫu"), ("name", "Họ và tên"), ("birth", "Ngày sinh"), ("sex", "Giới"), ("identity", "CCCD"), ("phone", "SĐT"),
                        ("address", "Địa chỉ"), ("reason", "Đối tượng"), ("case", "Mã ca bệnh"), ("round", "Lần"), ("taken", "Ngày lấy mẫu"), ("method", "Phương pháp"),
                        ("result", "Kết quả"), ("ct", "Ct"), ("result_day", "Ngày trả kết quả")), TITLES, dates="us")  # fmt: skip
POOLS = Layout("kết quả mẫu gộp", columns(("tube", "Mã mẫu gộp"), ("size", "Số người"), ("members", "Danh sách người trong mẫu"), ("taken", "Ngày lấy mẫu"),
               ("round", "Vòng"), ("method", "Phương pháp"), ("result", "Kết quả"), ("result_day", "Ngày trả kết quả")))  # fmt: skip
DISCHARGES = Layout("ra viện", columns(("bn", "Mã BN"), ("code", "Mã ca"), ("name", "Họ và tên"), ("birth", "Năm sinh"), ("commune", "Xã, thị trấn"), ("treatment", "Bệnh viện"),
                    ("discharged", "Ngày ra viện"), ("status", "Kết quả điều trị")), TITLES, total=True)  # fmt: skip
FOLLOW_UP = Layout("theo dõi hằng ngày", columns(("name", "Họ và tên"), ("birth", "Năm sinh"), ("phone", "SĐT"), ("address", "Địa chỉ"), ("degree", "Đối tượng"), ("due", "Ngày theo dõi"),
                   ("done", "Đã theo dõi"), ("temperature", "Nhiệt độ"), ("symptoms", "Triệu chứng")), TITLES, sections="commune", subtotals=True)  # fmt: skip
STAYS = (
    Layout("sổ cách ly theo phòng", columns(("room", "Phòng"), ("name", "Họ và tên"), ("birth", "Năm sinh"), ("sex", "Giới"), ("identity", "CMND/CCCD"), ("phone", "SĐT"), ("address", "Địa chỉ"),
           ("entry", "Ngày vào"), ("end", "Ngày dự kiến hết"), ("left", "Ngày ra"), ("state", "Tình trạng"), ("note", "Ghi chú")), TITLES, sections="room", dates="cells"),
    Layout("sổ cách ly hai dòng tên cột", columns(("name", "Họ và tên"), ("birth_male", "Năm sinh|Nam"), ("birth_female", "Năm sinh|Nữ"), ("identity", "Số giấy tờ"), ("phone", "Điện thoại"), ("address", "Nơi ở"),
           ("room", "Phòng"), ("entry", "Thời gian cách ly|Từ ngày"), ("end", "Thời gian cách ly|Đến ngày"), ("left", "Thời gian cách ly|Ra ngày"), ("state", "Tình trạng")), TITLES, total=True),
)  # fmt: skip
RETURNEES = Layout("công an rà soát người về từ vùng dịch", columns(("name", "Họ và tên"), ("birth", "Ngày sinh"), ("sex", "Giới tính"), ("identity", "Số CCCD/CMND"), ("phone", "SĐT"), ("address", "Nơi cư trú"),
                   ("origin", "Về từ"), ("vehicle", "Phương tiện"), ("seat", "Số ghế"), ("arrived", "Ngày về"), ("found", "Ngày phát hiện"), ("how", "Nguồn phát hiện"), ("form", "Hình thức cách ly")),
                   TITLES, sections="commune")  # fmt: skip
