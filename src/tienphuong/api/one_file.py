"""One file by its id: where it stands, its doubtful rows given back, its check stopped, applying it after its preview was looked at."""

from pathlib import PurePath
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Schema
from ninja.responses import Status

from tienphuong.api.file_work import apply_for_a_machine
from tienphuong.api.files import FileOut, person_entries
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED, Impossible, Problem, problem_schemas
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.refusal import Refusal
from tienphuong.intake.previews import file_of, pace_of
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import preview_of
from tienphuong.intake.services.receive import CONTENT_GONE
from tienphuong.intake.services.returning import return_sheets
from tienphuong.intake.services.stopping import stop_work
from tienphuong.intake.terms import FileState
from tienphuong.intake.understood import unsure_columns

router = Router(tags=["files"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDERSTOOD = (FileState.CHECKED, FileState.APPLYING, FileState.APPLIED)
Wait = Annotated[bool, Query(description="Answer when the rows are written; false: the worker writes them, the answer comes at once")]


Unsure = Annotated[bool, Query(description="Write the rows although the meaning of a column is not sure")]


class ProgressOut(Schema):
    """How far the check or the writing is: rows done of all, rows a second, seconds left (null: not known)."""

    done: int
    total: int
    rate: float | None
    seconds_left: float | None


class OneFileOut(FileOut):
    """A file with how far its writing is."""

    progress: ProgressOut


@router.get("/files/{uuid:file_id}", response={200: OneFileOut, **REFUSED}, summary="One file")
def one_file(request: ApiRequest, file_id: UUID) -> OneFileOut:
    """Where a file stands, what its rows come to, how far it is written: what to ask again while the worker is at it."""
    return _file_out(request, kept_file(request, file_id))


@router.get(
    "/files/{uuid:file_id}/errors",
    response={200: Any, 409: Problem, **REFUSED},
    openapi_extra=problem_schemas(XLSX),
    summary="The sender's sheets with remarks",
)
def file_errors(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """The file as a workbook (xlsx): every row as it was sent, those that need attention coloured, with reason and remedy behind them."""
    file = kept_file(request, file_id)
    _require_understood(file)
    name = f"{PurePath(file.name).stem} - can xem lai.xlsx"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(return_sheets(file, actor=request.viewer, at=request.at), content_type=XLSX, headers=headers)


@router.post(
    "/files/{uuid:file_id}/apply", response={200: OneFileOut, 202: OneFileOut, 409: Problem, **REFUSED}, summary="Apply a checked file"
)
def apply_one_file(request: ApiRequest, file_id: UUID, wait: Wait = True, accept_unsure: Unsure = False) -> Status[OneFileOut]:
    """Write the rows of a checked file into the base. 200: they are written, now or before. 202: the worker writes them."""
    file = kept_file(request, file_id)
    request.viewer.require(Permission.SEND_FILE, file.area_path or None)
    _require_understood(file)
    if file.state == FileState.CHECKED and not accept_unsure:
        _require_sure(file)
    if file.state == FileState.CHECKED and wait:
        file = apply_file(file, actor=request.viewer, at=request.at)
    # A file in the middle of being written belongs to the worker: it goes on after a fall, and two hands would write rows twice.
    elif file.state in (FileState.CHECKED, FileState.APPLYING):
        apply_for_a_machine.enqueue(str(file_id), str(request.viewer.user_id), request.at.isoformat())
        file = kept_file(request, file_id)
    return Status(200 if file.state == FileState.APPLIED else 202, _file_out(request, file))


@router.post("/files/{uuid:file_id}/stop", response={200: OneFileOut, 409: Problem, **REFUSED}, summary="Stop the work on a file")
def stop_one_file(request: ApiRequest, file_id: UUID) -> OneFileOut:
    """A check ends before it stores anything more; sending the file again goes on with it. Writing ends before its next part, and what was
    written is taken back: `state` becomes `withdrawn`."""
    file = kept_file(request, file_id)
    if not stop_work(file, actor=request.viewer, at=request.at) and file.state != FileState.STOPPED:
        state = FileState(file.state)
        raise Impossible(Refusal(f"Tệp “{file.name}” {state.label}", remedy="Không còn việc nào để dừng."), status=409)
    if file.state == FileState.APPLYING:
        apply_for_a_machine.enqueue(str(file_id), str(request.viewer.user_id), request.at.isoformat())
    return _file_out(request, file)


def kept_file(request: ApiRequest, file_id: UUID) -> Any:
    """The file, if it is within reach or was sent by this account."""
    request.viewer.require(Permission.SEND_FILE)
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404(f"tệp {file_id} trong phạm vi của tài khoản")
    return line.file


def _file_out(request: ApiRequest, file: Any) -> OneFileOut:
    pace = pace_of(request.viewer, file=file, at=clock.machine_now())
    return OneFileOut(**person_entries(file, preview_of(file)).model_dump(), progress=ProgressOut.from_orm(pace))


def _require_sure(file: Any) -> None:
    """Refuse to write while the meaning of a column is not sure."""
    if columns := unsure_columns(file):
        named = ", ".join(f"“{column.label}”" for column in columns)
        remedy = "Chọn ý nghĩa của cột trên trang của tệp, hoặc gửi accept_unsure=true."
        raise Impossible(Refusal(f"Tệp “{file.name}” còn cột chưa chắc chắn: {named}", remedy=remedy), status=409)


def _require_understood(file: Any) -> None:
    """Refuse what asks for rows while the file has none."""
    if not file.stored_as:
        raise Impossible(Refusal(CONTENT_GONE, remedy="Xin đơn vị gửi lại danh sách."), status=409)
    if file.state in UNDERSTOOD:
        return
    state = FileState(file.state)
    if state == FileState.UNREADABLE:
        refusal = Refusal(f"Không đọc được tệp “{file.name}”: {file.message}", remedy="Mở tệp gốc, lưu lại dạng .xlsx rồi gửi lại.")
    elif state == FileState.NOTHING_READ:
        remedy = "Chọn loại danh sách và ý nghĩa của cột trên trang của tệp, hoặc gửi lại bảng có hàng tên cột."
        refusal = Refusal(f"Không đọc được dòng nào của tệp “{file.name}”", remedy=remedy)
    elif state == FileState.WITHDRAWN:
        refusal = Refusal(f"Tệp “{file.name}” đã rút", remedy="Gửi danh sách thay thế.")
    else:
        refusal = Refusal(f"Tệp “{file.name}” {state.label}", remedy=f"Hỏi lại /api/v1/files/{file.pk} đến khi “state” là “checked”.")
    raise Impossible(refusal, status=409)
