"""Taking files in: upload, dry run, mapping, applying, the sender's sheet back."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page as NumberedPage
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tienphuong.core import clock
from tienphuong.core.access.terms import Permission
from tienphuong.core.policy import pack_at
from tienphuong.core.refusal import Refusal
from tienphuong.intake.mapping.layout import Mapping
from tienphuong.intake.mapping.terms import SheetKind, TargetField
from tienphuong.intake.previews import FileLine, file_lines, file_of, pace_of, remark_counts, row_lines, sheet_record, sheets_of
from tienphuong.intake.questions import cell_questions
from tienphuong.intake.reading.limits import DEFAULT, MIB
from tienphuong.intake.services.areas import commune_of, give_area, note_area_of_sender, note_no_commune
from tienphuong.intake.services.effect import MOST_ROWS, is_being_counted, is_counted
from tienphuong.intake.services.reading import AlreadyApplied, correct_mapping, give_day
from tienphuong.intake.services.receive import receive_file
from tienphuong.intake.services.returning import may_take_out, return_sheets
from tienphuong.intake.services.sheets import mapping_from
from tienphuong.intake.terms import DayOrder, DuplicatePolicy, FileState, Severity, Verdict
from tienphuong.intake.understood import unsure_columns
from tienphuong.registry.areas.queries import areas_by_path
from tienphuong.registry.queries.people import areas_in_reach
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.scope import Scope
from tienphuong.web.confirm import confirm_first
from tienphuong.web.intake_work import apply_in_background, check_in_background
from tienphuong.web.listing import page_number
from tienphuong.web.middleware import OfficerRequest
from tienphuong.web.scope import scope_of
from tienphuong.web.withdrawals import withdrawn_words

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BY_NAME = "theo-ten"
ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.tsv,.txt,.htm,.html"


@require_http_methods(["GET", "POST"])
def intake(request: OfficerRequest) -> HttpResponse:
    """The upload form and the files that came; sending several files at once."""
    if request.method == "POST":
        return _receive(request)
    scope = scope_of(request, permission=Permission.SEND_FILE)
    return render(request, "intake/intake.html", _form(request, scope) | _files(request))


@require_GET
def intake_list(request: OfficerRequest) -> HttpResponse:
    """The list alone, asked for again while the machine is at work."""
    return render(request, "intake/files.html", _files(request))


@require_GET
def intake_file(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """One file: being read, unreadable, the dry run, being applied, or what it came to."""
    line = _line(request, file_id)
    context: dict[str, object] = {"line": line, "file": line.file, "pace": pace_of(request.viewer, file=line.file, at=clock.machine_now())}
    if line.state in (FileState.CHECKED, FileState.NOTHING_READ, FileState.APPLIED, FileState.WITHDRAWN):
        context |= _preview(request, line)
    if line.state == FileState.WITHDRAWN:
        context |= withdrawn_words(request, line)
    context["withdrawable"] = line.state == FileState.APPLIED and request.viewer.may(Permission.WITHDRAW_FILE, line.file.area_path)
    part = "intake/file_body.html" if request.htmx and not request.htmx.boosted else "intake/file.html"
    return render(request, part, context)


@require_POST
def intake_apply(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """Hand the checked file to the worker."""
    line = _line(request, file_id)
    request.viewer.require(Permission.SEND_FILE, line.file.area_path or None)
    if line.state == FileState.CHECKED and unsure_columns(line.file) and not request.POST.get("accept_unsure"):
        messages.error(request, _("Còn cột chưa chắc chắn nên chưa ghi gì. Xem và chọn ý nghĩa của cột, hoặc xác nhận đã xem."))
        return redirect("intake_file", file_id=file_id)
    if line.state in (FileState.CHECKED, FileState.APPLYING):
        apply_in_background.enqueue(str(file_id), *_asked(request))
        return redirect(f"{reverse('intake_file', args=[file_id])}?draft=1")
    return redirect("intake_file", file_id=file_id)


@require_POST
def intake_mapping(request: OfficerRequest, file_id: UUID, position: int) -> HttpResponse:
    """What the officer says the columns of a sheet mean; then the file is checked again."""
    line = _line(request, file_id)
    sheet = sheet_record(request.viewer, file=line.file, position=position)
    if sheet is None:
        raise Http404
    kind = request.POST.get("kind", sheet.kind)
    try:
        mapping = _chosen(request, mapping_from(sheet.mapping))
        orders = _orders(request, mapping)
        correct_mapping(sheet, mapping, kind=SheetKind(kind), actor=request.viewer, at=request.at, orders=orders)
    except (AlreadyApplied, ValueError) as refused:
        messages.error(request, str(refused))
        return redirect("intake_file", file_id=file_id)
    check_in_background.enqueue(str(file_id), *_asked(request))
    messages.success(request, _("Đã ghi cách hiểu cột, nhớ cho lần gửi sau của đơn vị này. Đang kiểm tra lại."))
    return redirect("intake_file", file_id=file_id)


@require_POST
def intake_day(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """The day of report of the whole list; then the file is checked again."""
    line = _line(request, file_id)
    try:
        give_day(line.file, _day_of(request), actor=request.viewer, at=request.at)
    except ValueError as refused:
        messages.error(request, str(refused))
        return redirect("intake_file", file_id=file_id)
    check_in_background.enqueue(str(file_id), *_asked(request))
    messages.success(request, _("Đã ghi ngày báo cáo của danh sách. Đang kiểm tra lại."))
    return redirect("intake_file", file_id=file_id)


@require_POST
def intake_area(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """The area the list is about, chosen anew; then the file is checked again."""
    line = _line(request, file_id)
    given = request.POST.get("area", "")
    area = areas_by_path(request.viewer, paths=[given]).get(given)
    if area is None:
        messages.error(request, _("Chưa chọn địa bàn mà tệp báo cáo."))
        return redirect("intake_file", file_id=file_id)
    try:
        give_area(line.file, area, actor=request.viewer, at=request.at)
    except AlreadyApplied as refused:
        messages.error(request, str(refused))
        return redirect("intake_file", file_id=file_id)
    check_in_background.enqueue(str(file_id), *_asked(request))
    messages.success(request, _("Đã ghi địa bàn của tệp. Đang kiểm tra lại."))
    return redirect("intake_file", file_id=file_id)


def _day_of(request: OfficerRequest) -> date | None:
    """The day in the form; None where it is left open."""
    given = request.POST.get("reported_on", "").strip()
    return date.fromisoformat(given) if given else None


@require_GET
@confirm_first
def intake_errors(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """The sender's own sheet with a reason column for the rows that need attention."""
    line = _line(request, file_id)
    if not line.file.stored_as:
        raise Http404
    name = f"{PurePath(line.file.name).stem} - can xem lai.xlsx"
    response = HttpResponse(return_sheets(line.file, actor=request.viewer, at=request.at), content_type=XLSX)
    response.headers["Content-Disposition"] = _attachment(name)
    return response


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _form(request: OfficerRequest, scope: Scope | None) -> dict[str, object]:
    """What the upload form offers; the officer's own area and the post's disease are filled in."""
    day = clock.local(request.at).date()
    return {
        "scope": scope,
        "areas": _own_areas(request),
        "by_name": BY_NAME,
        "diseases": list(pack_at(day).diseases.values()),
        "policies": list(DuplicatePolicy),
        "largest": DEFAULT.max_bytes // MIB,
        "accepted": ACCEPTED,
    }


def _files(request: OfficerRequest) -> dict[str, object]:
    page = page_number(request)
    found = file_lines(request.viewer, start=(page - 1) * A_PAGE, size=A_PAGE)
    return {
        "files": found.lines,
        "page": _page(found.lines, total=found.total, number=page),
        "busy": any(line.busy for line in found.lines),
    }


def _page(lines: Iterable[Any], *, total: int, number: int) -> NumberedPage:
    """A page of which only its own lines were read."""
    paginator = Paginator(range(total), A_PAGE)
    return paginator.get_page(number)


def _receive(request: OfficerRequest) -> HttpResponse:
    """Keep every file sent and have it checked; a refused one does not stop the others."""
    sent = request.FILES.getlist("files")
    areas = _areas_of(request)
    if not sent or not areas:
        messages.error(request, _("Chưa chọn tệp.") if not sent else _("Chưa chọn địa bàn mà tệp báo cáo."))
        return redirect("intake")
    kept = [file for file in (_take(request, upload, areas=areas) for upload in sent) if file is not None]
    return redirect("intake_file", file_id=kept[0].pk) if len(sent) == len(kept) == 1 else redirect("intake")


def _areas_of(request: OfficerRequest) -> list[Any]:
    """The area chosen; for "by the file's name" the officer's own area first, then the communes a name may tell."""
    given = request.POST.get("area", "")
    if given != BY_NAME:
        found = areas_by_path(request.viewer, paths=[given]).get(given)
        if found is not None:
            request.viewer.require(Permission.SEND_FILE, found.path)
        return [found] if found is not None else []
    return _own_areas(request)


def _named(request: OfficerRequest, name: str, *, areas: Sequence[Any]) -> Any:
    """The commune that the sender, else the file, is named after; None where an area was chosen or no name tells one."""
    if request.POST.get("area") != BY_NAME:
        return None
    communes = [area for area in areas if area.level == "commune"]
    return commune_of(request.POST.get("sender", ""), communes) or commune_of(PurePath(name).stem, communes)


def _own_areas(request: OfficerRequest) -> list[Any]:
    """Where the officer may send for: the appointment's own areas, then the communes inside."""
    day = clock.local(request.at).date()
    own = areas_by_path(request.viewer, paths=request.viewer.reach.get(Permission.SEND_FILE, ())).values()
    return list(dict.fromkeys([*own, *areas_in_reach(request.viewer, permission=Permission.SEND_FILE, on=day)]))


def _keep(request: OfficerRequest, upload: Any, *, areas: Sequence[Any]) -> Any:
    """The file as the post keeps it, with a word about where its area is taken from."""
    named = _named(request, upload.name, areas=areas)
    area = named or areas[0]
    file = receive_file(
        upload.temporary_file_path() if hasattr(upload, "temporary_file_path") else upload.read(),
        upload.name,
        sender=_sender(request, upload.name, area=area),
        area=area,
        disease=request.POST.get("disease", ""),
        actor=request.viewer,
        at=request.at,
        duplicate_policy=request.POST.get("duplicates", DuplicatePolicy.QUEUE),
    )
    if named is not None:
        note_area_of_sender(file, named)
    elif request.POST.get("area") == BY_NAME:
        note_no_commune(file)
    return file


def _take(request: OfficerRequest, upload: Any, *, areas: Sequence[Any]) -> Any:
    """One file of a delivery: refused, known from before, or new and on its way to be checked."""
    refusal = _refused(upload)
    if refusal:
        messages.error(request, f"{upload.name}: {refusal}")
        return None
    file = _keep(request, upload, areas=areas)
    if file_of(request.viewer, file_id=file.pk) is None:
        messages.warning(request, _("%(name)s: đơn vị khác đã gửi đúng tệp này; không có gì thay đổi.") % {"name": upload.name})
        return None
    if not _dated(request, file):
        return None
    if file.state != FileState.RECEIVED:
        params = {"name": upload.name, "before": file.name, "state": FileState(file.state).label}
        messages.info(
            request, _("%(name)s: đúng tệp này đã nhận trước đây với tên “%(before)s” (%(state)s); không có gì thay đổi.") % params
        )
        return file
    check_in_background.enqueue(str(file.pk), *_asked(request))
    return file


def _dated(request: OfficerRequest, file: Any) -> bool:
    """Give a file that came just now the day of its list, if one was said; False where that is no day it can have."""
    try:
        if file.state == FileState.RECEIVED and (day := _day_of(request)):
            give_day(file, day, actor=request.viewer, at=request.at)
    except ValueError as refused:
        messages.error(request, f"{file.name}: {refused}")
        return False
    return True


def _refused(upload: Any) -> Refusal | None:
    """Why a file is not even kept."""
    if upload.size > DEFAULT.max_bytes:
        params = {"size": upload.size // MIB, "most": DEFAULT.max_bytes // MIB}
        return Refusal(
            _("Tệp %(size)s MB, lớn hơn mức nhận %(most)s MB") % params, remedy=_("Bỏ ảnh, trang không cần, hoặc tách thành nhiều tệp.")
        )
    if not upload.size:
        return Refusal(_("Tệp rỗng"), remedy=_("Mở lại tệp gốc, kiểm tra có dữ liệu rồi lưu và gửi lại."))
    return None


def _sender(request: OfficerRequest, name: str, *, area: Any) -> str:
    """Who sent it: as said, else the commune, else the file's own name, because columns are remembered per sender."""
    given = request.POST.get("sender", "").strip()
    return given or (area.full_name if area.level == "commune" else PurePath(name).stem)


def _asked(request: OfficerRequest) -> tuple[str, str]:
    return str(request.viewer.user_id), request.at.isoformat()


def _line(request: OfficerRequest, file_id: UUID) -> FileLine:
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404
    return line


def _preview(request: OfficerRequest, line: FileLine) -> dict[str, object]:
    """The dry run: sheets and columns, rows by verdict, remarks by gravity, and the rows asked for."""
    verdict, severity = request.GET.get("verdict", ""), request.GET.get("severity", "")
    verdict = verdict if verdict in set(Verdict) else ""
    severity = severity if severity in set(Severity) else ""
    remarks = remark_counts(request.viewer, file=line.file)
    if not verdict and not severity:
        verdict, severity = _first_worry(line, remarks)
    number = page_number(request)
    found = row_lines(request.viewer, file=line.file, verdict=verdict, severity=severity, start=(number - 1) * A_PAGE, size=A_PAGE)
    return {
        "questions": cell_questions(request.viewer, file=line.file),
        "unsure": unsure_columns(line.file) if line.state == FileState.CHECKED else [],
        "counting": is_being_counted(line.file),
        "countable": line.file.effect is None and is_counted(line.file),
        "most_rows": MOST_ROWS,
        "effect": [(BY_KEY[key], before, after) for key, before, after in line.file.effect or ()],
        "sheets": sheets_of(request.viewer, file=line.file),
        "verdicts": [(word, line.verdicts.get(word, 0), word == verdict) for word in Verdict],
        "remarks": [(word, remarks[word], word == severity) for word in Severity if word != Severity.REFUSED],
        "rows": found.lines,
        "page": _page(found.lines, total=found.total, number=number),
        "targets": list(TargetField),
        "kinds": list(SheetKind),
        "orders": list(DayOrder),
        "areas": _own_areas(request),
        "editable": line.state in (FileState.CHECKED, FileState.NOTHING_READ),
        "to_give_back": may_take_out(request.viewer, line.file)
        and line.verdicts.get(Verdict.REFUSED, 0) + line.verdicts.get(Verdict.DUPLICATE, 0) + remarks[Severity.WARNING],
    }


def _first_worry(line: FileLine, remarks: dict[Severity, int]) -> tuple[str, str]:
    """What to show first: rows refused, rows to decide, rows to look at, else the new ones."""
    for verdict in (Verdict.REFUSED, Verdict.CONTRARY, Verdict.DUPLICATE):
        if line.verdicts.get(verdict):
            return verdict, ""
    return ("", Severity.WARNING) if remarks[Severity.WARNING] else ("", "")


def _chosen(request: OfficerRequest, mapping: Mapping) -> Mapping:
    """The mapping with every column whose meaning the officer changed."""
    for guess in mapping.columns:
        given = request.POST.get(f"column-{guess.column}")
        wanted = TargetField(given) if given else None
        if given is not None and wanted is not guess.target:
            mapping = mapping.changed(guess.column, target=wanted)
    return mapping


def _orders(request: OfficerRequest, mapping: Mapping) -> dict[TargetField, DayOrder]:
    """The order of days that the officer chose for columns."""
    given = ((guess.target, request.POST.get(f"order-{guess.column}")) for guess in mapping.columns)
    return {target: DayOrder(order) for target, order in given if target is not None and order}
