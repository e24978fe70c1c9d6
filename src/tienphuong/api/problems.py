"""What a machine is told when the answer is no: the reason, the remedy, and what exactly was wrong."""

from typing import Any

from ninja import Schema

from tienphuong.core.access.terms import Permission
from tienphuong.core.refusal import Refusal


class Fault(Schema):
    """One value that cannot be used."""

    part: str
    name: str
    value: str | None = None
    reason: str
    remedy: str = ""


class Needed(Schema):
    """The permission an act asks for."""

    key: str
    label: str
    label_en: str


class Problem(Schema):
    """Why not, and what to do."""

    reason: str
    remedy: str = ""
    document: str = ""
    permission: Needed | None = None
    faults: list[Fault] = []


class Impossible(Exception):
    """An operation that cannot be done as asked."""

    def __init__(self, refusal: Refusal, *, status: int = 422, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(str(refusal))
        self.refusal, self.status, self.faults = refusal, status, faults


def problem_schemas(*kinds: str) -> dict[str, Any]:
    """What the contract says of an answer that is a file of these kinds."""
    return {
        "responses": {200: {"description": "OK", "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}}}
    }


REFUSED: dict[Any, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 415: Problem, 422: Problem}
"""The answers of every operation besides its own."""


def not_permitted(permission: Permission, *, area: str = "") -> Problem:
    """The permission that is missing, and who can give it."""
    where = f" tại {area}" if area else ""
    return Problem(
        reason=f"Tài khoản không có quyền {permission.label}{where}.",
        remedy="Đề nghị quản trị hệ thống của đơn vị giao vai trò có quyền này tại địa bàn.",
        permission=Needed(key=permission, label=permission.label, label_en=permission.label_en),
    )


def refused(refusal: Refusal, *, faults: tuple[Fault, ...] = ()) -> Problem:
    """A rule's no, in its own words."""
    return Problem(reason=refusal.reason, remedy=refusal.remedy, document=refusal.document, faults=list(faults))


def fault_of(error: dict[str, Any], *, part: str) -> Fault:
    """One remark of the reading of a request, in the words of an officer."""
    kind, context = error["type"], error.get("ctx", {})
    name = ".".join(str(step) for step in error["loc"]) or part
    written = None if kind == "missing" or error.get("input") is None else str(error["input"])[:200]
    if "remedy" in context:
        return Fault(part=part, name=name, value=written, reason=error["msg"], remedy=context["remedy"])
    reason, remedy = next((words for begin, words in _READINGS.items() if kind.startswith(begin)), (error["msg"], ""))
    return Fault(part=part, name=name, value=written, reason=reason.format(**context), remedy=remedy.format(name=name, **context))


_READINGS = {
    "missing": ("Thiếu giá trị bắt buộc", "Ghi thêm “{name}”."),
    "date_": ("Không phải ngày", "Viết năm-tháng-ngày, ví dụ 2021-08-24."),
    "int_": ("Không phải số nguyên", "Ghi một số nguyên, ví dụ 50."),
    "bool_": ("Không phải có/không", "Ghi true hoặc false."),
    "uuid_": ("Không phải mã định danh (UUID)", "Dùng mã do hệ thống trả về, ví dụ 0198d2c4-5b7e-7a10-8f00-000000000001."),
    "enum": ("Không có từ này trong danh sách", "Chọn một trong: {expected}."),
    "literal_error": ("Không có từ này trong danh sách", "Chọn một trong: {expected}."),
    "greater_than_equal": ("Nhỏ hơn mức cho phép", "Ghi số từ {ge} trở lên."),
    "less_than_equal": ("Lớn hơn mức cho phép", "Ghi số không quá {le}."),
    "string_too_short": ("Để trống hoặc quá ngắn", "Ghi ít nhất {min_length} ký tự."),
    "string_too_long": ("Quá dài", "Ghi nhiều nhất {max_length} ký tự."),
}
