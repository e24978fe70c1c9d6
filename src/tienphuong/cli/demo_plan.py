"""The demo districts: which scenario, which hour, which area, disease, packs and officers."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tienphuong.cli.common import UserError
from tienphuong.core import clock
from tienphuong.core.access.terms import Role
from tienphuong.core.place import Place, own_place

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "dien-tap-tien-phuong"


@dataclass(frozen=True, slots=True)
class Account:
    """A demo officer: user name, name, position, role, and the code of their area."""

    username: str
    full_name: str
    position: str
    role: Role
    area_code: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One demo."""

    scenario: str
    title: str
    stands_at: datetime
    area_code: str
    code_system: str
    disease: str
    policy: str
    accounts: tuple[Account, ...]

    @property
    def day(self) -> date:
        """The day the demo begins on."""
        return self.stands_at.date()


PLANS = {
    plan.scenario: plan
    for plan in (
        Plan(
            "thanh-tri-2021", "Huyện Thanh Trì, 16h00 ngày 24/8/2021", datetime(2021, 8, 24, 16, tzinfo=VIETNAM),
            "020", "gso-2019", "covid-19", "vn-2021-07-30",
            (
                Account("chihuy", "Đỗ Minh Quân", "Phó Chủ tịch UBND huyện, Phó Trưởng Ban Chỉ đạo", Role.COMMANDER, "020"),
                Account("lan", "Vũ Ngọc Lan", "Trưởng khoa Kiểm soát bệnh tật, TTYT huyện", Role.EPIDEMIOLOGIST, "020"),
                Account("hoa", "Bùi Thị Hoa", "Trạm trưởng Trạm Y tế xã Liên Ninh", Role.HEALTH_STATION, "00682"),
                Account("vanthu", "Lương Thu Hà", "Văn thư, Văn phòng HĐND và UBND huyện", Role.CLERK, "020"),
                Account("congan", "Hoàng Đức Mạnh", "Công an xã Liên Ninh", Role.AREA_POLICE, "00682"),
                Account("tocovid", "Ngô Văn Tám", "Tổ COVID cộng đồng số 3, xã Liên Ninh", Role.COVID_TEAM, "00682"),
                Account("thanhtra", "Tạ Quang Huy", "Đoàn kiểm tra số 1 của Thành ủy", Role.INSPECTOR, "020"),
                Account("minh", "Phan Anh Minh", "TTYT quận Thanh Xuân", Role.EPIDEMIOLOGIST, "009"),
                Account("quantri", "Quản trị viên", "Quản trị hệ thống", Role.ADMINISTRATOR, "020"),
            ),
        ),
        Plan(
            "thanh-xuan-2020", "Quận Thanh Xuân, 16h00 ngày 19/3/2020", datetime(2020, 3, 19, 16, tzinfo=VIETNAM),
            "009", "gso-2019", "covid-19", "vn-2020-03",
            (
                Account("chihuy", "Đỗ Minh Quân", "Phó Chủ tịch UBND quận", Role.COMMANDER, "009"),
                Account("minh", "Phan Anh Minh", "TTYT quận Thanh Xuân", Role.EPIDEMIOLOGIST, "009"),
                Account("congan", "Hoàng Đức Mạnh", "Cảnh sát khu vực phường Nhân Chính", Role.AREA_POLICE, "00343"),
                Account("quantri", "Quản trị viên", "Quản trị hệ thống", Role.ADMINISTRATOR, "009"),
            ),
        ),
        Plan(
            "thanh-xuan-2026", "Phường Thanh Xuân, 16h00 ngày 16/11/2026", datetime(2026, 11, 16, 16, tzinfo=VIETNAM),
            "00367", "qd19-2025", "dengue", "vn-2026-07",
            (
                Account("chutich", "Đỗ Minh Quân", "Chủ tịch UBND phường Thanh Xuân", Role.COMMANDER, "00367"),
                Account("tyt", "Bùi Thị Hoa", "Giám đốc Trạm Y tế phường Thanh Xuân", Role.EPIDEMIOLOGIST, "00367"),
                Account("quantri", "Quản trị viên", "Quản trị hệ thống", Role.ADMINISTRATOR, "00367"),
            ),
        ),
    )
}  # fmt: skip


def post() -> Place:
    """The place this post works for: its own; in a drill without one, that of the demo, the first if the drill is none of them."""
    if own := own_place():
        return own
    if clock.scenario() is None:
        raise UserError("sở chỉ huy chưa có địa bàn và bệnh. Đặt một lần: tienphuong post set --area ĐỊA_BÀN --disease BỆNH")
    plan = PLANS.get(clock.scenario() or "", PLANS["thanh-tri-2021"])
    return Place(plan.area_code, plan.disease)
