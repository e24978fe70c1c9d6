"""Sending files: received, read and checked in one call; applied when the sender says so."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from ninja import Field, File, Form, Router, Schema
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from tienphuong.api.asking import Day, Text, disease_meant, resolve_area
from tienphuong.api.file_work import count_for_a_machine
from tienphuong.api.officers import ApiRequest
from tienphuong.api.problems import REFUSED, Fault, Impossible, Problem
from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import pack_at
from tienphuong.core.refusal import Refusal
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.areas import commune_of_sender, correct_area, note_area_of_sender
from tienphuong.intake.services.checking import MAY_BE_CHECKED, Preview, check_file, preview_of
from tienphuong.intake.services.effect import ask_effect, is_counted
from tienphuong.intake.services.reading import give_day
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.terms import DuplicatePolicy, FileState
from tienphuong.intake.understood import unsure_columns
from tienphuong.registry.areas.terms import CodeSystem

router = Router(tags=["files"])
MIB = 1024 * 1024


class Sent(Schema):
    """What goes with the files: who sends them, what they report on, what to do with doubtful people, whether to apply at once."""

    sender: Text = Field(
        "", max_length=120, description="How columns are understood is remembered per sender; the account's name if not said"
    )
    area: str | None = Field(
        None,
        max_length=20,
        description="Code of the area the lists are about; if not said, the commune of the officer's own area that the sender, else the "
        "file, is named after (`warnings` say so), else the officer's own. Send the same file with its area to change one taken from a name",
    )
    code_system: CodeSystem | None = None
    disease: str | None = Field(None, max_length=20)
    duplicates: DuplicatePolicy = DuplicatePolicy.QUEUE
    reported_on: Day | None = Field(None, description="Day of report of the lists: that of their rows that say none; never after today")
    apply: bool = Field(False, description="Write the rows into the base too, and answer when that is done")
    accept_unsure: bool = Field(False, description="Write them although the meaning of a column is not sure")


class PreviewOut(Schema):
    """What the rows come to: by verdict, and the remarks by kind."""

    rows: int
    verdicts: dict[str, int]
    issues: dict[str, int]


class FileOut(Schema):
    """One file as the post keeps it. The same bytes have the same id, whenever and by whomever they are sent."""

    id: UUID
    name: str
    sha256: str
    size: int
    sender: str
    area_path: str
    disease: str
    state: FileState
    message: str
    warnings: list[list[str]]
    reported_on: date | None
    received_at: datetime
    applied_at: datetime | None
    preview: PreviewOut
    unsure_columns: list[str] = Field(description="Headers whose meaning is not sure: nothing is written unless `accept_unsure` is true")


def _within_size(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse by the length told, before a byte is read."""

    @wraps(operation)
    def asked(request: ApiRequest, **path: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) <= settings.INTAKE_LARGEST_FILE:
            return operation(request, **path)
        most = settings.INTAKE_LARGEST_FILE // MIB
        problem = Problem(reason=f"Yêu cầu lớn hơn {most} MB.", remedy="Gửi từng tệp một, hoặc chia nhỏ danh sách.")
        return HttpResponse(problem.model_dump_json(), status=413, content_type="application/json; charset=utf-8")

    return asked


@router.post("/files", response={200: list[FileOut], 413: Problem, **REFUSED}, summary="Send files")
@decorate_view(_within_size)
def send_files(request: ApiRequest, files: File[list[UploadedFile]], sent: Form[Sent]) -> list[FileOut]:
    """Every file is kept, read and checked: the answer tells what its rows come to. Nothing reaches the base unless `apply` is true."""
    viewer, day = request.viewer, clock.local(request.at).date()
    viewer.require(Permission.SEND_FILE)
    area = resolve_area(viewer, code=sent.area, on=day, code_system=sent.code_system, part="form")
    disease = pack_at(day).disease(disease_meant(viewer, code=sent.disease, part="form")).code
    choices = {"disease": disease, "duplicate_policy": sent.duplicates}
    kept = [_kept(request, file, sent, area=area, **choices) for file in files]
    for file in kept:
        _date(request, file, sent.reported_on)
    return [_taken(request, file, apply=sent.apply, accept_unsure=sent.accept_unsure) for file in kept]


def _kept(request: ApiRequest, file: UploadedFile, sent: Sent, *, area: Any, **choices: Any) -> Any:
    """The file as the post keeps it, for the area said, else for the commune its sender or it is named after."""
    viewer, named_sender = request.viewer, sent.sender.strip()
    name = file.name or ""
    within = {"within": area, "on": clock.local(request.at).date()}
    named = None if sent.area else commune_of_sender(viewer, sender=named_sender or PurePath(name).stem, **within)
    options = {"sender": named_sender or viewer.name, "area": named or area} | choices
    kept = receive_file(_source(file), name, actor=viewer, at=request.at, **options)
    if named is not None:
        note_area_of_sender(kept, named)
    if sent.area:
        correct_area(kept, area, actor=viewer, at=request.at)
    return kept


def _date(request: ApiRequest, file: Any, day: date | None) -> None:
    """Give a list its day; files of which rows are in the base stay as they are."""
    if day is None or file.state not in MAY_BE_CHECKED:
        return
    try:
        give_day(file, day, actor=request.viewer, at=request.at)
    except ValueError as refused:
        raise Impossible(
            Refusal(str(refused)), faults=(Fault(part="form", name="reported_on", value=str(day), reason=str(refused)),)
        ) from refused


def _source(file: UploadedFile) -> str | bytes:
    """Where the bytes are: on disk when they are many, else at hand."""
    return file.temporary_file_path() if hasattr(file, "temporary_file_path") else file.read()


def _taken(request: ApiRequest, file: Any, *, apply: bool, accept_unsure: bool) -> FileOut:
    """Check a file, and apply it if that is wanted; one that is applied or being applied stays as it is."""
    # The same bytes may have come before for another area: then the file is that area's.
    request.viewer.require(Permission.SEND_FILE, file.area_path or None)
    preview = check_file(file) if file.state in MAY_BE_CHECKED else preview_of(file)
    if apply and file.state == FileState.CHECKED and (accept_unsure or not unsure_columns(file)):
        file = apply_file(file, actor=request.viewer, at=request.at)
        preview = preview_of(file)
    elif is_counted(file):
        ask_effect(file)
        count_for_a_machine.enqueue(str(file.pk), str(request.viewer.user_id), request.at.isoformat())
    return person_entries(file, preview)


def person_entries(file: Any, preview: Preview) -> FileOut:
    """A file with its preview."""
    names = [name for name in FileOut.model_fields if name not in ("preview", "unsure_columns")]
    unsure = [column.label for column in unsure_columns(file)]
    return FileOut(**{name: getattr(file, name) for name in names}, preview=PreviewOut.from_orm(preview), unsure_columns=unsure)
