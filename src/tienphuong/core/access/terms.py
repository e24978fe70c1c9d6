"""The words of access: who an officer is (Role) and what may be done (Permission)."""

from enum import StrEnum


class Role(StrEnum):
    """A kind of position; bound to an area and a period by an appointment."""

    COMMANDER = "commander"
    EPIDEMIOLOGIST = "epidemiologist"
    HEALTH_STATION = "health_station"
    CLERK = "clerk"
    AREA_POLICE = "area_police"
    COVID_TEAM = "covid_team"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.COMMANDER: "Chỉ huy (Ban Chỉ đạo)",
    Role.EPIDEMIOLOGIST: "Cán bộ dịch tễ (Trung tâm Y tế)",
    Role.HEALTH_STATION: "Cán bộ trạm y tế",
    Role.CLERK: "Văn thư, tổng hợp",
    Role.AREA_POLICE: "Công an khu vực",
    Role.COVID_TEAM: "Tổ COVID cộng đồng",
    Role.INSPECTOR: "Đoàn kiểm tra",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
}


class Permission(StrEnum):
    """One thing that may be done; pages and procedures ask for exactly one."""

    SEE_BOARD = "see_board"
    SEE_PERSON = "see_person"
    SEE_CLINICAL = "see_clinical"
    SEE_IDENTITY = "see_identity"
    SEND_FILE = "send_file"
    DECIDE_MATCH = "decide_match"
    RECORD_CASE = "record_case"
    RECORD_CONTACT = "record_contact"
    RECORD_FOLLOW_UP = "record_follow_up"
    SEE_REPORT = "see_report"
    FREEZE_REPORT = "freeze_report"
    SEE_AUDIT = "see_audit"
    MANAGE_USERS = "manage_users"
    MANAGE_AREAS = "manage_areas"
