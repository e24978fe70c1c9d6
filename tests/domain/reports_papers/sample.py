"""The daily report of huyện Thanh Trì, 24/8/2021: the published totals (272 = 51 + 221, 14 of 16 communes, Liên Ninh 136), the rest made up to fit."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tienphuong.reports.papers import (
    Align,
    Appendix,
    Block,
    Column,
    Heading,
    Level,
    Paper,
    Secrecy,
    Signing,
    Table,
    Urgency,
    WorkingCopy,
    item,
    para,
    wording,
)

CUT_OFF = datetime(2021, 8, 24, 16)  # noqa: DTZ001  wall-clock words on paper
BEFORE = datetime(2021, 8, 23, 16)  # noqa: DTZ001
MADE_AT = datetime(2021, 8, 24, 17, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

# commune, new today, cumulative, recovered
CASES = (
    ("Thị trấn Văn Điển", 0, 9, 4),
    ("Xã Đại Áng", 0, 0, 0),
    ("Xã Đông Mỹ", 0, 6, 3),
    ("Xã Duyên Hà", 0, 3, 2),
    ("Xã Hữu Hòa", 0, 5, 2),
    ("Xã Liên Ninh", 8, 136, 9),
    ("Xã Ngọc Hồi", 1, 17, 3),
    ("Xã Ngũ Hiệp", 1, 21, 6),
    ("Xã Tả Thanh Oai", 0, 8, 3),
    ("Xã Tam Hiệp", 0, 10, 4),
    ("Xã Tân Triều", 1, 14, 4),
    ("Xã Thanh Liệt", 0, 7, 3),
    ("Xã Tứ Hiệp", 0, 16, 3),
    ("Xã Vạn Phúc", 0, 4, 1),
    ("Xã Vĩnh Quỳnh", 0, 16, 4),
    ("Xã Yên Mỹ", 0, 0, 0),
)


def daily_report(*, working_copy: WorkingCopy | None = None, urgency: Urgency | None = None) -> Paper:
    """The report as the district's office would hand it to its clerk."""
    return Paper(
        kind="BÁO CÁO",
        subject=("Công tác phòng, chống dịch COVID-19 trên địa bàn huyện Thanh Trì",),
        subject_note=f"số liệu tính {wording.period(BEFORE, end=CUT_OFF)}",
        parent_agency=("THÀNH PHỐ HÀ NỘI",),
        issuing_agency=("ỦY BAN NHÂN DÂN", "HUYỆN THANH TRÌ"),
        issuer_name="Ủy ban nhân dân huyện Thanh Trì",
        symbol="BC-UBND",
        place="Thanh Trì",
        year=2021,
        month=8,
        made_at=MADE_AT,
        recipients=(
            "Ban Chỉ đạo phòng, chống dịch COVID-19 Thành phố",
            "Ủy ban nhân dân Thành phố",
            "Sở Y tế Hà Nội",
            "Trung tâm Kiểm soát bệnh tật Hà Nội",
            "Thường trực Huyện ủy Thanh Trì",
            "Thường trực Hội đồng nhân dân huyện Thanh Trì",
        ),
        body=_body(),
        signings=(Signing(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),),
        distribution=(
            "Như trên",
            "Chủ tịch, các Phó Chủ tịch UBND huyện",
            "Ban Chỉ đạo phòng, chống dịch huyện",
            "Trung tâm Y tế huyện",
            "UBND các xã, thị trấn",
            "Lưu: VT, YT",
        ),
        appendices=(cases_by_commune(), contacts_by_commune(), samples_by_kind()),
        urgency=urgency,
        working_copy=working_copy,
    )


def _body() -> tuple[Block, ...]:
    return (*_situation(), *_measures(), *_assessment())


def _situation() -> tuple[Block, ...]:
    return (
        Heading(Level.PART, "I", "Tình hình dịch"),
        Heading(Level.SECTION, "1", "Ca mắc COVID-19"),
        para(
            "Trong ngày ghi nhận 11 ca mắc mới (02 ca trong cộng đồng, 06 ca trong khu cách ly, 03 ca trong khu phong tỏa) tại 04 xã: "
            + wording.listing(["Liên Ninh (08)", "Ngọc Hồi (01)", "Ngũ Hiệp (01)", "Tân Triều (01)"])
            + "."
        ),
        para(
            "Lũy kế từ ngày 27/4/2021 đến 16h00 ngày 24/8/2021: 272 ca tại 14/16 xã, thị trấn; khỏi 51 ca; đang điều trị 221 ca; tử vong 0 ca. "
            f"Riêng xã Liên Ninh 136 ca, chiếm {wording.percent(136 / 272)} tổng số ca của huyện."
        ),
        Heading(Level.SECTION, "2", "Chùm ca bệnh, ổ dịch"),
        item("Ổ dịch thôn Thọ Am, xã Liên Ninh: 136 ca, trong ngày thêm 08 ca, đều là F1 đã được quản lý."),
        item("Các chùm ca bệnh còn lại: trong ngày thêm 03 ca, đã xác định được nguồn lây."),
    )


def _measures() -> tuple[Block, ...]:
    return (
        Heading(Level.PART, "II", "Các biện pháp đã triển khai"),
        Heading(Level.SECTION, "1", "Chỉ đạo, điều hành"),
        para(
            "Huyện thành lập Sở Chỉ huy tiền phương tại thôn Thọ Am, xã Liên Ninh; điều động 10 tổ kiểm soát về cơ sở để trực tiếp đôn đốc."
        ),
        Heading(Level.SECTION, "2", "Truy vết, cách ly"),
        Heading(Level.POINT, "a", "Truy vết"),
        para(
            f"Trong ngày xác định thêm 64 F1 và 182 F2. Lũy kế {wording.number(2318)} F1, {wording.number(6904)} F2. "
            "Số liệu theo xã, thị trấn tại Phụ lục II."
        ),
        Heading(Level.POINT, "b", "Cách ly tập trung"),
        para(
            "Đã kích hoạt 05 khu cách ly tập trung với quy mô 1.416 chỗ; hoàn thành rà soát cơ sở vật chất, khả năng cách ly cho 3.800 người."
        ),
        Heading(Level.SECTION, "3", "Xét nghiệm"),
        para("Kết quả lấy mẫu xét nghiệm theo từng nhóm tại Phụ lục III."),
        Heading(Level.SECTION, "4", "Khu vực cách ly y tế"),
        para("Đang duy trì 07 khu vực cách ly y tế; không thiết lập mới, không gỡ bỏ trong ngày."),
        Heading(Level.SECTION, "5", "Lực lượng"),
        para("Duy trì 02 tổ chuyên trách, 10 tổ phản ứng nhanh cấp huyện, 32 tổ phản ứng nhanh cấp xã; mỗi thôn 01 tổ tuần tra lưu động."),
    )


def _assessment() -> tuple[Block, ...]:
    return (
        Heading(Level.PART, "III", "Nhận định, đánh giá"),
        para("Số ca mắc mới tập trung ở các trường hợp đã được quản lý; nguy cơ lây nhiễm chéo trong khu vực cách ly y tế còn cao."),
        Heading(Level.PART, "IV", "Khó khăn, vướng mắc"),
        para("Một số xã gửi danh sách sau 16h00; thông tin địa chỉ của F2 ngoài huyện chưa đầy đủ."),
        Heading(Level.PART, "V", "Nhiệm vụ trọng tâm ngày 25/8/2021"),
        item("Xét nghiệm lại toàn bộ khu vực nguy cơ rất cao tại xã Liên Ninh."),
        item("Kiểm tra việc thực hiện phương án hoạt động an toàn của các cơ sở sản xuất, doanh nghiệp."),
        Heading(Level.PART, "VI", "Kiến nghị, đề xuất"),
        para("Đề nghị Sở Y tế hỗ trợ nhân lực lấy mẫu xét nghiệm từ ngày 25/8/2021."),
    )


def cases_by_commune() -> Appendix:
    rows = tuple(
        (str(place), name, wording.number(new), wording.number(total), wording.number(recovered), wording.number(total - recovered), "0")
        for place, (name, new, total, recovered) in enumerate(CASES, start=1)
    )
    sums = [sum(row[column] for row in CASES) for column in (1, 2, 3)]
    total = ("", "Cộng", str(sums[0]), str(sums[1]), str(sums[2]), str(sums[1] - sums[2]), "0")
    columns = (
        Column("STT", width=0.6),
        Column("Xã, thị trấn", width=2.6, align=Align.LEFT),
        Column("Mới trong ngày"),
        Column("Lũy kế từ ngày 27/4/2021", width=1.4),
        Column("Khỏi"),
        Column("Đang điều trị"),
        Column("Tử vong"),
    )
    return Appendix("Ca bệnh COVID-19 theo xã, thị trấn", (Table(columns, rows, total=total),), number="I")


def contacts_by_commune() -> Appendix:
    """F1 and F2 on a wide sheet: two groups of four columns, three pages of head repeated if it must be."""
    kinds = ("Phát sinh trong ngày", "Đang cách ly", "Hoàn thành cách ly", "Lũy kế")
    columns = (
        Column("STT", width=0.6),
        Column("Xã, thị trấn", width=2.4, align=Align.LEFT),
        *(Column(kind, group="F1") for kind in kinds),
        *(Column(kind, group="F2") for kind in kinds),
    )
    figures = [_contacts(cumulative) for _, _, cumulative, _ in CASES]
    rows = tuple(
        (str(place), name, *(wording.number(value) for value in row))
        for place, ((name, *_), row) in enumerate(zip(CASES, figures, strict=True), start=1)
    )
    total = ("", "Cộng", *(wording.number(sum(row[column] for row in figures)) for column in range(8)))
    return Appendix("Trường hợp F1, F2 theo xã, thị trấn", (Table(columns, rows, total=total),), number="II", landscape=True)


def _contacts(cases: int) -> tuple[int, ...]:
    close, second = cases * 8, cases * 25
    return (cases // 4, close // 3, close - close // 3, close, cases // 2, second // 4, second - second // 4, second)


def samples_by_kind() -> Appendix:
    columns = (
        Column("STT", width=0.6),
        Column("Đối tượng", width=2.4, align=Align.LEFT),
        Column("Phát sinh"),
        Column("Lũy kế"),
        Column("Âm tính", group="Kết quả"),
        Column("Dương tính", group="Kết quả"),
        Column("Chờ kết quả"),
    )
    kinds = (
        ("F1", 64, 2318, 2240, 261, 0),
        ("F2", 182, 6904, 6811, 8, 85),
        ("Khu vực cách ly y tế", 1416, 18250, 17104, 3, 1143),
        ("Ho, sốt tại cộng đồng", 37, 912, 908, 0, 4),
    )
    rows = tuple((str(place), name, *map(wording.number, values)) for place, (name, *values) in enumerate(kinds, start=1))
    total = ("", "Cộng", *(wording.number(sum(int(str(kind[column])) for kind in kinds)) for column in range(1, 6)))
    table = Table(columns, rows, total=total, note="Nguồn: báo cáo của Trung tâm Y tế huyện đến 16h00 ngày 24/8/2021.")
    return Appendix("Kết quả lấy mẫu xét nghiệm", (table,), number="III")


def working_copy() -> WorkingCopy:
    return WorkingCopy(
        remarks=(
            "Xã Yên Mỹ chưa gửi danh sách ngày 24/8/2021; số liệu lấy theo báo cáo ngày 23/8/2021",
            "Xét nghiệm F1: 2.240 + 261 + 0 = 2.501, khác lũy kế 2.318; cần đối chiếu danh sách",
        )
    )


def official_letter() -> Paper:
    """A letter (công văn): no kind, the subject under the number, one recipient, both marks, number and day already given."""
    return Paper(
        subject=("hỗ trợ nhân lực lấy mẫu xét nghiệm", "tại xã Liên Ninh"),
        parent_agency=("THÀNH PHỐ HÀ NỘI",),
        issuing_agency=("ỦY BAN NHÂN DÂN", "HUYỆN THANH TRÌ"),
        issuer_name="Ủy ban nhân dân huyện Thanh Trì",
        symbol="UBND-YT",
        number=5,
        place="Thanh Trì",
        year=2021,
        month=2,
        day=5,
        made_at=MADE_AT,
        recipients=("Sở Y tế Hà Nội",),
        body=(
            para("Ủy ban nhân dân huyện Thanh Trì đề nghị Sở Y tế Hà Nội hỗ trợ 20 nhân viên y tế lấy mẫu xét nghiệm tại xã Liên Ninh."),
            para("Trân trọng cảm ơn sự phối hợp của Quý Sở."),
        ),
        signings=(Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),),
        distribution=("Như trên", "Lưu: VT, YT"),
        appendices=(Appendix("Danh sách điểm lấy mẫu", (para("Trạm Y tế xã Liên Ninh."),)),),
        urgency=Urgency.EXPRESS,
        secrecy=Secrecy.SECRET,
    )


def pledge() -> Paper:
    """A pledge: no agency above it, two signers side by side, no './.'."""
    return Paper(
        kind="BẢN CAM KẾT",
        subject=("Không ra khỏi nhà khi không có việc cần thiết",),
        place="Thanh Trì",
        year=2021,
        month=8,
        made_at=MADE_AT,
        body=(
            para("Hộ gia đình chúng tôi cam kết:"),
            item("Không ra khỏi nhà khi không có việc cần thiết;"),
            item("Khai báo y tế trung thực."),
        ),
        closing_mark=False,
        signings=(Signing(("Đại diện UBND xã",)), Signing(("Đại diện hộ gia đình",))),
    )
