"""How a request names a moment and an area."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from tienphuong.api.problems import Fault, Impossible
from tienphuong.cases.queries.lists import main_disease
from tienphuong.core import clock
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.bounds import FIRST, LAST, is_day, is_moment, is_text
from tienphuong.core.refusal import Refusal
from tienphuong.registry.areas.queries import area_by_code, areas_by_path
from tienphuong.registry.areas.terms import CodeSystem

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _moment(written: object) -> object:
    """A moment as 2021-08-24T16:00, on a Vietnamese clock unless it carries its own zone."""
    if not isinstance(written, str):
        return written
    try:
        # In an address a bare + is a space: 16:00+07:00 arrives as 16:00 07:00.
        read = datetime.fromisoformat(written.strip().replace(" 0", "+0") if "T" in written else written)
    except ValueError:
        raise PydanticCustomError("moment", "Không phải thời điểm", {"remedy": "Viết dạng 2021-08-24T16:00 (giờ Việt Nam)."}) from None
    if not is_moment(read):
        raise PydanticCustomError("moment", "Không phải thời điểm hỏi được", {"remedy": f"Hỏi từ năm {FIRST.year} đến năm {LAST.year}."})
    return read if read.tzinfo else read.replace(tzinfo=clock.VIETNAM)


def _bounded(day: date | None) -> date | None:
    """A day that can be asked about."""
    if day is not None and not is_day(day):
        raise PydanticCustomError("day", "Không phải ngày hỏi được", {"remedy": f"Hỏi từ năm {FIRST.year} đến năm {LAST.year}."})
    return day


def _written_day(written: object) -> object:
    """A day as 2021-08-24 and no other way: a bare number would be read as seconds since 1970."""
    if isinstance(written, str) and not _ISO_DAY.fullmatch(written):
        raise PydanticCustomError("day", "Không phải ngày", {"remedy": "Viết năm-tháng-ngày, ví dụ 2021-08-24."})
    return written


def _writable(text: str) -> str:
    """A text that a database can hold."""
    if not is_text({"": [text]}):
        raise PydanticCustomError("text", "Có ký tự không dùng được", {"remedy": "Bỏ ký tự rỗng và nửa ký tự rồi gửi lại."})
    return text


Text = Annotated[str, AfterValidator(_writable)]
Day = Annotated[date, BeforeValidator(_written_day), AfterValidator(_bounded)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
AreaCode = Annotated[str | None, Query(None, max_length=20, description="Area code; without it the officer's own area")]
CodeList = Annotated[CodeSystem | None, Query(None, description="The list the code is of, where two lists use one code")]


def resolve_area(viewer: Viewer, *, code: str | None, on: date, code_system: CodeSystem | None = None, part: str = "query") -> Any:
    """The area of a code on a day, or the officer's own; a code that means two areas is asked back."""
    if code is None:
        home = areas_by_path(viewer, paths=[viewer.home]).get(viewer.home)
        if home is None:
            raise _unclear(None, Refusal("Tài khoản chưa được giao địa bàn", remedy="Ghi “area” là mã địa bàn."), part=part)
        return home
    read = area_by_code(viewer, code=code, on=on, code_system=code_system)
    if read.area is not None:
        return read.area
    if not read.candidates:
        raise _unclear(code, Refusal(f"Không có địa bàn mã “{code}”", remedy="Tìm mã tại /api/v1/areas?text=TÊN."), part=part)
    several = "; ".join(f"{area.code_system}: {area.full_name}" for area in read.candidates)
    raise _unclear(
        code, Refusal(f"Mã “{code}” không chỉ một địa bàn của ngày {on:%d/%m/%Y} ({several})", remedy="Ghi thêm “code_system”."), part=part
    )


def disease_meant(viewer: Viewer, *, code: str | None, part: str = "query") -> str:
    """The disease asked for, or the one the post is busy with."""
    found = code or main_disease(viewer)
    if found is None:
        raise _unclear(
            None, Refusal("Chưa có ca bệnh nào để biết bệnh được hỏi", remedy="Ghi “disease”, ví dụ covid-19."), name="disease", part=part
        )
    return found


def _unclear(written: str | None, refusal: Refusal, *, part: str, name: str = "area") -> Impossible:
    fault = Fault(part=part, name=name, value=written, reason=refusal.reason, remedy=refusal.remedy)
    return Impossible(refusal, faults=(fault,))
